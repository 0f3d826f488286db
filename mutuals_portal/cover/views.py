"""The pages of time away: each reads its own, and what it is asked to stand in for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import cover as rules
from accounts.models import COVERED, Absence, AbsenceQuerySet, Reply
from accounts.people import signed_in
from activity import clock
from activity.dates import in_words
from mutuals_portal.cover import actions
from mutuals_portal.cover.forms import AGREES, AnswerForm, AskForm, AwayForm
from mutuals_portal.roles import open_to

VERB = require_http_methods(["GET", "HEAD", "POST"])
NOBODY_ALIKE = gettext_lazy(
    "Nobody else has your role in your organisation, and only somebody who has can stand in. Ask an "
    "administrator whether a colleague can be given it."
)
NOBODY_HERE = gettext_lazy(
    "Everybody else with your role in your organisation is away on one of these days. Agree with one "
    "of them to change their days, or ask an administrator whether a colleague can be given your role."
)


@open_to(*COVERED)
@require_safe
def cover(request: HttpRequest) -> HttpResponse:
    """When I am away and who stands in, and for whom I am asked to, or do."""
    reader = signed_in(request)
    found = (
        _lasting()
        .filter(Q(user=reader) | Q(stand_in=reader))
        .exclude(stand_in=reader, reply=Reply.REFUSED)
    )
    absences = list(found.select_related("user", "stand_in"))
    page = {
        "mine": [each for each in absences if each.user_id == reader.pk],
        "others": [each for each in absences if each.user_id != reader.pk],
        "today": clock.today(),
    }
    return render(request, "accounts/cover.html", page)


@open_to(*COVERED)
@VERB
def cover_add(request: HttpRequest) -> HttpResponse:
    """Say from when until when I am away, and whom to ask."""
    by, today = signed_in(request), clock.today()
    people = rules.may_stand_in(by, today, today, today, whoever_is_away=True)
    form = AwayForm(_typed(request), people=people)
    if not people.exists():
        form.fields["stand_in"].help_text = NOBODY_ALIKE

    def act(cleaned: dict[str, Any]) -> str:
        actions.add(**cleaned, by=by)
        asked = cleaned["stand_in"]
        return _("%(who)s is asked.") % {"who": asked} if asked else _("Your days away are kept.")

    words = {"title": _("Add time away"), "button": _("Add time away")}
    return _page(request, form, act, words)


@open_to(*COVERED)
@VERB
def cover_ask(request: HttpRequest, absence: UUID) -> HttpResponse:
    """Ask somebody to stand in, or another than I asked before."""
    by = signed_in(request)
    found = get_object_or_404(_lasting().filter(user=by), key=absence)
    people = rules.may_stand_in(by, found.starts_on, found.ends_on, clock.today())
    if not people.exists():
        return _nobody(request, found)
    form = AskForm(_typed(request), people=people)

    def act(cleaned: dict[str, Any]) -> str:
        actions.ask(absence=found, **cleaned, by=by)
        return _("%(who)s is asked.") % {"who": cleaned["stand_in"]}

    return _page(request, form, act, {"title": _("Who stands in?"), "button": _("Ask them")})


@open_to(*COVERED)
@VERB
def cover_answer(request: HttpRequest, absence: UUID) -> HttpResponse:
    """Say whether I stand in for somebody who asks me, also after I have agreed."""
    by = signed_in(request)
    asked = _lasting().filter(stand_in=by).select_related("user")
    found = get_object_or_404(asked, key=absence)
    initial = {"reply": AGREES} if found.reply == Reply.AGREED else {}
    form = AnswerForm(_typed(request), who=found.user, initial=initial)

    def act(cleaned: dict[str, Any]) -> str:
        agrees = cleaned["reply"] == AGREES
        actions.answer(absence=found, agrees=agrees, by=by)
        words = {"who": found.user, "day": in_words(found.ends_on)}
        if agrees:
            return _("You stand in for %(who)s until %(day)s. They are told.") % words
        return _("%(who)s is told that you cannot.") % words

    words = {"title": _("Stand in for a colleague"), "button": _("Save answer"), "absence": found}
    return _page(request, form, act, words, "accounts/cover_answer.html")


@open_to(*COVERED)
@VERB
def cover_end(request: HttpRequest, absence: UUID) -> HttpResponse:
    """Be back from today on, or not go away at all."""
    by = signed_in(request)
    found = get_object_or_404(_lasting().filter(user=by), key=absence)
    began = found.starts_on < clock.today()

    def act(cleaned: dict[str, Any]) -> str:
        actions.end(absence=found, by=by)
        return _("You are back.") if began else _("That time away is called off.")

    title = _("Are you back from today on?") if began else _("Call off this time away?")
    words = {"title": title, "button": _("I am back") if began else _("Call it off")}
    return _page(request, forms.Form(_typed(request)), act, words | {"intro": _stands(found)})


def _nobody(request: HttpRequest, absence: Absence) -> HttpResponse:
    """Say why nobody can be asked, and what to do instead. That somebody is away is no secret."""
    first, last = absence.starts_on, absence.ends_on
    alike = rules.may_stand_in(absence.user, first, last, clock.today(), whoever_is_away=True)
    page = {"absence": absence, "why": NOBODY_HERE if alike.exists() else NOBODY_ALIKE}
    return render(request, "accounts/cover_nobody.html", page)


def _typed(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _stands(absence: Absence) -> str:
    words = {"first": in_words(absence.starts_on), "last": in_words(absence.ends_on)}
    return _("Away from %(first)s to %(last)s. Whoever was asked to stand in is told.") % words


def _lasting() -> AbsenceQuerySet:
    return Absence.objects.lasting(clock.today())


def _page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    words: dict[str, Any],
    template: str = "form_page.html",
) -> HttpResponse:
    """A question that comes back to the list once it is answered. act: what it does and says."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("accounts:cover")
    return render(request, template, {"form": form, "back": reverse("accounts:cover"), **words})
