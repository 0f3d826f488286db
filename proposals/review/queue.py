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
TO_FIND = "official-to-find"


@dataclass(frozen=True)
class Queue:
    """One view of the queue. is_to_find: only those whose employer's official is to be found."""

    key: str
    label: str | Promise
    statuses: tuple[Status, ...]
    is_to_find: bool = False


QUEUES = (
    Queue("all", _("All open cases"), WITH_OFFICIALS),
    Queue("begin", _("To begin"), (Status.SUBMITTED,)),
    Queue("assess", _("Being assessed"), (Status.ASSESSING,)),
    Queue("team", _("With the team"), (Status.CHANGES_REQUESTED,)),
    Queue("official", _("Employer's official to find"), WITH_OFFICIALS, is_to_find=True),
    Queue("countersign", _("To countersign"), (Status.RECOMMENDED,)),
    Queue("decide", _("To decide"), (Status.COUNTERSIGNED,)),
    Queue("release", _("To release"), (Status.DECIDED,)),
)
BY_KEY = {queue.key: queue for queue in QUEUES}


def cases(visible: ProposalQuerySet, queue: Queue) -> ProposalQuerySet:
    """The cases of a queue among those that somebody may see."""
    found = visible.without_official() if queue.is_to_find else visible
    return found.filter(status__in=queue.statuses).select_related("employer")


def counts(visible: ProposalQuerySet) -> dict[str, str]:
    """How many cases each queue has, as words, in one query; no status is counted past a bound."""
    asked: dict[str, ProposalQuerySet] = {
        each: visible.filter(status=each) for each in WITH_OFFICIALS
    }
    found = counting.counts({**asked, TO_FIND: visible.without_official()})
    return {
        queue.key: counting.in_words(
            found[TO_FIND] if queue.is_to_find else sum(found[each] for each in queue.statuses)
        )
        for queue in QUEUES
    }


def soon(today: datetime.date) -> datetime.date:
    """The last day that counts as due soon."""
    return due_on(today, SOON_DAYS, [], calendar_for(ENGLAND_AND_WALES))
