"""What the outbox must know of ideas, and the private link that its mail carries."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activity import links
from activity.models import Notification
from activity.subjects import Facts, Subject
from proposals.ideas import people
from proposals.ideas.models import MINE, Idea

LINK = links.Purpose(
    name=MINE,
    url_name="proposals:idea_mine",
    lives=datetime.timedelta(days=365),
    asks=_("Your private page"),
    button=_("Open the page"),
)


def address(notification: Notification, idea: Idea) -> str:
    """The page of an idea for those who answer."""
    return reverse("proposals:idea", args=[idea.reference])


def guard(notification: Notification, idea: Idea) -> str | None:
    """No mail to where an employer reads, nor to anybody but the sender."""
    if notification.address.lower() != idea.sender.email.lower():
        return "not-the-sender"
    return people.reason_to_hold(idea, notification.address)


def is_quiet(notification: Notification, idea: Idea) -> bool:
    """Whether whoever looks over the sender's shoulder must learn nothing."""
    return idea.employer_must_not_know


def prepare(notification: Notification, idea: Idea) -> Facts:
    """A fresh private link."""
    token = links.issue(MINE, idea, address=notification.address)
    return {"path": links.path(MINE, token)}


SUBJECT = Subject(model=Idea, address=address, guard=guard, quiet=is_quiet, prepare=prepare)
