"""Who rings: what they asked before, as far as the adviser on the line may know.

A whole number or address is looked for among all providers, and of what another provider holds only
topic, age and place are told. A name is looked for among what the adviser may read. A part of a
number finds nothing, and whole ones are counted: the search tells nobody who rang.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F, Q, QuerySet, Value

from accounts.models import User
from activity import limits
from activity.doors import AN_HOUR
from advice.intake import telephone
from advice.intake.asked import first_words
from advice.intake.models import Contact, Enquiry

MOST = 8
# Of those who share a name the newest so many are looked through.
MOST_NAMED = 2_000
LOOKS_AN_HOUR = 60
DOOR = "advice.caller"
SHORTEST_NAME = 2
WORDS_OF_A_NAME = 4


@dataclass(frozen=True)
class Caller:
    """What was typed of who rings."""

    name: str = ""
    telephone: str = ""
    email: str = ""

    @property
    def number(self) -> str:
        """The whole number, or ""."""
        return telephone.whole(self.telephone)

    @property
    def address(self) -> str:
        """The whole address, or ""."""
        typed = self.email.strip().lower()
        try:
            validate_email(typed)
        except ValidationError:
            return ""
        return typed

    @property
    def key(self) -> str:
        """What is looked for among all providers; "" is nothing."""
        return f"{self.number} {self.address}".strip()


@dataclass(frozen=True)
class Earlier:
    """One earlier contact. said: the first line of it, "" for who may not read it."""

    enquiry: Enquiry
    said: str
    can_read: bool
    is_same_caller: bool


@dataclass(frozen=True)
class Found:
    """What was found. open: perhaps the same matter. over: other earlier contacts.

    asked: whether anything was typed by which somebody is found. is_counted_out: whether so many
    numbers were asked for that other providers are not looked at. is_more: whether there is more.
    """

    open: list[Earlier]
    over: list[Earlier]
    asked: bool
    is_counted_out: bool = False
    is_more: bool = False

    @property
    def count(self) -> int:
        """How many are shown."""
        return len(self.open) + len(self.over)


def may_look(adviser: User) -> bool:
    """Count one more number that is asked for, and say whether it is within what calls need."""
    return limits.knock(DOOR, str(adviser.pk), within=AN_HOUR) <= LOOKS_AN_HOUR


def find(caller: Caller, reader: User, *, everywhere: bool) -> Found:
    """What a caller asked before, open ones first: at most two queries.

    everywhere: whether the whole number and address may be looked for among all providers. If not,
    they are looked for nowhere.
    """
    by_key = _with_key(caller) if everywhere else None
    same, alike = _keys(by_key, _with_name(caller.name, reader))
    keys = list(dict.fromkeys([*same, *alike]))[: MOST + 1]
    rows = _told(keys, reader)
    shown = [_earlier(rows[key], same) for key in keys[:MOST] if key in rows]
    return Found(
        open=[each for each in shown if each.enquiry.is_open],
        over=[each for each in shown if not each.enquiry.is_open],
        asked=bool(caller.key or _words(caller.name)),
        is_counted_out=bool(caller.key) and not everywhere,
        is_more=len(keys) > MOST,
    )


def _keys(*parts: QuerySet[Any, Any] | None) -> list[list[int]]:
    """The enquiries of each part, the newest first: one query for all, each cut by itself.

    parts: of rows of one column, a key, in that order; None where there is nothing to look for.
    """
    asked = [
        part.annotate(part=Value(place)).values_list("key", "part")[: MOST + 1]
        for place, part in enumerate(parts)
        if part is not None
    ]
    found = sorted(asked[0].union(*asked[1:], all=True), reverse=True) if asked else []
    return [[key for key, part in found if part == place] for place in range(len(parts))]


def _with_key(caller: Caller) -> QuerySet[Any, Any] | None:
    """The enquiries of a number or an address, the newest first."""
    same = Q()
    if caller.number:
        same |= Q(whole_telephone=caller.number)
    if caller.address:
        same |= Q(email__iexact=caller.address)
    return (
        Contact.objects.filter(same).order_by("-enquiry").values(key=F("enquiry")) if same else None
    )


def _with_name(name: str, reader: User) -> QuerySet[Any, Any] | None:
    """The enquiries that the reader may read of somebody called like this, the newest first."""
    words = _words(name)
    if not words:
        return None
    # By name first, and in an order that no index has: else the database walks through all that
    # there are, the newest first, until it has enough of a name that nobody has.
    named = _named(words).order_by(F("enquiry") * -1).values("enquiry")[:MOST_NAMED]
    readable = Enquiry.objects.readable_by(reader).filter(pk__in=named)
    return readable.order_by("-pk").values(key=F("pk"))


def _named(words: list[str]) -> QuerySet[Contact]:
    """Everybody with words in their name that begin like these."""
    wanted = SearchQuery(
        " & ".join(f"{word}:*" for word in words), config="simple", search_type="raw"
    )
    named = Contact.objects.annotate(words=SearchVector("name", config="simple"))
    return named.filter(words=wanted)


def _words(name: str) -> list[str]:
    """The words of a name that are long enough to look for; nothing else has a meaning there."""
    words = [word for word in re.findall(r"\w+", name) if len(word) >= SHORTEST_NAME]
    return words[:WORDS_OF_A_NAME]


def _told(keys: Iterable[int], reader: User) -> dict[int, Enquiry]:
    """The enquiries with what may be told of them."""
    found = Enquiry.objects.visible_to(reader).select_related("topic", "provider", "adviser")
    return found.annotate(said=first_words(reader)).in_bulk(list(keys))


def _earlier(enquiry: Enquiry, same: list[int]) -> Earlier:
    said = enquiry.said  # type: ignore[attr-defined]  # annotated
    return Earlier(enquiry, said or "", said is not None, enquiry.pk in same)
