"""Letters with codes, for voters without an e-mail address: made when asked for, and never kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from activity import printed
from activity.dates import moment_in_words
from proposals.ballot import codes, words
from proposals.ballot.models import Ballot, RollEntry

TEMPLATE = Path(__file__).with_name("letters.typ")


def download(ballot: Ballot, entries: Sequence[RollEntry]) -> HttpResponse:
    """The letters to these voters as a PDF, one a page. entries: with their sealed codes."""
    with override("en-gb"):
        data = printed.made(TEMPLATE, facts_of(ballot, entries), at=ballot.status_at)
    response = printed.download(data, f"{ballot.reference}-letters.pdf")
    response["Cache-Control"] = "no-store"
    return response


def facts_of(ballot: Ballot, entries: Sequence[RollEntry]) -> dict[str, Any]:
    """What the letters say. A voter's name is on the letter alone, so that it can be handed out."""
    proposal = ballot.proposal
    facts = {
        "title": _("A vote of staff"),
        "about": _("%(service)s, %(employer)s")
        % {"service": proposal.title, "employer": proposal.employer},
        "question": ballot.question,
        "when": _("You can vote from %(opens)s to %(closes)s.")
        % {
            "opens": words.day(ballot.opened_at or ballot.opens_at),
            "closes": moment_in_words(ballot.closes_at),
        },
        "how": _("Open this address and type your code:"),
        "address": f"{settings.PORTAL_URL}{reverse('proposals:vote_code')}",
        "secret": [
            _("Your code works once. Nobody can vote twice, and nobody can vote for you."),
            _(
                "Your vote is not kept with your name or your code. Neither your colleagues nor "
                "your employer nor the scrutineer can find out how you voted."
            ),
            _("You are free to vote yes or no, to leave it blank, or not to vote."),
        ],
        "run_by": _("The vote is run by %(name)s.") % {"name": ballot.scrutineer_name},
        "letters": [
            {
                "to": " – ".join(filter(None, [entry.name, entry.group])),
                "code": codes.grouped(codes.unseal(bytes(entry.code.sealed), entry.pk)),
            }
            for entry in entries
        ],
    }
    readable: dict[str, Any] = printed.readable_facts(facts)
    return readable
