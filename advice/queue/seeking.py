"""Which enquiries have some words, fast whatever is looked for.

First the indexes alone are asked, up to a bound: where few have the words, the list is narrowed to
these. Where many have them, it is read in its own order, and each row asked, until a page is full.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Exists, Func, OuterRef, Q, Value

from activity.searching import Among, query, reference_in
from advice.intake.models import Message, Note

# So many have a word that one in two hundred of a million has: further ones are near.
MOST = 5_000


@dataclass(frozen=True)
class Sought:
    """What the indexes know of some words: of whose enquiries, whoever may read them.

    keys: those that have them, up to MOST. is_all: there are no more.
    """

    words: str
    keys: list[int]
    is_all: bool

    @classmethod
    def of(cls, words: str, keys: list[int]) -> Sought:
        return cls(words, keys[:MOST], is_all=len(keys) <= MOST)

    def matching(self) -> Q:
        """Those with the words in a message or a note; a reference is that of one."""
        if reference := reference_in(self.words):
            return Q(reference=reference)
        return Q(Among.of("pk", self.keys)) if self.is_all else _asked_one_by_one(self.words)


# What is known where nothing is looked for: nothing has the words.
NOTHING = Sought("", [], is_all=True)


def keys_of(words: str) -> Func | Value:
    """The keys for `Sought.of`, as a part of any query; none where nothing is looked for."""
    if not words or reference_in(words):
        return Value([], output_field=_KEYS)
    return _EnquiriesWith(query(words), Value(MOST + 1))


_KEYS: Any = ArrayField(BigIntegerField())


class _EnquiriesWith(Func):
    template = "ARRAY(SELECT portal_enquiries_with(%(expressions)s))"
    output_field = _KEYS


def _asked_one_by_one(words: str) -> Q:
    """Whether an enquiry has the words, by what was said in it.

    That the key is no smaller either is true of itself, and keeps the database from reading all
    that has the words, whoever's it is, before the first row.
    """
    own = {"enquiry": OuterRef("pk"), "enquiry__gte": OuterRef("pk")}
    said = Message.objects.filter(search_public=query(words), **own)
    noted = Note.objects.filter(search_staff=query(words), **own)
    return Q(Exists(said)) | Q(Exists(noted))
