"""What officials find a case by, written down as it is submitted. `seeking` finds it again.

Only what was submitted is among it: no draft, no note or request of officials, nothing that its
employer wrote, no reason before its letter. Answers that name people stay out too: whoever has not
declared yet may not learn them, and they can be redacted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import add
from typing import Any

from django import forms
from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from activity.grids import GridField
from activity.rows import RowsField
from activity.searching import LANGUAGE
from proposals.draft.keeping import kept
from proposals.draft.models import Proposal, SubmittedWords, Version
from proposals.draft.models.proposal import WITH_OFFICIALS
from proposals.draft.questions import Answers, Topic, in_words, topics

# A search vector holds a megabyte: of the longest texts no more is found than their beginnings.
MOST_BYTES = {"A": 4_000, "B": 8_000, "C": 64_000, "D": 256_000}


def keep(proposal: Proposal, version: Version) -> None:
    """Let officials find a proposal by a version, and by none before it."""
    row = SubmittedWords(
        proposal=proposal,
        is_open=proposal.status in WITH_OFFICIALS,
        search_staff=vector(proposal, version.documents(), version.content["sections"]),
    )
    SubmittedWords.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["proposal"],
        update_fields=["is_open", "search_staff"],
    )


def vector(proposal: Any, documents: Iterable[Any], sections: Mapping[str, Answers]) -> Any:
    """The search vector of a proposal, for a column.

    What it is called counts most, then its employer, its documents, and last its answers. The
    number of its reference is a word of its own: people type it alone.
    """
    employer = proposal.employer
    words = {
        "A": [proposal.title, proposal.reference, proposal.reference.rpartition("-")[2]],
        "B": [employer.name, *employer.other_names],
        "C": [text for each in documents for text in (each.title, each.name.replace(".", " "))],
        "D": answers_in_words(sections),
    }
    parts = [
        SearchVector(Value(_bounded(found, MOST_BYTES[weight])), weight=weight, config=LANGUAGE)
        for weight, found in words.items()
    ]
    return reduce(add, parts)


def answers_in_words(sections: Mapping[str, Answers]) -> Iterator[str]:
    """Every answer as its reader sees it. Of what is asked no longer, what was typed.

    sections: as a version holds them, by the topic's key.
    """
    for about in topics():
        fields = _fields(about)
        for name, typed in about.answers(sections).items():
            if name not in fields:
                yield from _texts(typed)
            elif fields[name] is not None:
                yield from _words(fields[name], kept(fields[name], {name: typed}, name))


def _fields(about: Topic) -> dict[str, Any]:
    """The questions of a topic; None for what only helps to answer one, or names an employer."""
    return {
        name: None if name in page.form.only_asks or hasattr(field, "words") else field
        for page in about.pages
        for name, field in page.form.base_fields.items()
    }


def _words(field: forms.Field, typed: Any) -> Iterator[str]:
    if isinstance(field, RowsField):
        for row in field.words_of(typed):
            yield from row.values()
    # The amounts of a grid are no words: nobody looks for a case by one of two hundred.
    elif not isinstance(field, GridField):
        yield str(in_words(field, typed))


def _texts(typed: Any) -> Iterator[str]:
    if isinstance(typed, str):
        yield typed
    elif isinstance(typed, Mapping | list):
        for each in typed.values() if isinstance(typed, Mapping) else typed:
            yield from _texts(each)


def _bounded(texts: Iterable[str], most: int) -> str:
    """Texts as one, cut to so many bytes."""
    whole = "\n".join(filter(None, texts)).replace("\x00", " ")
    return whole.encode("utf-8", "ignore")[:most].decode("utf-8", "ignore")
