"""Every address of ours, with the view behind it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

OURS = ("accounts", "activity", "proposals", "pathfinders", "advice", "mutuals_portal")


@dataclass(frozen=True)
class Address:
    """One address: its name with its namespace, its route, and its view."""

    name: str
    route: str
    view: Callable[..., Any]

    @property
    def source(self) -> str:
        return inspect.getsource(inspect.unwrap(self.view))


def ours() -> list[Address]:
    """The addresses whose views are in our rooms."""
    return [each for each in _walk(get_resolver(), "", "") if _is_ours(each.view)]


def _is_ours(view: Callable[..., Any]) -> bool:
    module = inspect.unwrap(view).__module__
    return module.split(".")[0] in OURS


def _walk(resolver: URLResolver, prefix: str, route: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern, inside, here)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield Address(f"{prefix}{pattern.name}", here, pattern.callback)
