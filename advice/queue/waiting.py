"""What waits for an adviser on the page that everybody lands on."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.waiting import MOST, Beginning, Item, Thing
from advice.intake import people
from advice.intake.models import Enquiry
from advice.queue import lists


def for_adviser(user: User) -> Iterator[Thing]:
    """The enquiries in hand, due first, and the way to the next one: two queries."""
    if not people.takes(user):
        return
    in_hand = Enquiry.objects.in_hand_of(user).select_related("topic", "provider", "adviser")
    for row in lists.tell(list(in_hand.order_by(*lists.ORDER)[:MOST]), user):
        yield Item(
            title=row.title,
            path=reverse("advice:enquiry", args=[row.enquiry.reference]),
            needed=row.due,
            reference=row.enquiry.reference,
            due_on=timezone.localtime(row.enquiry.due_at).date(),
        )
    yield Beginning(_("Take the next enquiry"), reverse("advice:next"))
