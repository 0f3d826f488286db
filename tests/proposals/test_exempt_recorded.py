"""An exemption is recorded for everybody by department and area, and gives nobody away by it."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import Organisation
from activity import clock
from proposals import waiting
from proposals.draft.models import Exemption, Proposal, Status
from proposals.review import actions as review
from tests.factories import OrganisationFactory, UserFactory, somebody
from tests.proposals import builders

CANARY = "Canary"


@pytest.fixture
def people(stored, scheme):
    named = {part: UserFactory(name=f"{CANARY} {part}") for part in ("lead", "editor", "viewer")}
    return stored(builders.team, **named)


@pytest.fixture
def fens(people):
    return OrganisationFactory(kind="department", name="Ministry of Fens", slug="fens")


@pytest.fixture
def case(people, staff, fens):
    return builders.proposal_at(Status.SUBMITTED, people, staff)


def words(client, name, *slug):
    answer = client.get(reverse(f"accounts:{name}", args=slug))
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_proposed_or_refused_is_recorded_nowhere(client, staff, case, fens):
    asked = builders.ask_exempt(case, staff.decider, department=fens, public_why=CANARY)
    Exemption.objects.filter(pk=asked.pk).update(refused_by=staff.fourth, refused_at=clock.now())
    builders.ask_exempt(case, staff.decider, department=fens, public_why=CANARY)

    page = words(client, "department", "fens")

    assert "No exemption is recorded" in page
    assert CANARY not in page
    assert "None recorded" in words(client, "departments")


def test_everybody_reads_the_area_and_the_reason_and_nobody_who_asked(client, staff, case, fens):
    Organisation.objects.filter(pk=case.employer_id).update(name=f"{CANARY} trust")
    Proposal.objects.filter(pk=case.pk).update(title=f"{CANARY} nursing")
    review_on = datetime.date(clock.today().year + 1, 2, 3)
    asked = builders.ask_exempt(
        case, staff.decider, department=fens, why=f"{CANARY} base", review_on=review_on
    )
    builders.confirm_exempt(case, asked, staff.fourth)
    asked.refresh_from_db()

    page = words(client, "department", "fens")

    month = f"{asked.confirmed_at:%B %Y}"
    for said in (
        "Defence",
        "Community health",
        "Care within military bases.",
        asked.rule.wording,
        f"3 February {review_on.year}",
        f">{month}<",
        "Ask the advice line",
    ):
        assert said in page, said
    secrets = (CANARY, case.reference, staff.decider.name, staff.fourth.name)
    assert not [secret for secret in secrets if secret in page]
    assert f"{asked.confirmed_at.day} {month}" not in page
    assert "1 recorded" in words(client, "departments")
    # Once it holds no longer, it is gone from here.
    Exemption.objects.update(confirmed_at=None, confirmed_by=None, appeal_by=None)
    assert "No exemption is recorded" in words(client, "department", "fens")


def test_a_department_that_ended_says_what_took_its_place(client, fens):
    before = OrganisationFactory(
        kind="department", successor=fens, ends_on=datetime.date(2012, 3, 31)
    )
    page = words(client, "department", before.slug)
    assert "It ended on 31 March 2012." in page
    assert "Ministry of Fens took its place." in page
    assert before.name not in words(client, "departments")


def test_only_departments_of_the_register_have_a_page(client, fens):
    typed = OrganisationFactory(kind="department", is_awaited=True)
    trust = OrganisationFactory()
    for slug in (typed.slug, trust.slug, "no-such"):
        assert client.get(reverse("accounts:department", args=[slug])).status_code == 404


@pytest.fixture
def exempt(case, staff, fens):
    near = clock.today() + datetime.timedelta(days=60)
    asked = builders.ask_exempt(case, staff.decider, department=fens, review_on=near)
    return builders.confirm_exempt(case, asked, staff.fourth)


ADDRESS = "/casework/exemptions/"


def rows(client, which=""):
    return [
        each.proposal.reference
        for each in client.get(f"{ADDRESS}?which={which}").context["page"].rows
    ]


def test_officials_see_those_whose_day_is_near_and_all_when_asked(client, staff, exempt):
    client.force_login(staff.reviewer)
    assert rows(client) == [exempt.reference]
    Exemption.objects.update(review_on=clock.today() + datetime.timedelta(days=91))
    assert rows(client) == []
    assert "within three months" in client.get(ADDRESS).content.decode()
    assert rows(client, "all") == [exempt.reference]
    Exemption.objects.update(review_on=clock.today())
    assert ">Due<" in client.get(ADDRESS).content.decode()


def test_nobody_else_sees_them_nor_an_official_with_a_conflict(client, people, staff, exempt):
    assert client.get(ADDRESS).status_code == 302
    for who in (people.lead, somebody("coordinator")):
        client.force_login(who)
        assert client.get(ADDRESS).status_code == 403
    barred = somebody("decision-maker")
    review.declare(proposal=exempt, is_conflict=True, by=barred)
    client.force_login(barred)
    assert rows(client, "all") == []
    assert "Look at it again" not in needed_of(barred)


def needed_of(who):
    return [each.needed for each in waiting.for_anybody(who) if getattr(each, "needed", "")]


def test_the_desk_of_a_decision_maker_says_that_one_is_near(staff, exempt):
    assert "Look at it again" in needed_of(staff.decider)
    assert "Look at it again" not in needed_of(staff.reviewer)
    Exemption.objects.update(review_on=clock.today() + datetime.timedelta(days=91))
    assert "Look at it again" not in needed_of(staff.decider)
