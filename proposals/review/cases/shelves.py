"""Where cases stand in the list of all: with officials, or ended and kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proposals.draft.models import Status
from proposals.draft.models.proposal import ENDED, WITH_OFFICIALS


@dataclass(frozen=True)
class Shelf:
    """Cases that are listed together. order: of its keyset, and in words. day: which one is shown."""

    key: str
    label: str | Promise
    statuses: tuple[Status, ...]
    order: tuple[str, ...]
    in_order: str | Promise
    day: str | Promise


OPEN = Shelf(
    "open",
    _("Open"),
    WITH_OFFICIALS,
    ("due_on", "pk"),
    _("The earliest due date first"),
    _("Due"),
)
ARCHIVE = Shelf(
    "archive", _("Archive"), ENDED, ("-submitted_at", "-pk"), _("Newest first"), _("Submitted")
)
SHELVES = {shelf.key: shelf for shelf in (OPEN, ARCHIVE)}
# Filters of one shelf alone: they are taken off on the way to the other.
OWN = ("status", "due")
