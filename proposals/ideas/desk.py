"""The pages of those who answer ideas and keep the calls."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity import clock, counting, keyset
from activity.workflow import Step, must_begin
from proposals.draft.views.finding import VERB
from proposals.ideas import actions, people, steps
from proposals.ideas.forms import CallForm, CloseForm, ReplyForm
from proposals.ideas.models import Idea, IdeaCall, Status

View = Callable[..., HttpResponse]
# Much alike ideas that are shown beside one.
ALIKE_SHOWN = 10

LINES: dict[str, str | Promise] = {
    "thank": gettext_lazy(
        "Thank them, say what you make of it, and if nothing will come of it, say why not."
    ),
    "take_up": gettext_lazy(
        "Ask them to make a proposal of it. Their private link will lead them into a draft of "
        "their own, with their words in it, once they sign in."
    ),
    "pass_on": gettext_lazy(
        "It becomes a question to the advice line, with what they left about themselves, and you "
        "do not see what is said there. Their private link will lead them to it."
    ),
}


def for_coordinators(view: View) -> View:
    """Open a page to coordinators alone; to others it is a 403."""

    @login_required
    @functools.wraps(view)
    def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not people.answers(signed_in(request)):
            raise PermissionDenied
        return view(request, **kwargs)

    return page


@for_coordinators
@require_safe
def ideas(request: HttpRequest) -> HttpResponse:
    """Ideas to answer, those that are much alike together; and those that were answered."""
    asked = request.GET.get("view", "")
    view = Status(asked) if asked in Status.values else Status.NEW
    mine = Idea.objects.visible_to(signed_in(request))
    found = mine.filter(status=view).select_related("call", "sender")
    page = keyset.page(found, ("together", "pk"), request.GET.get("after"))
    counts = counting.counts({each.value: mine.filter(status=each) for each in Status})
    views = [(each, counting.in_words(counts[each.value]), each == view) for each in Status]
    shown = {"page": page, "views": views, "view": view, "rows": _grouped(page.rows)}
    return render(request, "proposals/ideas.html", shown)


def _grouped(rows: list[Idea]) -> list[tuple[Idea, bool]]:
    """Each idea, and whether it is much like the one above it."""
    before = [None, *(row.together for row in rows)]
    return [(row, row.together == last) for row, last in zip(rows, before, strict=False)]


@login_required
@require_safe
def idea(request: HttpRequest, reference: str) -> HttpResponse:
    """One idea: its words, how to reach its sender, what is like it, and what can be done."""
    found = _found(request, reference)
    mine = Idea.objects.visible_to(signed_in(request))
    alike = mine.filter(together=found.together).exclude(pk=found.pk).order_by("pk")
    page = {
        "idea": found,
        "alike": alike[:ALIKE_SHOWN],
        "steps": [(step, _address(step, found)) for step in steps.STEPS],
        "is_new": found.status == Status.NEW,
        "back": reverse("proposals:ideas"),
    }
    return render(request, "proposals/idea.html", page)


def _address(step: Step, found: Idea) -> str:
    return reverse(f"proposals:idea_{step.name}", args=[found.reference])


def _found(request: HttpRequest, reference: str) -> Idea:
    mine = Idea.objects.visible_to(signed_in(request)).select_related("call", "sender")
    return get_object_or_404(mine, reference=reference)


def verb(step: Step, action: Callable[..., Idea]) -> View:
    """The page of a step: GET shows what it does, POST does it."""

    @login_required
    @VERB
    def page(request: HttpRequest, reference: str) -> HttpResponse:
        found = _found(request, reference)
        form = ReplyForm(request.POST or None, initial={"seen": found.revision})
        if request.method == "POST" and form.is_valid():
            action(idea=found, **form.cleaned_data, by=signed_in(request))
            messages.success(request, _("Done. The sender finds your reply by their link."))
            return redirect("proposals:ideas")
        must_begin(step, signed_in(request), found)
        words = {
            "title": step.label,
            "button": step.label,
            "line": LINES[step.name],
            "idea": found,
            "form": form,
            "back": reverse("proposals:idea", args=[found.reference]),
        }
        return render(request, "proposals/idea_verb.html", words)

    return page


idea_thank = verb(steps.THANK, actions.thank)
idea_take_up = verb(steps.TAKE_UP, actions.take_up)
idea_pass_on = verb(steps.PASS_ON, actions.pass_on)


@for_coordinators
@VERB
def call_new(request: HttpRequest) -> HttpResponse:
    """Open a call for ideas."""
    return _edit_call(request, None)


@for_coordinators
@VERB
def call_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a call that is not closed."""
    return _edit_call(request, get_object_or_404(IdeaCall, slug=slug, closed_at=None))


def _edit_call(request: HttpRequest, call: IdeaCall | None) -> HttpResponse:
    kept = ("title", "words", "opens_on", "closes_on")
    initial = {name: getattr(call, name) for name in kept} if call else {"opens_on": clock.today()}
    form = CallForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = actions.call_edit(call=call, **form.cleaned_data, by=signed_in(request))
        messages.success(request, _("Saved. Everybody can read it from its first day."))
        return redirect("proposals:call", saved.slug)
    back = reverse("proposals:call", args=[call.slug]) if call else reverse("proposals:calls")
    page = {"title": call or _("Open a call for ideas"), "form": form, "button": _("Save the call")}
    return render(request, "form_page.html", page | {"back": back})


@for_coordinators
@VERB
def call_close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close a call, and say what came of it."""
    call = get_object_or_404(IdeaCall, slug=slug, closed_at=None)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.call_close(call=call, **form.cleaned_data, by=signed_in(request))
        messages.success(request, _("Closed. Everybody can read what came of it."))
        return redirect("proposals:call", call.slug)
    page = {
        "title": _("Close “%(call)s”") % {"call": call},
        "form": form,
        "button": _("Close the call"),
        "intro": _("No more ideas can be sent to it. Ideas that are new stay to be answered."),
        "back": reverse("proposals:call", args=[call.slug]),
    }
    return render(request, "form_page.html", page)
