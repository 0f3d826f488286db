"""What waits for somebody in a team, by their part in it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from activity import clock
from proposals import waiting
from proposals.draft import actions
from proposals.draft.models import Member, Proposal, Signature, Status
from tests.factories import somebody
from tests.proposals import builders
from tests.proposals.test_workflow import force

SIGN, SUBMIT = "Read this text and sign it", "Submit it"


def waits_for(person):
    return [(thing.needed, thing.path) for thing in waiting.for_anybody(person) if waits(thing)]


def waits(thing):
    return isinstance(thing, waiting.Item)


def page(name, proposal):
    return reverse(f"proposals:{name}", args=[proposal.reference])


@pytest.mark.parametrize("part", ["lead", "editor", "viewer"])
def test_a_draft_waits_for_those_who_may_write(stored, people, part):
    draft = stored(builders.draft_of, people)

    writing = [] if part == "viewer" else [("Go on writing", page("tasks", draft))]
    assert waits_for(getattr(people, part)) == writing


def test_when_all_have_signed_it_waits_for_the_lead(people):
    asked = builders.ask_to_sign(builders.draft_of(people), people)
    assert waits_for(people.lead) == waits_for(people.editor) == [(SIGN, page("sign", asked))]

    mine = Signature.objects.missing().get(user=people.lead)
    words = {"typed_name": "Ann", "typed_role": "Nurse"}
    actions.sign(proposal=asked, asked=mine.key, **words, by=people.lead)
    assert waits_for(people.lead) == []

    builders.sign_all(asked)
    assert waits_for(people.lead) == [(SUBMIT, page("submit", asked))]
    assert waits_for(people.editor) == waits_for(people.viewer) == []


def test_everybody_in_the_team_is_called_to_the_letter(stored, people, staff):
    released = stored(builders.proposal_at, Status.REJECTED, people, staff)

    for person in vars(people).values():
        assert waits_for(person) == [("Read the letter", page("letter", released))]


def test_nothing_waits_for_who_left_or_never_was_there(stored, people):
    stored(builders.draft_of, people)
    Member.objects.filter(user=people.lead).update(left_at="2026-01-01T00:00Z")

    assert waits_for(people.lead) == waits_for(somebody()) == []


@pytest.mark.parametrize(("days", "waits"), [(0, True), (90, True), (91, False)])
def test_one_that_lapsed_waits_for_its_lead_as_long_as_it_can_come_back(people, days, waits):
    draft = force(builders.draft_of(people), Status.LAPSED)
    # Days are those of the calendar here: at this hour of that day, whatever time was kept then.
    lapsed_at = timezone.localtime(clock.now()) - datetime.timedelta(days=days)
    Proposal.objects.filter(pk=draft.pk).update(status_at=lapsed_at)

    revive = [("Bring it back, or leave it", page("revive", draft))] if waits else []
    assert waits_for(people.lead) == revive
    assert waits_for(people.editor) == waits_for(people.viewer) == []
