"""The certificate of a vote: made from its frozen result, the same bytes each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from activity import printed
from activity.dates import moment_in_words
from proposals.ballot import words
from proposals.ballot.models import Ballot, Result

TEMPLATE = Path(__file__).with_name("certificate.typ")


def download(ballot: Ballot) -> HttpResponse:
    """The certificate as a PDF."""
    return printed.download(made(ballot), f"{ballot.reference}-certificate.pdf")


def made(ballot: Ballot) -> bytes:
    """The PDF of a vote that closed."""
    with override("en-gb"):
        return printed.made(TEMPLATE, facts_of(ballot), at=ballot.result.closed_at)


def facts_of(ballot: Ballot) -> dict[str, Any]:
    """What the certificate says. Of people it names the scrutineer and nobody else."""
    result = ballot.result
    facts = {
        "title": _("Certificate of a vote of staff"),
        "caption": ballot.reference,
        "question": ballot.question,
        "head": [
            [_("Service"), ballot.proposal.title],
            [_("Employer"), str(ballot.proposal.employer)],
            [_("Run by"), ballot.scrutineer_name],
            [_("Open from"), moment_in_words(ballot.opened_at or ballot.opens_at)],
            [_("Closed"), moment_in_words(ballot.closes_at)],
        ],
        "counts": [[name, f"{number:,}"] for name, number in counts(result)],
        "measures": [list(each) for each in words.measures(result)],
        "rules": words.rules_of(result),
        "verdict": words.verdict(result),
        "groups": groups(result),
        "secrecy_title": _("How the vote was kept secret"),
        "secrecy": [
            _("Each person on the roll got one code, made at random, that worked once."),
            _("Codes were kept as fingerprints without names, and deleted when they were used."),
            _(
                "Votes were kept with no name, no code and no time. At each vote all votes were "
                "written anew in random order."
            ),
            _("Nobody, the scrutineer included, could see how it went before it closed."),
            _("Numbers of groups of staff are told only where they show nobody's vote."),
        ],
    }
    found: dict[str, Any] = printed.readable_facts(facts)
    return found


def counts(result: Result) -> list[tuple[str, int]]:
    """The numbers of a result, by their names."""
    return [
        (_("Could vote"), result.eligible),
        (_("Voted"), result.cast),
        (_("Yes"), result.votes_for),
        (_("No"), result.votes_against),
        (_("Left blank"), result.votes_blank),
    ]


def groups(result: Result) -> dict[str, Any]:
    """The groups that may be told, as the head and rows of a table; {} where none may."""
    if not result.groups:
        return {}
    keys = ("eligible", "cast", "votes_for", "not_for")
    return {
        "head": [_("Group"), _("Could vote"), _("Voted"), _("Yes"), _("No or blank")],
        "rows": [[row["name"], *(str(row[key]) for key in keys)] for row in result.groups],
    }
