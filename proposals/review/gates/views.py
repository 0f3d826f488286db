"""The pages of the gates of a case: all of them, and one with the facts beside its question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity import keyset
from activity.workflow import MovedOn
from proposals.draft.models import Gate, Proposal
from proposals.draft.questions import topic
from proposals.draft.shown import blocks, place_in_words, rows_of
from proposals.draft.views.finding import VERB
from proposals.review.finding import case_page
from proposals.review.gates import actions
from proposals.review.gates.facts import Fact, against, facts_of
from proposals.review.gates.forms import GateForm, StillForm
from proposals.review.gates.known import Known, known
from proposals.review.gates.models import GateResult
from proposals.review.gates.pointing import PAGES, Pointed, in_words, near
from proposals.review.gates.standing import Stands, gates_of, stands_of
from proposals.review.steps import as_reviewer
from proposals.review.views import case_words

# The button that confirms what was found on an earlier version.
STILL = "still"
NEWEST = ("-number",)


@case_page
@require_safe
def gates(request: HttpRequest, case: Proposal) -> HttpResponse:
    """How each gate stands."""
    version = case.versions.select_related("scheme").latest()
    shown = {"gates": gates_of(case, version), "is_open": _is_open(request, case)}
    page = case_words(request, case, "gates", version.number) | shown
    return render(request, "proposals/gates.html", page)


@dataclass(frozen=True)
class Drawn:
    """What the page of a gate is drawn from. page: of everything that was found on it, newest first."""

    known: Known
    stands: Stands
    facts: list[Fact]
    page: keyset.Page[GateResult]


@case_page
@VERB
def gate(request: HttpRequest, case: Proposal, key: str) -> HttpResponse:
    """A gate: its question with the facts beside it, its answer, and who thought what when."""
    results = case.gate_results.filter(gate=key.upper()).select_related("by", "version")
    page = keyset.page(results, NEWEST, request.GET.get("after"))
    drawn = _drawn(case, key, page)
    if request.method != "POST":
        return _page(request, drawn, _form(None, drawn))
    reader = signed_in(request)
    may = as_reviewer(reader, case)
    if not may:
        raise PermissionDenied(may.reason or _("A reviewer can do this."))
    if request.POST.get("press") == STILL:
        return _confirm(request, drawn)
    form = _form(request.POST, drawn)
    if not form.is_valid():
        return _page(request, drawn, form)
    try:
        actions.answer(proposal=case, gate=drawn.stands.gate.code, **form.given(), by=reader)
    except actions.Overtaken:
        return _overtaken(request, _drawn(case, key, keyset.page(results, NEWEST, None)))
    return redirect("proposals:gates", case.reference)


def _drawn(case: Proposal, key: str, page: keyset.Page[GateResult]) -> Drawn:
    about = known(case)
    asked = get_object_or_404(Gate.objects.of_scheme(about.version.scheme), code=key.upper())
    last = page.rows[0] if page.is_first and page.rows else _last(case, asked.code)
    stands = stands_of(case, asked, last, about.version)
    return Drawn(about, stands, facts_of(asked.code, about), page)


def _last(case: Proposal, code: str) -> GateResult | None:
    return case.gate_results.standing().filter(gate=code).first()


def _form(typed: QueryDict | None, drawn: Drawn) -> GateForm:
    last, code = drawn.stands.last, drawn.stands.gate.code
    return GateForm(
        typed,
        question=drawn.stands.gate.question,
        near=near(code, drawn.known),
        against=bool(against(drawn.facts)),
        initial={"seen": last.number if last else 0, "version": drawn.known.version.number},
    )


def _confirm(request: HttpRequest, drawn: Drawn) -> HttpResponse:
    """Find again what was found on an earlier version; or say why it was not kept."""
    case, stands = drawn.known.case, drawn.stands
    form = StillForm(request.POST)
    if not form.is_valid():
        raise MovedOn(case)
    pressed = {"gate": stands.gate.code, **form.cleaned_data}
    try:
        actions.confirm(proposal=case, **pressed, by=signed_in(request))
    except ValidationError as problem:
        messages.warning(request, problem.message)
        return redirect("proposals:gate", case.reference, stands.key)
    return redirect("proposals:gates", case.reference)


def _overtaken(request: HttpRequest, drawn: Drawn) -> HttpResponse:
    """The page with what somebody else saved meanwhile, and with what was typed here.

    Sent again from here, it follows theirs.
    """
    typed = request.POST.copy()
    typed["seen"] = str(drawn.stands.last.number if drawn.stands.last else 0)
    return _page(request, drawn, _form(typed, drawn), overtaken=True)


def _page(
    request: HttpRequest, drawn: Drawn, form: GateForm, *, overtaken: bool = False
) -> HttpResponse:
    case, version = drawn.known.case, drawn.known.version
    last = drawn.stands.last
    is_open = _is_open(request, case)
    rests_on = in_words(drawn.known, _marks([*drawn.page.rows, *([last] if last else [])]))
    is_confirmable = (
        drawn.stands.is_stale and last and actions.can_confirm(last, against(drawn.facts))
    )
    shown = {
        "stands": drawn.stands,
        "facts": drawn.facts,
        "beside": _beside(drawn),
        "form": form if is_open else None,
        "may_confirm": is_open and is_confirmable and not overtaken,
        "still": StillForm(initial=form.initial),
        "overtaken": overtaken,
        "page": drawn.page,
        "rows": [(row, _rests_on(row, rests_on)) for row in drawn.page.rows],
    }
    page = case_words(request, case, "gates", version.number) | shown
    return render(request, "proposals/gate.html", page, status=409 if overtaken else 200)


def _is_open(request: HttpRequest, case: Proposal) -> bool:
    """Whether the reader may answer gates of the case now."""
    return bool(as_reviewer(signed_in(request), case)) and case.status in actions.ANSWERED_IN


def _marks(rows: list[GateResult]) -> list[tuple[int, str]]:
    return [(row.version.number, mark) for row in rows for mark in row.points_at]


def _rests_on(row: GateResult, words: dict[tuple[int, str], Pointed]) -> list[Pointed]:
    return [words[row.version.number, mark] for mark in row.points_at]


def _beside(drawn: Drawn) -> list[tuple[str, list[dict[str, Any]]]]:
    """The answers that a gate is about, each page by its words, as blocks."""
    typed = drawn.known.typed
    found = []
    for section, key in PAGES[drawn.stands.gate.code]:
        about = topic(section)
        if about and (page := about.page(key)):
            form = page.form(data=typed.get(section, {}), beside=typed)
            found.append((place_in_words(section, key), blocks(rows_of([(page, form)]))))
    return found
