"""The tables of the figures, for a page or a file: of nothing but what may be shown.

All readers get the same. Cases that are closed to one of them by a conflict of interest are in it:
if they were left out, the difference to a colleague's page would be just these cases. Groups of
five or more are the programme's, and say nothing of one case.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.figures.hiding import FEWEST, MANY, alone, middle
from activity.figures.months import month_in_words
from activity.figures.tables import Row, Table, counted, times
from proposals.draft.models import ReasonCode, Status
from proposals.figures.forms import Chosen
from proposals.figures.models import Cut, Figure, Measure, Stage

# Columns of outcomes, and the statuses that each counts.
OUTCOMES: dict[str | Promise, tuple[Status, ...]] = {
    gettext_lazy("Approved"): (Status.APPROVED,),
    gettext_lazy("Approved with conditions"): (Status.APPROVED_WITH_CONDITIONS,),
    gettext_lazy("Rejected"): (Status.REJECTED,),
    gettext_lazy("Exempt"): (Status.EXEMPT,),
    gettext_lazy("Withdrawn or set aside"): (Status.WITHDRAWN, Status.LAPSED),
}
# What takes time, in the order in which it happens; the last is the whole way.
STEPS: dict[str, str | Promise] = {
    **dict(Stage.choices),
    Figure.DECISION: gettext_lazy("Submitting to letter"),
}
AGES = (
    gettext_lazy("Up to 5 days"),
    gettext_lazy("6 to 10 days"),
    gettext_lazy("11 to 20 days"),
    gettext_lazy("More than 20 days"),
)
HALF, MOST = 50, 90


@dataclass(frozen=True)
class Counts:
    """Exact counts of the chosen cases, by measure, month, key and days."""

    rows: list[tuple[str, datetime.date | None, str, int, int]]

    def of(self, measure: Measure, key: str | None = None) -> list[tuple[Any, str, int, int]]:
        """Month, key, days and count of one measure, and of one key of it."""
        return [row[1:] for row in self.rows if row[0] == measure and key in (None, row[2])]


def tables(chosen: Chosen) -> dict[str, Table]:
    """Every table of the chosen cases and months, by its key. Three queries at most."""
    rows = _rows_of(chosen).filter(
        Q(month=None) | Q(month__gte=chosen.first, month__lte=chosen.last)
    )
    counts = Counts(list(rows.values_list("measure", "month", "key", "days", "count")))
    found = {
        "ages": _ages(counts),
        "took": _took(counts),
        "halves": _by_month(counts, chosen.months, HALF),
        "most": _by_month(counts, chosen.months, MOST),
        "whole": _whole(counts, chosen.months),
        "outcomes": _outcomes(counts, chosen.months),
        "reasons": _reasons(counts),
    }
    return found if chosen.department else found | {"departments": _departments(chosen)}


def _rows_of(chosen: Chosen) -> QuerySet[Figure]:
    cut = _cut(of_department=chosen.department is not None, of_sector=bool(chosen.sector))
    return Figure.objects.filter(cut=cut, department=chosen.department, sector=chosen.sector)


def _cut(*, of_department: bool, of_sector: bool) -> Cut:
    if of_department:
        return Cut.OF_BOTH if of_sector else Cut.OF_DEPARTMENT
    return Cut.OF_SECTOR if of_sector else Cut.OF_ALL


def _ages(counts: Counts) -> Table:
    ages: Counter[tuple[str, int]] = Counter()
    for _month, stage, band, count in counts.of(Measure.OPEN):
        ages[stage, band] += count
    of = {str(stage.label): [ages[stage, band] for band in range(len(AGES))] for stage in Stage}
    return counted(_("Open cases, by how long they have stood there"), _("Where"), AGES, of)


def _outcomes(counts: Counts, months: list[datetime.date]) -> Table:
    ended = Counter({(month, key): n for month, key, _days, n in counts.of(Measure.OUTCOME)})
    of = {
        month_in_words(month): [
            sum(ended[month, status] for status in statuses) for statuses in OUTCOMES.values()
        ]
        for month in months
    }
    return counted(_("Outcomes by month"), _("Month"), OUTCOMES, of)


def _departments(chosen: Chosen) -> Table:
    """Those of which enough cases ended stand alone; all others, and those of none, are one row."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, key, count in _of_departments(chosen):
        found[name or ""][key] += count
    other = found.pop("", Counter())
    for name in [each for each, ended in found.items() if ended.total() < FEWEST]:
        other += found.pop(name)
    of = {name: found[name] for name in sorted(found)} | {_("Other departments, or none"): other}
    columns = {
        name: [sum(ended[status] for status in each) for each in OUTCOMES.values()]
        for name, ended in of.items()
    }
    return counted(_("Outcomes by department"), _("Department"), OUTCOMES, columns)


def _of_departments(chosen: Chosen) -> Iterable[Any]:
    cut = _cut(of_department=True, of_sector=bool(chosen.sector))
    months = {"month__gte": chosen.first, "month__lte": chosen.last}
    rows = Figure.objects.filter(cut=cut, sector=chosen.sector, measure=Measure.OUTCOME, **months)
    # One department after another may have had a name.
    by_name = rows.values_list("department__name", "key").order_by()
    return by_name.annotate(n=Sum("count"))


def _reasons(counts: Counts) -> Table:
    """By code, in the newest words for it. A rejection has one reason or more: there is no total."""
    given: Counter[str] = Counter()
    for _month, code, _days, count in counts.of(Measure.REASON):
        given[code] += count
    words = dict(
        ReasonCode.objects.filter(code__in=given)
        .order_by("scheme__starts_on")
        .values_list("code", "wording")
    )
    shown = [(code, alone(count)) for code, count in sorted(given.items())]
    rows: list[Row] = [(f"{code} {words[code]}", [count]) for code, count in shown if count]
    return Table(_("Reasons of rejections"), _("Reason"), [_("Given")], rows, _("Hidden"))


def _took(counts: Counts) -> Table:
    rows = []
    for key, label in STEPS.items():
        took = _durations(counts.of(Measure.TOOK, key))
        rows.append((str(label), _shares(took)))
    return times(_("Working days for each step"), _("Step"), _share_names(), rows)


def _by_month(counts: Counts, months: list[datetime.date], share: int) -> Table:
    """For each step that officials take, what a share of those that ended in a month took."""
    steps = [Stage.SUBMITTED, Stage.ASSESSING, Stage.BEING_DECIDED]
    fewest = FEWEST if share == HALF else MANY
    took = {step: _by(counts.of(Measure.TOOK, step)) for step in steps}
    rows = [
        (month_in_words(month), [middle(took[step][month], share, fewest) for step in steps])
        for month in months
    ]
    title = (
        _("Working days that half took at most, by month")
        if share == HALF
        else _("Working days that nine of ten took at most, by month")
    )
    return times(title, _("Month"), [str(step.label) for step in steps], rows)


def _whole(counts: Counts, months: list[datetime.date]) -> Table:
    took = _by(counts.of(Measure.TOOK, Figure.DECISION))
    rows = [(month_in_words(month), _shares(took[month])) for month in months]
    title = _("Working days from submitting to letter, by month")
    return times(title, _("Month"), _share_names(), rows)


def _share_names() -> list[str]:
    """What `_shares` gives, in words."""
    return [_("Half took at most"), _("Nine of ten took at most")]


def _shares(took: Mapping[int, int]) -> list[int | None]:
    return [middle(took, HALF), middle(took, MOST, MANY)]


def _by(rows: Iterable[tuple[Any, str, int, int]]) -> defaultdict[Any, Counter[int]]:
    found: defaultdict[Any, Counter[int]] = defaultdict(Counter)
    for month, _key, days, count in rows:
        found[month][days] += count
    return found


def _durations(rows: Iterable[tuple[Any, str, int, int]]) -> Counter[int]:
    found: Counter[int] = Counter()
    for _month, _key, days, count in rows:
        found[days] += count
    return found
