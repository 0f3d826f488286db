"""What changes between a page and its press: whoever may no longer write is refused."""

import threading
import time

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from activity import clock, delivery
from activity.models import Notification
from activity.workflow import MovedOn
from proposals import reference
from proposals.decision import actions as decision
from proposals.draft import rules
from proposals.draft.models import ConflictDeclaration, Member, Status
from proposals.review import actions as review
from tests.factories import AppointmentFactory, somebody
from tests.proposals import builders

OFFICIAL = {
    "conflict": lambda case, who: ConflictDeclaration.objects.filter(
        proposal=case, user=who
    ).update(is_conflict=True),
    "role ended": lambda case, who: who.appointments.update(ends_on=clock.today()),
    "joined the team": lambda case, who: Member.objects.create(
        proposal=case, user=who, role="viewer"
    ),
}
MEMBER = {
    "left": lambda case, who: who.memberships.update(left_at=clock.now()),
    "reads only": lambda case, who: who.memberships.update(role="viewer"),
}


@pytest.fixture
def case(stored, people, staff):
    return stored(builders.proposal_at, Status.ASSESSING, people, staff)


@pytest.mark.parametrize("change", OFFICIAL)
@pytest.mark.parametrize("write", [review.write_note, review.write_to_team])
def test_who_is_no_official_of_the_case_any_more_writes_nothing(people, staff, case, write, change):
    assert rules.official(staff.reviewer, case, "reviewer")
    Notification.objects.all().delete()
    OFFICIAL[change](case, staff.reviewer)

    with pytest.raises(PermissionDenied):
        write(proposal=case, **builders.said("Words"), by=staff.reviewer)

    assert not case.notes.exists()
    assert not case.messages.exists()
    assert not Notification.objects.exists()


@pytest.mark.parametrize("change", MEMBER)
def test_who_does_not_write_for_the_team_any_more_sends_nothing(people, case, change):
    assert rules.can_edit(people.editor, case)
    MEMBER[change](case, people.editor)

    with pytest.raises(PermissionDenied):
        review.write_to_officials(proposal=case, **builders.said("Words"), by=people.editor)

    assert not case.messages.exists()


@pytest.mark.parametrize("change", OFFICIAL)
def test_a_step_and_a_request_judge_roles_as_they_are_now(stored, people, staff, change):
    decided = stored(builders.proposal_at, Status.DECIDED, people, staff)
    assert rules.official(staff.fourth, decided, "decision-maker")
    OFFICIAL[change](decided, staff.fourth)
    seen = {"proposal": decided, "seen": decided.revision, "by": staff.fourth}

    with pytest.raises(PermissionDenied):
        decision.ask_recall(**seen, reason="x")
    with pytest.raises(PermissionDenied):
        decision.release(**seen)


@pytest.mark.parametrize("write", [review.write_note, review.write_to_team])
def test_nobody_writes_on_a_case_that_went_back_to_its_team(stored, people, staff, write):
    case = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    review.return_incomplete(
        proposal=case, missing="The vote.", seen=case.revision, by=staff.reviewer
    )

    with pytest.raises(MovedOn):
        write(proposal=case, **builders.said("Words"), by=staff.reviewer)

    assert not case.notes.exists()
    assert case.messages.count() == 1


@pytest.mark.parametrize("change", OFFICIAL)
def test_words_of_the_team_are_told_to_who_reads_the_case_now(people, staff, case, change):
    undeclared = somebody("reviewer")
    OFFICIAL[change](case, staff.fourth)

    review.write_to_officials(proposal=case, **builders.said("Words"), by=people.lead)

    told = set(Notification.objects.filter(kind="case.message").values_list("user", flat=True))
    assert told == {staff.reviewer.pk, staff.countersigner.pk, staff.decider.pk}
    assert undeclared.pk not in told


def test_mail_for_whoever_gave_up_the_role_is_held(people, staff, case):
    builders.recommend(case, staff)
    Notification.objects.exclude(kind="proposal.recommend").delete()
    staff.fourth.appointments.update(ends_on=clock.today())
    AppointmentFactory.create(user=staff.fourth, role="mentor")
    delivery.deliver_waiting()

    assert Notification.objects.get(user=staff.fourth).held_because == "role-ended"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("write", [review.write_note, review.write_to_team])
def test_a_conflict_being_declared_stops_words_that_wait_for_it(write):
    reference.load()
    people, staff = builders.team(), builders.officials()
    case = builders.proposal_at(Status.ASSESSING, people, staff)
    declared = threading.Event()

    def declare():
        try:
            with transaction.atomic():
                review.declare(proposal=case, is_conflict=True, by=staff.reviewer)
                declared.set()
                time.sleep(0.5)
        finally:
            connection.close()

    elsewhere = threading.Thread(target=declare)
    elsewhere.start()
    assert declared.wait(20)
    with pytest.raises(PermissionDenied):
        write(proposal=case, **builders.said("Words"), by=staff.reviewer)
    elsewhere.join(20)

    assert not case.notes.exists()
    assert not case.messages.exists()
