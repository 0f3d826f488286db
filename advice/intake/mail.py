"""What the outbox must know of enquiries, and the private link that its mail carries."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity import links
from activity.models import Notification
from activity.models.documents import Scan
from activity.subjects import Facts, Subject
from advice.intake import holding, secrecy
from advice.intake.models import Attachment, Enquiry, Status

MINE = links.Purpose(
    name="advice.mine",
    url_name="advice:mine",
    lives=datetime.timedelta(days=365),
    asks=_("Your private page"),
    button=_("Open the page"),
    without_code=_(
        "In the browser in which you asked, you can go on reading and writing. Otherwise ask again "
        "with an address that only you read, or with none, or ring the advice line."
    ),
)
CHECKS = ("enquiry.ask_check", "enquiry.check")
INFECTED = "enquiry.attachment_infected"
NOT_THEIRS = "not-theirs-now"
TAKEN_BACK = "address-taken-back"


def address(notification: Notification, enquiry: Enquiry) -> str:
    """The page of an enquiry for those who answer; where nobody may read it, that of taking it.

    Leads, who are told that one which lies with nobody is late, are led to all of those; whoever is
    to read a reply, to it; whoever attached what had a virus, to the files of their reply.
    """
    if enquiry.provider_id is None and notification.kind == "enquiry.breach":
        return f"{reverse('advice:queue')}?view=unassigned"
    name = "claim" if enquiry.provider_id is None else _page(notification, enquiry)
    return reverse(f"advice:{name}", args=[enquiry.reference])


def _page(notification: Notification, enquiry: Enquiry) -> str:
    if notification.kind in CHECKS:
        return "check"
    user = notification.user
    replies = enquiry.status == Status.WITH_ADVISER and enquiry.adviser == user
    if notification.kind != INFECTED or user is None or not replies:
        return "enquiry"
    unsent = Attachment.objects.waiting_of(enquiry, user).filter(scan=Scan.INFECTED)
    return "attach" if unsent.exists() else "enquiry"


def guard(notification: Notification, enquiry: Enquiry) -> str | None:
    """No mail to where an employer reads, none to an address or adviser that it left."""
    if notification.user is None:
        if notification.address.lower() != enquiry.contact.email.lower():
            return TAKEN_BACK
        return secrecy.reason_to_hold(enquiry, notification.address)
    return None if may_be_told(notification.user, notification.kind, enquiry) else NOT_THEIRS


def was_held(notification: Notification, enquiry: Enquiry) -> None:
    """Note that mail could not go where the employer reads it, and tell whoever has the enquiry."""
    if notification.held_because == secrecy.EMPLOYER_DOMAIN:
        holding.note_held(enquiry)


def is_quiet(notification: Notification, enquiry: Enquiry) -> bool:
    """Whether whoever looks over the enquirer's shoulder must learn nothing."""
    return notification.user is None and enquiry.employer_must_not_know


def prepare(notification: Notification, enquiry: Enquiry) -> Facts:
    """A fresh private link for the enquirer; advisers sign in instead."""
    if notification.user is not None:
        return {}
    token = links.issue(MINE.name, enquiry, address=notification.address)
    rate = f"{settings.PORTAL_URL}{reverse('advice:rate', args=[token])}"
    return {"path": links.path(MINE.name, token), "reply_by": enquiry.due_at, "rate": rate}


def may_be_told(user: User, kind: str, enquiry: Enquiry) -> bool:
    """Whether somebody may hear this of an enquiry: of one that lies with nobody, that it is late."""
    if kind == "enquiry.breach" and enquiry.provider_id is None:
        return Enquiry.objects.filter(pk=enquiry.pk).visible_to(user).exists()
    return is_open_to(user, enquiry)


def is_open_to(user: User, enquiry: Enquiry) -> bool:
    """Whether somebody may be told of an enquiry: they read it, or decide about it as a lead."""
    theirs = Enquiry.objects.filter(pk=enquiry.pk)
    return theirs.readable_by(user).exists() or theirs.for_lead(user).exists()


SUBJECT = Subject(
    model=Enquiry,
    address=address,
    guard=guard,
    held=was_held,
    quiet=is_quiet,
    prepare=prepare,
    open_to=is_open_to,
)
