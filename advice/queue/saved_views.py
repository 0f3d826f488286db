"""Keeping views of the queue: each has a name and an address."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.people import signed_in
from activity.fields import TextField
from activity.forms import OnceForm
from activity.once import key_of
from activity.transactions import in_one_piece
from advice.intake.desk import answering, step_methods
from advice.intake.models import Topic
from advice.queue import beside, lists
from advice.queue.models import QueueView
from advice.queue.narrowing import FilterForm

MOST = 30


class SaveForm(OnceForm):
    """What a view is called."""

    name = TextField(
        label=gettext_lazy("Name of the view"),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter a name, like “Pensions, late”")},
    )


@in_one_piece
def save(*, name: str, filters: str, once: uuid.UUID, by: User) -> QueueView:
    """Keep filters under a name. Pressed twice, once. ValidationError beyond MOST views."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    key = key_of(once, by.pk, filters, name)
    if kept := QueueView.objects.filter(once=key).first():
        return kept
    if QueueView.objects.filter(owner=by).count() >= MOST:
        words = _("You have %(most)d views, and that is the most. Delete one that you do not use")
        raise ValidationError(words % {"most": MOST})
    return QueueView.objects.create(owner=by, name=name, filters=filters, once=key)


@answering
@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """The views that I keep."""
    mine = QueueView.objects.filter(owner=signed_in(request))
    return render(request, "advice/views.html", {"saved": mine})


@answering
@step_methods
def view_save(request: HttpRequest) -> HttpResponse:
    """Give the filters that the address says a name."""
    view = request.GET.get("view", "")
    asked = FilterForm(request.GET, Topic.objects.select_related("group"))
    filters = beside.filters_of(view if view in lists.VIEWS else "", asked)
    form = SaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = save(filters=filters, by=signed_in(request), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": made.name})
            return redirect("advice:views")
    page = {"form": form, "title": _("Save this view"), "button": _("Save the view")}
    return render(request, "form_page.html", page | {"back": beside.address(filters)})


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
    if request.method == "POST":
        found.delete()
        messages.success(request, _("“%(name)s” is deleted.") % {"name": found.name})
        return redirect("advice:views")
    page = {
        "title": _("Delete “%(name)s”?") % {"name": found.name},
        "form": forms.Form(),
        "button": _("Delete the view"),
        "back": reverse("advice:views"),
    }
    return render(request, "form_page.html", page | {"warning": True})


def _mine(request: HttpRequest, key: str) -> QueueView:
    return get_object_or_404(QueueView, owner=signed_in(request), key=key)
