"""What every page for those who answer begins with: may you be here, and is this yours to read."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.people import signed_in
from advice.intake import abouts, people
from advice.intake.models import Enquiry
from advice.intake.models.enquiry import EnquiryQuerySet

# Of a page that asks something and takes the answer.
step_methods = require_http_methods(["GET", "HEAD", "POST"])

View = Callable[..., HttpResponse]


def answering(view: View) -> View:
    """Let in those who answer for a provider today; anybody else signed in is told so."""

    @login_required
    @functools.wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not people.providers_of(signed_in(request)):
            raise PermissionDenied(_("Only advisers of the advice line see this."))
        return view(request, *args, **kwargs)

    return page


def readable(
    request: HttpRequest,
    reference: str,
    also: Callable[[EnquiryQuerySet], EnquiryQuerySet] = EnquiryQuerySet.all,
) -> Enquiry:
    """An enquiry whose words this person may read; 404 for everybody else.

    also: what is fetched with it, besides what is beside it and what it is about.
    """
    found = Enquiry.objects.readable_by(signed_in(request)).with_beside()
    return _get(also(abouts.with_abouts(found)), reference)


def visible(request: HttpRequest, reference: str) -> Enquiry:
    """An enquiry of which this person may know that it is there; 404 for everybody else."""
    return _get(Enquiry.objects.visible_to(signed_in(request)), reference)


def _get(enquiries: EnquiryQuerySet, reference: str) -> Enquiry:
    joined = enquiries.select_related(
        "topic__lead", "policy", "provider", "adviser", "contact__employer"
    )
    return get_object_or_404(joined, reference=reference)
