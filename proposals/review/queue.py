"""The queue of cases: what waits for whom, the earliest due date first."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity import counting
from activity.worktime import ENGLAND_AND_WALES, calendar_for, due_on
from proposals.draft.models import Exemption, ProposalQuerySet, Status
from proposals.draft.models.proposal import WITH_OFFICIALS, lead_is_gone
from proposals.employer.models import Escalation
from proposals.review.covering import seen_to_by
from proposals.review.models import Mention

# Late first: the due date is the order, and the key breaks ties.
ORDER = ("due_on", "pk")
SOON_DAYS = 5


Narrow = Callable[[ProposalQuerySet, User], ProposalQuerySet]


@dataclass(frozen=True)
class Queue:
    """One view of the queue. narrow: which of the cases in its statuses it shows to somebody."""

    key: str
    label: str | Promise
    statuses: tuple[Status, ...] = WITH_OFFICIALS
    narrow: Narrow | None = None


def mine(visible: ProposalQuerySet, reader: User) -> ProposalQuerySet:
    """Those that somebody answers for, and those of whom they stand in for."""
    return seen_to_by(visible, reader)


def nobodys(visible: ProposalQuerySet, reader: User) -> ProposalQuerySet:
    return visible.led_by(None)


def to_find(visible: ProposalQuerySet, reader: User) -> ProposalQuerySet:
    return visible.without_official()


def to_confirm(visible: ProposalQuerySet, reader: User) -> ProposalQuerySet:
    """Those that somebody else proposes to be exempt."""
    return visible.filter(pk__in=Exemption.objects.to_answer(reader).values("proposal"))


def silent(visible: ProposalQuerySet, reader: User) -> ProposalQuerySet:
    """Those whose employer's silence has come to the Cabinet Office."""
    taken_up = Escalation.objects.with_cabinet_office().filter(proposal=OuterRef("pk"))
    return visible.filter(Exists(taken_up), status__in=WITH_OFFICIALS)


def mentioned(visible: ProposalQuerySet, reader: User) -> ProposalQuerySet:
    """Those with a note that mentions somebody who has not read it."""
    noted = Mention.objects.unread(reader).values("note__proposal")
    return visible.filter(pk__in=noted, status__in=WITH_OFFICIALS)


QUEUES = (
    Queue("mine", _("Yours"), narrow=mine),
    Queue("mentioned", _("You were mentioned"), narrow=mentioned),
    Queue("nobody", _("Nobody's yet"), narrow=nobodys),
    Queue("all", _("All open cases")),
    Queue("begin", _("To begin"), (Status.SUBMITTED,)),
    Queue("assess", _("Being assessed"), (Status.ASSESSING,)),
    Queue("team", _("With the team"), (Status.CHANGES_REQUESTED,)),
    Queue("official", _("Employer's official to find"), narrow=to_find),
    Queue("exempt", _("Exemptions to confirm"), narrow=to_confirm),
    Queue("silent", _("Employers who are silent"), narrow=silent),
    Queue("countersign", _("To countersign"), (Status.RECOMMENDED,)),
    Queue("decide", _("To decide"), (Status.COUNTERSIGNED,)),
    Queue("release", _("To release"), (Status.DECIDED,)),
)
BY_KEY = {queue.key: queue for queue in QUEUES}
FIRST = BY_KEY["all"]


def cases(visible: ProposalQuerySet, queue: Queue, reader: User) -> ProposalQuerySet:
    """The cases of a queue among those that somebody may see."""
    found = queue.narrow(visible, reader) if queue.narrow else visible
    found = found.filter(status__in=queue.statuses).annotate(lead_is_gone=lead_is_gone())
    return found.select_related("employer", "lead_reviewer")


def counts(visible: ProposalQuerySet, reader: User) -> dict[str, str]:
    """How many cases each queue has, as words, in one query; no status is counted past a bound."""
    asked: dict[str, ProposalQuerySet] = {
        each: visible.filter(status=each) for each in WITH_OFFICIALS
    }
    asked |= {queue.key: queue.narrow(visible, reader) for queue in QUEUES if queue.narrow}
    found = counting.counts(asked)
    return {
        queue.key: counting.in_words(
            found[queue.key] if queue.narrow else sum(found[each] for each in queue.statuses)
        )
        for queue in QUEUES
    }


def soon(today: datetime.date) -> datetime.date:
    """The last day that counts as due soon."""
    return due_on(today, SOON_DAYS, [], calendar_for(ENGLAND_AND_WALES))
