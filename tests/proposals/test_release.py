"""Releasing the letter: the outcome, the letter, the register and the team, at once or not at all."""

import pytest
from django.urls import reverse

from activity.models import Event, Notification
from pathfinders.models import Pathfinder
from proposals.decision import actions as decision
from proposals.decision.models import Outcome
from proposals.draft.models import Status
from proposals.draft.models.proposal import Sector
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


def test_a_rejection_opens_none(people, staff):
    released(people, staff, Outcome.REJECTED)

    assert not Pathfinder.objects.exists()


def test_the_team_is_told_once_and_the_event_holds_no_words(people, staff):
    proposal = released(people, staff, Outcome.REJECTED)

    told = Notification.objects.filter(kind="proposal.decided")
    assert set(told.values_list("user", flat=True)) == {p.pk for p in vars(people).values()}
    assert set(Notification.objects.values_list("kind", flat=True)) == {"proposal.decided"}
    event = Event.objects.of(proposal).last()
    assert (event.kind, event.before, event.after) == ("proposal.release", "decided", "rejected")


def test_a_register_that_fails_leaves_the_decision_unreleased(people, staff, monkeypatch):
    proposal = builders.proposal_at(Status.DECIDED, people, staff)

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


def test_release_waits_while_somebody_asks_to_take_the_decision_back(client, people, staff):
    proposal = builders.proposal_at(Status.DECIDED, people, staff)
    client.force_login(staff.decider)
    recall = reverse("proposals:recall", args=[proposal.reference])
    client.post(recall, {"reason": "A figure is wrong.", "seen": proposal.revision})
    release = reverse("proposals:release", args=[proposal.reference])

    assert "Answer that first" in client.get(release).content.decode()
    assert client.post(release, {"seen": proposal.revision}).status_code == 403
    client.force_login(staff.fourth)
    agreed = client.post(recall, {"seen": proposal.revision})
    assert agreed.status_code == 302
    fresh = builders.again(proposal)
    assert fresh.status == Status.COUNTERSIGNED
    assert not fresh.decisions.standing().exists()
    again = decision.decide(proposal=fresh, seen=fresh.revision, by=staff.decider)
    assert again.recalled_at is None


def test_a_rejection_says_all_that_a_letter_must(client, people, staff):
    proposal = released(people, staff, Outcome.REJECTED)
    client.force_login(people.viewer)

    words = client.get(reverse("proposals:letter", args=[proposal.reference])).content.decode()

    letter = proposal.decisions.get()
    for said in (
        staff.decider.name,
        "version 1",
        "scheme version 1",
        "The plan for shared rotas is clear.",
        "RC-S01",
        "does not save public money",
        "The calculation of 3 March.",
        "Lower the price by £4,218 a year.",
        "The advice line helps",
        str(letter.appeal_by.year),
        "after 6 months",
    ):
        assert said in words, said
    assert staff.reviewer.name not in words


def test_conditions_are_in_the_letter_with_owner_and_date(client, people, staff):
    proposal = released(people, staff, Outcome.APPROVED_WITH_CONDITIONS)
    client.force_login(people.lead)

    words = client.get(reverse("proposals:letter", args=[proposal.reference])).content.decode()

    for said in ("Appoint a finance lead.", "The team lead", "31 January 2099", "signed contract"):
        assert said in words, said
