"""The pages on which a view is saved and deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from activity.saved.models import SavedViewModel

PAGE = "form_page.html"


def save_page(
    request: HttpRequest,
    form: forms.Form,
    save: Callable[..., SavedViewModel],
    *,
    then: str,
    template: str = PAGE,
    told: Mapping[str, object],
) -> HttpResponse:
    """Save a view as its form says, or draw the form. save: raises what the form is to show.

    then: the name of the page that follows. told: what the page shows beside the form.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = save(**form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": made.name})
            return redirect(then)
    page: dict[str, Any] = {"title": _("Save this view"), "button": _("Save the view")}
    return render(request, template, page | {"form": form, **told})


def delete_page(
    request: HttpRequest,
    view: SavedViewModel,
    delete: Callable[[], None],
    *,
    then: str,
    template: str = PAGE,
    told: Mapping[str, object],
) -> HttpResponse:
    """Delete a view, or ask first. then, told: as of `save_page`."""
    named = {"name": view.name}
    if request.method == "POST":
        delete()
        messages.success(request, _("“%(name)s” is deleted.") % named)
        return redirect(then)
    page: dict[str, Any] = {"title": _("Delete “%(name)s”?") % named, "warning": True}
    return render(request, template, page | {"button": _("Delete the view"), **told})
