"""The queue of cases: what waits for whom, the earliest due date first."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activity import counting
from activity.worktime import ENGLAND_AND_WALES, calendar_for, due_on
from proposals.draft.models import ProposalQuerySet, Status
from proposals.draft.models.proposal import WITH_OFFICIALS

# Late first: the due date is the order, and the key breaks ties.
ORDER = ("due_on", "pk")
SOON_DAYS = 5


@dataclass(frozen=True)
class Queue:
    """One view of the queue."""

    key: str
    label: str | Promise
    statuses: tuple[Status, ...]


QUEUES = (
    Queue("all", _("All open cases"), WITH_OFFICIALS),
    Queue("begin", _("To begin"), (Status.SUBMITTED,)),
    Queue("assess", _("Being assessed"), (Status.ASSESSING,)),
    Queue("team", _("With the team"), (Status.CHANGES_REQUESTED,)),
    Queue("countersign", _("To countersign"), (Status.RECOMMENDED,)),
    Queue("decide", _("To decide"), (Status.COUNTERSIGNED,)),
    Queue("release", _("To release"), (Status.DECIDED,)),
)
BY_KEY = {queue.key: queue for queue in QUEUES}


def cases(visible: ProposalQuerySet, queue: Queue) -> ProposalQuerySet:
    """The cases of a queue among those that somebody may see."""
    return visible.filter(status__in=queue.statuses).select_related("employer")


def counts(visible: ProposalQuerySet) -> dict[str, str]:
    """How many cases each queue has, as words, in one query; no status is counted past a bound."""
    found = counting.counts({each: visible.filter(status=each) for each in WITH_OFFICIALS})
    return {
        queue.key: counting.in_words(sum(found[each] for each in queue.statuses))
        for queue in QUEUES
    }


def soon(today: datetime.date) -> datetime.date:
    """The last day that counts as due soon."""
    return due_on(today, SOON_DAYS, [], calendar_for(ENGLAND_AND_WALES))
