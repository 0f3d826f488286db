"""Reading a roll from a CSV file, as spreadsheets write it. Pure: nothing is kept."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.importing import in_letters
from activity.fields import clean_text

MOST = 20_000
LONGEST_NAME = 100
LONGEST_GROUP = 60
LONGEST_ADDRESS = 254
# So many rows that are wrong are named; the rest are counted.
MOST_NAMED = 20
HEADINGS = {
    "name": {"name", "full name", "voter"},
    "address": {"address", "e-mail", "email", "e-mail address", "email address", "mail"},
    "group": {"group", "team", "staff group", "department"},
}
DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Voter:
    """One row of a roll. address: "" for who gets a letter. group: "" for none."""

    name: str
    address: str = ""
    group: str = ""


class NotARoll(Exception):
    """A file that cannot be a roll. problems: sentences that say what to mend, row by row."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(*problems[:1])
        self.problems = problems


def read(data: bytes, *, least: int) -> list[Voter]:
    """The voters of a file, in its order. least: the fewest that a roll may have.

    Raises NotARoll with every problem: then nothing of the file counts.
    """
    rows = list(_rows(_text(data)))
    if not rows:
        raise NotARoll([_("The file has no rows. It needs a heading “name” in its first row.")])
    columns = _columns(rows[0])
    found: list[Voter] = []
    problems: list[str] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        voter = Voter(**{key: _cell(row, at) for key, at in columns.items()})
        said = _wrong(voter) or _seen_before(voter, number, seen)
        if said:
            problems.append(_("Row %(row)d: %(said)s") % {"row": number, "said": said})
        found.append(voter)
    problems = _named(problems) + _wrong_size(len(found), least)
    if problems:
        raise NotARoll(problems)
    return found


def _text(data: bytes) -> str:
    try:
        return in_letters(data)
    except UnicodeDecodeError as error:
        said = _("We cannot read the letters of this file. Save it as “CSV UTF-8”.")
        raise NotARoll([said]) from error


def _rows(text: str) -> Iterator[list[str]]:
    """The rows of a text. One more than may be is read, so that it can be told."""
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        yield from itertools.islice(lines, 2 * MOST)
    except csv.Error as error:
        said = _("We cannot read this file as CSV. Save it from your spreadsheet as “CSV UTF-8”.")
        raise NotARoll([said]) from error


def _columns(heads: list[str]) -> dict[str, int]:
    """Where each column stands. Columns that we do not know are left alone."""
    plain = [" ".join(clean_text(head).split()).casefold() for head in heads]
    found = {
        key: next(at for at, head in enumerate(plain) if head in names)
        for key, names in HEADINGS.items()
        if names & set(plain)
    }
    if "name" not in found:
        raise NotARoll(
            [
                _(
                    "Row 1: one heading must be “name”. Two more are read: “e-mail address” and "
                    "“group”."
                )
            ]
        )
    return found


def _cell(row: list[str], at: int) -> str:
    """What stands in a cell, as plain text: a formula is its letters, and is never worked out."""
    return " ".join(clean_text(row[at]).split()) if at < len(row) else ""


def _wrong(voter: Voter) -> str:
    """What is wrong with a row by itself, or ""."""
    if not voter.name:
        return _("enter a name")
    if len(voter.name) > LONGEST_NAME:
        return _("the name has more than %(most)d letters") % {"most": LONGEST_NAME}
    if len(voter.group) > LONGEST_GROUP:
        return _("the group has more than %(most)d letters") % {"most": LONGEST_GROUP}
    if voter.address and not _is_address(voter.address):
        return _("“%(typed)s” is no e-mail address. Leave it empty to print a letter.") % {
            "typed": voter.address[:60]
        }
    return ""


def _is_address(typed: str) -> bool:
    try:
        validate_email(typed)
    except ValidationError:
        return False
    return len(typed) <= LONGEST_ADDRESS


def _seen_before(voter: Voter, number: int, seen: dict[tuple[str, ...], int]) -> str:
    """Whether an earlier row is of the same person, and which; the row is noted as seen."""
    same = seen.setdefault(("name", voter.name.casefold(), voter.group.casefold()), number)
    if same != number:
        return _(
            "the same name and group as row %(row)d. If they are two people, add something to one "
            "of the names."
        ) % {"row": same}
    if voter.address:
        same = seen.setdefault(("address", voter.address.casefold()), number)
        if same != number:
            return _("the same address as row %(row)d") % {"row": same}
    return ""


def _named(problems: list[str]) -> list[str]:
    more = len(problems) - MOST_NAMED
    if more <= 0:
        return problems
    said = ngettext(
        "%(count)d more row has something to mend.",
        "%(count)d more rows have something to mend.",
        more,
    )
    return [*problems[:MOST_NAMED], said % {"count": more}]


def _wrong_size(found: int, least: int) -> list[str]:
    if found < least:
        return [
            _(
                "There are %(found)d people on this roll. A secret vote needs %(least)d: with "
                "fewer, people can work out how each of them voted."
            )
            % {"found": found, "least": least}
        ]
    if found > MOST:
        return [
            _("There are more than %(most)s people on this roll. Ask us before you go on.")
            % {"most": f"{MOST:,}"}
        ]
    return []
