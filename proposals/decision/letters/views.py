"""The pages of the letters: for the team, for the employer, and for officials before they go."""

from __future__ import annotations

import datetime
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from activity import links
from proposals.decision import rules
from proposals.decision.exempt import rules as exempt
from proposals.decision.letters import printing
from proposals.decision.letters.employer import letter_to_employer
from proposals.decision.letters.matter import Matter, matter_of
from proposals.decision.letters.shape import Letter
from proposals.decision.letters.team import letter_to_team
from proposals.decision.models import Decision
from proposals.draft.models import Exemption, Proposal
from proposals.draft.views.finding import of_my_team
from proposals.employer.actions import live_of
from proposals.employer.finding import asked_of
from proposals.employer.models import ASKED, EmployerInvitation
from proposals.review.finding import case_page

# Which letter an official looks at, as the address of the page says it.
TEAM, EMPLOYER = "team", "employer"


@login_required
@require_safe
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """The decision, for the team, once it is released; or that the service is exempt."""
    found = of_my_team(request, reference)
    back = reverse("proposals:proposal", args=[found.reference])
    if exemption := exempt.exemption_of(found):
        return _exempt_letter(request, found, exemption, back)
    shown = letter_to_team(_released(found)[0])
    pdf = reverse("proposals:letter_pdf", args=[found.reference])
    return render(request, "proposals/letter.html", {"letter": shown, "back": back, "pdf": pdf})


@login_required
@require_safe
def letter_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The team's letter, to keep and to print."""
    matter, decision = _released(of_my_team(request, reference))
    return _download(letter_to_team(matter), decision, "letter")


@require_safe
@links.link_page(ASKED, proof=True)
def employer_letter(request: HttpRequest, token: str) -> HttpResponse:
    """The decision, for the employer's official, once it is released."""
    _holder, invitation = asked_of(request)
    shown = _to_official(_released(invitation.proposal)[0], invitation)
    back = reverse("proposals:employer", args=[token])
    pdf = reverse("proposals:employer_letter_pdf", args=[token])
    page = {"letter": shown, "back": back, "pdf": pdf, "is_employers": True}
    return render(request, "proposals/letter.html", page)


@require_safe
@links.link_page(ASKED, proof=True)
def employer_letter_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The employer's letter, to keep and to print."""
    _holder, invitation = asked_of(request)
    matter, decision = _released(invitation.proposal)
    return _download(_to_official(matter, invitation), decision, "letter-employer")


@case_page
@require_safe
def case_letter(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Both letters as their readers will see them, one at a time."""
    back = reverse("proposals:case", args=[case.reference])
    if exemption := exempt.exemption_of(case):
        return _exempt_letter(request, case, exemption, back, preview=True)
    advice = rules.standing_recommendation(case)
    if advice is None:
        raise Http404
    decision = rules.standing_decision(case)
    matter = matter_of(case, advice, decision)
    to = EMPLOYER if request.GET.get("to") == EMPLOYER else TEAM
    page = {
        "letter": _to_official(matter, live_of(case)) if to == EMPLOYER else letter_to_team(matter),
        "back": back,
        "preview": to,
        "is_out": matter.is_out,
    }
    return render(request, "proposals/letter.html", page)


def _to_official(matter: Matter, invitation: EmployerInvitation | None) -> Letter:
    return letter_to_employer(matter, invitation.post if invitation else "")


def _released(found: Proposal) -> tuple[Matter, Decision]:
    """What the letters of a proposal tell, for those outside: 404 until they are released."""
    released = found.decisions.released().select_related(
        "by", "recommendation__version__scheme", "recommendation__by"
    )
    decision = released.first()
    if decision is None:
        raise Http404
    return matter_of(found, decision.recommendation, decision), decision


def _download(shown: Letter, decision: Decision, name: str) -> HttpResponse:
    file = f"{decision.proposal.reference}-{name}.pdf"
    return printing.download(shown, file, at=cast(datetime.datetime, decision.released_at))


def _exempt_letter(
    request: HttpRequest,
    found: Proposal,
    exemption: Exemption,
    back: str,
    *,
    preview: bool = False,
) -> HttpResponse:
    page = {"proposal": found, "exemption": exemption, "back": back, "preview": preview}
    page |= {"first_day": exempt.first_review_on(found), "looks": exempt.looks_at(found)[-1:]}
    return render(request, "proposals/exempt_letter.html", page)
