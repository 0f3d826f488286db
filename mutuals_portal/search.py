"""Searching the whole portal, within what the reader may see."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from activity import searching
from activity.fields import TextField


class SearchForm(forms.Form):
    """What somebody looks for."""

    mark_optional = False
    q = TextField(
        label=_("What are you looking for?"),
        help_text=_("A name, a place, a service, or a reference from a message."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What each app finds, in a group each."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    groups = searching.search(request.user, words) if words else []
    return render(request, "search.html", {"form": form, "words": words, "groups": groups})
