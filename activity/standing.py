"""Where a record stands, in one sentence for those outside and one for officials."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db import models
from django.utils.functional import Promise

Words: TypeAlias = str | Promise

OUTSIDE, INSIDE = "outside", "inside"


def _own_status(record: Any) -> str:
    return str(record.status)


@dataclass(frozen=True)
class Standing:
    """What each status of one lifecycle means, by audience.

    outside, inside: status -> sentence, in which %(day)s and the like stand for dates. A status
    that nobody outside ever sees has no sentence there. known: the status as those outside may
    know it. dates: the dates of a record in words, by the names that the sentences use.
    """

    outside: Mapping[str, Words]
    inside: Mapping[str, Words]
    dates: Callable[[Any], dict[str, str]]
    known: Callable[[Any], str] = _own_status


_standings: dict[type[models.Model], Standing] = {}


def register(model: type[models.Model], standing: Standing) -> None:
    """Let an app say what the statuses of one of its models mean."""
    _standings[model] = standing


def of(model: type[models.Model]) -> Standing:
    """What was registered for a model; KeyError if nothing."""
    return _standings[model]


def sentence(record: models.Model, audience: str) -> str:
    """What its status means for an audience, with the record's own dates."""
    standing = of(type(record))
    words = standing.inside if audience == INSIDE else standing.outside
    status = _own_status(record) if audience == INSIDE else standing.known(record)
    return str(words[status]) % standing.dates(record)
