"""How it went for enquirers: the page of whoever leads the advisers."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.people import signed_in
from activity import keyset
from advice.intake import people
from advice.intake.desk import answering
from advice.intake.models import Rating, Went


@answering
@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    """How many said what of the answers of my providers, and what each wrote, newest first."""
    user = signed_in(request)
    if not people.providers_of(user, Role.ADVICE_LEAD):
        raise PermissionDenied(_("Only who leads the advisers reads this."))
    mine = Rating.objects.visible_to(user)
    totals = mine.totals()
    rows = mine.select_related("answer__enquiry__topic")
    context = {
        "page": keyset.page(rows, ("-at", "-pk"), request.GET.get("after")),
        "totals": [(went.label, totals[went.value]) for went in Went],
    }
    return render(request, "advice/ratings.html", context)
