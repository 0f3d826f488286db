"""Who changed what in a draft and when; and bringing a text back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity import keyset
from proposals.draft import actions
from proposals.draft.actions.writing import mark_of
from proposals.draft.models import Change, Section
from proposals.draft.questions import Answers, Page, Topic, topic
from proposals.draft.shown import named, place_in_words
from proposals.draft.views.finding import VERB, of_my_team
from proposals.draft.views.reading import may_write_on

# More would make the list of changes as long as the draft.
MOST_NAMED = 3


@dataclass(frozen=True)
class Row:
    """A change as the list shows it. questions: the words of the first that differ; more: the rest."""

    change: Change
    place: str
    questions: list[str]
    more: int = 0


@dataclass(frozen=True)
class Pair:
    """One question, with what stood there before a change and after it."""

    name: str
    label: str | Promise
    before: str
    after: str


@login_required
@require_safe
def changes(request: HttpRequest, reference: str) -> HttpResponse:
    """Every change, newest first."""
    found = of_my_team(request, reference)
    made = Change.objects.to_show().filter(proposal=found).select_related("by")
    page = keyset.page(made, ("-at", "-pk"), request.GET.get("after"))
    shown = {"proposal": found, "page": page, "rows": [_row(change) for change in page.rows]}
    return render(request, "proposals/history.html", shown)


@login_required
@VERB
def change(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One change, both texts side by side, and bringing the earlier one back."""
    found = of_my_team(request, reference)
    made = Change.objects.to_show().select_related("proposal", "by")
    one = get_object_or_404(made, proposal=found, number=number)
    about, asked = _place(one)
    if about is None or asked is None:
        raise Http404
    if request.method == "POST":
        return _restore(request, one, about, asked)
    now = Section.objects.filter(proposal=found, key=about.key).values_list("answers", flat=True)
    pairs = _pairs(asked, one.before, one.after)
    shown = {
        "proposal": found,
        "change": one,
        "place": named(about, asked),
        "pairs": pairs,
        "address": asked.address(found.reference, about.key),
        "mark": mark_of(now.first() or {}, asked),
        "may_write": may_write_on(request, found, about, asked),
    }
    return render(request, "proposals/change.html", shown)


def _restore(request: HttpRequest, one: Change, about: Topic, asked: Page) -> HttpResponse:
    """Bring the text from before a change back, unless the page was changed meanwhile."""
    reference, seen = one.proposal.reference, request.POST.get("seen", "")
    try:
        actions.restore(one, about, asked, seen=seen, by=signed_in(request))
    except actions.Clash:
        messages.warning(
            request,
            _("Somebody changed this page since you opened it, so nothing was brought back."),
        )
        return redirect("proposals:change", reference, one.number)
    messages.success(request, _("The earlier text is back. What it replaced stays in the history."))
    return redirect(asked.address(reference, about.key))


def _place(one: Change) -> tuple[Topic | None, Page | None]:
    """Where the change was made, as far as that page is still asked."""
    about = topic(one.section)
    return about, about.page(one.page) if about else None


def _row(one: Change) -> Row:
    about, asked = _place(one)
    if about is None or asked is None:
        return Row(one, place_in_words(one.section, one.page), [])
    fields = asked.form.base_fields
    words = [str(fields[name].label) for name in fields if name in one.after]
    return Row(one, named(about, asked), words[:MOST_NAMED], max(len(words) - MOST_NAMED, 0))


def _pairs(asked: Page, before: Answers, after: Answers) -> list[Pair]:
    """The questions that differ, in the order of their page, answers in words."""
    was, became = _in_words(asked, before), _in_words(asked, after)
    fields = asked.form.base_fields
    return [
        Pair(name, fields[name].label or "", was[name], became[name])
        for name in fields
        if name in after
    ]


def _in_words(asked: Page, answers: dict[str, Any]) -> dict[str, str]:
    shown = asked.form(data=answers).shown(everything=True)
    return {name: str(words) for name, _label, words in shown}
