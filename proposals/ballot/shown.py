"""What pages show of a vote: what is done, what comes next, and numbers that tell on nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.dates import moment_in_words
from proposals.ballot import words
from proposals.ballot.models import Ballot, RollEntry, Status, Vote

# Fewer votes than this are not told while people vote: who has just come in could be known.
LEAST_TOLD = 10


@dataclass(frozen=True)
class Numbers:
    """How many codes have left, how many mails failed for good, how many letters are to print.

    voted: None while it is not told.
    """

    sent: int
    not_delivered: int
    letters: int
    voted: int | None


@dataclass(frozen=True)
class Line:
    """One task of a vote. state: done, next or later. address: where it is done, or ""."""

    title: str
    hint: str
    state: str
    address: str = ""


def numbers(ballot: Ballot) -> Numbers:
    """The numbers of a vote, in one query. Nobody's name comes with them."""
    roll = RollEntry.objects.filter(ballot=OuterRef("pk"))
    found = Ballot.objects.annotate(
        sent=_count(roll.filter(is_sent=True)),
        failed=_count(roll.not_delivered()),
        letters=_count(roll.filter(address="", is_sent=False)),
        voted=_count(Vote.objects.filter(ballot=OuterRef("pk"))),
    )
    sent, failed, letters, voted = found.values_list("sent", "failed", "letters", "voted").get(
        pk=ballot.pk
    )
    return Numbers(sent, failed, letters, voted if voted >= LEAST_TOLD else None)


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("ballot").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def lines(ballot: Ballot, found: Numbers, addresses: Mapping[str, str]) -> list[Line]:
    """The tasks of a vote in their order. addresses: of those that the reader can do."""
    is_counted = ballot.status == Status.CLOSED
    has_voted = is_counted or ballot.is_over_time
    has_roll = ballot.roll_checked_at is not None
    has_codes = ballot.batch > 0
    is_printed = has_codes and not found.letters
    done = (True, True, has_roll, has_codes, is_printed, has_voted, is_counted)
    told = (
        ("change", _("Question and days"), _period(ballot)),
        ("replace", _("Scrutineer"), ballot.scrutineer_name),
        ("roll", _("Roll of who may vote"), _roll(ballot)),
        ("codes", _("Codes"), _codes(ballot, found)),
        ("letters", _("Letters for those without an address"), _letters(ballot, found)),
        ("open", _("Voting"), _voting(ballot, found)),
        ("close", _("Result"), _("It is hidden from everybody until the vote closes.")),
    )
    first = next((number for number, is_done in enumerate(done) if not is_done), len(done))
    return [
        Line(
            title,
            hint,
            "done" if done[number] else "next" if number == first else "later",
            addresses.get(key, "") if number <= first else "",
        )
        for number, (key, title, hint) in enumerate(told)
    ]


def _period(ballot: Ballot) -> str:
    return _("From %(opens)s to %(closes)s") % {
        "opens": words.day(ballot.opened_at or ballot.opens_at),
        "closes": moment_in_words(ballot.closes_at),
    }


def _roll(ballot: Ballot) -> str:
    if not ballot.on_roll:
        return _("The scrutineer uploads it, and nobody else sees it.")
    said = ngettext("%(n)d person may vote.", "%(n)d people may vote.", ballot.on_roll)
    if ballot.roll_checked_at is None:
        said = ngettext(
            "%(n)d person, not checked yet.", "%(n)d people, not checked yet.", ballot.on_roll
        )
    return said % {"n": ballot.on_roll}


def _codes(ballot: Ballot, found: Numbers) -> str:
    if not ballot.batch:
        return _("One for each person, made at random. Who got which is kept nowhere.")
    said = _("%(sent)d of %(all)d have left.") % {"sent": found.sent, "all": ballot.on_roll}
    if found.not_delivered:
        failed = ngettext("%(n)d did not arrive.", "%(n)d did not arrive.", found.not_delivered)
        said = f"{said} {failed % {'n': found.not_delivered}}"
    if ballot.status == Status.READY:
        said = f"{said} {_('Mails go out when the vote opens.')}"
    return said


def _letters(ballot: Ballot, found: Numbers) -> str:
    if not ballot.batch:
        return _("The scrutineer prints them and hands them out.")
    if not found.letters:
        return _("None is left to print.")
    said = ngettext("%(n)d letter to print.", "%(n)d letters to print.", found.letters)
    return said % {"n": found.letters}


def _voting(ballot: Ballot, found: Numbers) -> str:
    if ballot.status == Status.CLOSED:
        return _("It has closed.")
    if ballot.status != Status.OPEN:
        return _("The scrutineer opens it.")
    if ballot.is_over_time:
        return _("Its time is past. The votes are being counted.")
    if found.voted is None:
        return _("Fewer than 10 have voted so far.")
    return _("%(voted)d of %(all)d have voted so far.") % {
        "voted": found.voted,
        "all": ballot.on_roll,
    }
