"""How far the net saving moves with each assumption behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from proposals.money.savings import YEARS, Figures, rounded

# Rates are in hundredths of a per cent: 200 is 2%.
WHOLE = 10_000
POINT = 100
PRICE = Fraction(1, 100)
ONE_OFF = Fraction(20, 100)
MANAGEMENT = 500_000
POUND = 100


@dataclass(frozen=True)
class Move:
    """The net saving if one assumption turned out worse, or better: whole pence.

    key: "efficiency", "price", "management" or "one_off". rates: of the efficiency, how much
    cheaper staying in-house gets each year in the worse case and in the better, in hundredths of a
    per cent; below nought it gets dearer.
    """

    key: str
    worse: int
    better: int
    rates: tuple[int, int] | None = None

    @property
    def spread(self) -> int:
        """How far apart the two are."""
        return self.better - self.worse


def moves(figures: Figures) -> list[Move]:
    """What moves the net saving, the strongest first; of the efficiency only with a cost today.

    In-house efficiency a point a year more or less, the price 1% higher or lower, managing the
    contract £5,000 a year more or less (never below nought), one-off costs 20% more or less.
    """
    net = figures.net
    price = rounded(sum(figures.price) * PRICE)
    one_off = rounded(figures.one_off * ONE_OFF)
    less = sum(min(pence, MANAGEMENT) for pence in figures.management)
    found = [
        *_efficiency(figures, net),
        Move("price", net - price, net + price),
        Move("management", net - YEARS * MANAGEMENT, net + less),
        Move("one_off", net - one_off, net + one_off),
    ]
    return sorted(found, key=lambda move: -move.spread)


def efficiency(figures: Figures) -> int | None:
    """By how much staying in-house gets cheaper each year, in hundredths of a per cent.

    The yearly rate that leads from today's cost to that of year 5; None without a cost today.
    """
    if not figures.baseline:
        return None
    with localcontext(prec=40):
        left = Decimal(figures.in_house[-1]) / figures.baseline
        kept = left ** (Decimal(1) / YEARS) if left else left
        return WHOLE - int((kept * WHOLE).to_integral_value())


def _efficiency(figures: Figures, net: int) -> list[Move]:
    """In-house costs move by what a point a year takes off today's cost, in whole pounds."""
    rate = efficiency(figures)
    if rate is None:
        return []
    faster, slower = min(rate + POINT, WHOLE), rate - POINT
    now = _costs(figures.baseline, rate)
    worse = net + _costs(figures.baseline, faster) - now
    better = net + _costs(figures.baseline, slower) - now
    return [Move("efficiency", worse, better, (faster, slower))]


def _costs(baseline: int, rate: int) -> int:
    """Five years of a cost that gets cheaper by a rate each year, every year in whole pounds."""
    left = Fraction(WHOLE - rate, WHOLE)
    years = range(1, YEARS + 1)
    return sum(rounded(Fraction(baseline, POUND) * left**year) * POUND for year in years)
