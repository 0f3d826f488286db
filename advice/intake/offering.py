"""Answers that advisers keep, offered while a call is written down: the part that has them says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from accounts.models import User

# What is typed of a call, field -> text.
Typed: TypeAlias = Mapping[str, str]


@dataclass(frozen=True)
class Shelf:
    """Where answers are kept.

    on_topic: the answers on the topic that is typed, as `advice/canned_choice.html` draws them, and
    whether there are more. words: those of the answer of a code, "" where there is none.
    """

    on_topic: Callable[[Typed, User], tuple[Sequence[Any], bool]]
    words: Callable[[str, Typed, User], str]


@dataclass(frozen=True)
class Fitting:
    """The answers on the topic of a call. asked: whether one is chosen."""

    answers: Sequence[Any]
    asked: bool
    is_more: bool = False


_shelves: list[Shelf] = []


def register(shelf: Shelf) -> None:
    """Let the part to the right of intake that keeps answers offer them."""
    _shelves.append(shelf)


def fitting(typed: Typed, adviser: User) -> Fitting:
    """The answers on the topic that is typed; no query without one."""
    if not typed.get("topic"):
        return Fitting([], asked=False)
    found = [shelf.on_topic(typed, adviser) for shelf in _shelves]
    answers = [each for on_topic, _more in found for each in on_topic]
    return Fitting(answers, asked=True, is_more=any(more for _on_topic, more in found))


def words_of(code: str, typed: Typed, adviser: User) -> str:
    """The words of an answer, filled in by what is typed; "" where there is none of that code."""
    return next(filter(None, (shelf.words(code, typed, adviser) for shelf in _shelves)), "")
