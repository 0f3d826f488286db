"""The pages of views of the queue that somebody keeps: each has a name and an address."""

from __future__ import annotations

import functools

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity.saved import actions
from activity.saved.views import delete_page, save_page
from advice.intake.desk import answering, step_methods
from advice.queue import beside
from advice.queue.models import QueueView
from advice.queue.saved_forms import SaveForm


@answering
@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """The views that I keep."""
    mine = QueueView.objects.of_owner(signed_in(request))
    return render(request, "advice/views.html", {"saved": mine})


@answering
@step_methods
def view_save(request: HttpRequest) -> HttpResponse:
    """Give the filters that the address says a name."""
    filters = beside.in_address(request.GET)
    save = functools.partial(actions.save, QueueView, filters=filters, by=signed_in(request))
    form, told = SaveForm(request.POST or None), {"back": beside.address(filters)}
    return save_page(request, form, save, then="advice:views", told=told)


@answering
@require_safe
def view_open(request: HttpRequest, key: str) -> HttpResponse:
    """The queue as a view of mine shows it now."""
    return redirect(beside.address(_mine(request, key).filters))


@answering
@step_methods
def view_delete(request: HttpRequest, key: str) -> HttpResponse:
    """Keep a view no longer."""
    found = _mine(request, key)
    delete = functools.partial(actions.delete, found, by=signed_in(request))
    told = {"back": reverse("advice:views")}
    return delete_page(request, found, delete, then="advice:views", told=told)


def _mine(request: HttpRequest, key: str) -> QueueView:
    return get_object_or_404(QueueView.objects.of_owner(signed_in(request)), key=key)
