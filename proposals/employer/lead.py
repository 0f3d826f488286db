"""The page of a department's lead, who is asked about an employer that has not answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from activity import clock, links
from activity.workflow import MovedOn
from activity.worktime import working_days_between
from proposals.draft.views.finding import VERB
from proposals.employer import escalating, words
from proposals.employer.clocks import calendar_of, ladder_of, scheme_of
from proposals.employer.finding import escalated_of
from proposals.employer.forms import ReplyForm
from proposals.employer.models import ASKED, ESCALATED, EmployerInvitation, Escalation, Reply


@VERB
@links.link_page(ESCALATED, proof=True)
def escalation(request: HttpRequest, token: str) -> HttpResponse:
    """Who has been silent for how long; and who answers now, or why nobody does."""
    found = escalated_of(request)
    if "open-link" in request.POST:
        return redirect(request.path)  # the button of the link, pressed twice
    is_reply = request.method == "POST"
    over = words.silence_over(found)
    silent = list(found.proposal.employer_invitations.order_by("-pk"))
    form = ReplyForm(
        request.POST if is_reply else None,
        proposal=found.proposal,
        asked=silent[0].address,
    )
    if is_reply and form.is_valid():
        return _replied(request, found, form)
    if is_reply and (over or found.reply):
        raise MovedOn(found.proposal)
    if over:
        return render(request, "proposals/employer_over.html", {"said": over})
    page = {
        "escalation": found,
        "proposal": found.proposal,
        "silent": [each for each in silent if _was_silent(each, found)],
        "late": working_days_between(found.due_on, clock.today(), [], calendar_of(found.proposal)),
        "days": ladder_of(found.proposal),
        "named_days": scheme_of(found.proposal, clock.today()).employer_named_days,
        "form": form,
    }
    return render(request, "proposals/escalation.html", page)


def _was_silent(asked: EmployerInvitation, found: Escalation) -> bool:
    """Whether an official was asked in that time of the employer, and before the lead was."""
    return asked.due_on == found.due_on and asked.asked_at <= found.at


def _replied(request: HttpRequest, found: Escalation, form: ReplyForm) -> HttpResponse:
    """Keep the reply; a lead who answers comes to the pages of an official by a link of their own."""
    holder = request.holder  # type: ignore[attr-defined]  # set by link_page
    asked = escalating.reply(escalation=found, **form.cleaned_data, by=holder)
    if asked is None or form.cleaned_data["reply"] != Reply.ANSWERS:
        return redirect(request.path)
    token = links.issue(ASKED, asked, address=asked.address)
    # The same address was proved in this browser just now.
    links.grant(request, token, proved=True)
    return redirect(links.path(ASKED, token))
