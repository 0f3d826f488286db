"""The page on which a case is triaged: complete, another of the same service, in scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role
from accounts.people import signed_in
from activity.workflow import MovedOn
from proposals.draft import rules
from proposals.draft.models import Proposal, ScopeRule, Status, Version
from proposals.draft.questions import personal_questions
from proposals.draft.views.finding import VERB
from proposals.money.results import result_words
from proposals.review import checks, triage
from proposals.review.finding import case_page
from proposals.review.forms import FINE, NOT_FINE, TriageForm
from proposals.review.likeness import areas_in, likely
from proposals.review.models import Triage, TriageAnswer
from proposals.review.scoping import State, rules_found
from proposals.review.steps import as_reviewer
from proposals.review.views import case_words

# A question and its two answers, as they are chosen.
CHOICES: dict[str, list[tuple[str, str | Promise]]] = {
    Triage.COMPLETE: [
        (FINE, gettext_lazy("Yes, it can be assessed")),
        (NOT_FINE, gettext_lazy("No, something is missing")),
    ],
    Triage.DUPLICATE: [
        (FINE, gettext_lazy("No, or both can go on")),
        (NOT_FINE, gettext_lazy("Yes, and that has to be settled first")),
    ],
    Triage.SCOPE: [
        (FINE, gettext_lazy("Yes")),
        (NOT_FINE, gettext_lazy("No, or not certainly")),
    ],
}
SAID = {
    FINE: gettext_lazy("Nothing stands in the way"),
    NOT_FINE: gettext_lazy("To be settled"),
}


@dataclass(frozen=True)
class Task:
    """One question of the page. form: None for whoever only reads it."""

    question: Triage
    given: TriageAnswer | None
    form: TriageForm | None

    @property
    def state(self) -> str:
        """The tag: a code of what was answered."""
        if self.given is None:
            return "to_do"
        return "completed" if self.given.is_fine else "needs_attention"

    @property
    def said(self) -> str:
        """The tag in words."""
        if self.given is None:
            return _("Not answered")
        return str(SAID[FINE if self.given.is_fine else NOT_FINE])


@case_page
@VERB
def case_triage(request: HttpRequest, case: Proposal) -> HttpResponse:
    """What the portal finds on each question, and what a reviewer says of it."""
    reader = signed_in(request)
    may = as_reviewer(reader, case)
    forms = {each: _form(request, each) for each in Triage}
    if request.method == "POST":
        if not may:
            raise PermissionDenied(may.reason or _("A reviewer can do this."))
        if done := _pressed(request, case, forms):
            return done
    given = triage.answers_of(case)
    version = case.versions.select_related("scheme").latest()
    is_open = bool(may) and case.status == Status.SUBMITTED
    shown = {
        "tasks": [Task(each, given.get(each), forms[each] if is_open else None) for each in Triage],
        # The page finds what is wrong in it for the summary of errors.
        "sent": next((form for form in forms.values() if form.is_bound), None),
        "may_note": bool(may),
        "may_exempt": rules.official(reader, case, Role.DECISION_MAKER),
        "of_one_service": triage.noted(case),
        **_found(request, case, version),
    }
    page = case_words(request, case, "triage", version.number) | shown
    return render(request, "proposals/triage.html", page)


def _form(request: HttpRequest, question: Triage) -> TriageForm:
    """The form of one question; of the one that was sent, with what was typed."""
    typed = request.POST if request.POST.get("task") == question else None
    label, choices = str(question.label), CHOICES[question]
    return TriageForm(typed, prefix=question.value, asked=label, choices=choices)


def _pressed(
    request: HttpRequest, case: Proposal, forms: dict[Triage, TriageForm]
) -> HttpResponse | None:
    """What a reviewer pressed, done; None where an answer lacks something."""
    if request.POST.get("press") in triage.DUPLICATE_VERBS:
        return _duplicate(request, case)
    sent = {each.value: form for each, form in forms.items() if form.is_bound}
    if not sent or case.status != Status.SUBMITTED:
        raise MovedOn(case)
    [(asked, form)] = sent.items()
    if not form.is_valid():
        return None
    triage.answer(proposal=case, question=asked, **form.cleaned_data, by=signed_in(request))
    return redirect("proposals:triage", case.reference)


def _found(request: HttpRequest, case: Proposal, version: Version) -> dict[str, Any]:
    """What the portal finds for the three questions."""
    typed = checks.sections_of(version)
    found = checks.overview(version)
    money = result_words(typed.get("money", {}), version.scheme)
    saves = money["saving"].passes if money else None
    scope = ScopeRule.objects.of_scheme(version.scheme)
    given = {each["section"] for each in version.content.get("documents", ())}
    places = areas_in(typed.get("service", {}).get("S7"))
    known = {each["reference"] for each in triage.noted(case)}
    others = likely(case, signed_in(request), places)
    return {
        "missing": checks.missing(found, personal_questions()),
        "wanted": checks.documents_wanted(typed, given),
        "doubtful": checks.doubtful(found, money),
        "likely": [each for each in others if each.case.reference not in known],
        "rules": rules_found(typed, case.employer, saves, scope),
        "look": State.LOOK,
    }


def _duplicate(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Note another case as of the same service, or take that back."""
    press, other = request.POST["press"], request.POST.get("other", "")
    triage.DUPLICATE_VERBS[press](proposal=case, other=other, by=signed_in(request))
    said = {
        "note": _("Noted on both. No team learns of it."),
        "undo": _("Taken back, on both."),
    }
    messages.success(request, said[press])
    return redirect(f"{reverse('proposals:triage', args=[case.reference])}#duplicate")
