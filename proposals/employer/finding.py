"""Who holds an official's link, and what it was sent for."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from activity.actors import LinkHolder
from proposals.employer.models import EmployerInvitation


def asked_of(request: HttpRequest) -> tuple[LinkHolder, EmployerInvitation]:
    """Who holds the link, and the invitation that it was sent for; 404 for any other."""
    holder: LinkHolder = request.holder  # type: ignore[attr-defined]  # set by link_page
    asked = EmployerInvitation.objects.visible_to(holder)
    return holder, get_object_or_404(asked.select_related("proposal__employer"))
