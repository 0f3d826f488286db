"""How long each case stood where: written down by the step itself, and again from all events."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from django.utils import timezone

from activity.actors import Actor
from activity.models import Event
from activity.transactions import in_one_piece
from activity.worktime import ENGLAND_AND_WALES, calendar_for, working_days_between
from proposals.draft.models import Proposal, Status
from proposals.draft.models.proposal import DECIDED_OUTCOMES
from proposals.figures.models import Stretch, stage_of

# A letter tells of these.
DECISIONS = (*DECIDED_OUTCOMES, Status.EXEMPT)
# Cases whose events are read again in one transaction.
AT_ONCE = 1_000


def note(proposal: Proposal, by: Actor, event: Event) -> None:
    """Keep that a case came to another stage, or left the last one. Steps within one change nothing."""
    if stage_of(event.before) == stage_of(event.after):
        return
    day = timezone.localdate(event.at)
    standing = Stretch.objects.filter(proposal=proposal, until_on=None).first()
    if standing is not None:
        _end(standing, day, event.after)
        standing.save()
    if stage_of(event.after) and proposal.submitted_at is not None:
        Stretch.objects.create(
            proposal=proposal,
            stage=stage_of(event.after),
            submitted_on=timezone.localdate(proposal.submitted_at),
            since_on=day,
        )


def stretches_of(proposal: int, moves: Iterable[tuple[str, str, datetime.date]]) -> list[Stretch]:
    """The stretches of one case, by its key, from its moves in order: before, after, the day. Pure."""
    found: list[Stretch] = []
    submitted_on: datetime.date | None = None
    for before, after, day in moves:
        if after == Status.SUBMITTED:
            submitted_on = day
        if stage_of(before) == stage_of(after):
            continue
        if found and found[-1].until_on is None:
            _end(found[-1], day, after)
        if stage_of(after) and submitted_on is not None:
            began = {"submitted_on": submitted_on, "since_on": day}
            found.append(Stretch(proposal_id=proposal, stage=stage_of(after), **began))
    return found


def _end(stretch: Stretch, day: datetime.date, after: str) -> None:
    stretch.until_on = day
    stretch.then = stage_of(after) or after
    stretch.days = _days(stretch.since_on, day)
    if after in DECISIONS:
        stretch.decision_days = _days(stretch.submitted_on, day)


@cache
def _days(since: datetime.date, until: datetime.date) -> int:
    return working_days_between(since, until, [], calendar_for(ENGLAND_AND_WALES))


def build_again() -> None:
    """Write down the stretches of all cases from their events, so many cases at a time.

    Each is locked meanwhile, as a step locks it, so that no step is lost between.
    """
    last: int | None = 0
    while last is not None:
        last = _build_after(last)


@in_one_piece
def _build_after(last: int) -> int | None:
    """Those of the cases after this key. Return the last key, None when there are no more."""
    after = Proposal.objects.filter(pk__gt=last).order_by("pk")
    keys = list(after.select_for_update(no_key=True).values_list("pk", flat=True)[:AT_ONCE])
    Stretch.objects.filter(proposal__in=keys).delete()
    Stretch.objects.bulk_create(_from_events(keys))
    return keys[-1] if keys else None


def _from_events(keys: list[int]) -> Iterator[Stretch]:
    moves = (
        Event.objects.filter(subject_type=Proposal._meta.label_lower, subject_id__in=keys)
        .exclude(after="")
        .order_by("subject_id", "pk")
        .values_list("subject_id", "before", "after", "at")
    )
    for key, found in groupby(moves, lambda each: each[0]):
        yield from stretches_of(
            key, ((before, after, timezone.localdate(at)) for _key, before, after, at in found)
        )
