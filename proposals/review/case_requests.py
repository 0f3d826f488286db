"""The pages on which reviewers ask a team for changes: word, change, take out, send."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role
from accounts.people import holders, signed_in
from activity import clock
from activity.forms import SeenForm
from proposals.draft import openness
from proposals.draft.models import Proposal, Request
from proposals.draft.shown import placed
from proposals.draft.views.finding import VERB, verb_page
from proposals.review import requests, steps
from proposals.review.finding import CaseView, case_page
from proposals.review.forms import RequestForm, ReworkForm, SendForm
from proposals.review.models import RequestDraft
from proposals.review.views import case_words


def asking_page(view: CaseView) -> CaseView:
    """A page of a case for its reviewers: those who only decide it are refused."""

    @case_page
    @VERB
    @wraps(view)
    def page(request: HttpRequest, case: Proposal, **kwargs: Any) -> HttpResponseBase:
        answer = steps.as_reviewer(signed_in(request), case)
        if not answer:
            raise PermissionDenied(answer.reason or _("The reviewers of the case do this."))
        return view(request, case, **kwargs)

    return page


@case_page
@VERB
def ask(request: HttpRequest, case: Proposal) -> HttpResponse:
    """What is drafted, what was asked, what came back; and one more to draft."""
    is_reviewer = bool(steps.as_reviewer(signed_in(request), case))
    may_draft = is_reviewer and case.status in requests.WORDED_IN
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        requests.draft(proposal=case, **form.cleaned_data, by=signed_in(request))
        return redirect("proposals:ask", case.reference)
    shown = {
        "form": form,
        "drafts": placed(_drafts(case)) if may_draft else [],
        "may_draft": may_draft,
        "may_send": case.status in steps.ASK_CHANGES.sources,
        **sent_words(case),
    }
    return render(request, "proposals/ask.html", case_words(request, case, "ask") | shown)


@asking_page
def ask_change(request: HttpRequest, case: Proposal, key: str) -> HttpResponse:
    """Word a request otherwise before it is sent."""
    draft = _draft(case, key)
    kept = {
        "place": f"{draft.section}/{draft.page}",
        "wanted": draft.wanted,
        "seen": draft.revision,
    }
    form = ReworkForm(request.POST or None, initial=kept)
    shown: dict[str, Any] = {"title": _("Change this request"), "button": _("Save this request")}
    if request.method == "POST" and form.is_valid():
        try:
            requests.redraft(request=draft, **form.cleaned_data, by=signed_in(request))
        except requests.Reworded:
            # Sent again from here, the words typed here replace theirs.
            shown["theirs"] = draft = _draft(case, key)
            form = ReworkForm(request.POST.dict() | {"seen": draft.revision})
        else:
            return redirect("proposals:ask", case.reference)
    return _worded(request, case, form, shown)


@asking_page
def ask_remove(request: HttpRequest, case: Proposal, key: str) -> HttpResponse:
    """Take a request out before it is sent."""
    draft = _draft(case, key)
    form = SeenForm(request.POST or None, initial={"seen": draft.revision})
    if request.method == "POST" and form.is_valid():
        try:
            requests.undraft(request=draft, **form.cleaned_data, by=signed_in(request))
        except requests.Reworded:
            messages.warning(
                request, _("Somebody changed this request since you opened it. It was kept.")
            )
        return redirect("proposals:ask", case.reference)
    shown = {"title": _("Take this request out?"), "button": _("Take it out"), "warning": True}
    return _worded(request, case, form, shown | {"drafts": placed([draft])})


@asking_page
def ask_changes(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Check what is asked, and send all of it at once."""
    drafts = list(_drafts(case))
    if not drafts and request.method != "POST":
        return redirect("proposals:ask", case.reference)
    shown = {"seen": case.revision, "shown": requests.mark_of(drafts)}
    said = ngettext("Send %(count)d request", "Send %(count)d requests", len(drafts))
    try:
        return verb_page(
            request,
            case,
            steps.ASK_CHANGES,
            SendForm(request.POST or None, initial=shown),
            requests.ask_changes,
            then=reverse("proposals:case", args=[case.reference]),
            template="proposals/ask_changes.html",
            title=_("Ask the team for changes?"),
            drafts=placed(drafts),
            button=said % {"count": len(drafts)},
            back=reverse("proposals:ask", args=[case.reference]),
        )
    except requests.Reworded:
        messages.warning(
            request,
            _("The requests were changed since you opened that page, so nothing was sent."),
        )
        return redirect("proposals:ask_changes", case.reference)


def sent_words(case: Proposal) -> dict[str, list[tuple[Request, str]]]:
    """What was asked of a team, each with its page: what it still has, and what came back.

    Replies are shown of what a later version answered, and of nothing else.
    """
    sent = openness.ever_asked(case)
    return {
        "asked": placed(each for each in sent if not each.is_answered),
        "answered": placed(each for each in sent if each.is_answered),
    }


def _drafts(case: Proposal) -> QuerySet[RequestDraft]:
    """What is drafted, each with whether whoever drafted it is no reviewer any longer."""
    reviewers = holders(Role.REVIEWER, clock.today()).values("pk")
    return case.request_drafts.select_related("by").annotate(by_left=~Q(by__in=reviewers))


def _draft(case: Proposal, key: str) -> RequestDraft:
    drafts = RequestDraft.objects.select_related("proposal", "by")
    return get_object_or_404(drafts, proposal=case, key=key)


def _worded(
    request: HttpRequest, case: Proposal, form: forms.Form, shown: dict[str, Any]
) -> HttpResponse:
    """The page of one request that is not sent yet. 409 where somebody else changed it first."""
    back = reverse("proposals:ask", args=[case.reference])
    page = {"proposal": case, "form": form, "back": back}
    status = 409 if shown.get("theirs") else 200
    return render(request, "proposals/ask_change.html", page | shown, status=status)
