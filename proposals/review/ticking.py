"""Ticking cases in the queue, to do one thing with all of them: what a page sends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from activity import keyset
from proposals.draft.models import Proposal

# No more than a page of the queue has.
MOST = keyset.ROWS
REFERENCE = re.compile(r"[A-Z0-9-]{1,24}")


class TickForm(forms.Form):
    """Which rows of a page of the queue were ticked: their references."""

    tick = forms.MultipleChoiceField(
        label=gettext_lazy("Cases"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Tick at least one case")
        ),
    )

    def __init__(self, rows: Iterable[Proposal], data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        asked: Any = self.fields["tick"]
        asked.choices = [(case.reference, case.title) for case in rows]


def references(sent: QueryDict) -> list[str]:
    """The references that a page sent, each once; nothing else that may stand in their place."""
    found = [each for each in sent.getlist("tick") if REFERENCE.fullmatch(each)]
    return list(dict.fromkeys(found))[:MOST]


def query_of(sent: QueryDict, **more: str | list[str]) -> str:
    """The end of an address that says from which page of the queue somebody came. more: beside it."""
    query = QueryDict(mutable=True)
    for name in ("queue", "after"):
        if sent.get(name):
            query.setlist(name, sent.getlist(name))
    for name, given in more.items():
        query.setlist(name, [given] if isinstance(given, str) else given)
    return query.urlencode()


def queue_of(sent: QueryDict, **more: str | list[str]) -> str:
    """The address of the page of the queue from which somebody came."""
    return f"{reverse('proposals:work')}?{query_of(sent, **more)}".removesuffix("?")


def tick_first(sent: QueryDict, ask: str) -> HttpResponse:
    """Back to the queue, which says that nothing was ticked. ask: what was to be done with it."""
    return redirect(queue_of(sent, ask=ask))
