"""The advisers of a lead's own providers, and their enquiries back to the queue in one press."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.models import Appointment, Role, User
from accounts.people import named, signed_in
from activity import clock, keyset
from advice.intake import people
from advice.intake.desk import answering, step_methods
from advice.queue import leaving


@answering
@require_safe
def advisers(request: HttpRequest) -> HttpResponse:
    """Who advises for the providers that one leads, with how many enquiries they hold."""
    led = _led_by(signed_in(request))
    found = led.annotate(who=named("user__"), held=leaving.enquiries_held())
    page = keyset.page(found, ("who", "pk"), request.GET.get("after"))
    return render(request, "advice/advisers.html", {"page": page})


@answering
@step_methods
def leave(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Return all that an adviser holds: counted first, and done in one step."""
    by = signed_in(request)
    found = get_object_or_404(_led_by(by), key=appointment)
    if request.method == "POST":
        messages.success(request, _said(leaving.give_back(appointment=found, by=by)))
        return redirect("advice:advisers")
    counts = leaving.counted(found.user, found.organisation)
    page = {"appointment": found, "lines": leaving.in_words(counts), "total": sum(counts.values())}
    return render(request, "advice/leave.html", page | {"back": reverse("advice:advisers")})


def _led_by(user: User) -> QuerySet[Appointment]:
    """The advisers of the providers that somebody leads today; PermissionDenied for no lead."""
    led = people.providers_of(user, Role.ADVICE_LEAD)
    if not led:
        raise PermissionDenied(_("Only advice leads see this."))
    held = Appointment.objects.current(clock.today()).select_related("user", "organisation")
    return held.filter(role=Role.ADVISER, organisation__in=led)


def _said(count: int) -> str:
    words = ngettext(
        "%(n)d enquiry is back in the queue.", "%(n)d enquiries are back in the queue.", count
    )
    return words % {"n": count} if count else _("They held nothing any longer.")
