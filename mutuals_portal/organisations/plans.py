"""What a file would change in the register, worked out before anything is changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts.importing import MOST_PROBLEMS, Problem, Row
from accounts.models import Organisation, OrganisationKind, contact_problems

LINKS = ("department", "successor")
CONTACT = ("contact_post", "contact_address", "mail_domains")


@dataclass(frozen=True)
class Change:
    """One column of one body: what it says now and would say, as words."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Planned:
    """One row of the file. body: the one that it changes; None: it adds one."""

    row: Row
    body: Organisation | None
    changes: tuple[Change, ...]


@dataclass
class Plan:
    """All that a file would do; with any problem it does nothing."""

    added: list[Planned] = field(default_factory=list)
    changed: list[Planned] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """A mark of what was shown: equal marks, the same plan."""
        rows = [
            (
                each.row.slug,
                each.body.pk if each.body else None,
                [vars(one) for one in each.changes],
            )
            for each in (*self.added, *self.changed)
        ]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]


def plan(rows: list[Row]) -> Plan:
    """Compare rows with the register as it is now, in a fixed number of queries."""
    found = Plan()
    known = Known(rows)
    for row in rows:
        body = known.body_of(row)
        problems = list(known.problems_of(row, body))
        found.problems += problems
        if problems:
            continue
        planned = Planned(row, body, tuple(_changes(row, body)))
        if body is None:
            found.added.append(planned)
        elif planned.changes:
            found.changed.append(planned)
        else:
            found.same += 1
    if not found.problems:
        found.problems += known.rings(rows)
    found.problems = found.problems[:MOST_PROBLEMS]
    return found


class Known:
    """The register as a file meets it: whole, for names and successors lead anywhere in it."""

    def __init__(self, rows: list[Row]) -> None:
        bodies = Organisation.objects.listed().select_related(*LINKS)
        self.by_slug = {body.slug: body for body in bodies}
        self.by_name: dict[str, list[Organisation]] = {}
        for body in self.by_slug.values():
            self.by_name.setdefault(body.name.lower(), []).append(body)
        # Names that await adding have addresses too.
        awaited = Organisation.objects.filter(is_awaited=True)
        self.taken = set(awaited.values_list("slug", flat=True))
        self.rows = {row.slug: row for row in rows}

    def body_of(self, row: Row) -> Organisation | None:
        """The body that a row is about: by the short name it gives, else by its name."""
        if "slug" in row.values:
            return self.by_slug.get(row.slug)
        named = self.by_name.get(row.values["name"].lower(), [])
        return named[0] if len(named) == 1 else self.by_slug.get(row.slug)

    def problems_of(self, row: Row, body: Organisation | None) -> Iterator[Problem]:
        """What the register knows to be wrong with a row."""
        for column in LINKS:
            slug = row.values.get(column)
            if slug and not self._is_body(slug):
                words = _("No body has the short name “%(slug)s”, here or in the register.")
                yield Problem(row.number, column, words % {"slug": slug})
        department = row.values.get("department")
        if department and self._is_body(department) and not self._is_department(department):
            yield Problem(row.number, "department", _("That body is no government department."))
        if body is None and row.slug in self.taken:
            words = _(
                "This short name is taken by a name that awaits adding. Answer that one first."
            )
            yield Problem(row.number, "slug", words)
        if "slug" not in row.values and len(self.by_name.get(row.values["name"].lower(), [])) > 1:
            yield Problem(row.number, "slug", _("Several bodies have this name. Say which one."))
        starts = row.values.get("starts_on", body and body.starts_on)
        ends = row.values.get("ends_on", body and body.ends_on)
        if starts and ends and ends <= starts:
            yield Problem(row.number, "ends_on", _("It ends before it starts."))
        successor = row.values.get("successor", body and body.successor)
        if successor and not ends:
            yield Problem(row.number, "ends_on", _("Say when it ended: another took its place."))
        yield from _wrong_contact(row, body)

    def rings(self, rows: list[Row]) -> Iterator[Problem]:
        """Successors that lead back to where they began, or to the body itself."""
        for row in rows:
            slug: str | None = row.values.get("successor")
            passed = {row.slug}
            while slug is not None and slug not in passed:
                passed.add(slug)
                slug = self._successor_of(slug)
            if slug is not None and "successor" in row.values:
                words = _("The successors lead in a ring: %(names)s.")
                yield Problem(row.number, "successor", words % {"names": ", ".join(sorted(passed))})

    def _successor_of(self, slug: str) -> str | None:
        row, body = self.rows.get(slug), self.by_slug.get(slug)
        if row is not None and "successor" in row.values:
            found: str = row.values["successor"]
            return found
        return body.successor.slug if body is not None and body.successor is not None else None

    def _is_body(self, slug: str) -> bool:
        return slug in self.by_slug or slug in self.rows

    def _is_department(self, slug: str) -> bool:
        row = self.rows.get(slug)
        kind = row.values.get("kind") if row else self.by_slug[slug].kind
        return kind == OrganisationKind.DEPARTMENT


def _wrong_contact(row: Row, body: Organisation | None) -> Iterator[Problem]:
    """What is wrong with the contact that a body would have, from the row and the register."""
    post, address, domains = (
        row.values.get(column, getattr(body, column, "")) for column in CONTACT
    )
    for column, words in contact_problems(post, address, domains).items():
        yield Problem(row.number, column, f"{words}.")


def _changes(row: Row, body: Organisation | None) -> Iterator[Change]:
    for column, value in row.values.items():
        if column == "slug":
            continue
        before, after = _shown(column, body), _words(value)
        if before != after:
            yield Change(column, before, after)


def _shown(column: str, body: Organisation | None) -> str:
    """What a body says in a column, as the file would write it."""
    if body is None:
        return ""
    value = getattr(body, column)
    return value.slug if isinstance(value, Organisation) else _words(value)


def _words(value: Any) -> str:
    if isinstance(value, list):
        return " | ".join(value)
    return "" if value is None else str(value)


def values_for(planned: Planned, bodies: Mapping[str, Organisation]) -> dict[str, Any]:
    """The columns that a row sets, with the bodies that it names."""
    return {
        column: bodies[value] if column in LINKS else value
        for column, value in planned.row.values.items()
        if column != "slug"
    }
