"""What the outbox must know of enquiries, and the private link that its mail carries."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity import links
from activity.models import Notification
from activity.subjects import Facts, Subject
from advice.intake import secrecy
from advice.intake.models import Enquiry

MINE = links.Purpose(
    name="advice.mine",
    url_name="advice:mine",
    lives=datetime.timedelta(days=365),
    asks=_("Your private page"),
    button=_("Open the page"),
)
CHECKS = ("enquiry.ask_check", "enquiry.check")
NOT_THEIRS = "not-theirs-now"
TAKEN_BACK = "address-taken-back"


def address(notification: Notification, enquiry: Enquiry) -> str:
    """The page of an enquiry for those who answer, or of a reply that one of them is to read."""
    page = "advice:check" if notification.kind in CHECKS else "advice:enquiry"
    return reverse(page, args=[enquiry.reference])


def guard(notification: Notification, enquiry: Enquiry) -> str | None:
    """No mail to where an employer reads, none to an address or adviser that it left."""
    if notification.user is None:
        if notification.address.lower() != enquiry.contact.email.lower():
            return TAKEN_BACK
        return secrecy.reason_to_hold(enquiry, notification.address)
    theirs = Enquiry.objects.readable_by(notification.user).filter(pk=enquiry.pk)
    return None if theirs.exists() else NOT_THEIRS


def is_quiet(notification: Notification, enquiry: Enquiry) -> bool:
    """Whether whoever looks over the enquirer's shoulder must learn nothing."""
    return notification.user is None and enquiry.employer_must_not_know


def prepare(notification: Notification, enquiry: Enquiry) -> Facts:
    """A fresh private link for the enquirer; advisers sign in instead."""
    if notification.user is not None:
        return {}
    token = links.issue(MINE.name, enquiry, address=notification.address)
    return {"path": links.path(MINE.name, token), "reply_by": enquiry.due_at}


def is_open_to(user: User, enquiry: Enquiry) -> bool:
    """Whether an adviser may read an enquiry, so as to be told of it in place of a colleague."""
    return Enquiry.objects.readable_by(user).filter(pk=enquiry.pk).exists()


SUBJECT = Subject(
    model=Enquiry,
    address=address,
    guard=guard,
    quiet=is_quiet,
    prepare=prepare,
    open_to=is_open_to,
)
