"""An exemption is looked at again and stands; and what was only proposed is taken back."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import Role
from activity import clock
from activity.models import Event, Notification
from activity.workflow import MovedOn
from proposals import waiting
from proposals.decision.exempt import actions
from proposals.draft.models import Exemption, Status
from proposals.review import actions as review
from tests.factories import somebody
from tests.proposals import builders

CANARY = "Canary barracks are still there."


def in_days(days):
    return clock.today() + datetime.timedelta(days)


def address(name, case):
    return reverse(f"proposals:{name}", args=[case.reference])


def read(client, who, address):
    client.force_login(who)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def exempted(people, staff):
    case = builders.proposal_at(Status.SUBMITTED, people, staff)
    asked = builders.ask_exempt(case, staff.decider, review_on=in_days(60))
    return builders.confirm_exempt(case, asked, staff.fourth)


@pytest.fixture
def exempt(stored, people, staff):
    return stored(exempted, people, staff)


@pytest.fixture
def submitted(stored, people, staff):
    return stored(builders.proposal_at, Status.SUBMITTED, people, staff)


def typed(case, seen=0, day=None, **changes):
    day = day or in_days(400)
    named = zip(("day", "month", "year"), (day.day, day.month, day.year), strict=True)
    return {
        "seen": seen,
        "asked": Exemption.objects.get(proposal=case).pk,
        "why": CANARY,
        **{f"review_on-{part}": value for part, value in named},
    } | changes


def look(case, by, **changes):
    """Looked at again, by the action itself."""
    said = {"why": CANARY, "review_on": in_days(400), "seen": 0}
    said["asked"] = Exemption.objects.get(proposal=case).pk
    with transaction.atomic():
        return actions.look_again(proposal=case, by=by, **said | changes)


def test_a_decision_maker_of_the_case_looks_again_and_nobody_else(client, people, staff, exempt):
    both = (Role.REVIEWER, Role.DECISION_MAKER)
    silent, barred = somebody(*both), somebody(*both)
    review.declare(proposal=exempt, is_conflict=True, by=barred)
    page, sent = address("look_again", exempt), typed(exempt)
    for who, status in (
        (people.lead, 404),
        (somebody(Role.COORDINATOR), 404),
        (barred, 404),
        (silent, 302),
        (staff.reviewer, 403),
    ):
        client.force_login(who)
        assert {client.get(page).status_code, client.post(page, sent).status_code} == {status}
        with pytest.raises(PermissionDenied):
            look(exempt, who)
    assert Exemption.objects.get().review_on == in_days(60)
    assert not exempt.notes.exists()


def test_it_stands_until_another_day_and_only_officials_read_why(client, people, staff, exempt):
    Notification.objects.all().delete()
    client.force_login(staff.decider)
    page = address("look_again", exempt)
    assert "Care within military bases." in client.get(page).content.decode()
    first = Exemption.objects.get().review_on
    for changes, said in (
        ({"why": ""}, "Say in a sentence why it stands"),
        ({"review_on-day": ""}, "must include"),
        (typed(exempt, day=clock.today()), "The next day must be in the future"),
        (typed(exempt, day=in_days(9_999)), "Enter a date on or before"),
    ):
        answer = client.post(page, typed(exempt) | changes).content.decode()
        assert said in answer, changes
        assert CANARY in answer or not changes.get("why", True)

    assert client.post(page, typed(exempt)).url == address("case", exempt)
    # Pressed twice, or by somebody whose page is older: it happened once.
    assert client.post(page, typed(exempt)).status_code == 409

    fresh = builders.again(exempt)
    assert (fresh.status, fresh.revision) == (Status.EXEMPT, exempt.revision)
    assert Exemption.objects.get().review_on == in_days(400)
    event = Event.objects.of(exempt).get(kind="case.look_again")
    assert event.data == {"review_on": in_days(400).isoformat()}
    assert exempt.notes.get().by == staff.decider
    case = read(client, staff.reviewer, address("case", exempt))
    assert "Looked at the exemption again: it stands until another day." in case
    assert CANARY in case
    assert "Look at it again" not in case

    # The letter keeps the day that it named, and says the new one beside it.
    letter = read(client, people.viewer, address("letter", exempt))
    for day in (first, in_days(400)):
        assert f"{day.day} {day:%B} {day.year}" in letter
    assert "We have looked at it again since, and it stands." in letter
    slug = Exemption.objects.get().department.slug
    public = reverse("accounts:department", args=[slug])
    for who, pages in (
        (people.lead, ["proposal", "history", "messages", "letter"]),
        (people.viewer, ["proposal"]),
    ):
        for each in pages:
            assert CANARY not in read(client, who, address(each, exempt))
    assert CANARY not in read(client, people.lead, public)
    assert not Notification.objects.exists()


def test_nothing_stands_that_is_not_confirmed_nor_past_the_years_of_its_scheme(
    client, people, staff, exempt, submitted
):
    with pytest.raises(ValidationError):
        look(exempt, staff.decider, review_on=in_days(9_999))
    with pytest.raises(MovedOn):
        look(exempt, staff.decider, asked=0)
    asked = builders.ask_exempt(submitted, staff.decider)
    said = {"why": CANARY, "review_on": in_days(9), "seen": 0, "asked": asked.pk}
    with pytest.raises(MovedOn), transaction.atomic():
        actions.look_again(proposal=submitted, by=staff.fourth, **said)
    client.force_login(staff.decider)
    assert client.get(address("look_again", submitted)).status_code == 409


def test_what_is_due_stands_first_and_is_counted_on_the_desk(client, staff, exempt):
    other = exempted(builders.team(), staff)
    Exemption.objects.filter(proposal=other).update(review_on=clock.today())
    client.force_login(staff.decider)
    answer = client.get(reverse("proposals:exemptions"))
    assert [row.proposal for row in answer.context["page"].rows] == [other, exempt]
    assert answer.content.decode().count("/look-again/") == 2

    def desk(who):
        lines = [each for each in waiting.for_anybody(who) if hasattr(each, "needed")]
        return [each.title for each in lines if each.needed == "Look at it again"]

    assert desk(staff.decider) == ["2 exemptions, 1 due"]
    assert desk(staff.reviewer) == []
    look(other, staff.decider)
    assert desk(staff.decider) == ["1 exemption"]
    reviewers = read(client, staff.reviewer, reverse("proposals:exemptions"))
    assert "/look-again/" not in reviewers


def test_whoever_proposed_it_takes_it_back_and_nobody_else(client, people, staff, submitted):
    asked = builders.ask_exempt(submitted, staff.decider, why=CANARY)
    page, sent = address("take_back_exempt", submitted), {"seen": submitted.revision}
    sent["asked"] = asked.pk
    for who, status in (
        (people.lead, 404),
        (somebody(Role.DECISION_MAKER), 302),
        (staff.reviewer, 403),
        (staff.fourth, 403),
    ):
        client.force_login(who)
        assert {client.get(page).status_code, client.post(page, sent).status_code} == {status}
        assert Exemption.objects.open().get() == asked
    assert page not in read(client, staff.fourth, address("case", submitted))
    assert page in read(client, staff.decider, address("case", submitted))
    assert "Take back what you proposed" in read(client, staff.decider, page)

    assert client.post(page, sent).url == address("case", submitted)

    assert not Exemption.objects.open().exists()
    assert client.post(page, sent).status_code == 409
    assert client.get(page).status_code == 409
    fresh = builders.again(submitted)
    assert (fresh.status, fresh.revision) == (Status.SUBMITTED, submitted.revision)
    case = read(client, staff.reviewer, address("case", submitted))
    assert "Took back that the service is exempt." in case
    # Nobody confirms it any more, nor takes back another than their page showed.
    with pytest.raises(MovedOn), transaction.atomic():
        builders.confirm_exempt(submitted, asked, staff.fourth)
    builders.ask_exempt(fresh, staff.decider)
    client.force_login(staff.decider)
    assert client.post(page, sent).status_code == 409
    assert Exemption.objects.open().count() == 1
    history = read(client, people.lead, address("history", submitted))
    assert "exempt" not in history.lower()


def test_what_was_confirmed_is_not_taken_back(staff, exempt):
    asked = Exemption.objects.get()
    with pytest.raises(MovedOn), transaction.atomic():
        actions.take_back_exempt(
            proposal=exempt, asked=asked.pk, seen=exempt.revision, by=staff.decider
        )
    with pytest.raises(PermissionDenied), transaction.atomic():
        actions.take_back_exempt(
            proposal=exempt, asked=asked.pk, seen=exempt.revision, by=staff.reviewer
        )
