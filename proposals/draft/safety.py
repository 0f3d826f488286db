"""Whether the documents of a draft let it be signed and sent."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from activity.models.documents import Scan
from activity.workflow import YES, Answer, because
from proposals.draft import filed
from proposals.draft.models import Proposal


def documents_are_safe(proposal: Proposal) -> Answer:
    """No while a virus was found in one; and, where all must be scanned, while one is not yet.

    Asked before people sign, for they open what they sign, and again before it is submitted.
    """
    for each in filed.of_draft(proposal):
        if each.scan == Scan.INFECTED:
            return because(_("A virus was found in “%s”. Take it out first.") % each.name)
        if settings.REQUIRE_SCAN and each.scan == Scan.WAITING:
            return because(
                _("We are still checking “%s” for viruses. That takes under a minute.") % each.name
            )
        if settings.REQUIRE_SCAN and each.scan == Scan.NOT_SCANNED:
            return because(
                _(
                    "“%s” could not be checked for viruses. Take it out; if you add it again, it "
                    "is checked once more."
                )
                % each.name
            )
    return YES
