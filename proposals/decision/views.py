"""The pages of the chain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.people import signed_in
from activity import keyset
from activity.dates import in_words
from activity.forms import SeenForm
from activity.workflow import Step
from proposals.ballot import told
from proposals.decision import actions, deferring, gated, precedents, releasing, rules, steps
from proposals.decision.exempt import rules as exempt
from proposals.decision.exempt.steps import CONFIRM_EXEMPT
from proposals.decision.forms import (
    NOW,
    ON_A_DAY,
    AnswerRecallForm,
    AskRecallForm,
    DeferForm,
    RecommendForm,
    ReleaseForm,
    SendBackForm,
)
from proposals.decision.models import Recommendation
from proposals.draft.models import Proposal, SchemeVersion, Status, Withdrawal
from proposals.draft.promises import promised_in
from proposals.draft.rules import official
from proposals.draft.views.finding import VERB, Move, moves, verb_page
from proposals.employer import hearing, silence
from proposals.employer.actions import escalation_of
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
        "timed": _timed(case),
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
    found = asked or exempt.exemption_of(case)
    return {
        "exemption": found,
        "may_take_back": asked is not None and asked.asked_by_id == reader.pk,
        "may_look": found is not None and not asked and exempt.can_propose(reader, case),
        "may_answer": asked is not None and exempt.can_answer(reader, case),
        "may_exempt": not asked and case.status in exempt.FROM and exempt.can_propose(reader, case),
    }


def _is_a_way_back(move: Move) -> bool:
    """Whether a move gives the case back: offered after those that lead on."""
    back = (ASK_CHANGES, RETURN_INCOMPLETE, steps.SEND_BACK, steps.DEFER, steps.RECALL)
    return move.name in {step.name for step in back}


@case_page
@require_safe
def case_similar(request: HttpRequest, case: Proposal) -> HttpResponse:
    """What was decided of like services, as far as the reader may know."""
    shown = {"precedents": precedents.of_like_services(case, signed_in(request))}
    head = case_words(request, case, "similar")
    return render(request, "proposals/case_similar.html", head | shown)


@case_page
@VERB
def recommend(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Which way, with the reasons or conditions it needs."""
    version = case.versions.select_related("scheme").latest()
    heard = hearing.heard(case)
    seen = {"seen": case.revision, "heard": heard.value}
    gates = gates_of(case, version)
    form = RecommendForm(
        request.POST or None, initial=seen, proposal=case, scheme=version.scheme, gates=gates
    )
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
    """Send the letters, now or on a day: the outcome becomes known."""
    ordered = rules.standing_decision(case)
    day = ordered.release_on if ordered else None
    form = ReleaseForm(
        request.POST or None,
        scheme=_scheme(case),
        ordered=day,
        initial={
            "seen": case.revision,
            "shown": releasing.shown(ordered),
            "when": ON_A_DAY if day else NOW,
            "release_on": day,
        },
    )
    is_now = request.POST.get("when") == NOW
    return _link(
        request,
        case,
        steps.RELEASE,
        form,
        actions.release if is_now else releasing.order_release,
        title=_("Release the letters?"),
        lines=[
            *_timed(case),
            _("Team and employer are told then. After that the decision cannot be taken back."),
        ],
        button=_("Confirm"),
        other=reverse("proposals:case_letter", args=[case.reference]),
        other_words=_("Read both letters first"),
        warning=True,
    )


@case_page
@VERB
def defer(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Ask the team once more, in place of deciding: what is missing, why, and by when."""
    seen = {"seen": case.revision}
    form = DeferForm(request.POST or None, scheme=_scheme(case), initial=seen)
    return _link(
        request,
        case,
        steps.DEFER,
        form,
        deferring.defer,
        template="proposals/defer.html",
        title=_("Ask the team once more?"),
        asks=form.asks,
    )


def _timed(case: Proposal) -> list[str]:
    """That the letters go out by themselves, or why they do not; nothing where no day is set."""
    decision = rules.standing_decision(case) if case.status == Status.DECIDED else None
    if decision is None or decision.release_on is None:
        return []
    told = {"day": in_words(decision.release_on), "who": decision.ordered_by}
    if rules.may_order_still(case):
        said = _("The letters go out in the morning of %(day)s, as %(who)s ordered.")
    else:
        said = _(
            "The letters were ordered for %(day)s, and do not go out by themselves: %(who)s, who "
            "ordered it, can release them no longer. Somebody else releases them."
        )
    return [said % told]


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


def _withdrawal(case: Proposal) -> Withdrawal | None:
    """Why the team stopped it, if it did."""
    is_stopped = case.status == Status.WITHDRAWN
    return Withdrawal.objects.filter(proposal=case).first() if is_stopped else None


def _silence(case: Proposal) -> str:
    """How it stands with an employer that let its day pass; "" for any other."""
    return silence.for_officials(case, escalation_of(case)) if silence.is_over(case) else ""


def _advice(case: Proposal) -> Recommendation | None:
    return rules.standing_recommendation(case)


def _scheme(case: Proposal) -> SchemeVersion:
    """The scheme that a case is decided by: of the version that was recommended on."""
    advice = _advice(case)
    version = advice.version if advice else case.versions.select_related("scheme").latest()
    return version.scheme


def _case(case: Proposal) -> str:
    return reverse("proposals:case", args=[case.reference])
