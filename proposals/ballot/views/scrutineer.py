"""The pages of a scrutineer, who has a link and no account: the roll, the codes, the letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activity import clock, links
from activity.actors import LinkHolder
from activity.forms import SeenForm
from activity.workflow import Step, must_begin
from proposals.ballot import actions, certificate, letters, shown, steps
from proposals.ballot.forms import CallOffForm, RollForm, ShownForm
from proposals.ballot.models import LIVE, SCRUTINEER, Ballot, RollEntry, Status
from proposals.ballot.views.team import result_words
from proposals.draft.models import SchemeVersion
from proposals.draft.views.finding import VERB

# Of a roll so many are shown, to see that the file was read as it was meant.
SHOWN = 10


@VERB
@links.link_page(SCRUTINEER)
def scrutineer(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked of a scrutineer; with proof, what is done and what comes next."""
    holder, found = _run_by(request)
    if request.method == "POST":
        return redirect(request.path)  # the button of the link, pressed twice
    page: dict[str, Any] = {"ballot": found, "token": token, "proved": holder.proved}
    if holder.proved:
        numbers = shown.numbers(found)
        addresses = {name: _at(name, token) for name in _pages_of(found, numbers)}
        page["lines"] = shown.lines(found, numbers, addresses)
        is_ready = found.status == Status.READY
        page["why_not"] = steps.can_open(holder, found).reason if is_ready else ""
        page["call_off"] = _at("call_off", token) if _is_live(found) else ""
        failed = RollEntry.objects.visible_to(holder).not_delivered()
        page["failed"] = list(failed.filter(ballot=found)[:SHOWN])
        page["letters"] = _at("letters", token)
        if found.status == Status.CLOSED:
            page |= result_words(found)
            page["pdf"] = _at("certificate", token)
    return render(request, "proposals/ballot/scrutineer.html", page)


@VERB
@links.link_page(SCRUTINEER, proof=True)
def scrutineer_roll(request: HttpRequest, token: str) -> HttpResponse:
    """Upload the roll; what was read is shown before it counts."""
    holder, found = _run_by(request)
    least = SchemeVersion.objects.in_force(clock.today()).ballot_least_roll
    is_upload = request.method == "POST" and "shown" not in request.POST
    form = RollForm(request.POST if is_upload else None, request.FILES or None, least=least)
    check = ShownForm(request.POST if request.method == "POST" and not is_upload else None)
    if is_upload and form.is_valid():
        actions.keep_roll(ballot=found, voters=form.cleaned_data["roll"], by=holder)
        return redirect("proposals:scrutineer_roll", token)
    if check.is_bound and check.is_valid():
        actions.check_roll(ballot=found, **check.cleaned_data, by=holder)
        return redirect("proposals:scrutineer", token)
    entries = list(RollEntry.objects.visible_to(holder).filter(ballot=found).order_by("pk"))
    page = {
        "ballot": found,
        "form": form,
        "least": least,
        "check": ShownForm(initial={"shown": actions.mark_of(entries)}),
        "entries": entries[:SHOWN],
        "count": len(entries),
        "letters": sum(not entry.address for entry in entries),
        "groups": sorted(Counter(entry.group for entry in entries).items()),
        "is_open": found.status == Status.PREPARING,
        "back": _at("", token),
    }
    return render(request, "proposals/ballot/roll.html", page)


@VERB
@links.link_page(SCRUTINEER, proof=True)
def scrutineer_codes(request: HttpRequest, token: str) -> HttpResponse:
    """Make everybody's code, or all of them anew."""
    _holder, found = _run_by(request)
    lines = [
        _("Each person gets one, made at random. We keep only a fingerprint of it, with no name."),
        _("The question, the days and the roll cannot be changed after that."),
    ]
    if found.batch:
        lines = [
            _("Every code that was made before stops working. Letters that were printed are void."),
        ]
    return _step_page(
        request,
        token,
        steps.CODES,
        actions.make_codes,
        title=_("Make all codes anew?") if found.batch else _("Make the codes?"),
        button=_("Make all codes anew") if found.batch else _("Make the codes"),
        warning=bool(found.batch),
        lines=lines,
    )


@VERB
@links.link_page(SCRUTINEER, proof=True)
def scrutineer_letters(request: HttpRequest, token: str) -> HttpResponse:
    """Which letters to print; and that they were printed."""
    holder, found = _run_by(request)
    roll = RollEntry.objects.visible_to(holder).filter(ballot=found)
    waiting = actions.next_letters(roll)
    form = ShownForm(request.POST or None, initial={"shown": actions.mark_of(waiting)})
    if request.method == "POST" and form.is_valid():
        actions.note_printed(ballot=found, **form.cleaned_data, by=holder)
        return redirect("proposals:scrutineer_letters", token)
    page = {
        "ballot": found,
        "form": form,
        "waiting": waiting[:SHOWN],
        "count": len(waiting),
        "later": roll.to_print().count() - len(waiting),
        "pdf": _at("letters_pdf", token),
        "back": _at("", token),
    }
    return render(request, "proposals/ballot/letters.html", page)


@require_safe
@links.link_page(SCRUTINEER, proof=True)
def scrutineer_letters_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The letters, one a page: made for this download and kept nowhere."""
    holder, found = _run_by(request)
    waiting = actions.next_letters(RollEntry.objects.visible_to(holder).filter(ballot=found))
    if not waiting:
        raise Http404
    return letters.download(found, waiting)


@VERB
@links.link_page(SCRUTINEER, proof=True)
def scrutineer_open(request: HttpRequest, token: str) -> HttpResponse:
    """Open the vote, and have the mails sent."""
    least = SchemeVersion.objects.in_force(clock.today()).ballot_least_days
    return _step_page(
        request,
        token,
        steps.OPEN,
        actions.open_,
        title=_("Open the vote?"),
        button=_("Open the vote"),
        lines=[
            _("Everybody with an e-mail address is mailed their code now."),
            _(
                "It stays open until the planned time, and for %(days)d days at least. Then it "
                "closes by itself. Nobody sees how it goes before that, you included."
            )
            % {"days": least},
        ],
    )


@VERB
@links.link_page(SCRUTINEER, proof=True)
def scrutineer_close(request: HttpRequest, token: str) -> HttpResponse:
    """Close and count a vote whose time is past, where the portal has not done it yet."""
    return _step_page(
        request,
        token,
        steps.CLOSE,
        actions.close,
        title=_("Close the vote and count?"),
        button=_("Close the vote and count"),
        lines=[_("Its time is past. The portal does this by itself; you need not wait for it.")],
    )


@VERB
@links.link_page(SCRUTINEER, proof=True)
def scrutineer_call_off(request: HttpRequest, token: str) -> HttpResponse:
    """Stop it without a result, for instance because something went wrong."""
    return _step_page(
        request,
        token,
        steps.CALL_OFF,
        actions.call_off,
        form_class=CallOffForm,
        title=_("Call the vote off?"),
        button=_("Call the vote off"),
        warning=True,
        lines=[
            _("It counts neither as yes nor as no, and what was voted so far is deleted."),
            _("The team is told, and can set up another one."),
        ],
    )


@require_safe
@links.link_page(SCRUTINEER, proof=True)
def scrutineer_certificate(request: HttpRequest, token: str) -> HttpResponse:
    """The certificate, once the vote has closed."""
    _holder, found = _run_by(request)
    if found.status != Status.CLOSED:
        raise Http404
    return certificate.download(found)


def _step_page(
    request: HttpRequest,
    token: str,
    step: Step,
    action: Callable[..., object],
    *,
    form_class: type[forms.Form] = SeenForm,
    **words: Any,
) -> HttpResponse:
    """The page of a step: GET shows what it does, POST does it."""
    holder, found = _run_by(request)
    form = form_class(request.POST or None, initial={"seen": found.revision})
    if request.method == "POST" and form.is_valid():
        action(ballot=found, **form.cleaned_data, by=holder)
        return redirect("proposals:scrutineer", token)
    answer = must_begin(step, holder, found)
    page = {"proposal": found.proposal, "form": form, "refused": answer.reason}
    return render(request, "proposals/verb.html", page | {"back": _at("", token)} | words)


def _run_by(request: HttpRequest) -> tuple[LinkHolder, Ballot]:
    """Who holds the link, and the vote that they run; 404 for any other, and once replaced."""
    holder: LinkHolder = request.holder  # type: ignore[attr-defined]  # set by link_page
    mine = Ballot.objects.visible_to(holder).select_related("proposal__employer", "result")
    return holder, get_object_or_404(mine)


def _pages_of(ballot: Ballot, found: shown.Numbers) -> list[str]:
    """The verbs that have something to do or to show where the vote stands."""
    letters = ["letters"] if found.letters or found.not_delivered else []
    where = {
        Status.PREPARING: ["roll", "codes"],
        Status.READY: ["codes", *letters, "open"],
        Status.OPEN: [*letters, *(["close"] if ballot.is_over_time else [])],
    }
    return where.get(Status(ballot.status), [])


def _is_live(ballot: Ballot) -> bool:
    return ballot.status in LIVE


def _at(name: str, token: str) -> str:
    return reverse(f"proposals:scrutineer{name and '_'}{name}", args=[token])
