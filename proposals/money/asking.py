"""What the pages of the money have in common: years in words, and rows that follow as one types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.amounts import pounds
from activity.grids import SUM, GridField, place
from proposals.draft.questions import Answers, PageForm
from proposals.money.savings import YEARS

FIRST_BASE_YEAR = 2009
Years = Sequence[int | None]


@dataclass(frozen=True)
class Row:
    """A row below a grid that is worked out: whole pence by year, None while a figure is missing."""

    key: str
    label: str
    amounts: Years
    total: int | None

    def outputs(self) -> Iterator[tuple[str, int | None]]:
        """The id of each of its boxes, with its amount."""
        for year, amount in enumerate(self.amounts, 1):
            yield f"worked-{self.key}_{year}", amount
        yield f"worked-{self.key}_{SUM}", self.total


def financial_year(start: int) -> str:
    """A financial year in words: 2027 to 2028."""
    return said("%(start)s to %(end)s") % {"start": start, "end": start + 1}


def base_years() -> list[tuple[str, Any]]:
    """The financial years that may be the base: from the first scheme to the present one."""
    today = clock.today()
    latest = today.year if today.month >= 4 else today.year - 1
    years = range(latest, FIRST_BASE_YEAR - 1, -1)
    return [("", _("Choose one")), *((str(year), financial_year(year)) for year in years)]


def year_names(base: Any) -> list[str]:
    """The financial years 1 to 5 in words; "" where the base year is not one that is offered."""
    if not base or base not in dict(base_years()):
        return [""] * YEARS
    return [financial_year(int(base) + year) for year in range(1, YEARS + 1)]


def minus(first: Years, second: Years) -> list[int | None]:
    """The first less the second, year by year."""
    pairs = zip(first, second, strict=True)
    return [None if a is None or b is None else a - b for a, b in pairs]


def running(amounts: Years, begin: int | None) -> list[int | None]:
    """The total after each year, from a beginning on; None from the first that is missing on."""
    totals: list[int | None] = []
    for amount in amounts:
        begin = None if begin is None or amount is None else begin + amount
        totals.append(begin)
    return totals


def by_year(amounts: Years) -> int | None:
    """What all years come to, or None while one is missing."""
    return running(amounts, 0)[-1]


class MoneyForm(PageForm):
    """A page of the money. year: the only one whose boxes are drawn, or None for all."""

    around: Answers = {}
    year: int | None = None

    @property
    def is_wide(self) -> bool:
        """Whether its grid needs the width of the page; one year of it does not."""
        return self.year is None and super().is_wide

    def fit(self, typed: Answers, asked: Mapping[str, str] = {}) -> None:
        self.around = typed
        names = year_names(typed.get("F1"))
        for field in self.grids():
            field.spans = names if all(names) else []
        self.year = self._one_year(asked.get("year", ""))

    def _one_year(self, asked: str) -> int | None:
        """The year whose boxes are drawn; None for all, as where one of another year is wrong."""
        wrong = {str((each.params or {}).get("at", asked)) for each in self.problems()}
        is_here = all(place.rpartition("_")[2] == asked for place in wrong)
        return int(asked) if asked in self.years and is_here else None

    @property
    def years(self) -> list[str]:
        """The years of which the page can be drawn one at a time."""
        yearly = [field.columns for field in self.grids() if len(field.columns) > 1]
        return yearly[0] if yearly else []

    def grids(self) -> list[GridField]:
        """Its grids, in their order."""
        return [field for field in self.fields.values() if isinstance(field, GridField)]

    def parts(self) -> Iterator[dict[str, Any]]:
        """What is drawn one after another: a `field`, or `grids` in one table with what follows."""
        for group, some in groupby(self, key=_group):
            fields = list(some)
            if group is None:
                yield from ({"field": field} for field in fields)
            else:
                is_yearly = len(fields[0].field.columns) > 1  # type: ignore[attr-defined]
                yield {"grids": fields, "worked": self.worked() if is_yearly else []}

    def worked(self) -> list[Row]:
        """What follows from the figures as they stand on the page, with those of other pages."""
        return []

    def years_of(self, page: type[PageForm], name: str) -> list[int | None]:
        """What the lines of a grid come to by year, as they are typed here or kept elsewhere."""
        found = self._sums(page, name)
        return [found[place(SUM, str(year))] for year in range(1, YEARS + 1)]

    def sum_of(self, page: type[PageForm], name: str) -> int | None:
        """What all boxes of a grid come to."""
        return self._sums(page, name)[SUM]

    def _sums(self, page: type[PageForm], name: str) -> dict[str, int | None]:
        grid: Any = page.base_fields[name]
        typed = self.typed()[name] if name in self.fields and self.is_bound else None
        kept = self.around if typed is None else {name: typed}
        found: dict[str, int | None] = grid.sums(grid.widget.value_from_datadict(kept, {}, name))
        return found

    def outputs(self) -> dict[str, str]:
        """Everything on the page that is worked out, in words, by the id of its place."""
        found = {
            f"{self[name].auto_id}-{where}": amount
            for name, field in self.fields.items()
            if isinstance(field, GridField)
            for where, amount in field.sums(self.typed()[name]).items()
        }
        for row in self.worked():
            found |= dict(row.outputs())
        return {id_: pounds(amount) for id_, amount in found.items()}


def _group(field: BoundField) -> str | None:
    if not isinstance(field.field, GridField):
        return None
    return field.field.group or field.name
