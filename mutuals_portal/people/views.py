"""The pages of who holds which role, for administrators."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Appointment
from accounts.people import named, signed_in
from activity import clock, keyset
from advice.queue.leaving import enquiries_held
from mutuals_portal.people import leaving
from mutuals_portal.roles import open_to
from proposals.review.leaving import open_cases


@open_to(*leaving.MANAGERS)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who holds a role today, by name, with the cases and enquiries they answer for."""
    led = open_cases().filter(lead_reviewer=OuterRef("user")).order_by().values("lead_reviewer")
    count = led.annotate(n=Count("pk")).values("n")
    held = Appointment.objects.current(clock.today()).annotate(
        who=named("user__"),
        cases=Coalesce(Subquery(count), 0),
        enquiries=enquiries_held(),
        body=F("organisation__name"),
    )
    page = keyset.page(held.select_related("user"), ("who", "pk"), request.GET.get("after"))
    return render(request, "accounts/people.html", {"page": page, "reader": signed_in(request)})


@open_to(*leaving.MANAGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """End a role: what is open is counted first, and goes back in one step."""
    held = Appointment.objects.select_related("user", "organisation")
    found = get_object_or_404(held, key=appointment)
    by = signed_in(request)
    if request.method == "POST":
        done = leaving.leave(appointment=found, by=by)
        messages.success(request, _said(done))
        return redirect("accounts:people")
    if found.user_id == by.pk:
        raise PermissionDenied(_("Another administrator does this."))
    if leaving.has_ended(found):
        messages.warning(request, _("That role has ended already."))
        return redirect("accounts:people")
    back = leaving.counted(found)
    page = {"appointment": found, "open": back, "back": reverse("accounts:people")}
    return render(request, "accounts/leave.html", page | {"button": _button(back)})


def _button(back: leaving.Open) -> str:
    if not back.returning:
        return _("End this role")
    return _("Return %(what)s and end this role") % {"what": _what(back)}


def _said(back: leaving.Open) -> str:
    if not back.returning:
        return _("The role has ended.")
    words = ngettext(
        "The role has ended, and %(what)s is back in the queue.",
        "The role has ended, and %(what)s are back in the queue.",
        back.returning,
    )
    return words % {"what": _what(back)}


def _what(back: leaving.Open) -> str:
    """How many of which: a role has cases or enquiries, never both."""
    n = back.returning
    if back.cases:
        return ngettext("%(n)d case", "%(n)d cases", n) % {"n": n}
    return ngettext("%(n)d enquiry", "%(n)d enquiries", n) % {"n": n}
