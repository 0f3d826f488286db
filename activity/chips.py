"""Filters in use as chips: links to the same list without one of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict


@dataclass(frozen=True)
class Chip:
    """A filter in use: its words, and the address of the list without it."""

    label: str
    address: str


def address(here: QueryDict, name: str, code: str | None) -> str:
    """This list with one filter set or, for None, taken off; it begins again at its first page."""
    return changed(here, **{name: [] if code is None else [code]})


def without(here: QueryDict, name: str, code: str) -> str:
    """This list without one of the values that a filter has."""
    return changed(here, **{name: [each for each in here.getlist(name) if each != code]})


def changed(here: QueryDict, **filters: list[str]) -> str:
    """This list with other values of these filters; those that are given none are taken off."""
    query = here.copy()
    query.pop("after", None)
    for name, values in filters.items():
        if values:
            query.setlist(name, values)
        else:
            query.pop(name, None)
    return f"?{query.urlencode()}"
