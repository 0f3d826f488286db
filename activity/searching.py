"""Searching the whole portal: each app finds among what its reader may see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise

from accounts.models import User

M = TypeVar("M", bound=models.Model)
Reader: TypeAlias = User | AnonymousUser

LANGUAGE = "english"
# What one app shows of what it found.
MOST = 10
# Ranking reads every match, so of a word that very many have, any so many are ranked.
MOST_RANKED = 1_000
# A whole reference, as somebody copies it out of a message.
REFERENCE = re.compile(r"[A-Z]{2,4}(-[0-9]+)+(-[A-Z])?", re.IGNORECASE)


@dataclass(frozen=True)
class Hit:
    """One record that was found: its name, its page, what tells it from others, where it stands."""

    title: str
    path: str
    more: str
    status: str = ""
    status_label: str = ""
    is_example: bool = False


@dataclass(frozen=True)
class Group:
    """What one app found. is_more: whether there is more.

    all_path, all_label: a page that shows all, and how it is called; or "".
    """

    heading: str | Promise
    hits: list[Hit]
    is_more: bool = False
    all_path: str = ""
    all_label: str | Promise = ""


Source: TypeAlias = Callable[[Reader, str], Group]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let an app search among what a reader may see: a fixed number of queries."""
    _sources.append(source)


def search(reader: Reader, words: str) -> list[Group]:
    """What each app finds; an app that finds nothing is left out."""
    return [group for group in _found(reader, words) if group.hits]


def _found(reader: Reader, words: str) -> Iterator[Group]:
    for source in _sources:
        yield source(reader, words)


class Among(models.Func):
    """Whether a number is one of many given as one value, of which the planner knows how many."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY ("
    output_field = models.BooleanField()

    @classmethod
    def of(cls, name: str, numbers: list[int]) -> Among:
        """Whether the number of this name is among these."""
        whole: Any = ArrayField(models.BigIntegerField())
        return cls(name, models.Value(numbers, output_field=whole))


def query(words: str) -> SearchQuery:
    """Words as a search engine reads them: quotes, "or", and a minus for what must not be there."""
    return SearchQuery(words, config=LANGUAGE, search_type="websearch")


def reference_in(words: str) -> str:
    """The reference that somebody typed, or "" when it is anything else."""
    typed = words.strip()
    return typed.upper() if REFERENCE.fullmatch(typed) else ""


def best(rows: models.QuerySet[M, M], words: str, *, vector: str = "search_public") -> list[M]:
    """The rows that match best, at most one more than MOST, in one query.

    vector: the column of the search vector. A reference matches the record that has it.
    """
    wanted = query(words)
    matches = Q(**{vector: wanted})
    if reference := reference_in(words):
        matches |= Q(reference=reference)
    few = rows.filter(matches).order_by().values("pk")[:MOST_RANKED]
    rank: Any = SearchRank(F(vector), wanted)
    return list(rows.filter(pk__in=few).order_by(rank.desc(), "-pk")[: MOST + 1])
