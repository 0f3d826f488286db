"""What a proposal would save the public, from its five yearly figures as entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

YEARS = 5


@dataclass(frozen=True)
class Figures:
    """The figures as entered: whole pence, years 1 to 5 in order.

    baseline: the full cost of the service in the base year.
    in_house: what staying in-house would cost, after the savings it would make anyway.
    price: what the employer would pay the mutual.
    management: the employer's own cost of managing the contract, and stranded overheads.
    one_off: one-off costs to the public, all payers together.

    Raises ValueError unless every figure is a whole number of pence, nought or more, and every
    line has five of them.
    """

    baseline: int
    in_house: tuple[int, ...]
    price: tuple[int, ...]
    management: tuple[int, ...]
    one_off: int

    def __post_init__(self) -> None:
        lines = (self.in_house, self.price, self.management)
        if any(len(line) != YEARS for line in lines):
            raise ValueError("Every line needs five years.")
        for pence in (self.baseline, self.one_off, *(pence for line in lines for pence in line)):
            if type(pence) is not int or pence < 0:
                raise ValueError("Every figure is a whole number of pence, nought or more.")

    @property
    def headline(self) -> int:
        """The claim that compares with today's budget instead of the in-house cost."""
        return YEARS * self.baseline - sum(self.price)

    @property
    def net(self) -> int:
        """What five years save against staying in-house, after one-off costs; a cost is negative."""
        return sum(self.in_house) - sum(self.price) - sum(self.management) - self.one_off


@dataclass(frozen=True)
class Saving:
    """What follows from the figures: whole pence, a cost is negative, years 1 to 5 in order.

    running is the total after each year with the one-off costs taken off first. payback_year
    is 1 to 5, or None. share is the net saving as a part of the in-house cost (0.0402 for
    4.02%), or None where that cost is nought. headline is the claim that compares with
    today's budget instead of the in-house cost.
    """

    gross: tuple[int, ...]
    running: tuple[int, ...]
    one_off: int
    net: int
    present_value: int
    payback_year: int | None
    share: Decimal | None
    headline: int

    @property
    def passes(self) -> bool:
        """Say whether the plan saves anything: the savings gate asks for more than nought."""
        return self.net > 0


@dataclass(frozen=True)
class Remedies:
    """The least single change that would make a failing plan save: whole pence.

    price_a_year is how much lower the price must be in each year. one_off_below is what
    one-off costs must stay below, or None where even none at all would not be enough.
    """

    price_a_year: int
    one_off_below: int | None


def savings(figures: Figures, rate: Decimal) -> Saving:
    """Compute the saving of a plan against staying in-house.

    rate: the yearly discount rate as a part of one (0.035 for 3.5%), from the scheme.
    Present value is rounded to the penny, halves away from nought; all else is exact.
    Raises ValueError if the rate is not finite, below 0, or 1 or more.
    Source: domain guide 3.7 (HM Treasury's social time preference rate).
    """
    if not rate.is_finite() or not 0 <= rate < 1:
        raise ValueError("The rate is a part of one: 0 or more, and below 1.")
    gross = tuple(
        stay - price - manage
        for stay, price, manage in zip(
            figures.in_house, figures.price, figures.management, strict=True
        )
    )
    running = tuple(accumulate(gross, initial=-figures.one_off))[1:]
    stay_total = sum(figures.in_house)
    return Saving(
        gross=gross,
        running=running,
        one_off=figures.one_off,
        net=running[-1],
        present_value=_present_value(gross, figures.one_off, rate),
        payback_year=_payback_year(running),
        share=Decimal(running[-1]) / stay_total if stay_total else None,
        headline=figures.headline,
    )


def remedies(saving: Saving) -> Remedies | None:
    """Say what single change would make the plan save, or None if it already does."""
    if saving.passes:
        return None
    gross_total = sum(saving.gross)
    return Remedies(
        price_a_year=-saving.net // YEARS + 1,
        one_off_below=gross_total if gross_total > 0 else None,
    )


def _present_value(gross: tuple[int, ...], one_off: int, rate: Decimal) -> int:
    growth = 1 + Fraction(rate)
    value = sum((pence / growth**year for year, pence in enumerate(gross, 1)), Fraction(-one_off))
    return rounded(value)


def rounded(value: Fraction) -> int:
    """The nearest whole number, halves away from nought."""
    doubled = abs(value) * 2 + 1
    whole = doubled.numerator // (doubled.denominator * 2)
    return whole if value >= 0 else -whole


def _payback_year(running: Iterable[int]) -> int | None:
    return next((year for year, total in enumerate(running, 1) if total >= 0), None)
