"""Finding cases by what was submitted, fast whatever is looked for.

First the index alone is asked which texts have the words, up to a bound: where they are few, all
that follows is about these. Where they are many, the list is read in its own order until a page is
full, which does not take long, because many have them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F, IntegerField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from activity import counting
from activity.searching import LANGUAGE, Among, query, reference_in
from proposals.draft.models import ProposalQuerySet

REFERENCE = "RTP-"
# So many texts have a word that one in two hundred of a million has: further ones are near.
MOST = 5_000
# Ranks are compared as whole numbers, for the key of a page is written down and read again.
MILLION = 1_000_000
BOTH = (True, False)
COLUMN = "submitted_words__search_staff"
# What an index can look for comes first: "" where nothing is asked, "T" where it is no help.
EVERYTHING = "T"
PROBE = """
    SELECT querytree(asked), ARRAY(SELECT portal_cases_with(asked, true, %(most)s)),
        ARRAY(SELECT portal_cases_with(asked, false, %(most)s))
    FROM websearch_to_tsquery(%(language)s::regconfig, %(words)s) AS asked
"""


@dataclass(frozen=True)
class Sought:
    """What the index knows of some words, of all cases that are open or of all others.

    pks: those whose texts have them, whoever may see them; up to MOST. is_all: there are no more.
    reference: the one that was typed instead of words, or "".
    """

    words: str
    is_open: bool
    pks: list[int]
    is_all: bool = True
    reference: str = ""

    def among(self, rows: ProposalQuerySet) -> ProposalQuerySet:
        """Those of these cases that the index gave."""
        if self.reference:
            return rows.filter(reference=self.reference)
        return rows.filter(Among.of("pk", self.pks))

    def matching(self, rows: ProposalQuerySet) -> ProposalQuerySet:
        """Those of these cases with the words; where they are many, to be read in their order."""
        if self.is_all:
            return self.among(rows)
        return rows.filter(submitted_words__is_open=self.is_open, **{COLUMN: query(self.words)})


def seek(words: str) -> dict[bool, Sought]:
    """What the index knows of words: of the open cases, by True, and of all others. One query.

    Raises ValidationError where the index is no help: every text would be read.
    """
    reference = reference_in(words)
    if reference.startswith(REFERENCE):
        return {is_open: Sought(words, is_open, [], reference=reference) for is_open in BOTH}
    with connection.cursor() as cursor:
        cursor.execute(PROBE, {"language": LANGUAGE, "words": words, "most": MOST + 1})
        sought, *found = cursor.fetchone()
    if sought == EVERYTHING:
        raise ValidationError(_("Type a word to look for, besides those that must not be there"))
    if not sought:
        raise ValidationError(_("These words are in every text. Type rarer ones"))
    return {
        is_open: Sought(words, is_open, pks[:MOST], is_all=len(pks) <= MOST)
        for is_open, pks in zip(BOTH, found, strict=True)
    }


def counts(parts: Mapping[str, tuple[ProposalQuerySet, Sought]]) -> dict[str, int]:
    """How many cases of each list have its words, up to the bound of `counting`.

    Of words that many have, those that the index gave are enough to count, or all are asked for.
    """
    found = counting.counts({name: sought.among(rows) for name, (rows, sought) in parts.items()})
    unsure = [
        name
        for name, (_rows, sought) in parts.items()
        if not sought.is_all and found[name] <= counting.MOST
    ]
    more = {name: parts[name][1].matching(parts[name][0]) for name in unsure}
    return found | counting.counts(more)


def with_rank(rows: ProposalQuerySet, words: str) -> ProposalQuerySet:
    """The same rows with how well each matches, as a whole number `rank`."""
    rank: Any = SearchRank(F(COLUMN), query(words))
    return rows.annotate(rank=Cast(rank * MILLION, IntegerField()))
