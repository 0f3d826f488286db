"""What the pages of proposals share: finding a record, and the page of a verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods

from accounts.people import signed_in
from activity import presence
from activity.workflow import Step, must_begin, steps_for
from proposals.draft import hindrances, openness
from proposals.draft.models import Proposal, Status
from proposals.draft.presence import TEAM
from proposals.draft.steps import ASK_SIGN_OFF, REOPEN, SIGN, WITHDRAW

VERB = require_http_methods(["GET", "HEAD", "POST"])


def of_my_team(request: HttpRequest, reference: str, **also: Any) -> Proposal:
    """A proposal whose team the reader is in, with who else of it is at the draft; or a 404.

    also: what else to read of it in the same query.
    """
    reader = signed_in(request)
    also |= hindrances.read_along()
    mine = Proposal.objects.of_team(reader).annotate(present=presence.beside(TEAM, reader), **also)
    found: Proposal = get_object_or_404(
        mine.select_related("employer", "scheme"), reference=reference
    )
    return found


def writing_at(found: Proposal) -> str:
    """Where a team goes on writing: at its tasks, or at what the reviewers asked."""
    asked = found.status == Status.CHANGES_REQUESTED
    return reverse(f"proposals:{'requests' if asked else 'tasks'}", args=[found.reference])


@dataclass(frozen=True)
class Move:
    """A step as a page offers it: its button's words and address, or why it is refused."""

    name: str
    label: str | Promise
    address: str
    reason: str


def moves(request: HttpRequest, proposal: Proposal) -> tuple[list[Move], str]:
    """The steps that start here and that the reader may know of; and where to withdraw it, or "".

    To withdraw is no way on, so pages show it apart from the others.
    """
    offered = [
        Move(
            offer.step.name,
            offer.step.label,
            reverse(f"proposals:{offer.step.name}", args=[proposal.reference])
            if offer.answer
            else "",
            offer.answer.reason,
        )
        for offer in steps_for(signed_in(request), proposal)
        if offer.answer or not _is_out_of_turn(offer.step, proposal)
    ]
    withdraw = next((move.address for move in offered if move.name == WITHDRAW.name), "")
    return [move for move in offered if move.name != WITHDRAW.name], withdraw


def _is_out_of_turn(step: Step, proposal: Proposal) -> bool:
    """Whether a step makes sense only once people are asked to sign, or only before."""
    if step == ASK_SIGN_OFF:
        return openness.is_being_signed(proposal)
    return step in (SIGN, REOPEN) and not openness.is_being_signed(proposal)


def verb_page(
    request: HttpRequest,
    proposal: Proposal,
    step: Step,
    form: forms.Form,
    action: Callable[..., object],
    *,
    then: str,
    template: str = "proposals/verb.html",
    **words: Any,
) -> HttpResponse:
    """The page of a verb: GET shows what it does, POST does it and goes on to `then`.

    action: called with the proposal, what the form took, and who pressed.
    words: title, button, lines, back, warning for the template. A verb that is refused for a
    reason that may be told shows it instead of its button; one that may not be known is a 403,
    wherever the proposal stands.
    """
    if request.method == "POST" and form.is_valid():
        action(proposal=proposal, **form.cleaned_data, by=signed_in(request))
        return redirect(then)
    answer = must_begin(step, signed_in(request), proposal)
    page = {
        "proposal": proposal,
        "form": form,
        "refused": answer.reason,
        "back": reverse("proposals:proposal", args=[proposal.reference]),
        "button": step.label,
    }
    return render(request, template, page | words)
