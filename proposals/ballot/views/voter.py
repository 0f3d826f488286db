"""Pages of a voter, who is nobody here: no session, no name, no line in a log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from activity import clock
from proposals.ballot import codes, voting, words
from proposals.ballot.forms import CodeForm, VoteForm
from proposals.ballot.models import Ballot, Status, VotingCode
from proposals.draft.views.finding import VERB


@VERB
def vote_code(request: HttpRequest) -> HttpResponse:
    """Type the code of a letter."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("proposals:vote", form.cleaned_data["code"])
    return render(request, "proposals/ballot/code.html", {"form": form})


@VERB
def vote(request: HttpRequest, code: str) -> HttpResponse:
    """The question and one choice. Reading it changes nothing; the button votes."""
    code = codes.read(code)
    if request.method == "POST":
        form = VoteForm(request.POST)
        if form.is_valid():
            return _cast(request, code, form.cleaned_data["choice"])
    else:
        form = VoteForm()
    found = VotingCode.objects.filter(code_hash=codes.hashed(code)).select_related(
        "ballot__proposal__employer"
    )
    known = found.first()
    if known is None or not known.ballot.takes_votes(clock.now()):
        return _no_vote(request, known.ballot if known else _of_tag(code))
    page = {"form": form, "ballot": known.ballot, **words.dates(known.ballot)}
    return render(request, "proposals/ballot/vote.html", page)


def _cast(request: HttpRequest, code: str, choice: str) -> HttpResponse:
    try:
        voting.cast(code=code, choice=choice)
    except voting.NotACode:
        return _no_vote(request, _of_tag(code))
    except voting.NotOpen as closed:
        return _no_vote(request, closed.ballot)
    return redirect("proposals:voted")


def _of_tag(code: str) -> Ballot | None:
    """The vote that a code was for which is there no longer."""
    return Ballot.objects.filter(tag=code[: codes.TAG]).first() if code else None


def _no_vote(request: HttpRequest, ballot: Ballot | None) -> HttpResponse:
    """Why nobody can vote with this code now; of a vote that is open, only that it is not known."""
    status = ballot.status if ballot is not None else ""
    is_closed = ballot is not None and (status == Status.CLOSED or ballot.is_over_time)
    shown = {
        "ballot": ballot,
        "is_early": status in (Status.PREPARING, Status.READY),
        "is_closed": is_closed,
        "is_off": status == Status.CALLED_OFF,
        **(words.dates(ballot) if ballot is not None else {}),
    }
    told = is_closed or shown["is_early"] or shown["is_off"]
    return render(request, "proposals/ballot/no_vote.html", shown, status=200 if told else 404)


@require_safe
def voted(request: HttpRequest) -> HttpResponse:
    """Thanks. Whoever opens this page reads the same."""
    return render(request, "proposals/ballot/voted.html")
