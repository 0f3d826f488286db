"""The pages of saved views."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from activity import keyset
from proposals.draft.views.finding import VERB
from proposals.review.cases import actions, shown
from proposals.review.cases.forms import ChangeViewForm, FilterForm, SaveViewForm
from proposals.review.cases.models import SavedView
from proposals.review.cases.offered import offered
from proposals.review.finding import officials_page


@officials_page
@require_safe
def views(request: HttpRequest, reader: User) -> HttpResponse:
    """The views that somebody keeps, and those that others share."""
    mine = SavedView.objects.of_owner(reader).order_by("name", "pk")
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
    form = SaveViewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.save_view(filters=filters, **form.cleaned_data, by=reader)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": made.name})
            return redirect("proposals:views")
    words = {"form": form, "title": _("Save this view"), "button": _("Save the view")}
    words |= {"shelf": asked.shelf, "filters": shown.in_words(asked)}
    return render(
        request, "proposals/view_verb.html", words | {"back": shown.cases_address(filters)}
    )


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
        return redirect("proposals:views")
    return _verb(request, found, form=form, title=_("Change this view"), button=_("Save the view"))


@officials_page
@VERB
def view_delete(request: HttpRequest, reader: User, key: str) -> HttpResponse:
    """Keep a view no longer."""
    found = get_object_or_404(SavedView.objects.of_owner(reader), key=key)
    if request.method == "POST":
        actions.delete_view(view=found, by=reader)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": found.name})
        return redirect("proposals:views")
    title = _("Delete “%(name)s”?") % {"name": found.name}
    return _verb(request, found, title=title, button=_("Delete the view"), warning=True)


def _verb(request: HttpRequest, view: SavedView, **words: object) -> HttpResponse:
    """The page of what is done with a view, with its filters in words."""
    said = shown.view_in_words(view, offered())
    words |= {"view": view, "shelf": said.shelf, "filters": said.filters}
    words |= {"cancel": reverse("proposals:views")}
    return render(request, "proposals/view_verb.html", words)
