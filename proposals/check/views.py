"""The check before sign-in: its questions, and what they come to. Nothing of it is kept with us."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from activity import clock
from proposals.check import carried, scope, words
from proposals.check.forms import FORMS, QuestionForm
from proposals.draft import brought
from proposals.draft.models import ScopeRule
from proposals.draft.views.finding import VERB


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """What the check is, and where it begins or goes on."""
    answers = carried.read(request)
    first = reverse("proposals:check_question", args=["who"])
    page = {"begin": first, "go_on": _next(answers) if answers else ""}
    return render(request, "proposals/check.html", page)


@VERB
def check_question(request: HttpRequest, question: str) -> HttpResponse:
    """One question. An answer that is changed takes away those that no longer apply."""
    if question not in FORMS:
        raise Http404
    answers = carried.read(request)
    if question not in scope.way(answers):
        return redirect(_next(answers))
    if request.method == "POST":
        form = FORMS[question](request.POST)
        if form.is_valid():
            return _answered(question, form, answers)
    else:
        form = FORMS[question](initial=answers)
    return render(request, "proposals/check_question.html", _page(question, form, answers))


def _answered(question: str, form: QuestionForm, answers: dict[str, str]) -> HttpResponse:
    without = {name: answer for name, answer in answers.items() if name not in _parts(question)}
    now = scope.pruned(without | form.answers())
    here = reverse("proposals:check_question", args=[question])
    response = redirect(here if form.asks_on() else _next(now))
    carried.keep(response, now)
    return response


def _parts(question: str) -> tuple[str, ...]:
    return (question, *scope.PARTS.get(question, ()))


def _next(answers: scope.Answers) -> str:
    """The address of the question to ask next, or of the outcome."""
    question = scope.unanswered(answers)
    if question is None:
        return reverse("proposals:check_outcome")
    return reverse("proposals:check_question", args=[question])


def _page(question: str, form: QuestionForm, answers: scope.Answers) -> dict[str, Any]:
    asked = scope.way(answers)
    number = asked.index(question)
    back = reverse("proposals:check")
    if number:
        back = reverse("proposals:check_question", args=[asked[number - 1]])
    return {
        "form": form,
        "question": question,
        "title": words.question(question),
        "number": number + 1,
        "most": len(scope.QUESTIONS),
        "back": back,
        "button": _("Continue"),
    }


@VERB
def check_outcome(request: HttpRequest) -> HttpResponse:
    """What the answers come to, with the rule and its source; from here into a proposal."""
    answers = carried.read(request)
    if scope.unanswered(answers) is not None:
        return redirect(_next(answers))
    if request.method == "POST":
        return _forgotten() if request.POST.get("press") == "forget" else _begun(answers)
    verdict = scope.outcome_of(answers)
    rules = ScopeRule.objects.in_force(clock.today())
    page = {
        "verdict": verdict,
        "outcome": verdict.outcome.value,
        "title": words.OUTCOMES[verdict.outcome],
        "rules": [rules[code] for code in verdict.rules if code in rules],
        "also": [rules[code] for code in verdict.also if code in rules],
        "rows": words.rows(answers),
        "department": _department(verdict, answers),
        "ask": words.advice_address(answers),
        "back": reverse("proposals:check_question", args=[scope.way(answers)[-1]]),
    }
    return render(request, "proposals/check_outcome.html", page)


def _department(verdict: scope.Verdict, answers: scope.Answers) -> Organisation | None:
    """The department that answers for the employer, where an exemption is in question."""
    slug = answers.get("employer_of")
    if verdict.outcome != scope.Outcome.MAY_BE_EXEMPT or not slug:
        return None
    return Organisation.objects.filter(slug=slug).first()


def _begun(answers: scope.Answers) -> HttpResponse:
    response = redirect("proposals:new")
    brought.bring(response, carried.for_a_draft(answers))
    return response


def _forgotten() -> HttpResponse:
    response = redirect("proposals:check")
    carried.forget(response)
    return response
