"""The team's pages of a vote: set it up, see how far it is, read what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity import clock
from activity.workflow import Step, must_begin
from proposals.ballot import actions, certificate, gate, shown, steps, words
from proposals.ballot.entering import ElsewhereForm
from proposals.ballot.forms import (
    BeginForm,
    CallOffForm,
    ChangeForm,
    ReplaceForm,
    dates_of,
)
from proposals.ballot.models import Ballot, Status
from proposals.draft import rules
from proposals.draft.models import Proposal, SchemeVersion, Section
from proposals.draft.views.finding import VERB, of_my_team


@login_required
@require_safe
def ballot(request: HttpRequest, reference: str) -> HttpResponse:
    """Whether staff vote, how far it is, and what came of earlier votes."""
    found = of_my_team(request, reference)
    reader = signed_in(request)
    now = gate.live(found)
    page: dict[str, Any] = {
        "proposal": found,
        "ballot": now,
        "begin": gate.can_begin(reader, found),
        "is_lead": rules.is_lead(reader, found),
        "earlier": [each for each in gate.ballots(found) if each != now][::-1],
        "said_no": gate.said_no(found),
        "said_yes": gate.said_yes(found),
        "last": gate.last_closed(found),
    }
    if now is not None:
        now.proposal = found
        mine = (steps.CHANGE, steps.REPLACE, steps.CALL_OFF)
        may = {step.name: bool(step.allowed(reader, now)) for step in mine}
        is_early = now.status == Status.PREPARING
        addresses = {
            "change": _at("change", found) if may["change"] and is_early else "",
            "replace": _at("replace", found) if may["replace"] else "",
        }
        page["lines"] = shown.lines(now, shown.numbers(now), addresses)
        page["call_off"] = _at("call_off", found) if may["call_off"] else ""
    return render(request, "proposals/ballot/ballot.html", page)


@login_required
@VERB
def ballot_begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Set a vote up: what is asked, when, and who runs it."""
    found = of_my_team(request, reference)
    reader = signed_in(request)
    form = BeginForm(
        request.POST or None,
        proposal=found,
        least_days=_least_days(),
        initial={"question": _asked_of_staff(found)},
    )
    if request.method == "POST" and form.is_valid():
        actions.begin(proposal=found, **form.begun(), by=reader)
        return redirect("proposals:ballot", reference)
    page = {"proposal": found, "form": form, "refused": gate.can_begin(reader, found).reason}
    page |= {"title": _("Set up a vote of staff"), "button": _("Set it up and ask the scrutineer")}
    return render(request, "proposals/ballot/begin.html", page | {"back": _at("", found)})


@login_required
@VERB
def ballot_elsewhere(request: HttpRequest, reference: str) -> HttpResponse:
    """Enter the result of a vote that was held elsewhere."""
    found = of_my_team(request, reference)
    reader = signed_in(request)
    form = ElsewhereForm(
        request.POST or None,
        proposal=found,
        by=reader,
        initial={"question": _asked_of_staff(found)},
    )
    if request.method == "POST" and form.is_valid():
        actions.enter(proposal=found, **form.entered(), by=reader)
        return redirect("proposals:ballot_result", reference)
    page = {"proposal": found, "form": form, "refused": gate.can_enter(reader, found).reason}
    page |= {"title": _("Enter the result of a vote held elsewhere"), "button": _("Enter it")}
    page["lines"] = [
        _("It is judged as a vote held here is, and its answer may be no."),
        _("Add the certificate of whoever ran it to your documents: reviewers will ask for it."),
        _("If you entered one before, this takes its place."),
    ]
    return render(request, "proposals/verb.html", page | {"back": _at("", found)})


@login_required
@VERB
def ballot_change(request: HttpRequest, reference: str) -> HttpResponse:
    """Another question, or other days, before anybody has a code."""
    found, now = _mine(request, reference)
    form = ChangeForm(
        request.POST or None,
        least_days=_least_days(),
        initial={**dates_of(now), "seen": now.revision},
    )

    def change() -> None:
        actions.change(
            ballot=now, **form.planned(), seen=form.cleaned_data["seen"], by=signed_in(request)
        )

    words = {"title": _("Change the question or the days"), "button": _("Save")}
    return _verb(request, found, now, steps.CHANGE, form, change, **words)


@login_required
@VERB
def ballot_replace(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody else who runs it, at any time before it closes."""
    found, now = _mine(request, reference)
    form = ReplaceForm(
        request.POST or None,
        proposal=found,
        now=now.scrutineer_address,
        initial={"seen": now.revision},
    )

    def replace() -> None:
        actions.replace(ballot=now, **form.cleaned_data, by=signed_in(request))

    return _verb(
        request,
        found,
        now,
        steps.REPLACE,
        form,
        replace,
        title=_("Name another scrutineer"),
        button=_("Let them run it from now on"),
        lines=[
            _("The link of %(name)s ends at once.") % {"name": now.scrutineer_name},
            _("The roll, the codes and the votes stay as they are. Your team is told."),
        ],
    )


@login_required
@VERB
def ballot_call_off(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop it before it opens."""
    found, now = _mine(request, reference)
    form = CallOffForm(request.POST or None, initial={"seen": now.revision})

    def call_off() -> None:
        actions.call_off(ballot=now, **form.cleaned_data, by=signed_in(request))

    return _verb(
        request,
        found,
        now,
        steps.CALL_OFF,
        form,
        call_off,
        title=_("Call the vote off?"),
        button=_("Call the vote off"),
        warning=True,
        lines=[_("It counts neither as yes nor as no. You can set up another one.")],
    )


@login_required
@require_safe
def ballot_result(request: HttpRequest, reference: str) -> HttpResponse:
    """What came of the last vote that closed; hidden until then."""
    found = of_my_team(request, reference)
    last = gate.last_closed(found)
    page: dict[str, Any] = {
        "proposal": found,
        "ballot": last,
        "is_held": gate.live(found) is not None,
    }
    if last is not None:
        page |= result_words(last)
        page["again_on"] = gate.again_on(last)
        if not last.is_elsewhere:
            page["pdf"] = reverse("proposals:ballot_certificate", args=[reference, last.number])
    return render(request, "proposals/ballot/result.html", page)


@login_required
@require_safe
def ballot_certificate(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The certificate of a vote that closed, for its team and for officials who may read the case."""
    mine = Ballot.objects.visible_to(signed_in(request)).filter(
        status=Status.CLOSED, is_elsewhere=False
    )
    found = get_object_or_404(
        mine.select_related("result", "proposal__employer"),
        proposal__reference=reference,
        number=number,
    )
    standing = rules.standing(signed_in(request), found.proposal)
    if standing.member is None and standing.conflict is None:
        raise PermissionDenied(_("Say first whether you have a conflict of interest."))
    return certificate.download(found)


def result_words(ballot: Ballot) -> dict[str, Any]:
    """What a page says of a result, whoever reads it."""
    result = ballot.result
    return {
        "result": result,
        "measures": words.measures(result),
        "rules": words.rules_of(result),
        "verdict": words.verdict(result),
    }


def _mine(request: HttpRequest, reference: str) -> tuple[Proposal, Ballot]:
    """The vote that my team prepares or holds, or a 404."""
    found = of_my_team(request, reference)
    now = gate.live(found)
    if now is None:
        raise Http404
    now.proposal = found
    return found, now


def _verb(
    request: HttpRequest,
    found: Proposal,
    now: Ballot,
    step: Step,
    form: forms.Form,
    act: Any,
    **words: Any,
) -> HttpResponse:
    """The page of a verb of the lead: GET shows what it does, POST does it."""
    if request.method == "POST" and form.is_valid():
        act()
        return redirect("proposals:ballot", found.reference)
    answer = must_begin(step, signed_in(request), now)
    page = {"proposal": found, "form": form, "refused": answer.reason, "back": _at("", found)}
    return render(request, "proposals/verb.html", page | words)


def _at(name: str, found: Proposal) -> str:
    return reverse(f"proposals:ballot{name and '_'}{name}", args=[found.reference])


def _asked_of_staff(found: Proposal) -> str:
    """The question that the team says staff are asked, or ""."""
    typed = Section.objects.filter(proposal=found, key="staff").values_list("answers", flat=True)
    question: str = (typed.first() or {}).get("U8", "")
    return question


def _least_days() -> int:
    return SchemeVersion.objects.in_force(clock.today()).ballot_least_days
