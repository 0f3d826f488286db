"""What the outbox must know of an employer's official, and the link that their mail carries."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activity import links
from activity.models import Notification
from activity.subjects import Facts, Subject
from proposals.employer.models import ASKED, ESCALATED, EmployerInvitation, Escalation

LINK = links.Purpose(
    name=ASKED,
    url_name="proposals:employer",
    lives=datetime.timedelta(days=365),
    asks=_("The Cabinet Office asks your organisation about a proposal of its staff"),
    button=_("See what is asked"),
)

# What goes once nothing is asked any longer, also to who has answered.
DECIDED = "employer.decided"
LEADS_LINK = links.Purpose(
    name=ESCALATED,
    url_name="proposals:escalation",
    lives=datetime.timedelta(days=365),
    asks=_("The Cabinet Office asks your department about a public body that has not answered"),
    button=_("See what is asked"),
)


def guard(notification: Notification, invitation: EmployerInvitation) -> str | None:
    """No mail to anybody but the official who is asked now, at an address that the employer reads."""
    if notification.address.lower() != invitation.address.lower():
        return "not-the-official"
    if invitation.ended_at is not None:
        return "asked-no-longer"
    if notification.kind != DECIDED:
        if not invitation.is_open:
            return "proposal-ended"
        # A code still goes: they may read what they sent.
        if notification.kind.startswith("employer.") and invitation.answer:
            return "answered"
    body = invitation.is_read_by
    return None if body and body.owns_address(notification.address) else "outside-employer"


def prepare(notification: Notification, invitation: EmployerInvitation) -> Facts:
    """A fresh link for this delivery."""
    token = links.issue(ASKED, invitation, address=notification.address)
    return {"path": links.path(ASKED, token)}


def guard_lead(notification: Notification, escalation: Escalation) -> str | None:
    """No mail to anybody but the lead who is asked, at their department, while something is asked."""
    if notification.address.lower() != escalation.address.lower():
        return "not-the-lead"
    if not escalation.is_open:
        return "silence-over"
    # A code still goes: they may read what they replied.
    if notification.kind.startswith("employer.") and escalation.reply:
        return "replied"
    department = escalation.department
    is_theirs = department is not None and department.owns_address(notification.address)
    return None if is_theirs else "outside-department"


def prepare_lead(notification: Notification, escalation: Escalation) -> Facts:
    """A fresh link for this delivery."""
    token = links.issue(ESCALATED, escalation, address=notification.address)
    return {"path": links.path(ESCALATED, token)}


SUBJECT = Subject(
    model=EmployerInvitation,
    # Whoever is not led by a link of their own is led nowhere.
    address=lambda notification, invitation: reverse("home"),
    guard=guard,
    prepare=prepare,
)
LEADS_SUBJECT = Subject(
    model=Escalation,
    address=lambda notification, escalation: reverse("home"),
    guard=guard_lead,
    prepare=prepare_lead,
)

SUBJECTS = (SUBJECT, LEADS_SUBJECT)
