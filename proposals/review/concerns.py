"""The pages of concerns: raising one, as somebody of the team, and answering it as a reviewer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.people import signed_in
from proposals.draft import rules
from proposals.draft.models import Proposal
from proposals.draft.views.finding import VERB, of_my_team
from proposals.employer import escalating
from proposals.employer.actions import escalation_of
from proposals.review import concerning
from proposals.review.concern_forms import AnswerConcernForm, ConcernForm
from proposals.review.finding import case_page
from proposals.review.views import case_words


@login_required
@VERB
def concern(request: HttpRequest, reference: str) -> HttpResponse:
    """Raise a concern about the employer; it says who reads it before it is sent."""
    found = of_my_team(request, reference)
    by = signed_in(request)
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        concerning.concern(proposal=found, **form.cleaned_data, by=by)
        messages.success(request, _("Officials of the Cabinet Office have your concern."))
        return redirect("proposals:proposal", found.reference)
    is_heard = concerning.is_heard(found)
    page = {
        "proposal": found,
        "form": form,
        "is_heard": is_heard,
        "of_today": is_heard and concerning.of_today(found, by),
        "back": reverse("proposals:proposal", args=[found.reference]),
    }
    return render(request, "proposals/concern.html", page)


@case_page
@VERB
def concern_answer(request: HttpRequest, case: Proposal, key: str) -> HttpResponse:
    """Answer a concern by a message to the team, and go above the employer with it or not."""
    raised = get_object_or_404(case.concerns.select_related("by", "answer"), key=key)
    by = signed_in(request)
    may = rules.official(by, case, Role.REVIEWER)
    if not may:
        raise PermissionDenied(may.reason or _("A reviewer can do this."))
    can_escalate = escalating.silent(case) is not None and escalation_of(case) is None
    form = AnswerConcernForm(request.POST or None, can_escalate=can_escalate)
    if request.method == "POST" and form.is_valid():
        concerning.answer_concern(concern=raised, **form.cleaned_data, by=by)
        return redirect("proposals:employer_case", case.reference)
    page = {"raised": raised, "form": form, "title": _("Answer a concern")}
    page["back"] = reverse("proposals:employer_case", args=[case.reference])
    return render(
        request, "proposals/concern_answer.html", case_words(request, case, "employer") | page
    )
