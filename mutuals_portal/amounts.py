"""Amounts as pages and charts write them."""

from __future__ import annotations


def pounds(pence: int | None) -> str:
    """£453,915, with pence only when there are any, and a true minus: −£21,085."""
    if pence is None:
        return ""
    whole, rest = divmod(abs(int(pence)), 100)
    return f"{'−' if pence < 0 else ''}£{whole:,}{f'.{rest:02}' if rest else ''}"


def number(amount: int) -> str:
    """1,204, with a true minus."""
    return f"{amount:,}".replace("-", "−")


def percent(amount: int) -> str:
    """61%."""
    return f"{number(amount)}%"


# What a chart can count: whole pence, whole numbers, whole per cents.
UNITS = {"pounds": pounds, "number": number, "percent": percent}
