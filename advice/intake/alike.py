"""Open questions in words like those that an adviser writes down: perhaps the same matter.

Only those whose words the adviser may read are looked through. Words are compared as a search does,
by their stems and without those that say nothing; two that both have make a question like another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery, Value

from accounts.models import User
from activity.searching import LANGUAGE
from advice.intake.asked import first_words
from advice.intake.models import Enquiry, Message

MOST = 4
# Of those that are like it so many are looked through.
MOST_LIKE = 2_000
# What has fewer words of such a length is not looked for.
LEAST = 2
WORD = re.compile(r"\w{3,}")
# Whoever asks anything says these; the dictionary of the database leaves out only shorter ones.
SAID_BY_ALL = """
    also anybody anyone anything ask asked asking asks become becomes caller calling could does find
    get gets give going happen happens hello help how know like likes make many may mean means might
    must need needs question questions said say says somebody someone something tell thank thanks told
    use want wanted wants whether wonder wondering would
"""
SAYS_NOTHING = frozenset(SAID_BY_ALL.split())


class TwoOf(SearchQuery):
    """The query of whatever has two of the words of a text; none, where the text has no two.

    The longest of a text are asked for: they are the rarest.
    """

    SEARCH_TYPES = {"plain": "portal_two_of"}


class Shared(Func):
    """How many stems two search vectors both have."""

    template = "cardinality(ARRAY(SELECT unnest(tsvector_to_array(%(expressions)s))))"
    arg_joiner = ")) INTERSECT SELECT unnest(tsvector_to_array("
    output_field = IntegerField()


@dataclass(frozen=True)
class Alike:
    """What was found, the most alike first: enquiries, each with its first words as `said`.

    asked: whether enough was written to look for. is_more: whether there is more.
    """

    open: list[Enquiry]
    asked: bool
    is_more: bool = False


def find(words: str, reader: User) -> Alike:
    """The open questions that the reader may read in words like these: one query."""
    telling = [word for word in WORD.findall(words.lower()) if word not in SAYS_NOTHING]
    if len(telling) < LEAST:
        return Alike([], asked=False)
    rows = list(_closest(" ".join(telling), reader)[: MOST + 1])
    return Alike(rows[:MOST], asked=True, is_more=len(rows) > MOST)


def _closest(words: str, reader: User) -> QuerySet[Enquiry]:
    """Those with the most of the words, the newest of equals first.

    Of words that very many have, the newest so many are looked through.
    """
    # In an order that no index has: else the database may walk through all that was ever said, for
    # open ones lie at its end.
    near = like(words).order_by(F("enquiry") * -1).values("enquiry")[:MOST_LIKE]
    readable = Enquiry.objects.readable_by(reader).open().filter(pk__in=near)
    stems = SearchVector(Value(words), config=LANGUAGE)
    asked = Message.objects.filter(enquiry=OuterRef("pk"), asks=True).order_by()
    shared = Subquery(asked.values(n=Shared(F("search_public"), stems))[:1])
    told = readable.select_related("adviser").annotate(said=first_words(reader), shared=shared)
    return told.order_by("-shared", "-pk")


def like(words: str) -> QuerySet[Message]:
    """What open enquiries ask first with two of these words, by the index of just that."""
    return Message.objects.filter(asks=True, search_public=TwoOf(words))
