"""Who may take which step from where: a table written by hand, every cell tried.

The columns: ours = the adviser who holds it, and whose call, not saved yet, is about it; colleague = another adviser of its provider;
lead = an advice lead of its provider; other = an adviser of another provider; enquirer = by the
private link, proved; unproved = by the link without proof; staff = a coordinator; nobody = a user
without a role. "yes": taken. "no": refused. "-": the step does not begin there, for anybody.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts.models import OrganisationKind, Role
from activity import clock, workflow
from activity.actors import LinkHolder
from activity.lifecycle import announcement
from activity.models import Event
from activity.workflow import YES, MovedOn, Step
from advice.answers import actions as answers
from advice.answers.silence import LET_REST, SETTLE
from advice.answers.steps import HELD_FOR, REPLY, UNDO_REPLY, WAIT
from advice.intake import actions as intake
from advice.intake.models import Call, Enquiry, Outcome, Refusal, Status
from advice.intake.phone_steps import ANSWER_CALL, KEEP, RING_AGAIN, being_saved
from advice.queue import actions as queue
from advice.queue import refusing, rest_steps, resting
from advice.queue import steps as queue_steps
from advice.queue.leaving import LEAVE
from tests.advice.factories import (
    advice_lead,
    adviser,
    again,
    employer,
    enquiry,
    held,
    holder,
    provider,
    somebody,
)
from tests.at_the_door import offered, pressed_by

pytestmark = pytest.mark.django_db

ALLOWED = """
step       status                ours  colleague lead  other enquirer unproved staff nobody
claim      queued                yes   yes       no    no    no       no       no    no
keep       queued                yes   no        no    no    no       no       no    no
answer_call queued               yes   no        no    no    no       no       no    no
ring_again waiting-for-enquirer  yes   no        no    no    no       no       no    no
ring_again answered              yes   no        no    no    no       no       no    no
hand_over  with-adviser          yes   no        yes   no    no       no       no    no
close      with-adviser          yes   no        yes   no    no       no       no    no
close      waiting-for-enquirer  yes   no        yes   no    no       no       no    no
close      waiting-for-other     yes   no        yes   no    no       no       no    no
close      answered              yes   no        yes   no    no       no       no    no
leave      with-adviser          no    no        yes   no    no       no       no    no
leave      waiting-for-enquirer  no    no        yes   no    no       no       no    no
leave      waiting-for-other     no    no        yes   no    no       no       no    no
leave      callback-booked       no    no        yes   no    no       no       no    no
reopen     answered              yes   yes       no    no    no       no       no    no
reopen     closed                yes   yes       no    no    no       no       no    no
reply      with-adviser          yes   no        no    no    no       no       no    no
wait       with-adviser          yes   no        no    no    no       no       no    no
refuse     queued                yes   yes       yes   no    no       no       no    no
refuse     with-adviser          yes   no        yes   no    no       no       no    no
snooze     queued                yes   yes       yes   no    no       no       no    no
snooze     with-adviser          yes   no        yes   no    no       no       no    no
wait_other with-adviser          yes   no        no    no    no       no       no    no
go_on      waiting-for-other     yes   no        yes   no    no       no       no    no
offer_on   queued                no    no        no    no    no       no       no    no
undo_reply answered              yes   no        no    no    no       no       no    no
undo_reply waiting-for-enquirer  yes   no        no    no    no       no       no    no
add        queued                no    no        no    no    yes      no       no    no
add        with-adviser          no    no        no    no    yes      no       no    no
add        waiting-for-enquirer  no    no        no    no    yes      no       no    no
add        waiting-for-other     no    no        no    no    yes      no       no    no
add        answered              no    no        no    no    yes      no       no    no
add        closed                no    no        no    no    yes      no       no    no
settle     answered              no    no        no    no    no       no       no    no
let_rest   waiting-for-enquirer  no    no        no    no    no       no       no    no
withdraw   queued                no    no        no    no    yes      no       no    no
withdraw   with-adviser          no    no        no    no    yes      no       no    no
withdraw   waiting-for-enquirer  no    no        no    no    yes      no       no    no
withdraw   waiting-for-other     no    no        no    no    yes      no       no    no
withdraw   answered              no    no        no    no    yes      no       no    no
"""
LEADS_TO = {
    ("claim", "queued"): "with-adviser",
    ("keep", "queued"): "with-adviser",
    ("answer_call", "queued"): "closed",
    ("ring_again", "waiting-for-enquirer"): "with-adviser",
    ("ring_again", "answered"): "with-adviser",
    ("hand_over", "with-adviser"): "queued",
    ("close", "with-adviser"): "closed",
    ("close", "waiting-for-enquirer"): "closed",
    ("close", "answered"): "closed",
    ("leave", "with-adviser"): "queued",
    ("leave", "waiting-for-enquirer"): "queued",
    ("leave", "waiting-for-other"): "queued",
    ("leave", "callback-booked"): "queued",
    ("reopen", "answered"): "with-adviser",
    ("reopen", "closed"): "with-adviser",
    ("refuse", "queued"): "queued",
    ("refuse", "with-adviser"): "queued",
    ("offer_on", "queued"): "queued",
    ("snooze", "queued"): "queued",
    ("snooze", "with-adviser"): "with-adviser",
    ("wait_other", "with-adviser"): "waiting-for-other",
    ("go_on", "waiting-for-other"): "with-adviser",
    ("close", "waiting-for-other"): "closed",
    ("add", "waiting-for-other"): "with-adviser",
    ("withdraw", "waiting-for-other"): "withdrawn",
    ("reply", "with-adviser"): "answered",
    ("wait", "with-adviser"): "waiting-for-enquirer",
    ("undo_reply", "answered"): "with-adviser",
    ("undo_reply", "waiting-for-enquirer"): "with-adviser",
    ("add", "queued"): "queued",
    ("add", "with-adviser"): "with-adviser",
    ("add", "waiting-for-enquirer"): "with-adviser",
    ("add", "answered"): "with-adviser",
    ("add", "closed"): "with-adviser",
    ("settle", "answered"): "closed",
    ("let_rest", "waiting-for-enquirer"): "closed",
    ("withdraw", "queued"): "withdrawn",
    ("withdraw", "with-adviser"): "withdrawn",
    ("withdraw", "waiting-for-enquirer"): "withdrawn",
    ("withdraw", "answered"): "withdrawn",
}
HEAD, *LINES = [line.split() for line in ALLOWED.strip().splitlines()]
WHO = HEAD[2:]
CELLS = {(line[0], line[1]): dict(zip(WHO, line[2:], strict=True)) for line in LINES}
STEPS = [*dict.fromkeys(line[0] for line in LINES)]
# Taken by a job alone: tests/advice/test_silence.py
JOBS = {"settle": SETTLE, "let_rest": LET_REST}
STATUSES = [
    "queued",
    "with-adviser",
    "waiting-for-enquirer",
    "waiting-for-other",
    "callback-booked",
    "answered",
    "closed",
    "spam",
    "merged",
    "withdrawn",
    "referred-out",
]


class Scene:
    """An enquiry in one status, and everybody who might act on it."""

    def __init__(self, status: str) -> None:
        self.ours = adviser()
        self.enquiry = enquiry()
        self.call = Call(adviser=self.ours, enquiry=self.enquiry)
        if status != "queued":
            self._force(status)
        self.actors = {
            "ours": self.ours,
            "colleague": adviser(),
            "lead": advice_lead(),
            "other": adviser(provider("co-operatives-uk")),
            "enquirer": holder(self.enquiry),
            "unproved": holder(self.enquiry, proved=False),
            "staff": somebody(Role.COORDINATOR, employer()),
            "nobody": somebody(),
        }

    def _force(self, status: str) -> None:
        """Put it there as the database allows `take` to, whatever steps there are yet."""
        rows = Enquiry.objects.filter(pk=self.enquiry.pk)
        with connection.cursor() as cursor:
            words = announcement(self.enquiry, "queued", status)
            cursor.execute("SELECT set_config('portal.step', %s, true)", [words])
        rows.update(status=status, adviser=self.ours, outcome="helped")
        self.enquiry.refresh_from_db()
        held = {"revision": self.enquiry.revision, "goes_at": clock.now() + HELD_FOR}
        self.enquiry.messages.create(author=self.ours, words="held", **held)

    def take(self, step: str, who: str) -> Enquiry:
        by: Any = self.actors[who]
        named = {
            "claim": queue_steps.CLAIM,
            "hand_over": queue_steps.HAND_OVER,
            "reopen": queue_steps.REOPEN,
            "reply": REPLY,
            "wait": WAIT,
            **JOBS,
            "refuse": queue_steps.REFUSE,
            "snooze": rest_steps.SNOOZE,
            "wait_other": rest_steps.WAIT_OTHER,
            "undo_reply": UNDO_REPLY,
        }
        apart = {*JOBS, "undo_reply"}
        if step in apart or (isinstance(by, LinkHolder) and step in named):
            # No action lets them try, or only with what was sent; the step refuses all the same.
            return workflow.take(named[step], self.enquiry, by=by, seen=self.enquiry.revision)
        if step == "offer_on":
            return workflow.take(queue_steps.OFFER_ON, self.enquiry, by=by, seen=0)
        common = {"enquiry": self.enquiry, "by": by}
        seen = {"seen": self.enquiry.revision}
        words = {"words": "words", "once": uuid.uuid4()}
        rest = {"until": clock.today(), "reason": "r", "once": uuid.uuid4()}
        to = {"to": provider("co-operatives-uk"), "reason": "why", "once": uuid.uuid4()}
        calls: dict[str, Callable[[], Enquiry]] = {
            "claim": lambda: queue.claim(**common, **seen),
            "hand_over": lambda: queue.hand_over(**common, **seen, **to),
            "close": lambda: queue.close(**common, **seen, outcome=Outcome.HELPED),
            "leave": lambda: workflow.take(LEAVE, self.enquiry, by=by, **seen, adviser=None),
            "reopen": lambda: queue.reopen(**common, **seen),
            "refuse": lambda: refusing.refuse(**common, **seen, **words, reason=Refusal.NO_TIME),
            "snooze": lambda: resting.snooze(**common, **seen, **rest),
            "wait_other": lambda: resting.wait_other(**common, **seen, **rest, whom="HMRC"),
            "go_on": lambda: resting.go_on(**common, **seen),
            "reply": lambda: answers.reply(**common, **seen, **words),
            "wait": lambda: answers.wait(**common, **seen, **words),
            "add": lambda: intake.add(**common, **words),
            "withdraw": lambda: intake.withdraw(**common, **seen),
            "keep": lambda: workflow.take(KEEP, self.enquiry, by=by, **seen, adviser=by),
            "answer_call": lambda: workflow.take(
                ANSWER_CALL, self.enquiry, by=by, **seen, adviser=by, outcome=Outcome.HELPED
            ),
            "ring_again": lambda: workflow.take(RING_AGAIN, self.enquiry, by=by, **seen),
        }
        return calls[step]()


@pytest.mark.slow
@pytest.mark.parametrize("status", STATUSES)
def test_every_step_from_every_status_by_everybody(status):
    """Each cell is asked for, and pressed where the step begins; elsewhere one person presses."""
    scene = Scene(status)
    events = Event.objects.count()
    with being_saved(scene.call):
        try_every_step(scene, status, events)


def try_every_step(scene, status, events):
    for who in WHO:
        mine = {step for step in STEPS if CELLS.get((step, status), {}).get(who) == "yes"}
        assert offered(scene.actors[who], scene.enquiry) == mine, who
    for turn, step in enumerate(STEPS, STATUSES.index(status)):
        cells = CELLS.get((step, status))
        for who in pressed_by(WHO, nearest(step), begins=bool(cells), turn=turn):
            with transaction.atomic():
                if cells and cells[who] == "yes":
                    moved = scene.take(step, who)
                    assert moved.status == LEADS_TO[step, status]
                    assert moved.revision == scene.enquiry.revision + 1
                    assert Event.objects.count() == events + 1
                else:
                    # That it is elsewhere by now is told only to those whom the step concerns.
                    with pytest.raises(PermissionDenied if cells else (MovedOn, PermissionDenied)):
                        scene.take(step, who)
                transaction.set_rollback(True)


@pytest.mark.parametrize("status", ["queued", "waiting-for-enquirer", "answered"])
def test_the_steps_of_a_call_begin_only_while_it_is_saved(status):
    scene = Scene(status)
    of_calls = {"keep", "answer_call", "ring_again"}
    assert not offered(scene.ours, scene.enquiry) & of_calls
    with being_saved(Call(adviser=scene.ours, enquiry=enquiry())):
        assert not offered(scene.ours, scene.enquiry) & of_calls
    with being_saved(scene.call):
        assert offered(scene.ours, scene.enquiry) & of_calls


def nearest(step):
    """Those who may take the step where it begins; anybody, where only a job may."""
    if step in JOBS:
        return ["ours"]
    return [
        who
        for who in WHO
        if any(row[who] == "yes" for (name, _), row in CELLS.items() if name == step)
    ] or WHO


def test_the_table_names_every_step_and_status():
    (lifecycle,) = [each for each in workflow.lifecycles() if each.model is Enquiry]
    assert {step.name for step in lifecycle.steps} == set(STEPS)
    assert list(Status.values) == STATUSES


def test_an_arrow_is_drawn_for_what_the_table_says_and_for_nothing_else():
    """A hand-over also goes to a colleague, which the table takes once, to a queue.

    Words go to the queue where whoever had it answers no more: test_writing_again.py.
    """
    (lifecycle,) = [each for each in workflow.lifecycles() if each.model is Enquiry]
    drawn = {
        (step.name, str(source), str(target))
        for step in lifecycle.steps
        for source in step.sources
        for target in step.targets(source)
    }
    table = {(step, source, target) for (step, source), target in LEADS_TO.items()}
    held = {"with-adviser", "waiting-for-enquirer", "waiting-for-other", "answered", "closed"}
    to_queue = {("add", status, "queued") for status in held}
    assert drawn == table | to_queue | {("hand_over", "with-adviser", "with-adviser")}


def test_a_step_cannot_lead_from_a_status_to_where_it_says_that_another_one_leads():
    results = {Status.QUEUED: (Status.WITHDRAWN,), Status.WITH_ADVISER: (Status.SPAM,)}
    step = Step(
        name="end",
        label="End",
        sources=tuple(results),
        to=lambda record: Status.SPAM,
        results=results,
        allowed=lambda actor, record: YES,
    )
    made = enquiry()
    with pytest.raises(ValueError, match="end leads from queued to spam"):
        workflow.take(step, made, by=holder(made), seen=0)
    made.refresh_from_db()
    assert (made.status, made.revision) == ("queued", 0)


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "queued"])
def test_plain_sql_cannot_change_a_status(status):
    made = enquiry()
    update = "UPDATE advice_enquiry SET status = %s, adviser_id = %s WHERE id = %s"
    with (
        pytest.raises(IntegrityError, match="changes only by a step"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(update, [status, adviser().pk, made.pk])


def test_nothing_is_born_but_in_the_queue():
    made = enquiry()
    made.pk, made.reference, made.once = None, "ENQ-2026-999999", uuid.uuid4()
    made.status, made.adviser = Status.ANSWERED, adviser()
    with pytest.raises(IntegrityError, match="begins as one of"), transaction.atomic():
        made.save(force_insert=True)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"adviser": "someone"}, "enquiry_queued_is_nobodys"),
        ({"due_at": "long ago"}, "enquiry_due_after_its_clock_starts"),
    ],
)
def test_the_database_refuses_what_cannot_be(columns, constraint):
    made = enquiry()
    known = {"someone": adviser(), "long ago": made.received_at}
    values = {name: known[value] for name, value in columns.items()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Enquiry.objects.filter(pk=made.pk).update(**values)


def test_an_enquiry_nobody_leads_on_may_be_taken_by_any_provider():
    made = enquiry(topic=None)
    taker = adviser(provider("co-operatives-uk"))
    taken = queue.claim(enquiry=made, seen=0, by=taker)
    assert (taken.provider.slug, taken.adviser) == ("co-operatives-uk", taker)


def test_an_adviser_whose_role_ended_cannot_reply():
    user = adviser()
    mine = held(user)
    user.appointments.update(ends_on="2012-01-01")
    with pytest.raises(PermissionDenied):
        answers.reply(
            enquiry=mine, words="w", once=uuid.uuid4(), seen=mine.revision, by=again(user)
        )


def test_an_adviser_role_in_a_body_that_is_no_provider_answers_nothing():
    stray = somebody(Role.ADVISER, employer())
    assert stray.appointments.get().organisation.kind == OrganisationKind.NHS_TRUST
    assert not Enquiry.objects.readable_by(stray).exists()
    assert not Enquiry.objects.open_to(stray).exists()
    with pytest.raises(PermissionDenied):
        queue.claim(enquiry=enquiry(topic=None), seen=0, by=stray)


def test_a_page_drawn_before_it_left_and_came_back_is_refused():
    user = adviser()
    mine = held(user)
    drawn = mine.revision
    answers.wait(enquiry=mine, words="?", once=uuid.uuid4(), seen=drawn, by=again(user))
    back = intake.add(enquiry=mine, words="!", once=uuid.uuid4(), by=holder(mine))
    assert back.status == mine.status == "with-adviser"
    with pytest.raises(MovedOn):
        answers.reply(enquiry=mine, words="w", once=uuid.uuid4(), seen=drawn, by=again(user))
    assert back.messages.count() == 3
