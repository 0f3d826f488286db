"""What waits for those who keep the portal in order, on the page that everybody lands on."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Organisation, Role, User
from activity import counting
from activity.actors import holds
from activity.models import Notification
from activity.waiting import Beginning, Item, Thing


def for_keepers(user: User) -> Iterator[Thing]:
    """Names that await adding and messages that did not arrive, each as one line: one query."""
    if not holds(user, Role.ADMINISTRATOR, Role.COORDINATOR):
        return
    found = counting.counts(
        {
            "awaited": Organisation.objects.awaited(),
            "undelivered": Notification.objects.undelivered(),
        }
    )
    if found["awaited"]:
        yield _names(found["awaited"])
    if found["undelivered"]:
        yield _messages(found["undelivered"])
    if holds(user, Role.ADMINISTRATOR):
        yield Beginning(_("Add an organisation"), reverse("accounts:organisation_new"))
        yield Beginning(
            _("Bring in organisations from a file"), reverse("accounts:organisations_import")
        )


def _names(count: int) -> Item:
    words = ngettext("%(count)s name awaits adding", "%(count)s names await adding", count)
    return Item(
        title=words % {"count": counting.in_words(count)},
        path=reverse("accounts:organisations_awaited"),
        needed=_("Say which organisation it is, or add it"),
    )


def _messages(count: int) -> Item:
    words = ngettext(
        "%(count)s message was not delivered", "%(count)s messages were not delivered", count
    )
    return Item(
        title=words % {"count": counting.in_words(count)},
        path=reverse("activity:outbox"),
        needed=_("Put the address right, and send it again"),
    )
