"""Amounts of money as pages write them."""

from __future__ import annotations


def pounds(pence: int | None) -> str:
    """£453,915, with pence only when there are any, and a true minus: −£21,085."""
    if pence is None:
        return ""
    whole, rest = divmod(abs(int(pence)), 100)
    return f"{'−' if pence < 0 else ''}£{whole:,}{f'.{rest:02}' if rest else ''}"
