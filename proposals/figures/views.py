"""The page of the figures, and the same as a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeAlias

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Organisation, OrganisationKind, Role
from accounts.people import signed_in
from activity.actors import holds
from activity.figures import sheet
from proposals.draft.models.proposal import OFFICIALS
from proposals.figures.forms import FilterForm
from proposals.figures.models import Reckoning
from proposals.figures.reading import tables

READERS = (*OFFICIALS, Role.COORDINATOR)
FiguresView: TypeAlias = Callable[[HttpRequest, FilterForm], HttpResponseBase]


def figures_page(view: FiguresView) -> Callable[[HttpRequest], HttpResponseBase]:
    """A page of figures for officials and coordinators, given what its address asks for."""

    @login_required
    @require_safe
    @wraps(view)
    def page(request: HttpRequest) -> HttpResponseBase:
        if not holds(signed_in(request), *READERS):
            raise PermissionDenied(_("Reviewers, decision makers and coordinators see this."))
        bodies = Organisation.objects.listed().filter(kind=OrganisationKind.DEPARTMENT)
        form = FilterForm(request.GET, list(bodies.order_by("name")))
        form.is_valid()
        return view(request, form)

    return page


@figures_page
def figures(request: HttpRequest, form: FilterForm) -> HttpResponse:
    """Ages, durations, outcomes and reasons of cases, narrowed by what the address says."""
    words = {
        "form": form,
        "reckoned": Reckoning.objects.last(),
        "tables": {} if form.errors else tables(form.chosen),
        "chosen": form.chosen.in_words,
        "query": request.GET.urlencode(),
    }
    return render(request, "proposals/figures.html", words)


@figures_page
def figures_csv(request: HttpRequest, form: FilterForm) -> HttpResponseBase:
    """The tables of the page as a file, with the same filters and the same numbers hidden."""
    if form.errors:
        return redirect(f"{reverse('proposals:figures')}?{request.GET.urlencode()}")
    chosen = form.chosen
    return sheet.download(tables(chosen).values(), chosen.in_words, name="figures.csv")
