"""Whether a mutual would survive on its own books: surplus, cash, reserves, and one contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate

from proposals.money.savings import YEARS, rounded

Years = tuple[int, ...]

MAIN = "main"
CONTINGENCY = "contingency"
DAYS_IN_YEAR = 365
# The bounds of domain guide 3.7: F9, F10, F12, F14.
LEAST_CONTINGENCY = Fraction(2, 100)
MOST_DEFICITS = 1
MOST_DEPENDENCE = Fraction(90, 100)
DEPENDENCE_YEAR = 3
LEAST_DAYS = 30
# A shock: this part of all income is lost (F16).
LOST = Fraction(10, 100)


@dataclass(frozen=True)
class Books:
    """The books as entered: whole pence, years 1 to 5 in order.

    income, costs: line -> five years. lowest: the least cash at the end of a month of year 1.
    closing: the cash at the end of each year. Cash may be below nought; income and costs are not.

    Raises ValueError for a line without five years, and for income or costs below nought.
    """

    income: Mapping[str, Years]
    costs: Mapping[str, Years]
    lowest: int
    closing: Years

    def __post_init__(self) -> None:
        lines = (*self.income.values(), *self.costs.values())
        if any(len(line) != YEARS for line in (*lines, self.closing)):
            raise ValueError("Every line needs five years.")
        if any(pence < 0 for line in lines for pence in line):
            raise ValueError("Income and costs are nought or more.")

    @property
    def income_by_year(self) -> Years:
        """All income of each year."""
        return totals(self.income)

    @property
    def costs_by_year(self) -> Years:
        """All costs of each year."""
        return totals(self.costs)


@dataclass(frozen=True)
class Survival:
    """What follows from the books: whole pence, years 1 to 5 in order.

    surplus: a deficit is negative. low_point: the least cash, at the end of a month of year 1 or
    of a year; low_year is the year. days: for how many whole days the cash at the end of each year
    would pay its costs, 0 where there is none, None where there are no costs. dependence: the part
    of the income that comes from the main contract, from 0 to 1, None without income.
    """

    surplus: Years
    lowest: int
    low_point: int
    low_year: int
    days: tuple[int | None, ...]
    dependence: tuple[Fraction | None, ...]

    @property
    def deficits(self) -> int:
        """In how many years costs are more than income."""
        return sum(pence < 0 for pence in self.surplus)

    @property
    def least_days(self) -> int | None:
        """The fewest days of reserves in any year; None where no year has costs."""
        return min((days for days in self.days if days is not None), default=None)


def totals(lines: Mapping[str, Years]) -> Years:
    """The sum of all lines, by year; noughts where there is no line."""
    return tuple(sum(line[year] for line in lines.values()) for year in range(YEARS))


def survival(books: Books) -> Survival:
    """Work out what the books come to.

    Reserves are the cash at the end of a year, no less than nought: the books hold no other.
    Source: domain guide 3.7, F10 to F14.
    """
    income, costs = books.income_by_year, books.costs_by_year
    main = books.income.get(MAIN, (0,) * YEARS)
    low_point, low_year = min(
        [(books.lowest, 1), *zip(books.closing, range(1, YEARS + 1), strict=True)]
    )
    return Survival(
        surplus=tuple(got - spent for got, spent in zip(income, costs, strict=True)),
        lowest=books.lowest,
        low_point=low_point,
        low_year=low_year,
        days=tuple(
            max(cash, 0) * DAYS_IN_YEAR // spent if spent else None
            for cash, spent in zip(books.closing, costs, strict=True)
        ),
        dependence=tuple(
            Fraction(part, got) if got else None for part, got in zip(main, income, strict=True)
        ),
    )


def with_less_income(books: Books) -> Books:
    """The books if every line of income were a tenth less in every year, at the same costs."""
    kept = {line: tuple(rounded(p * (1 - LOST)) for p in row) for line, row in books.income.items()}
    return _with_income(books, kept)


def without_indexation(books: Books, inflation: Fraction) -> Books:
    """The books if the price of the main contract never rose with inflation, at the same costs.

    inflation: a year, as a part of one. The price of year 1 stands; that of a later year is worth
    less by inflation for each year since.
    """
    price = books.income.get(MAIN, (0,) * YEARS)
    eroded = tuple(rounded(p / (1 + inflation) ** year) for year, p in enumerate(price))
    return _with_income(books, {**books.income, MAIN: eroded})


def _with_income(books: Books, income: Mapping[str, Years]) -> Books:
    """The books with other income: each year's loss is missing in its cash, and in all that follow.

    The whole loss of year 1 is taken off its lowest month, which may be the last.
    """
    lost = [
        before - after for before, after in zip(books.income_by_year, totals(income), strict=True)
    ]
    closing = tuple(cash - gone for cash, gone in zip(books.closing, accumulate(lost), strict=True))
    return replace(books, income=income, lowest=books.lowest - lost[0], closing=closing)


def is_short_of_contingency(costs: Mapping[str, Years]) -> bool:
    """Whether in any year less than 2% of the other costs is kept for what nobody foresees."""
    pairs = zip(costs.get(CONTINGENCY, (0,) * YEARS), totals(costs), strict=True)
    return any(part < LEAST_CONTINGENCY * (spent - part) for part, spent in pairs)
