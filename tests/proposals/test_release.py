"""Releasing the letter: the outcome, the letter, the register and the team, at once or not at all."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Role
from activity import clock
from activity.models import Event, Notification
from activity.workflow import MovedOn
from pathfinders.models import Commitment, Pathfinder
from proposals import waiting
from proposals.decision import actions as decision
from proposals.decision.models import Outcome, Recall
from proposals.draft.models import Status
from proposals.draft.models.proposal import Sector
from proposals.draft.promises import promised_in
from tests.factories import somebody
from tests.proposals import builders


def released(people, staff, outcome):
    proposal = builders.proposal_at(Status.DECIDED, people, staff, outcome)
    Notification.objects.all().delete()
    decision.release(proposal=proposal, seen=proposal.revision, by=staff.decider)
    return builders.again(proposal)


@pytest.mark.parametrize("outcome", [Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS])
def test_an_approval_opens_an_entry_with_the_teams_people(people, staff, outcome):
    proposal = released(people, staff, outcome)

    entry = Pathfinder.objects.get(proposal_reference=proposal.reference)
    assert entry.name == proposal.title
    assert set(entry.people.all()) == set(vars(people).values())


def test_the_entry_carries_what_was_promised_and_the_conditions(client, people, staff):
    proposal = released(people, staff, Outcome.APPROVED_WITH_CONDITIONS)

    entry = Pathfinder.objects.get(proposal_reference=proposal.reference)
    promised = promised_in(proposal.versions.get())
    *kept, condition = entry.commitments.all()
    assert [(each.key, each.says, each.minimum) for each in kept] == [
        (each.key, each.says, each.minimum) for each in promised
    ]
    assert kept[0].targets == {str(year): text for year, text in promised[0].targets.items()}
    assert (condition.kind, condition.says) == ("condition", "Appoint a finance lead.")
    assert condition.due_on == datetime.date(2099, 1, 31)
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        entry.commitments.update(says="Less.")
    with pytest.raises(IntegrityError, match="has_owner_day"), transaction.atomic():
        Commitment.objects.create(
            pathfinder=entry, position=9, kind="condition", key="x", says="x", version=1
        )
    Pathfinder.objects.filter(pk=entry.pk).update(published_at=clock.now())
    shown = {"Appoint a finance lead.", "31 January 2099", escape(promised[0].says)}
    where = reverse("pathfinders:promised", args=[entry.reference])
    inside = [somebody(Role.COORDINATOR), people.viewer]
    outside = [somebody(), somebody(Role.MENTOR), somebody(Role.OBSERVER), staff.decider, None]
    for reader in (*inside, *outside):
        client.force_login(reader) if reader else client.logout()
        words = client.get(entry.get_absolute_url()).content.decode()
        assert entry.name in words
        assert not [said for said in shown if said in words]
        assert (where in words) == (reader in inside)
        page = client.get(where)
        assert page.status_code == (200 if reader in inside else 404 if reader else 302)
        words = page.content.decode()
        assert [said in words for said in shown] == [reader in inside] * 3, reader


def test_a_rejection_opens_none(people, staff):
    released(people, staff, Outcome.REJECTED)

    assert not Pathfinder.objects.exists()


def test_the_team_is_told_once_and_the_event_holds_no_words(people, staff):
    proposal = released(people, staff, Outcome.REJECTED)

    told = Notification.objects.filter(kind="proposal.decided")
    assert set(told.values_list("user", flat=True)) == {p.pk for p in vars(people).values()}
    told = Notification.objects.exclude(kind="employer.decided")
    assert set(told.values_list("kind", flat=True)) == {"proposal.decided"}
    event = Event.objects.of(proposal).last()
    assert (event.kind, event.before, event.after) == ("proposal.release", "decided", "rejected")


def test_a_register_that_fails_leaves_the_decision_unreleased(stored, people, staff, monkeypatch):
    proposal = stored(builders.proposal_at, Status.DECIDED, people, staff)

    def fail(**facts):
        raise RuntimeError

    monkeypatch.setattr("proposals.decision.effects.open_from_approval", fail)
    with pytest.raises(RuntimeError):
        decision.release(proposal=proposal, seen=proposal.revision, by=staff.decider)

    fresh = builders.again(proposal)
    assert fresh.status == Status.DECIDED
    assert not fresh.decisions.released().exists()


def test_every_sector_of_a_proposal_is_one_of_the_register():
    register = {value for value, _label in Pathfinder._meta.get_field("sector").flatchoices}

    assert set(Sector.values) <= register


def test_release_waits_while_somebody_asks_to_take_the_decision_back(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.DECIDED, people, staff)
    client.force_login(staff.decider)
    recall = reverse("proposals:recall", args=[proposal.reference])
    client.post(recall, {"reason": "A figure is wrong.", "seen": proposal.revision})
    release = reverse("proposals:release", args=[proposal.reference])

    assert "Answer that first" in client.get(release).content.decode()
    assert client.post(release, {"seen": proposal.revision, "when": "now"}).status_code == 403
    client.force_login(staff.fourth)
    asked = client.get(recall).context["form"]["asked"].value()
    agreed = client.post(recall, {"seen": proposal.revision, "asked": asked})
    assert agreed.status_code == 302
    fresh = builders.again(proposal)
    assert fresh.status == Status.COUNTERSIGNED
    assert not fresh.decisions.standing().exists()
    again = decision.decide(proposal=fresh, seen=fresh.revision, by=staff.decider)
    assert again.recalled_at is None


def ask_to_take_back(staff, proposal, who="decider"):
    Notification.objects.all().delete()
    seen = proposal.revision
    return decision.ask_recall(
        proposal=proposal, reason="A figure is wrong.", seen=seen, by=getattr(staff, who)
    )


def test_who_may_answer_a_request_is_told_and_reads_it_there(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.DECIDED, people, staff)
    ask_to_take_back(staff, proposal)

    told = Notification.objects.filter(kind="case.ask_recall")
    assert set(told.values_list("user", flat=True)) == {staff.countersigner.pk, staff.fourth.pk}
    client.force_login(staff.fourth)
    opened = client.post(reverse("activity:open", args=[told.get(user=staff.fourth).pk]))
    assert opened.url == reverse("proposals:recall", args=[proposal.reference])
    assert "A figure is wrong." in client.get(opened.url).content.decode()


def test_a_request_may_be_refused_with_a_reason_and_the_letter_goes(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.DECIDED, people, staff)
    asked = ask_to_take_back(staff, proposal)
    page = reverse("proposals:recall", args=[proposal.reference])
    refused = {"seen": proposal.revision, "asked": asked.pk, "press": "refuse"}
    client.force_login(staff.fourth)

    assert "Say why the decision should stand" in client.post(page, refused).content.decode()
    asked.refresh_from_db()
    assert asked.refused_at is None
    done = client.post(page, refused | {"reason": "The figure is right."})

    assert done.url == reverse("proposals:case", args=[proposal.reference])
    asked.refresh_from_db()
    assert (asked.refused_by, asked.confirmed_by) == (staff.fourth, None)
    fresh = builders.again(proposal)
    assert (fresh.status, fresh.revision) == (Status.DECIDED, proposal.revision)
    told = Notification.objects.get(kind="case.refuse_recall")
    assert told.user == staff.decider
    client.force_login(staff.decider)
    read = client.post(reverse("activity:open", args=[told.pk]), follow=True).content.decode()
    assert "The figure is right." in read
    assert "The decision was not taken back." in read
    assert Event.objects.of(proposal).last().kind == "case.refuse_recall"
    # The refused request stays; another may follow, and without one the letter can go.
    second = ask_to_take_back(staff, fresh, "fourth")
    answer = {"proposal": fresh, "asked": second.pk, "seen": fresh.revision, "by": staff.decider}
    decision.refuse_recall(**answer, reason="No.")
    decision.release(proposal=fresh, seen=fresh.revision, by=staff.decider)
    assert builders.again(proposal).status == Status.APPROVED


def test_a_reason_typed_beside_a_yes_takes_the_decision_back(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.DECIDED, people, staff)
    asked = ask_to_take_back(staff, proposal)
    client.force_login(staff.fourth)
    page = reverse("proposals:recall", args=[proposal.reference])
    agreed = {"seen": proposal.revision, "asked": asked.pk, "reason": "x"}

    assert client.post(page, agreed).status_code == 302

    assert builders.again(proposal).status == Status.COUNTERSIGNED


@pytest.mark.parametrize(
    ("who", "refused"),
    [("reviewer", PermissionDenied), ("decider", PermissionDenied), ("fourth", None)],
)
def test_only_who_may_agree_may_refuse(stored, people, staff, who, refused):
    proposal = stored(builders.proposal_at, Status.DECIDED, people, staff)
    asked = ask_to_take_back(staff, proposal)
    answer = {"proposal": proposal, "asked": asked.pk, "reason": "No.", "seen": proposal.revision}

    if refused:
        with pytest.raises(refused):
            decision.refuse_recall(**answer, by=getattr(staff, who))
    else:
        decision.refuse_recall(**answer, by=staff.fourth)

    asked.refresh_from_db()
    assert (asked.refused_at is None) == bool(refused)


def test_a_request_is_answered_once(stored, people, staff):
    proposal = stored(builders.proposal_at, Status.DECIDED, people, staff)
    asked = ask_to_take_back(staff, proposal)
    answer = {"proposal": proposal, "asked": asked.pk, "seen": proposal.revision}
    decision.refuse_recall(**answer, reason="No.", by=staff.fourth)

    with pytest.raises(MovedOn):
        decision.refuse_recall(**answer, reason="No.", by=staff.countersigner)
    with pytest.raises(MovedOn):
        decision.recall(**answer, by=staff.countersigner)
    with pytest.raises(IntegrityError, match="recall_answered_once"), transaction.atomic():
        type(asked).objects.update(confirmed_by=staff.countersigner, confirmed_at=clock.now())
    with pytest.raises(IntegrityError, match="recall_refused_by_another"), transaction.atomic():
        type(asked).objects.update(refused_by=staff.decider)


@pytest.mark.parametrize("press", ["", "refuse"])
@pytest.mark.parametrize("asked_again", [True, False])
def test_an_answer_is_to_the_request_that_its_page_showed(
    stored, client, people, staff, press, asked_again
):
    proposal = stored(builders.proposal_at, Status.DECIDED, people, staff)
    first = ask_to_take_back(staff, proposal)
    answer = {"asked": first.pk, "seen": proposal.revision, "reason": "It is right."}
    decision.refuse_recall(proposal=proposal, **answer, by=staff.countersigner)
    if asked_again:
        ask_to_take_back(staff, proposal)
    client.force_login(staff.fourth)
    page = reverse("proposals:recall", args=[proposal.reference])

    late = client.post(page, answer | {"press": press})

    assert late.status_code == 409
    assert Recall.objects.open().count() == asked_again
    assert builders.again(proposal).status == Status.DECIDED


def needed_of(person, proposal):
    """What the desk says of this proposal, and the page it leads to."""
    things = waiting.for_anybody(person)
    return [
        (thing.needed, thing.path.split("/")[-2])
        for thing in things
        if getattr(thing, "reference", "") == proposal.reference
    ]


def test_the_desk_asks_for_the_answer_before_the_letter(stored, people, staff):
    proposal = stored(builders.proposal_at, Status.DECIDED, people, staff)
    answer = [("Answer a request to take the decision back", "recall")]
    release = [("Release the letter", proposal.reference)]
    assert needed_of(staff.fourth, proposal) == release
    assert needed_of(staff.decider, proposal) == release

    asked = ask_to_take_back(staff, proposal)
    assert needed_of(staff.fourth, proposal) == answer
    assert needed_of(staff.decider, proposal) == []

    refused = {"asked": asked.pk, "seen": proposal.revision, "reason": "No."}
    decision.refuse_recall(proposal=proposal, **refused, by=staff.fourth)
    assert needed_of(staff.decider, proposal) == release


def test_who_recommended_is_neither_told_nor_asked_to_decide(people, staff):
    both = somebody("reviewer", "decision-maker")
    staff.reviewer = both
    proposal = builders.proposal_at(Status.COUNTERSIGNED, people, staff)

    told = Notification.objects.filter(kind="case.countersign")
    assert set(told.values_list("user", flat=True)) == {staff.decider.pk, staff.fourth.pk}
    for person, needed in ((both, 0), (staff.countersigner, 0), (staff.decider, 1)):
        assert len(needed_of(person, proposal)) == needed
    proposal = builders.proposal_at(Status.DECIDED, builders.team(), staff)
    assert needed_of(both, proposal) == []
    ask_to_take_back(staff, proposal)
    assert len(needed_of(both, proposal)) == 1
