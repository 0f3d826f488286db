"""The departments for everybody, each with the areas that are exempt.

An exemption is of an area, so its record names department, sector, area, rule, reason and dates. It
names no employer, place, proposal or day: often only one team can have asked, and its colleagues
and managers read this page too. Nor is it said how many asked.
"""

from __future__ import annotations

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import Organisation, OrganisationKind, OrganisationQuerySet
from activity import clock, keyset
from proposals.draft.models import Exemption


@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    """The departments of today by name, each with how many exemptions are recorded of it."""
    recorded = Exemption.objects.standing().filter(department=OuterRef("pk")).order_by()
    counted = recorded.values("department").annotate(n=Count("pk")).values("n")
    rows = _departments().in_being(clock.today()).annotate(exempt=Coalesce(Subquery(counted), 0))
    return render(request, "accounts/departments.html", {"rows": rows.order_by("name", "pk")})


@require_safe
def department(request: HttpRequest, slug: str) -> HttpResponse:
    """A department with the areas that are exempt, and until when."""
    found = get_object_or_404(_departments().select_related("successor"), slug=slug)
    recorded = Exemption.objects.standing().filter(department=found).select_related("rule")
    page = keyset.page(recorded, ("-confirmed_at", "-pk"), request.GET.get("after"))
    shown = {
        "department": found,
        "has_ended": found.has_ended_by(clock.today()),
        "page": page,
        "back": reverse("accounts:departments"),
    }
    return render(request, "accounts/department.html", shown)


def _departments() -> OrganisationQuerySet:
    return Organisation.objects.listed().filter(kind=OrganisationKind.DEPARTMENT)
