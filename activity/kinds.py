"""The kinds of messages: who can be told each, and what its reader may choose about its mail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from activity.actors import holds

Audience: TypeAlias = Callable[[User], bool]
Words: TypeAlias = str | Promise


class How(models.TextChoices):
    """How a message that is in the inbox anyway comes by mail."""

    NOW = "now", _("At once")
    DAY = "day", _("In one daily mail")
    OFF = "off", _("Not by mail")


@dataclass(frozen=True)
class Kind:
    """One kind of message.

    name: as its templates are called. label: what it tells, in its reader's words; "" where only
    people without an account are told, who have nowhere to choose. group: the heading above it.
    to: those who can get it. least: the most silent way that may be chosen. why: where that is
    NOW, the reason, told to the reader. mailed: False for what is in the inbox alone.
    in_office_hours: mailed on working days from 8am to 6pm alone, as reminders and warnings are.
    is_private: nobody who mends mail may see to whom it went; its app shows what failed.
    asks: it asks for something, so whoever stands in for its reader is told too.
    """

    name: str
    label: Words = ""
    group: Words = ""
    to: tuple[Audience, ...] = ()
    least: How = How.NOW
    why: Words = ""
    mailed: bool = True
    in_office_hours: bool = False
    is_private: bool = False
    asks: bool = False

    @property
    def choices(self) -> list[How]:
        """The ways that may be chosen, the loudest first."""
        ways = list(How)
        return ways[: ways.index(self.least) + 1]

    @property
    def is_open(self) -> bool:
        """Whether its reader has a choice."""
        return self.mailed and len(self.choices) > 1

    def nearest(self, wanted: str) -> How:
        """The way that was wanted, or what comes nearest to it: kinds change, choices stay."""
        return How(wanted) if wanted in self.choices else self.least


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Let an app say which kinds of messages it sends."""
    _kinds.update((kind.name, kind) for kind in kinds)


def registered() -> list[Kind]:
    """Every kind, in the order of the apps."""
    return list(_kinds.values())


def find(name: str) -> Kind:
    """A kind by its name. One that nobody registered may not wait: nothing says that it can."""
    return _kinds.get(name) or Kind(name)


def private() -> list[str]:
    """The names of those that whoever mends mail does not see."""
    return [kind.name for kind in registered() if kind.is_private]


def for_reader(user: User) -> list[Kind]:
    """The kinds that this person can get, each audience asked once."""
    reached = {audience for audience in _audiences(registered()) if audience(user)}
    return [kind for kind in registered() if not reached.isdisjoint(kind.to)]


def anybody(user: User) -> bool:
    """Everybody who has an account."""
    return True


def in_role(*roles: Role) -> Audience:
    """Whoever holds one of these roles today."""
    return lambda user: holds(user, *roles)


def _audiences(kinds: Iterable[Kind]) -> Iterable[Audience]:
    return dict.fromkeys(audience for kind in kinds for audience in kind.to)
