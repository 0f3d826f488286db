"""The tables of the figures, for a page or a file: of nothing but what may be shown.

All readers get the same, of all providers, in the order of the alphabet.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min, Sum
from django.utils.translation import gettext as _

from accounts.models import Organisation, OrganisationKind
from activity.dates import time_in_words
from activity.figures.hiding import at_least, fewest_for, middle, safe
from activity.figures.months import month_in_words
from activity.figures.tables import Row, Table, times
from advice.figures.forms import Chosen
from advice.figures.models import By, Figure, Measure
from advice.intake.models import AdvicePolicy, Channel, TopicGroup

SHARES = (50, 80, 95)


@dataclass(frozen=True)
class Section:
    """A table with its picture. rows, names: what is drawn. is_line: over months, else bars."""

    table: Table
    rows: list[list[Any]]
    names: list[str]
    is_line: bool

    @property
    def title(self) -> str:
        """What the picture shows of the table."""
        return ", ".join(self.names)


@dataclass(frozen=True)
class Counts:
    """Exact counts of the chosen months, as key, measure, hours, in time and how many."""

    rows: list[tuple[Any, str, int, bool, int]]

    def number(self, measure: Measure, key: Any) -> int:
        """How many of one measure, of one key."""
        return sum(n for k, m, _hours, _kept, n in self.rows if (k, m) == (key, measure))

    def hours(self, measure: Measure, keys: Iterable[Any]) -> Counter[int]:
        """How many took so long, by working hours, of these keys."""
        wanted, found = set(keys), Counter[int]()
        for key, of, hours, _kept, n in self.rows:
            if of == measure and key in wanted:
                found[hours] += n
        return found

    def kept(self, keys: Iterable[Any]) -> int:
        """How many first replies came in time, of these keys."""
        wanted = set(keys)
        return sum(n for key, _of, _hours, kept, n in self.rows if kept and key in wanted)


def sections(chosen: Chosen) -> list[Section]:
    """Every table of what was chosen, with its picture; none where all is hidden. Two queries.

    That nothing happened is hidden like few: rows are those that may be, not those that were.
    """
    counts = _counts(chosen)
    labels = _labels(chosen, {row[0] for row in counts.rows})
    heading, is_line = str(chosen.by.label), chosen.by == By.MONTH
    how_many, replied, resolved = (
        _how_many(counts, labels, heading),
        _times(_("Working hours to a first reply"), Measure.REPLIED, counts, labels, heading),
        _times(_("Working hours until it was resolved"), Measure.RESOLVED, counts, labels, heading),
    )
    found = [
        _drawn(how_many, (0, 1, 2) if is_line else (0,), is_line=is_line),
        _drawn(replied, (0, 1, 2) if is_line else (0, 2), is_line=is_line),
        _drawn(resolved, (0, 1, 2) if is_line else (0, 2), is_line=is_line),
    ]
    return [] if all(section.table.is_empty for section in found) else found


def _drawn(table: Table, columns: tuple[int, ...], *, is_line: bool) -> Section:
    """The columns of a table that its picture shows, of every row but the last."""
    rows = [[label, *(cells[each] for each in columns)] for label, cells in table.rows[:-1]]
    return Section(table, rows, [table.names[each] for each in columns], is_line)


def _counts(chosen: Chosen) -> Counts:
    rows = Figure.objects.filter(by=chosen.by, month__gte=chosen.first, month__lte=chosen.last)
    key = "month" if chosen.by == By.MONTH else "key"
    of_each = rows.values_list(key, "measure", "hours", "in_time").order_by()
    return Counts(list(of_each.annotate(n=Sum("count"))))


def _labels(chosen: Chosen, found: set[Any]) -> dict[Any, str]:
    """What each row is called, by its key, in their order: also those of which nothing came."""
    match chosen.by:
        case By.MONTH:
            return {month: month_in_words(month) for month in chosen.months}
        case By.TOPIC:
            return _of_topics(found)
        case By.PROVIDER:
            return _of_providers()
        case By.CHANNEL:
            return {str(value): str(label) for value, label in Channel.choices}
        case _:
            return _of_hours()


def _of_topics(found: set[str]) -> dict[Any, str]:
    known = dict(TopicGroup.objects.values_list("code", "title"))
    gone = {each: each for each in sorted(found - known.keys() - {""})}
    return known | gone | {"": _("No topic chosen")}


def _of_providers() -> dict[Any, str]:
    names = Organisation.objects.filter(kind=OrganisationKind.ADVICE_PROVIDER).order_by("name")
    return dict(names.values_list("slug", "name")) | {"": _("Nobody's yet")}


def _of_hours() -> dict[Any, str]:
    """Every hour in which the line was ever open."""
    ends = AdvicePolicy.objects.aggregate(opens=Min("opens_at"), closes=Max("closes_at"))
    hours = range(ends["opens"].hour, ends["closes"].hour + (ends["closes"].minute > 0))
    named = {str(hour): time_in_words(datetime.time(hour)) for hour in hours}
    return named | {"": _("Line was closed")}


def _how_many(counts: Counts, labels: Mapping[Any, str], heading: str) -> Table:
    """Four numbers that are no parts of each other: each column is made safe by itself."""
    columns = [
        [row[0] for row in safe([[counts.number(measure, key)] for key in labels])]
        for measure in Measure
    ]
    rows: list[Row] = [
        (label, list(cells))
        for label, *cells in zip([*labels.values(), _("All")], *columns, strict=True)
    ]
    names = [str(measure.label) for measure in Measure]
    return Table(_("How many enquiries"), heading, names, rows, _("Hidden"))


def _times(
    title: str, measure: Measure, counts: Counts, labels: Mapping[Any, str], heading: str
) -> Table:
    """What half, 8 of 10 and 19 of 20 took; of first replies also how many came in time."""
    is_reply = measure == Measure.REPLIED
    names = [_("Half within"), _("8 of 10 within"), _("19 of 20 within")]
    groups = [*((label, [key]) for key, label in labels.items()), (_("All"), list(labels))]
    rows: list[Row] = []
    for label, keys in groups:
        took = counts.hours(measure, keys)
        cells = [middle(took, share, fewest_for(share)) for share in SHARES]
        rows.append((label, [*cells, at_least(counts.kept(keys), took.total())][: 3 + is_reply]))
    more = [_("In time, per cent at least")] if is_reply else []
    return times(title, heading, names + more, rows)
