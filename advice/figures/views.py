"""The page of the figures, the same as a file, and the board for the room."""

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

from accounts.models import Role
from accounts.people import signed_in
from activity import clock
from activity.actors import holds
from activity.figures import sheet
from advice.figures.board import board_for
from advice.figures.forms import FilterForm
from advice.figures.models import Reckoning
from advice.figures.reading import sections
from advice.intake import people
from advice.intake.desk import answering
from advice.intake.models import AdvicePolicy

FiguresView: TypeAlias = Callable[[HttpRequest, FilterForm], HttpResponseBase]


def figures_page(view: FiguresView) -> Callable[[HttpRequest], HttpResponseBase]:
    """A page of figures for advice leads and coordinators, given what its address asks for."""

    @login_required
    @require_safe
    @wraps(view)
    def page(request: HttpRequest) -> HttpResponseBase:
        user = signed_in(request)
        if not (people.providers_of(user, Role.ADVICE_LEAD) or holds(user, Role.COORDINATOR)):
            raise PermissionDenied(_("Advice leads and coordinators see this."))
        form = FilterForm(request.GET)
        form.is_valid()
        return view(request, form)

    return page


@figures_page
def figures(request: HttpRequest, form: FilterForm) -> HttpResponse:
    """How many came, how soon they were answered and which came back, by what the address says."""
    words = {
        "form": form,
        "reckoned": Reckoning.objects.last(),
        "sections": [] if form.errors else sections(form.chosen),
        "policy": AdvicePolicy.objects.in_force(clock.today()).first(),
        "chosen": form.chosen.in_words,
        "query": request.GET.urlencode(),
    }
    return render(request, "advice/figures.html", words)


@figures_page
def figures_csv(request: HttpRequest, form: FilterForm) -> HttpResponseBase:
    """The tables of the page as a file, with the same numbers hidden."""
    if form.errors:
        return redirect(f"{reverse('advice:figures')}?{request.GET.urlencode()}")
    chosen = form.chosen
    tables = [section.table for section in sections(chosen)]
    return sheet.download(tables, chosen.in_words, name="advice-figures.csv")


@answering
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """How the line stands now, for a screen that everybody in the room sees."""
    return render(request, "advice/board.html", {"board": board_for(signed_in(request))})


@answering
@require_safe
def board_now(request: HttpRequest) -> HttpResponse:
    """The part of the board that changes, for its script; asking keeps nobody signed in."""
    return render(request, "advice/board_now.html", {"board": board_for(signed_in(request))})
