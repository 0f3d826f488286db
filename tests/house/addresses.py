"""Every address of the portal, with the view behind it; and what kind of page an address shows."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve

from activity import workflow

OURS = ("accounts", "activity", "proposals", "pathfinders", "advice", "mutuals_portal")
ADMIN = "admin:"


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
    return [each for each in every() if _is_ours(each.view)]


def every() -> list[Address]:
    """All addresses but those of Django's admin, which is not ours to draw."""
    return [each for each in _walk(get_resolver(), "", "") if not each.name.startswith(ADMIN)]


def kind(path: str) -> tuple[str, str]:
    """The name of an address and the status of the record that it shows ("": of none).

    Raises Resolver404 for an address that leads nowhere.
    """
    found = resolve(path)
    return found.view_name, _status(found.kwargs.get("reference"))


def _status(reference: str | None) -> str:
    if reference is None:
        return ""
    for life in workflow.lifecycles():
        record = life.model._base_manager.filter(reference=reference).first()
        if record is not None:
            return str(record.status)
    return ""


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
