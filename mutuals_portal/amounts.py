"""Amounts as pages and charts write them."""

from __future__ import annotations

from activity.amounts import pounds


def number(amount: int) -> str:
    """1,204, with a true minus."""
    return f"{amount:,}".replace("-", "−")


def percent(amount: int) -> str:
    """61%."""
    return f"{number(amount)}%"


# What a chart can count: whole pence, whole numbers, whole per cents.
UNITS = {"pounds": pounds, "number": number, "percent": percent}
