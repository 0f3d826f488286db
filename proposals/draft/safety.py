"""Whether the documents of a draft let it be signed and sent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from activity.models.documents import Scan
from activity.workflow import YES, Answer, because
from proposals.draft.models import Document, Proposal

NAME_AND_SCAN = JSONObject(name="name", scan="scan")


def beside() -> ArraySubquery:
    """What `states` needs of a proposal, as a column `filed` of its own query."""
    return ArraySubquery(_of(OuterRef("pk")))


def states(proposal: Proposal) -> list[dict[str, str]]:
    """The name of each document of the draft and what is known of viruses in it.

    Asks nothing of a proposal that was found with `beside`.
    """
    if hasattr(proposal, "filed"):
        found: list[dict[str, str]] = proposal.filed
        return found
    return list(_of(proposal.pk))


def documents_are_safe(proposal: Proposal) -> Answer:
    """No while a virus was found in one; and, where all must be scanned, while one is not yet.

    Asked before people sign, for they open what they sign, and again before it is submitted.
    """
    for each in states(proposal):
        if each["scan"] == Scan.INFECTED:
            return because(_("A virus was found in “%s”. Take it out first.") % each["name"])
        if settings.REQUIRE_SCAN and each["scan"] == Scan.WAITING:
            return because(
                _("We are still checking “%s” for viruses. That takes under a minute.")
                % each["name"]
            )
        if settings.REQUIRE_SCAN and each["scan"] == Scan.NOT_SCANNED:
            return because(
                _(
                    "“%s” could not be checked for viruses. Take it out; if you add it again, it "
                    "is checked once more."
                )
                % each["name"]
            )
    return YES


def _of(proposal: OuterRef | int) -> Any:
    found = Document.objects.present().filter(proposal=proposal)
    return found.annotate(state=NAME_AND_SCAN).values_list("state", flat=True)
