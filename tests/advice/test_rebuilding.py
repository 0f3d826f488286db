"""Clocks are worked out from what happened, anew when the calendar changes, while they run."""

import datetime
import uuid

import pytest
import time_machine
from django.core.management import call_command

from activity.models import Event
from activity.worktime import UK
from advice import tasks
from advice.answers import actions as answers
from advice.intake import actions as intake
from advice.intake import rebuilding
from advice.intake.models import AdvicePolicy, Enquiry
from tests.advice.factories import adviser, again, enquiry, held, holder

pytestmark = pytest.mark.django_db

BEGAN = datetime.datetime(2027, 4, 6, 10, tzinfo=UK)
NEXT_DAY = datetime.date(2027, 4, 7)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def moved():
    with time_machine.travel(BEGAN, tick=False) as traveller:
        yield traveller


def close_the_line(*days):
    AdvicePolicy.objects.update(closed_on=list(days))


def now(made):
    return Enquiry.objects.get(pk=made.pk)


def write(action, made, words="Words"):
    said = {"words": words, "once": uuid.uuid4(), "seen": made.revision}
    return action(enquiry=made, by=again(made.adviser), **said)


def test_a_day_of_closing_moves_what_runs_and_leaves_what_is_over(moved):
    runs, over = enquiry(), write(answers.reply, held(adviser()))
    close_the_line(NEXT_DAY)
    assert rebuilding.rebuild_running() == 1
    later = now(runs)
    assert (later.due_at, later.resolve_due_at) == (runs.due_at + DAY, runs.resolve_due_at + DAY)
    assert later.first_reply_due_at == runs.first_reply_due_at
    assert now(over).due_at == over.due_at
    event = Event.objects.get(kind="enquiry.rebuild")
    assert (event.actor_id, event.data["due_on"]) == ("rebuilding", "2027-04-09")
    assert rebuilding.rebuild_running() == 0


def test_what_the_steps_set_is_what_its_history_says(moved):
    """Taken, asked back, written to, answered, taken up again: the job moves none of it."""
    made = write(answers.wait, held(adviser()))
    moved.move_to(BEGAN + DAY)
    made = intake.add(enquiry=made, words="x", once=uuid.uuid4(), by=holder(made))
    assert rebuilding.rebuild_running() == 0
    made = write(answers.reply, made)
    moved.move_to(BEGAN + 2 * DAY)
    made = intake.add(enquiry=made, words="x", once=uuid.uuid4(), by=holder(made))
    assert made.clock_from == BEGAN + 2 * DAY
    assert rebuilding.rebuild_running() == 0


def test_a_wait_is_kept_when_the_calendar_changes(moved):
    made = write(answers.wait, held(adviser()))
    moved.move_to(BEGAN + DAY)
    made = intake.add(enquiry=made, words="x", once=uuid.uuid4(), by=holder(made))
    close_the_line(datetime.date(2027, 4, 8))
    rebuilding.rebuild_running()
    assert now(made).due_at == made.due_at + 3 * DAY  # over the week-end


def test_a_policy_that_comes_while_it_waits_changes_nothing_of_what_was_promised(moved):
    made = write(answers.wait, held(adviser()))
    AdvicePolicy.objects.create(starts_on=NEXT_DAY, first_reply_working_days=1)
    moved.move_to(BEGAN + DAY)
    back = intake.add(enquiry=made, words="x", once=uuid.uuid4(), by=holder(made))
    assert back.policy == made.policy
    assert back.due_at == made.due_at + DAY
    assert rebuilding.rebuild_running() == 0
    assert enquiry().due_at == BEGAN + 2 * DAY


def test_a_clock_that_was_wrong_is_put_right_by_command_and_by_job(moved, capsys):
    made = enquiry()
    wrong = {"due_at": made.due_at + 9 * DAY}
    Enquiry.objects.filter(pk=made.pk).update(**wrong)
    call_command("rebuild_clocks")
    assert capsys.readouterr().out == "1 enquiries have another due time.\n"
    assert now(made).due_at == made.due_at
    Enquiry.objects.filter(pk=made.pk).update(**wrong)
    tasks.rebuild_clocks()
    assert now(made).due_at == made.due_at


def test_one_that_ended_meanwhile_keeps_its_times(moved):
    made = enquiry()
    intake.withdraw(enquiry=made, seen=0, by=holder(made))
    close_the_line(NEXT_DAY)
    assert not rebuilding.rebuild(made)
    assert now(made).due_at == made.due_at
