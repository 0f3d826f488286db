"""Who may read what: each audience alone, conflicts, and no word of an outcome before its letter."""

import datetime
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Role
from activity.actors import System
from activity.models import Notification
from proposals.decision import actions as decision
from proposals.decision.models import Outcome
from proposals.draft.models import Member, Proposal, Status
from proposals.draft.shown import declared_in
from proposals.review import actions as review
from tests.factories import somebody
from tests.proposals import builders
from tests.proposals.test_pages import CASE_PAGES, TEAM_PAGES, addresses, all_addresses

WITH_TEAM = [Status.DRAFT, Status.AWAITING_SIGN_OFF]


def sees(actor, proposal):
    return Proposal.objects.visible_to(actor).filter(pk=proposal.pk).exists()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.ASSESSING, Status.REJECTED])
def test_the_team_sees_its_own_at_any_status_and_nobody_elses(stored, people, staff, status):
    proposal = stored(builders.proposal_at, status, people, staff)
    other = builders.draft_of(builders.team())

    assert set(Proposal.objects.of_team(people.viewer)) == {proposal}
    assert not sees(people.lead, other)


def test_who_left_the_team_sees_nothing(stored, people):
    proposal = stored(builders.draft_of, people)
    Member.objects.filter(user=people.viewer).update(left_at=proposal.created_at)

    assert not sees(people.viewer, proposal)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.DECISION_MAKER])
def test_officials_see_what_was_submitted_and_no_draft(people, staff, role):
    official = somebody(role)
    proposal = builders.proposal_at(Status.AWAITING_SIGN_OFF, people, staff)

    assert not sees(official, proposal)
    submitted = builders.proposal_at(Status.SUBMITTED, builders.team(), staff)
    assert set(Proposal.objects.of_officials(official)) == {submitted}
    assert not Proposal.objects.of_team(official).exists()


def test_no_other_role_sees_a_proposal(stored, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)

    for role in set(Role) - {Role.REVIEWER, Role.DECISION_MAKER}:
        assert not sees(somebody(role), proposal), role


def test_a_job_and_a_stranger_see_nothing(stored, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)

    assert not sees(System("a job"), proposal)
    assert not sees(somebody(), proposal)


def test_a_returned_proposal_is_its_teams_alone_again(stored, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    review.return_incomplete(
        proposal=proposal, missing="The vote.", seen=proposal.revision, by=staff.reviewer
    )

    assert not sees(staff.reviewer, proposal)
    assert sees(people.viewer, proposal)


def test_a_declared_conflict_closes_the_case_everywhere(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    client.force_login(staff.reviewer)
    case = reverse("proposals:case", args=[proposal.reference])
    assert client.get(case).status_code == 200

    declare = reverse("proposals:declare", args=[proposal.reference])
    every = all_addresses(proposal)
    page = client.post(declare, {"declared": "conflict"}, follow=True)

    assert proposal.title not in page.content.decode()
    assert {client.get(address).status_code for address in every} == {404}
    assert client.post(declare, {"declared": "none"}).status_code == 404
    assert not sees(staff.reviewer, proposal)


def test_a_member_who_is_an_official_cannot_open_the_case(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    both = somebody(Role.REVIEWER, Role.DECISION_MAKER)
    Member.objects.create(proposal=proposal, user=both, role="viewer")
    client.force_login(both)

    assert {client.get(a).status_code for a in addresses(proposal, CASE_PAGES)} == {404}
    assert {client.get(a).status_code for a in addresses(proposal, TEAM_PAGES)} == {200}
    assert proposal.title not in client.get(reverse("proposals:work")).content.decode()


# Words that would give the outcome, or the chain, away.
CANARIES = [
    "Canary ground",
    "Canary remedy",
    "Canary good",
    "RC-S01",
    "Recommended",
    "Countersigned",
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "outcome"),
    [*zip([Status.RECOMMENDED, Status.COUNTERSIGNED, Status.DECIDED], Outcome, strict=True)],
)
def test_nothing_outside_tells_which_way_it_goes(
    client, people, staff, status, outcome, monkeypatch
):
    ground = builders.ground()
    monkeypatch.setattr(
        builders,
        "ground",
        lambda: type(ground)(ground.code, "Canary ground", "Canary remedy"),
    )
    proposal = builders.proposal_at(status, people, staff, outcome)
    proposal.recommendations.update(good="Canary good")
    review.write_note(proposal=proposal, **builders.said("Canary ground"), by=staff.reviewer)
    said = {"approved", "rejected", "suitable", "not found suitable", *map(str.lower, CANARIES)}
    names = {staff.reviewer.name, staff.countersigner.name, staff.decider.name}
    # What signers declare speaks of approval before there is any.
    declared = [escape(part) for part in declared_in(proposal.versions.latest())]
    assert declared

    # A viewer is shown less than the lead, and a stranger nothing: once is enough.
    readers = [people.lead, people.viewer, None] if status == Status.DECIDED else [people.lead]
    for reader in readers:
        client.force_login(reader) if reader else client.logout()
        for address in all_addresses(proposal):
            words = client.get(address).content.decode()
            for part in declared:
                words = words.replace(part, "")
            assert not [word for word in said if word in words.lower()], (address, status)
            assert not [name for name in names if name in words], address
    client.force_login(people.lead)
    where = client.get(addresses(proposal, ["proposal"])[0]).content.decode()
    assert "Being decided" in where
    assert client.get(addresses(proposal, ["letter"])[0]).status_code == 404
    told = Notification.objects.filter(user__in=vars(people).values())
    assert set(told.values_list("kind", flat=True)) == {
        "proposal.ask_sign_off",
        "proposal.submit",
        "proposal.begin",
        "proposal.employer_answer",
    }


def test_the_three_statuses_in_between_look_alike_outside(client, people, staff):
    pages = set()
    for status in (Status.RECOMMENDED, Status.COUNTERSIGNED, Status.DECIDED):
        proposal = builders.proposal_at(status, people, staff)
        client.force_login(people.viewer)
        page = client.get(addresses(proposal, ["proposal"])[0]).content.decode()
        pages.add(page.count("<li"))
        assert "Being decided" in page

    assert len(pages) == 1


def inside_steps(proposal, staff):
    """Every step that the team may not know of: countersigned, decided, recalled, decided again."""
    decision.countersign(proposal=proposal, seen=proposal.revision, by=staff.countersigner)
    for _time in range(2):
        fresh = builders.again(proposal)
        decision.decide(proposal=fresh, seen=fresh.revision, by=staff.decider)
        fresh = builders.again(proposal)
        seen = {"proposal": fresh, "seen": fresh.revision}
        asked = decision.ask_recall(**seen, reason="x", by=staff.decider)
        decision.recall(**seen, asked=asked.pk, by=staff.fourth)


def seen_on(page):
    return re.search(r'name="seen" value="(\d+)"', page.content.decode())[1]


def without_secrets_of_the_form(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())


# Else a page may say a minute later when its reader is signed out.
@time_machine.travel(datetime.datetime(2026, 11, 25, 10, tzinfo=datetime.UTC), tick=False)
def test_a_page_of_the_team_is_the_same_whatever_is_done_inside(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.RECOMMENDED, people, staff)
    client.force_login(people.lead)
    withdraw, where = addresses(proposal, ["withdraw", "proposal"])
    before = [without_secrets_of_the_form(client.get(page)) for page in (withdraw, where)]

    inside_steps(proposal, staff)

    assert builders.again(proposal).revision == proposal.revision + 5
    after = [without_secrets_of_the_form(client.get(page)) for page in (withdraw, where)]
    assert after == before


def test_a_team_withdraws_by_a_page_from_before_an_inside_step(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.RECOMMENDED, people, staff)
    client.force_login(people.lead)
    [withdraw] = addresses(proposal, ["withdraw"])
    seen = seen_on(client.get(withdraw))
    inside_steps(proposal, staff)

    pressed = client.post(withdraw, {"seen": seen, "reason": "team"})

    assert pressed.status_code == 302
    assert builders.again(proposal).status == Status.WITHDRAWN


def test_a_page_of_the_team_from_before_a_step_it_knows_of_is_refused(
    stored, client, people, staff
):
    proposal = stored(builders.proposal_at, Status.RECOMMENDED, people, staff)
    client.force_login(people.lead)
    [withdraw] = addresses(proposal, ["withdraw"])
    seen = seen_on(client.get(withdraw))
    inside_steps(proposal, staff)
    fresh = builders.again(proposal)
    decision.send_back(proposal=fresh, comment="x", seen=fresh.revision, by=staff.fourth)

    assert client.post(withdraw, {"seen": seen, "reason": "team"}).status_code == 409
    assert builders.again(proposal).status == Status.ASSESSING
    # Nor does the number tell by which way the case came back.
    assert int(seen_on(client.get(withdraw))) == int(seen) + 1


@pytest.mark.parametrize("status", [Status.COUNTERSIGNED, Status.DECIDED])
def test_a_page_too_old_does_not_tell_the_team_when_an_inside_step_was_taken(
    people, staff, client, status
):
    recommended = datetime.datetime(2026, 3, 2, 9, 15, tzinfo=datetime.UTC)
    with time_machine.travel(recommended, tick=False) as time:
        proposal = builders.proposal_at(Status.RECOMMENDED, people, staff)
        time.shift(datetime.timedelta(hours=2))
        decision.countersign(
            proposal=builders.again(proposal),
            seen=builders.again(proposal).revision,
            by=staff.countersigner,
        )
        if status == Status.DECIDED:
            fresh = builders.again(proposal)
            decision.decide(proposal=fresh, seen=fresh.revision, by=staff.decider)
    client.force_login(people.lead)
    page = client.get(reverse("proposals:submit", args=[proposal.reference]))
    assert page.status_code == 409
    assert "It last moved at 9:15am" in page.content.decode()
    client.force_login(staff.reviewer)
    page = client.get(reverse("proposals:begin", args=[proposal.reference]))
    assert "It last moved at 11:15am" in page.content.decode()
