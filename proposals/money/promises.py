"""What the five-year figures promise: the saving of each year, and what is left after one-off costs."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from activity.amounts import pounds
from proposals.draft.codes import HIGHER
from proposals.draft.promises import PENCE, Commitment, Kind, listed, register
from proposals.draft.questions import Answers
from proposals.money import reading
from proposals.money.asking import financial_year
from proposals.money.forms import MONEY, read
from proposals.money.savings import YEARS, Figures, Saving, savings

# Neither commitment is discounted: what is promised is what is paid.
NO_RATE = Decimal(0)


def promised(answers: Answers) -> list[Commitment]:
    """The savings against staying in-house as commitments; none while a figure is missing."""
    cleaned = read(answers)
    entered = reading.figures(cleaned)
    if entered is None:
        return []
    base = cleaned.get("F1")
    saving = savings(entered, NO_RATE)
    first_year = int(base) + 1 if base else None
    return [_by_year(saving, first_year), _net(entered, saving)]


def _by_year(saving: Saving, first_year: int | None) -> Commitment:
    years = [_in_year(pence, year, first_year) for year, pence in enumerate(saving.gross, 1)]
    words = _("Compared with staying in-house, the service costs the public %(years)s.")
    return _commitment(
        "money:saving",
        _("Saving each year, against staying in-house"),
        words % {"years": listed(years)},
        {year: str(pence) for year, pence in enumerate(saving.gross, 1)},
    )


def _in_year(pence: int, year: int, first_year: int | None) -> str:
    words = (
        _("%(amount)s less in year %(year)d")
        if pence >= 0
        else _("%(amount)s more in year %(year)d")
    )
    said = words % {"amount": pounds(abs(pence)), "year": year}
    return f"{said} ({financial_year(first_year + year - 1)})" if first_year else said


def _net(entered: Figures, saving: Saving) -> Commitment:
    words = (
        _("Over five years, after one-off costs of %(one_off)s, it saves the public %(net)s.")
        if saving.net >= 0
        else _(
            "Over five years, after one-off costs of %(one_off)s, it costs the public %(net)s more."
        )
    )
    told = {"one_off": pounds(entered.one_off), "net": pounds(abs(saving.net))}
    return _commitment(
        "money:net-saving",
        _("Net saving over five years, after one-off costs"),
        words % told,
        {YEARS: str(saving.net)},
    )


def _commitment(key: str, name: str, says: str, targets: dict[int, str]) -> Commitment:
    return Commitment(
        key=key,
        kind=Kind.MONEY,
        name=name,
        says=says,
        unit=PENCE,
        direction=HIGHER,
        baseline="0",
        period="",
        targets=targets,
    )


register(MONEY.key, promised)
