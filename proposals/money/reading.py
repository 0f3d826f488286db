"""From answers that a form has read to the figures that the sums need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proposals.money.books import Books
from proposals.money.savings import Figures

Cleaned = Mapping[str, Any]


def line(cleaned: Cleaned, name: str) -> tuple[int | None, ...]:
    """The years of a grid of one line, None where one is missing; () where nothing was entered."""
    return tuple((cleaned.get(name) or {}).get("", ()))


def total(cleaned: Cleaned, name: str) -> int | None:
    """What all boxes of a grid come to, or None while one is missing."""
    amounts = [each for row in (cleaned.get(name) or {}).values() for each in row]
    return None if not amounts or None in amounts else sum(amounts)


def amount(cleaned: Cleaned, name: str, of: str) -> int:
    """The one box of a line of a grid; nought where it is empty."""
    return next(iter((cleaned.get(name) or {}).get(of, ())), None) or 0


def figures(cleaned: Cleaned) -> Figures | None:
    """The figures of the saving, or None while one that the sums need is missing."""
    baseline, one_off = total(cleaned, "F3"), total(cleaned, "F7")
    public = [total(cleaned, name) for name in ("F4", "F5", "F6")]
    if baseline is None or one_off is None or None in public:
        return None
    return Figures(
        baseline=baseline,
        in_house=_whole(cleaned, "F4"),
        price=_whole(cleaned, "F5"),
        management=_whole(cleaned, "F6"),
        one_off=one_off,
    )


def whole(cleaned: Cleaned, name: str) -> dict[str, tuple[int, ...]] | None:
    """The lines of a grid, or None while a box is missing."""
    return None if total(cleaned, name) is None else dict(cleaned[name])


def net(cleaned: Cleaned) -> int | None:
    """The net saving, which needs no cost of today; None while a figure is missing."""
    stay, price, manage, one_off = (total(cleaned, name) for name in ("F4", "F5", "F6", "F7"))
    if stay is None or price is None or manage is None or one_off is None:
        return None
    return stay - price - manage - one_off


def books(cleaned: Cleaned) -> Books | None:
    """The mutual's own books, or None while a figure is missing."""
    lowest = cleaned.get("F11_lowest")
    income, costs = whole(cleaned, "F8"), whole(cleaned, "F9")
    if lowest is None or income is None or costs is None or total(cleaned, "F11_closing") is None:
        return None
    closing = _whole(cleaned, "F11_closing")
    return Books(income=income, costs=costs, lowest=lowest, closing=closing)


def _whole(cleaned: Cleaned, name: str) -> tuple[int, ...]:
    return tuple(each for each in line(cleaned, name) if each is not None)
