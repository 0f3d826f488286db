"""Pages of a long list by key: as fast at the millionth row as at the first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db import models
from django.db.models import Q

M = TypeVar("M", bound=models.Model)
R = TypeVar("R")
ROWS = 25
SALT = "keyset"


@dataclass(frozen=True)
class Page(Generic[R]):
    """One page of a list, and the keys that its neighbours begin after (None: there is none)."""

    rows: list[R]
    after: str | None
    is_first: bool


def page(queryset: models.QuerySet[M], order: tuple[str, ...], after: str | None) -> Page[M]:
    """The page of `queryset` that follows the key `after`, in this order.

    order: columns with an optional "-", the last of them unique; none may be null.
    after: the key of the row before, as a page before gave it; anything else is the first page.
    """
    key = _read(after, order)
    return _cut(_following(queryset, order, key), order, key)


def merged(
    parts: Sequence[models.QuerySet[Any, Any]], order: tuple[str, ...], after: str | None
) -> Page[Any]:
    """A page of several lists as one: each gives no more rows than a page needs.

    parts: `values_list(..., named=True)` of the same names, whose columns of `order` tell the row
    of one list from the row of another too. order, after: as for `page`.
    """
    key = _read(after, order)
    first, *others = (_following(part, order, key) for part in parts)
    return _cut(first.union(*others, all=True).order_by(*order)[: ROWS + 1], order, key)


def _following(
    queryset: models.QuerySet[Any, Any], order: tuple[str, ...], key: list[Any] | None
) -> models.QuerySet[Any, Any]:
    rows = queryset.order_by(*order)
    if key is not None:
        rows = rows.filter(_beyond(order, key))
    return rows[: ROWS + 1]


def _cut(
    rows: models.QuerySet[Any, Any], order: tuple[str, ...], key: list[Any] | None
) -> Page[Any]:
    found = list(rows)
    more = len(found) > ROWS
    found = found[:ROWS]
    return Page(found, _key(found[-1], order) if more else None, key is None)


def _salt(order: tuple[str, ...]) -> str:
    """A key belongs to one order: a date is no place in a list of names."""
    return ":".join((SALT, *order))


def _beyond(order: tuple[str, ...], key: list[Any]) -> Q:
    """Rows after the key: (a, b) > (x, y), spelled out for mixed directions."""
    beyond, equal = Q(), Q()
    for column, value in zip(order, key, strict=True):
        name = column.lstrip("-")
        comparison = "lt" if column.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{name}__{comparison}": value})
        equal &= Q(**{name: value})
    first = order[0].lstrip("-")
    bound = "lte" if order[0].startswith("-") else "gte"
    # Redundant, but it lets the index begin at the key instead of reading up to it.
    return Q(**{f"{first}__{bound}": key[0]}) & beyond


def _key(row: Any, order: tuple[str, ...]) -> str:
    values = [getattr(row, column.lstrip("-")) for column in order]
    plain = [value.isoformat() if hasattr(value, "isoformat") else str(value) for value in values]
    return signing.dumps(json.dumps(plain), salt=_salt(order), compress=True)


def _read(after: str | None, order: tuple[str, ...]) -> list[Any] | None:
    """The values of a key; None for a key that is not ours, or is of another order."""
    if not after:
        return None
    try:
        key: list[Any] = json.loads(signing.loads(after, salt=_salt(order)))
    except signing.BadSignature:
        return None
    return key
