"""Mentioning a colleague in a note: only officials who may open the case, each told once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.people import named
from activity import clock, outbox
from activity.transactions import in_one_piece
from proposals.draft import readers
from proposals.draft.models import Proposal
from proposals.review.models import Mention, Note

# What begins with "@" and is no address of mail: the words after it are looked for among names.
CALLED = re.compile(r"(?<![^\s(])@(?=\w)")
FIRST_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True)
class Around:
    """Whom somebody can mention in a case, by name; and whether they are mentioned and have not read it."""

    offered: list[User]
    is_mentioned: bool


def around(case: Proposal, reader: User) -> Around:
    """All who declared no conflict with the case can be mentioned, but for the reader; in one query."""
    unread = Mention.objects.filter(note__proposal=case, user=OuterRef("pk"), read_at=None)
    officials = readers.officials(case).annotate(is_mentioned=Exists(unread))
    everybody = list(officials.order_by("name", "pk"))
    return Around(
        [each for each in everybody if each != reader],
        any(each.is_mentioned for each in everybody if each == reader),
    )


def called(text: str, people: Collection[User]) -> tuple[list[User], list[str]]:
    """Whom a text calls by "@Name": the people, and the words after "@" that name nobody or several.

    A whole name is looked for first, then a first word that only one of them has. Pure.
    """
    found, unknown = [], []
    for place in CALLED.finditer(text):
        rest = text[place.end() :]
        those = _whole(rest, people) or _first(rest, people)
        if len(those) == 1:
            found += those
        else:
            unknown.append(_word(rest))
    return list(dict.fromkeys(found)), list(dict.fromkeys(unknown))


def _whole(rest: str, people: Iterable[User]) -> list[User]:
    """Whoever has the longest name that a text begins with."""
    begun = rest.casefold()
    those = [each for each in people if _begins(begun, str(each).casefold())]
    longest = max((len(str(each)) for each in those), default=0)
    return [each for each in those if len(str(each)) == longest]


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


def _first(rest: str, people: Iterable[User]) -> list[User]:
    word = _word(rest).casefold()
    return [each for each in people if _word(str(each)).casefold() == word]


def _word(text: str) -> str:
    begun = FIRST_WORD.match(text)
    return begun.group() if begun else ""


def mention(note: Note, colleagues: Collection[User]) -> None:
    """Keep whom a new note mentions, and tell them; never anybody who may not open its case."""
    case = note.proposal
    may_open = readers.officials(case).exclude(pk=note.by_id)
    those = list(may_open.filter(pk__in=[each.pk for each in colleagues]))
    Mention.objects.bulk_create(Mention(note=note, user=each) for each in those)
    if those:
        outbox.tell("case.mention", case, those)


@in_one_piece
def read(case: Proposal, by: User) -> None:
    """Somebody has read, or answered, all that mentions them in a case."""
    Mention.objects.unread(by).filter(note__proposal=case).update(read_at=clock.now())


def beside(notes: QuerySet[Note]) -> QuerySet[Note]:
    """Notes with the names of whom each mentions, as `mentioned`."""
    those = Mention.objects.filter(note=OuterRef("pk")).order_by("pk")
    return notes.annotate(mentioned=ArraySubquery(those.values(who=named("user__"))))
