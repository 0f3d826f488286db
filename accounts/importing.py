"""Reading bodies from a CSV file: what each row says, and what is wrong where. No database."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_domain_name, validate_email
from django.db.models import TextChoices
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Nation, OrganisationKind

MOST_ROWS = 5_000
MOST_BYTES = 2 * 1024 * 1024
# As many problems as somebody mends before they try again.
MOST_PROBLEMS = 100

NAMES = ("name", "slug", "kind", "nation", "department", "successor", "starts_on", "ends_on")
LISTS = ("mail_domains", "other_names")
COLUMNS = (*NAMES, *LISTS, "contact_post", "contact_address")
NEEDED = ("name", "kind")
LENGTHS = {"name": 200, "slug": 80, "department": 80, "successor": 80}
LENGTHS |= {"contact_post": 100, "contact_address": 254}
# What a spreadsheet would run when it opens the register again.
FORMULAS = ("=", "+", "-", "@", "\t")
DAY = re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})|(?P<Y>\d{4})-(?P<M>\d\d)-(?P<D>\d\d)")


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell, and how to mend it. row: as a spreadsheet counts; column: a name."""

    row: int
    column: str
    words: str


@dataclass(frozen=True)
class Row:
    """What one row says of a body: column -> value; a cell left empty is not there.

    slug: that of the cell, or made from the name. number: as a spreadsheet counts.
    """

    number: int
    slug: str
    values: dict[str, Any]


@dataclass
class Sheet:
    """A whole file. With any problem nothing of it is to be used."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(content: bytes) -> Sheet:
    """Read a file in UTF-8 or Windows' own letters, with commas or semicolons."""
    sheet = Sheet()
    try:
        text = decode(content)
        lines = list(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
        )
    except (csv.Error, ValueError) as error:
        words = str(error) if isinstance(error, Unreadable) else _("Save it as CSV and try again.")
        sheet.problems.append(Problem(1, "", words))
        return sheet
    header = [cell.strip().lower().replace(" ", "_") for cell in (lines[0] if lines else [])]
    sheet.problems += _wrong_header(header)
    body = [
        (number, cells) for number, cells in enumerate(lines[1:], 2) if any(map(str.strip, cells))
    ]
    if len(body) > MOST_ROWS:
        words = _("The file has %(rows)s rows. The most is %(most)s: bring it in by parts.")
        said = words % {"rows": f"{len(body):,}", "most": f"{MOST_ROWS:,}"}
        sheet.problems.append(Problem(MOST_ROWS + 2, "", said))
    elif not sheet.problems and not body:
        sheet.problems.append(Problem(2, "", _("The file has no rows under its headings.")))
    if not sheet.problems:
        _read_rows(sheet, header, body)
        sheet.problems += _doubled(sheet.rows)
    sheet.problems = sorted(sheet.problems, key=lambda each: each.row)[:MOST_PROBLEMS]
    return sheet


class Unreadable(ValueError):
    """A file that is none, in words for whoever sent it."""


def decode(content: bytes) -> str:
    """The text of a file; Unreadable when it is no text."""
    if b"\x00" in content:
        raise Unreadable(_("This is no CSV file. Save it as CSV and try again."))
    try:
        return in_letters(content)
    except UnicodeDecodeError as error:
        words = _("Some letters cannot be read. Save the file as CSV UTF-8 and try again.")
        raise Unreadable(words) from error


def in_letters(content: bytes) -> str:
    """The text of bytes in UTF-8, with or without its mark, or else in Windows' own letters.

    Raises UnicodeDecodeError for bytes that are neither.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def separator(text: str) -> str:
    """A comma or a semicolon, whichever the headings have more of."""
    heading = text.partition("\n")[0]
    return ";" if heading.count(";") > heading.count(",") else ","


def _wrong_header(header: list[str]) -> Iterator[Problem]:
    for name in NEEDED:
        if name not in header:
            yield Problem(1, name, _("Add a column “%(name)s”.") % {"name": name})
    for name in dict.fromkeys(header):
        if name and name not in COLUMNS:
            words = _("We do not know this column. Take it out, or name it one of: %(names)s.")
            yield Problem(1, name, words % {"names": ", ".join(COLUMNS)})
        elif name and header.count(name) > 1:
            yield Problem(1, name, _("This column is there twice. Keep one."))


def _read_rows(sheet: Sheet, header: list[str], body: Iterable[tuple[int, list[str]]]) -> None:
    for number, cells in body:
        values, problems = _read_row(number, header, cells)
        sheet.problems += problems
        if not problems:
            slug = values.get("slug") or slugify(values["name"])[:80].strip("-")
            sheet.rows.append(Row(number, slug, values))


def _read_row(
    number: int, header: list[str], cells: list[str]
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, cell in zip(header, cells, strict=False):
        if name and cell.strip():
            try:
                values[name] = value_of(name, cell)
            except ValueError as error:
                problems.append(Problem(number, name, str(error)))
    if any(cell.strip() for cell in cells[len(header) :]):
        problems.append(Problem(number, "", _("This row has more cells than there are headings.")))
    wrong = {problem.column for problem in problems}
    return values, [*problems, *_wrong_together(number, values, wrong)]


def _wrong_together(number: int, values: dict[str, Any], wrong: set[str]) -> Iterator[Problem]:
    """What no cell is wrong about by itself."""
    for name in NEEDED:
        if name not in values and name not in wrong:
            yield Problem(number, name, _("Fill in this cell."))
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if starts and ends and ends <= starts:
        yield Problem(number, "ends_on", _("It ends before it starts."))
    if "name" in values and not (values.get("slug") or slugify(values["name"])):
        yield Problem(number, "slug", _("Give a short name in letters from a to z."))


def value_of(name: str, cell: str) -> Any:
    """What a cell means; ValueError with words for whoever typed it."""
    if cell.startswith(FORMULAS):
        words = _("It begins with “%(letter)s”, which a spreadsheet would run. Take that out.")
        raise ValueError(words % {"letter": cell[0]})
    text = " ".join(cell.split())
    if not text.isprintable():
        raise ValueError(_("Some letters here cannot be read. Type it again."))
    if len(text) > LENGTHS.get(name, 1_000):
        raise ValueError(
            _("It is too long. The most is %(most)s letters.") % {"most": LENGTHS.get(name, 1_000)}
        )
    reader = READERS.get(name)
    return reader(text) if reader else text


def _slug(text: str) -> str:
    if slugify(text) != text:
        raise ValueError(_("Use letters from a to z, digits and hyphens."))
    return text


def _kind(text: str) -> str:
    return _choice(text, OrganisationKind)


def _nation(text: str) -> str:
    return _choice(text, Nation)


def _choice(text: str, choices: type[TextChoices]) -> str:
    """A code, given as itself or in its words."""
    code = _codes(choices, get_language()).get(text.lower())
    if code is None:
        raise ValueError(_("Write one of: %(known)s.") % {"known": ", ".join(choices.values)})
    return code


@cache
def _codes(choices: type[TextChoices], language: str | None) -> dict[str, str]:
    """What may be written for each code, in small letters. language: of its words."""
    return {said.lower(): code for code, words in choices.choices for said in (str(words), code)}


def _day(text: str) -> datetime.date:
    """A date like 2013-04-01 or 1/4/2013, the day first."""
    found = DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        day, month, year, *iso = found.group(*"dmyYMD")
        year, month, day = iso if year is None else (year, month, day)
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(_("Write a date that exists, as day/month/year.")) from None


def _domains(text: str) -> list[str]:
    domains = [each.lstrip("@").lower() for each in _parts(text)]
    for domain in domains:
        try:
            validate_domain_name(domain)
        except ValidationError:
            words = _("“%(domain)s” is no domain. Write it like trust.nhs.uk, and | between two.")
            raise ValueError(words % {"domain": domain}) from None
        if len(domain) > 100:
            raise ValueError(_("A domain is too long. The most is 100 letters."))
    return domains


def _other_names(text: str) -> list[str]:
    names = _parts(text)
    if any(len(name) > 200 for name in names):
        raise ValueError(_("A name is too long. The most is 200 letters."))
    return names


def _address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError(_("Write an e-mail address like name@trust.nhs.uk.")) from None
    return text


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))


READERS = {
    "slug": _slug,
    "kind": _kind,
    "nation": _nation,
    "starts_on": _day,
    "ends_on": _day,
    "mail_domains": _domains,
    "other_names": _other_names,
    "contact_address": _address,
}


def _doubled(rows: list[Row]) -> Iterator[Problem]:
    """A body that is there twice: by its short name, or by its name."""
    yield from _same("slug", [(row.number, row.slug) for row in rows])
    yield from _same("name", [(row.number, row.values["name"].lower()) for row in rows])


def _same(column: str, keys: list[tuple[int, str]]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for number, key in keys:
        before = first.setdefault(key, number)
        if before != number:
            words = _("It is the same as in row %(row)s. Keep one.") % {"row": before}
            yield Problem(number, column, words)
