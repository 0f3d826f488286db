"""The pages of the chain, and the letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.people import signed_in
from activity import keyset
from activity.forms import SeenForm
from activity.workflow import Step
from proposals.ballot import told
from proposals.decision import actions, gated, rules, steps
from proposals.decision.exempt import rules as exempt
from proposals.decision.exempt.steps import CONFIRM_EXEMPT
from proposals.decision.forms import AnswerRecallForm, AskRecallForm, RecommendForm, SendBackForm
from proposals.decision.models import Decision, Recommendation
from proposals.draft.models import Exemption, Proposal, Status, Withdrawal
from proposals.draft.promises import promised_in
from proposals.draft.rules import official
from proposals.draft.views.finding import VERB, Move, moves, of_my_team, verb_page
from proposals.employer import hearing, silence
from proposals.employer.actions import escalation_of
from proposals.employer.models import Heard
from proposals.money.results import result_words
from proposals.review import history, triage
from proposals.review.case_requests import sent_words
from proposals.review.finding import case_page
from proposals.review.gates.standing import found_so_far, gates_of, in_short
from proposals.review.steps import ASK_CHANGES, RETURN_INCOMPLETE
from proposals.review.views import case_words, clock_words


@case_page
@require_safe
def case(request: HttpRequest, case: Proposal) -> HttpResponse:
    """State, clock, the version, the moves, what is recommended, and what has happened."""
    versions: Any = case.versions.select_related("scheme").annotate(gates=found_so_far())
    version = versions.latest()
    page = keyset.merged(history.parts(case), history.ORDER, request.GET.get("after"))
    shown = {
        "version": version,
        "advice": _advice(case),
        "withdrawal": _withdrawal(case),
        "moves": sorted(_ways_on(request, case), key=_is_a_way_back),
        **_exemption_words(request, case),
        "of_one_service": triage.noted(case),
        "gates": in_short(case, version, version.gates),
        "page": page,
        "entries": history.entries(page.rows),
        "silence": _silence(case),
        "promised": promised_in(version),
        "vote": told.in_words(case.vote),  # type: ignore[attr-defined]  # read along
        **result_words(version.content["sections"].get("money", {}), version.scheme),
        **clock_words(case, version.scheme),
        **sent_words(case),
    }
    head = case_words(request, case, "case", version.number)
    return render(request, "proposals/case.html", head | shown)


def _ways_on(request: HttpRequest, case: Proposal) -> list[Move]:
    """The steps that lead on; that the service is exempt is answered where that is shown."""
    return [move for move in moves(request, case)[0] if move.name != CONFIRM_EXEMPT.name]


def _exemption_words(request: HttpRequest, case: Proposal) -> dict[str, Any]:
    """That the service is exempt, or proposed to be, and whether its reader may propose it."""
    reader, asked = signed_in(request), exempt.open_exemption(case)
    return {
        "exemption": asked or exempt.exemption_of(case),
        "may_answer": asked is not None and exempt.can_answer(reader, case),
        "may_exempt": not asked and case.status in exempt.FROM and exempt.can_propose(reader, case),
    }


def _is_a_way_back(move: Move) -> bool:
    """Whether a move gives the case back to its team: offered after those that lead on."""
    return move.name in (ASK_CHANGES.name, RETURN_INCOMPLETE.name)


@case_page
@VERB
def recommend(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Which way, with the reasons or conditions it needs."""
    version = case.versions.select_related("scheme").latest()
    heard = hearing.heard(case)
    seen = {"seen": case.revision, "heard": heard.value}
    gates = gates_of(case, version)
    form = RecommendForm(request.POST or None, initial=seen, scheme=version.scheme, gates=gates)
    return verb_page(
        request,
        case,
        steps.RECOMMEND,
        form,
        actions.recommend,
        then=_case(case),
        template="proposals/recommend.html",
        title=_("Recommend"),
        back=_case(case),
        version=version,
        unheard=hearing.BEFORE.get(heard, ""),
        reasons=form.reasons,
        conditions=form.conditions,
        gates=gates,
        ways=gated.ways(gates),
        **result_words(version.content["sections"].get("money", {}), version.scheme),
    )


def _plain(
    request: HttpRequest, case: Proposal, step: Step, action: Callable[..., object], **words: Any
) -> HttpResponse:
    """A link of the chain that needs a press only, with the recommendation in view."""
    form = SeenForm(request.POST or None, initial={"seen": case.revision})
    return _link(request, case, step, form, action, **words)


def _link(
    request: HttpRequest,
    case: Proposal,
    step: Step,
    form: forms.Form,
    action: Callable[..., object],
    *,
    template: str = "proposals/chain.html",
    **words: Any,
) -> HttpResponse:
    advice = _advice(case)
    return verb_page(
        request,
        case,
        step,
        form,
        action,
        then=_case(case),
        template=template,
        back=_case(case),
        advice=advice,
        gates=gates_of(case, advice.version) if advice else [],
        **words,
    )


@case_page
@VERB
def countersign(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Agree, as the second person."""
    return _plain(
        request,
        case,
        steps.COUNTERSIGN,
        actions.countersign,
        title=_("Countersign this recommendation?"),
        other=reverse("proposals:send_back", args=[case.reference]),
        other_words=_("Send it back instead"),
    )


@case_page
@VERB
def send_back(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Do not agree, and say why."""
    form = SendBackForm(request.POST or None, initial={"seen": case.revision})
    title = _("Send the recommendation back?")
    return _link(request, case, steps.SEND_BACK, form, actions.send_back, title=title)


@case_page
@VERB
def decide(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Decide as recommended and countersigned, as the third person."""
    return _plain(
        request,
        case,
        steps.DECIDE,
        actions.decide,
        title=_("Decide as recommended?"),
        other=reverse("proposals:send_back", args=[case.reference]),
        other_words=_("Send it back instead"),
    )


@case_page
@VERB
def release(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Send the letter: the outcome becomes known."""
    return _plain(
        request,
        case,
        steps.RELEASE,
        actions.release,
        title=_("Release the letter?"),
        lines=[_("The team is told at once. After that the decision cannot be taken back.")],
        other=reverse("proposals:case_letter", args=[case.reference]),
        other_words=_("Read the letter first"),
        warning=True,
    )


@case_page
@VERB
def recall(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Ask for a decision to be taken back, or answer whoever asks, as the second person."""
    asked = rules.open_recall(case)
    # An answer stays one, though its request was answered meanwhile: "no" must never ask anew.
    is_answer = asked is not None or "asked" in request.POST
    if not is_answer and case.status == Status.DECIDED:
        return _ask_recall(request, case)
    refusing = request.POST.get("press") == "refuse"
    form = AnswerRecallForm(
        request.POST or None,
        refusing=refusing,
        initial={"seen": case.revision, "asked": asked.pk if asked else None},
    )
    return _link(
        request,
        case,
        steps.RECALL,
        form,
        actions.refuse_recall if refusing else actions.recall,
        template="proposals/recall.html",
        title=_("Take the decision back?"),
        quote=asked.reason if asked else "",
        lines=[_("It awaits a decision again. Nothing has left the office.")],
    )


def _ask_recall(request: HttpRequest, case: Proposal) -> HttpResponse:
    if not official(signed_in(request), case, Role.DECISION_MAKER):
        raise PermissionDenied(_("A decision maker can do this."))
    form = AskRecallForm(request.POST or None, initial={"seen": case.revision})
    if request.method == "POST" and form.is_valid():
        actions.ask_recall(proposal=case, **form.cleaned_data, by=signed_in(request))
        return redirect("proposals:case", case.reference)
    page = {
        "title": _("Ask to take the decision back"),
        "form": form,
        "button": _("Ask another decision maker to agree"),
        "back": _case(case),
        "proposal": case,
        "lines": [_("The letter cannot be released until another decision maker has answered.")],
    }
    return render(request, "proposals/verb.html", page)


@case_page
@require_safe
def case_letter(request: HttpRequest, case: Proposal) -> HttpResponse:
    """The letter as its reader will see it."""
    if exemption := exempt.exemption_of(case):
        return _exempt_letter(request, case, exemption, _case(case), preview=True)
    advice = _advice(case)
    if advice is None:
        raise Http404
    page = {"preview": True, "back": _case(case)} | letter_words(case, advice)
    return render(request, "proposals/letter.html", page)


@login_required
@require_safe
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """The decision, for the team, once it is released; or that the service is exempt."""
    found = of_my_team(request, reference)
    back = reverse("proposals:proposal", args=[found.reference])
    if exemption := exempt.exemption_of(found):
        return _exempt_letter(request, found, exemption, back)
    released = found.decisions.released().select_related(
        "by", "recommendation__version__scheme", "recommendation__by"
    )
    decision = released.first()
    if decision is None:
        raise Http404
    page = letter_words(found, decision.recommendation, decision)
    return render(request, "proposals/letter.html", page | {"back": back})


def _exempt_letter(
    request: HttpRequest,
    found: Proposal,
    exemption: Exemption,
    back: str,
    *,
    preview: bool = False,
) -> HttpResponse:
    page = {"proposal": found, "exemption": exemption, "back": back, "preview": preview}
    return render(request, "proposals/exempt_letter.html", page)


def letter_words(
    found: Proposal, advice: Recommendation, decision: Decision | None = None
) -> dict[str, Any]:
    """What the letter says, from the frozen version and the chain."""
    version = advice.version
    standing = decision or rules.standing_decision(found)
    return {
        "proposal": found,
        "advice": advice,
        "decision": standing,
        "version": version,
        "reasons": advice.grounds(),
        "conditions": advice.conditions.all(),
        "unheard": hearing.IN_THE_LETTER.get(Heard(advice.heard), ""),
        **result_words(version.content["sections"].get("money", {}), version.scheme),
    }


def _withdrawal(case: Proposal) -> Withdrawal | None:
    """Why the team stopped it, if it did."""
    is_stopped = case.status == Status.WITHDRAWN
    return Withdrawal.objects.filter(proposal=case).first() if is_stopped else None


def _silence(case: Proposal) -> str:
    """How it stands with an employer that let its day pass; "" for any other."""
    return silence.for_officials(case, escalation_of(case)) if silence.is_over(case) else ""


def _advice(case: Proposal) -> Recommendation | None:
    return rules.standing_recommendation(case)


def _case(case: Proposal) -> str:
    return reverse("proposals:case", args=[case.reference])
