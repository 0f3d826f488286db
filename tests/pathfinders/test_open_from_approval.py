"""The release of an approval opens one private entry, or joins the one that is open."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Role
from activity.models import Event, Notification
from activity.transactions import in_one_piece, lock
from pathfinders.register import actions
from pathfinders.register.choices import Status
from pathfinders.register.models import Pathfinder
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db
PROPOSAL = "RTP-2026-0042"


@pytest.fixture
def release(db):
    employer = factories.body("Wolds Trust")
    team = [factories.person(), factories.person()]
    decider = factories.person(Role.DECISION_MAKER)

    def call():
        return actions.open_from_approval(
            proposal_reference=PROPOSAL,
            title="Wolds Nursing",
            sector="community-health",
            employer=employer,
            people=team,
            by=decider,
        )

    call.team, call.employer = team, employer
    return call


def test_it_opens_a_private_entry_at_implementation(release):
    entry = release()
    assert (entry.status, entry.is_published) == (Status.IMPLEMENTATION, False)
    assert set(entry.people.all()) == set(release.team)
    assert entry.parent_bodies.get().organisation == release.employer
    assert entry.entries.get().source == "Approval of proposal RTP-2026-0042"
    assert Event.objects.of(entry).get().kind == "pathfinder.open"


def test_the_people_and_coordinators_are_told_once(release, coordinator):
    entry = release()
    told = Notification.objects.filter(kind="pathfinder.open", subject_id=entry.pk)
    assert {row.user for row in told} == {*release.team, coordinator}
    release()
    assert told.count() == 3


def test_a_second_release_changes_nothing(release):
    entry = release()
    assert release() == entry
    assert Pathfinder.objects.count() == 1
    assert entry.entries.count() == 1


@pytest.mark.parametrize(
    ("stage", "after"),
    [
        (Status.EARLY_THINKING, Status.IMPLEMENTATION),
        (Status.APPRAISAL, Status.IMPLEMENTATION),
        (Status.IMPLEMENTATION, Status.IMPLEMENTATION),
        (Status.FIRST_YEAR, Status.FIRST_YEAR),
    ],
)
def test_it_joins_the_entry_that_a_coordinator_opened(release, coordinator, stage, after):
    open_already = actions.open_entry(
        stage=stage,
        facts={"name": "Nurses of the Wolds", "proposal_reference": PROPOSAL},
        source="A meeting",
        by=coordinator,
    )
    entry = release()
    assert entry == open_already
    assert (entry.status, entry.name) == (after, "Nurses of the Wolds")
    assert set(entry.people.all()) == set(release.team)
    assert entry.entries.last().n == 2
    assert entry.parent_bodies.get().organisation == release.employer


def test_the_database_keeps_one_entry_a_proposal():
    factories.entry(proposal_reference=PROPOSAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.entry(proposal_reference=PROPOSAL)


def test_the_entry_is_locked_before_its_proposal(release, coordinator, monkeypatch):
    """A table after pathfinders stands in for proposals; inside, the entry is locked again."""
    entry = factories.entry(Status.APPRAISAL, proposal_reference=PROPOSAL)
    order = ("pathfinders.pathfinder", "accounts.user")
    monkeypatch.setattr("activity.transactions.LOCK_ORDER", order)

    @in_one_piece
    def whole():
        for model, pk in actions.entry_lock(PROPOSAL):
            lock(model, pk)
        lock(type(coordinator), coordinator.pk)
        return release()

    assert whole() == entry


def test_without_an_entry_there_is_nothing_to_lock():
    assert actions.entry_lock("RTP-2026-9999") == []


def test_only_a_coordinator_opens_an_entry_by_hand(stranger):
    with pytest.raises(PermissionDenied):
        actions.open_entry(stage=Status.APPRAISAL, facts={"name": "X"}, source="Y", by=stranger)
