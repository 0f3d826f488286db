"""The canned answers: a list by topic, a page for each with its versions, and writing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity import clock, keyset
from advice.answers.canned import actions
from advice.answers.canned.filling import VARIABLES
from advice.answers.canned.forms import AnswerForm, FindForm, NewAnswerForm, VersionForm
from advice.answers.canned.models import CannedAnswer, CannedVersion
from advice.intake import people
from advice.intake.desk import answering, step_methods

ORDER = ("rank", "place", "code")


@answering
@require_safe
def canned(request: HttpRequest) -> HttpResponse:
    """Every answer by topic; for a lead first those that are overdue to be looked over."""
    leads = people.leads(signed_in(request))
    form = FindForm(request.GET)
    found = CannedAnswer.objects.all()
    if form.is_valid():
        found = found.with_words(form.cleaned_data["q"])
        if form.cleaned_data["topic"]:
            found = found.filter(topic=form.cleaned_data["topic"])
    else:
        found = found.none()
    today = clock.today()
    overdue = When(review_by__lt=today, then=Value(0))
    rank = Case(overdue, default=Value(1)) if leads else Value(1)
    rows = found.select_related("topic").annotate(rank=rank, place=F("topic__position"))
    context = {
        "page": keyset.page(rows, ORDER, request.GET.get("after")),
        "form": form,
        "filters": any(form.data.get(name) for name in form.fields),
        "leads": leads,
        "today": today,
        "overdue": CannedAnswer.objects.overdue(today).count(),
    }
    return render(request, "advice/canned.html", context)


@answering
@require_safe
def canned_answer(request: HttpRequest, code: str) -> HttpResponse:
    """One answer: its words now, its versions, and what one of them changed."""
    answer = _find(code)
    versions = list(answer.versions.select_related("author").order_by("-number"))
    by_number = {str(version.number): version for version in versions}
    chosen = by_number.get(request.GET.get("version", ""), versions[0])
    context = {
        "answer": answer,
        "versions": versions,
        "now": versions[0],
        "chosen": chosen,
        "before": by_number.get(str(chosen.number - 1)),
        "leads": people.leads(signed_in(request)),
        "is_overdue": answer.review_by < clock.today(),
        "variables": VARIABLES,
        "uses": chosen.uses.count(),
    }
    return render(request, "advice/canned_answer.html", context)


@answering
@step_methods
def canned_new(request: HttpRequest) -> HttpResponse:
    """Write an answer that is not there yet."""
    _must_lead(request)
    form = NewAnswerForm(request.POST if request.method == "POST" else None)
    return _write(request, form, actions.begin, {"variables": VARIABLES})


@answering
@step_methods
def canned_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Write the next version of an answer."""
    _must_lead(request)
    answer = _find(code)
    now = answer.versions.get(number=answer.newest)
    begun = {
        "title": answer.title,
        "topic": answer.topic.code,
        "words": now.words,
        "source": now.source,
        "seen": answer.newest,
    }
    form = VersionForm(request.POST if request.method == "POST" else None, initial=begun)

    def write(**typed: Any) -> CannedAnswer:
        return actions.write(answer=answer, **typed)

    return _write(request, form, write, {"answer": answer, "variables": VARIABLES})


def _write(
    request: HttpRequest,
    form: AnswerForm,
    act: Callable[..., CannedAnswer],
    page: Mapping[str, object],
) -> HttpResponse:
    """Keep what a lead wrote; where that cannot be, say why beside what they wrote."""
    newer: CannedVersion | None = None
    if request.method == "POST" and form.is_valid():
        try:
            kept = act(**form.cleaned_data, by=signed_in(request))
        except actions.NotWritten as refusal:
            form.add_error(refusal.field, str(refusal))
        except actions.Clash as clash:
            newer = clash.newest
            form = VersionForm({**form.data.dict(), "seen": newer.number})  # type: ignore[attr-defined]
        else:
            messages.success(request, _("Kept. Replies take these words from now on."))
            return redirect("advice:canned_answer", code=kept.code)
    context = {"form": form, "newer": newer, **page}
    return render(request, "advice/canned_edit.html", context, status=409 if newer else 200)


def _find(code: str) -> CannedAnswer:
    return get_object_or_404(CannedAnswer.objects.select_related("topic"), code=code)


def _must_lead(request: HttpRequest) -> None:
    if not people.leads(signed_in(request)):
        raise PermissionDenied(_("Advice leads write these answers. Tell one what is wrong."))
