"""The views of the queue: which rows each holds, how many there are, how a row is told."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from activity import clock, counting
from advice.intake import people, presence
from advice.intake.asked import first_words
from advice.intake.models import Enquiry, Status
from advice.intake.models.enquiry import WAITING, EnquiryQuerySet
from advice.queue import wording

FIRST_LINE = 90

# name in the address -> what it is called; "provider" is called by the provider's name
VIEWS: dict[str, str | Promise] = {
    "open": gettext_lazy("Open to me"),
    "mine": gettext_lazy("Mine"),
    "provider": gettext_lazy("My provider's"),
    "unassigned": gettext_lazy("Nobody's yet"),
    "waiting": gettext_lazy("Waiting for others"),
    "late": gettext_lazy("Late"),
    "snoozed": gettext_lazy("Put off"),
    "leads": gettext_lazy("For a lead"),
    "all": gettext_lazy("All providers"),
}


def view_in(here: QueryDict, user: User) -> str:
    """The view that an address says, or the first of those that its reader has use for."""
    view = here.get("view", "")
    return view if view in VIEWS else "open" if people.takes(user) else "provider"


def rows_of(view: str, user: User) -> EnquiryQuerySet:
    """The enquiries of one view, for somebody who answers."""
    every = Enquiry.objects
    if view in _FREE:
        return _FREE[view](user)
    if view == "mine":
        return every.held_by(user).awake()
    if view in _OURS:
        return _OURS[view](every.readable_by(user).open())
    seen = every.visible_to(user)
    if view == "unassigned":
        return seen.filter(status=Status.QUEUED)
    if view == "late":
        return seen.late(clock.now())
    return seen.open()


_FREE: dict[str, Callable[[User], EnquiryQuerySet]] = {
    "open": lambda user: Enquiry.objects.next_for(user),
    "leads": lambda user: Enquiry.objects.for_lead(user),
}
_OURS: dict[str, Callable[[EnquiryQuerySet], EnquiryQuerySet]] = {
    "provider": lambda ours: ours,
    "waiting": lambda ours: ours.filter(status__in=WAITING),
    "snoozed": lambda ours: ours.put_off(),
}


def counts(
    user: User,
    views: Iterable[str] = VIEWS,
    also: Mapping[str, QuerySet[Any, Any]] | None = None,
) -> dict[str, int]:
    """How many rows each view has, up to the bound of `counting`, in one query.

    also: what else is counted in the same query.
    """
    return counting.counts({**{view: rows_of(view, user) for view in views}, **(also or {})})


@dataclass(frozen=True)
class Row:
    """One enquiry as the queue tells it.

    title: the first line of the question; its topic for whoever may not read it. holder: who has
    it. here: who reads it just now. can_take: whether it is free and its reader takes enquiries;
    the claim's own page tells more.
    """

    enquiry: Enquiry
    title: str
    due: str
    holder: str
    can_read: bool
    can_take: bool
    is_late: bool
    is_soon: bool
    came_back: bool
    here: list[str]
    is_elsewhere: bool
    why_next: str


def told_to(user: User, enquiries: EnquiryQuerySet) -> EnquiryQuerySet:
    """Enquiries with all that their rows tell: the first words (`asked`) only where one may read."""
    rows = enquiries.select_related("topic", "provider", "adviser")
    return rows.annotate(asked=first_words(user))


def tell(enquiries: Iterable[Enquiry], user: User, *, with_readers: bool = False) -> list[Row]:
    """The rows of a page of enquiries that `told_to` fetched for this user.

    with_readers: whether they say who reads each just now, which asks once more.
    """
    now, found = clock.now(), list(enquiries)
    here = presence.in_rows(found, user) if with_readers else {}
    return [
        _row(each, each.asked, user, now, here.get(each.pk, []))  # type: ignore[attr-defined]
        for each in found
    ]


def cut(text: str) -> str:
    """The first line, at most FIRST_LINE letters, cut at a word."""
    line = text.strip().split("\n", 1)[0].strip()
    if len(line) <= FIRST_LINE:
        return line
    return f"{line[:FIRST_LINE].rsplit(' ', 1)[0]}…"


def _row(
    enquiry: Enquiry, words: str | None, user: User, now: datetime.datetime, here: list[str]
) -> Row:
    is_late = enquiry.is_late_at(now)
    today = timezone.localtime(now).date()
    topic = str(enquiry.topic) if enquiry.topic else _("No topic chosen")
    return Row(
        enquiry=enquiry,
        title=words or topic,
        due=wording.due(enquiry, now),
        holder=_holder(enquiry, user, can_read=words is not None),
        can_read=words is not None,
        can_take=_can_take(enquiry, user),
        is_late=is_late,
        is_soon=enquiry.is_running
        and not is_late
        and timezone.localtime(enquiry.due_at).date() == today,
        here=here,
        why_next=wording.why_this_one(wording.why_next(enquiry, now)),
        is_elsewhere=enquiry.provider_id is not None and not people.answers_for(user, enquiry),
        came_back=enquiry.status == Status.WITH_ADVISER and enquiry.first_replied_at is not None,
    )


def _can_take(enquiry: Enquiry, user: User) -> bool:
    if enquiry.provider_id is not None or enquiry.status != Status.QUEUED:
        return False
    return people.leads(user) if enquiry.for_leads else people.takes(user)


def _holder(enquiry: Enquiry, user: User, *, can_read: bool) -> str:
    """Who has it: by name within the provider, by provider for everybody else."""
    if enquiry.adviser_id == user.pk:
        return _("You")
    if enquiry.adviser is not None and can_read:
        return str(enquiry.adviser)
    if enquiry.adviser is not None:
        return str(enquiry.provider)
    return _("Nobody yet")
