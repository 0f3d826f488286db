"""Who holds an official's link, and what it was sent for."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from activity.actors import LinkHolder
from proposals.employer.models import EmployerInvitation, Escalation


def asked_of(request: HttpRequest) -> tuple[LinkHolder, EmployerInvitation]:
    """Who holds the link, and the invitation that it was sent for; 404 for any other."""
    holder: LinkHolder = request.holder  # type: ignore[attr-defined]  # set by link_page
    asked = EmployerInvitation.objects.visible_to(holder)
    return holder, get_object_or_404(asked.select_related("proposal__employer"))


def escalated_of(request: HttpRequest) -> Escalation:
    """The escalation that the reader's link was sent for; 404 for any other."""
    known = Escalation.objects.visible_to(request.holder)  # type: ignore[attr-defined]
    return get_object_or_404(
        known.select_related("department", "proposal__employer", "proposal__scheme")
    )
