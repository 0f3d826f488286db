"""The pages of saved views."""

from __future__ import annotations

import functools

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from activity import keyset
from activity.saved.views import delete_page, save_page
from proposals.draft.views.finding import VERB
from proposals.review.cases import actions, shown
from proposals.review.cases.forms import ChangeViewForm, FilterForm, SaveViewForm
from proposals.review.cases.models import SavedView
from proposals.review.cases.offered import offered
from proposals.review.finding import officials_page

PAGE, THEN = "proposals/view_verb.html", "proposals:views"


@officials_page
@require_safe
def views(request: HttpRequest, reader: User) -> HttpResponse:
    """The views that somebody keeps, and those that others share."""
    mine = SavedView.objects.of_owner(reader)
    theirs = SavedView.objects.shared_with(reader).select_related("owner")
    page = keyset.page(theirs, ("name", "pk"), request.GET.get("after"))
    choices = offered()
    words = {
        "mine": [(each, shown.view_in_words(each, choices)) for each in mine],
        "theirs": [(each, shown.view_in_words(each, choices)) for each in page.rows],
        "page": page,
    }
    return render(request, "proposals/views.html", words)


@officials_page
@VERB
def view_save(request: HttpRequest, reader: User) -> HttpResponse:
    """Give the filters that the address says a name."""
    asked = FilterForm(request.GET, offered())
    asked.is_valid()
    filters = shown.filters_of(asked)
    save = functools.partial(actions.save_view, filters=filters, by=reader)
    told = {"shelf": asked.shelf, "filters": shown.in_words(asked)}
    told |= {"back": shown.cases_address(filters)}
    form = SaveViewForm(request.POST or None)
    return save_page(request, form, save, template=PAGE, then=THEN, told=told)


@officials_page
@require_safe
def view_open(request: HttpRequest, reader: User, key: str) -> HttpResponse:
    """The cases that a view shows to whoever opens it: filters alone, none of its owner's rights."""
    found = get_object_or_404(SavedView.objects.visible_to(reader), key=key)
    return redirect(shown.cases_address(found.filters))


@officials_page
@VERB
def view_change(request: HttpRequest, reader: User, key: str) -> HttpResponse:
    """Name a view otherwise, share it, or take that back."""
    found = get_object_or_404(SavedView.objects.of_owner(reader), key=key)
    first = {"name": found.name, "is_shared": found.is_shared}
    form = ChangeViewForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.change_view(view=found, **form.cleaned_data, by=reader)
        messages.success(request, _("“%(name)s” is changed.") % {"name": found.name})
        return redirect(THEN)
    words = {"form": form, "title": _("Change this view"), "button": _("Save the view")}
    return render(request, PAGE, words | _said(found))


@officials_page
@VERB
def view_delete(request: HttpRequest, reader: User, key: str) -> HttpResponse:
    """Keep a view no longer."""
    found = get_object_or_404(SavedView.objects.of_owner(reader), key=key)
    delete = functools.partial(actions.delete_view, view=found, by=reader)
    return delete_page(request, found, delete, template=PAGE, then=THEN, told=_said(found))


def _said(view: SavedView) -> dict[str, object]:
    """What the pages of what is done with a view tell of it: its filters in words."""
    said = shown.view_in_words(view, offered())
    words = {"view": view, "shelf": said.shelf, "filters": said.filters}
    return words | {"cancel": reverse(THEN)}
