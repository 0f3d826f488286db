"""What waits for an adviser on the page that everybody lands on."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from activity import clock, counting
from activity.waiting import MOST, Beginning, Item, Thing
from advice.intake import people
from advice.intake.models import Enquiry
from advice.queue import lists, wording
from advice.queue.actions import ORDER


def for_adviser(user: User) -> Iterator[Thing]:
    """The enquiries in hand, due first, the queue, and the way to its next one: two queries.

    A lead who takes none is told of those that are late.
    """
    if not people.takes(user):
        yield from _queued("late", user)
        return
    in_hand = lists.told_to(user, Enquiry.objects.in_hand_of(user))
    for row in lists.tell(in_hand.order_by(*ORDER)[:MOST], user):
        yield Item(
            title=row.title,
            path=reverse("advice:enquiry", args=[row.enquiry.reference]),
            needed=row.due,
            reference=row.enquiry.reference,
            due_on=timezone.localtime(row.enquiry.due_at).date(),
            status=row.enquiry.status,
            label=row.enquiry.get_status_display(),
        )
    yield from _queued("open", user)
    yield Beginning(_("Take the next enquiry"), reverse("advice:next"))


def _queued(view: str, user: User) -> Iterator[Item]:
    """One line for all the enquiries of a view of the queue, due when the first of them is."""
    rows = lists.rows_of(view, user).order_by(*ORDER)[: counting.MOST + 1]
    found = rows.aggregate(count=Count("pk"), due_at=Min("due_at"))
    count, due_at = found["count"], found["due_at"]
    if not count:
        return
    words = {"count": counting.in_words(count)}
    free = ngettext(
        "%(count)s enquiry is free to take", "%(count)s enquiries are free to take", count
    )
    late = ngettext("%(count)s enquiry is late", "%(count)s enquiries are late", count)
    yield Item(
        title=(late if view == "late" else free) % words,
        path=f"{reverse('advice:queue')}?view={view}",
        needed=wording.first_due(due_at, clock.now()),
        due_on=timezone.localtime(due_at).date(),
    )
