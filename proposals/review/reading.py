"""A proposal as it is read for one criterion: its answers page by page, and how each last changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from proposals.draft import differing
from proposals.draft.differing import Difference, Differences
from proposals.draft.freezing import answers_of
from proposals.draft.models import Criterion, Proposal, Version
from proposals.draft.models.criteria import is_among
from proposals.draft.questions import MOST_NARROW, Answers, Page, Table, Topic, topics
from proposals.draft.shown import Row, blocks, rows_of

# So many versions are looked through for how an answer came about.
LOOKED_BACK = 5


@dataclass(frozen=True)
class Frozen:
    """A version with all its answers, those that name people among them, by the topic's key."""

    version: Version
    typed: Mapping[str, Answers]


@dataclass(frozen=True)
class Change(Differences):
    """How a page last changed: between which versions, by their numbers, and in what."""

    before: int
    after: int
    differences: list[Difference]


@dataclass(frozen=True)
class Part:
    """One page of the proposal. blocks: its answers. wide: tables that need more than a pane."""

    topic: Topic
    page: Page
    blocks: list[Row]
    wide: list[Row]
    change: Change | None

    @property
    def place(self) -> str:
        """Its page, as criteria and figures name it."""
        return f"{self.topic.key}/{self.page.key}"

    @property
    def anchor(self) -> str:
        """The id of its heading."""
        return f"{self.topic.key}-{self.page.key}"


def frozen(case: Proposal) -> list[Frozen]:
    """The last versions of a case with their scheme, the newest first; in two queries."""
    found = case.versions.select_related("scheme").prefetch_related("named")
    return [Frozen(each, answers_of(each)) for each in found.order_by("-number")[:LOOKED_BACK]]


def pages_of(criterion: Criterion) -> list[tuple[Topic, Page]]:
    """What belongs to a criterion, in the order of the proposal; what is asked no longer is left out."""
    return [
        (topic, page)
        for topic in topics()
        for page in topic.pages
        if is_among(criterion.places, topic.key, page.key)
    ]


def sections_of(criterion: Criterion) -> set[str]:
    """The sections that have a page of it."""
    return {place.partition("/")[0] for place in criterion.places}


def parts(criterion: Criterion, versions: Sequence[Frozen]) -> list[Part]:
    """The answers that belong to a criterion. versions: newest first, one at least."""
    return [_part(topic, page, versions) for topic, page in pages_of(criterion)]


def changed_in(
    topic: Topic, page: Page, versions: Sequence[Frozen]
) -> tuple[Frozen, Frozen] | None:
    """The two versions between which a page last changed, the later first; None if it never did."""
    for after, before in pairwise(versions):
        if differing.differs(topic, page, before.typed, after.typed):
            return after, before
    return None


def _part(topic: Topic, page: Page, versions: Sequence[Frozen]) -> Part:
    typed = versions[0].typed
    form = page.form(data=topic.answers(typed), beside=typed)
    rows = [row | {"value": in_a_pane(row["value"])} for row in rows_of([(page, form)])]
    narrow = [row for row in rows if not is_wide(row["value"])]
    wide = [row for row in rows if is_wide(row["value"])]
    return Part(topic, page, blocks(narrow), blocks(wide), _change(topic, page, versions))


def _change(topic: Topic, page: Page, versions: Sequence[Frozen]) -> Change | None:
    found = changed_in(topic, page, versions)
    if found is None:
        return None
    after, before = found
    differences = differing.within(topic, page, before.typed, after.typed)
    return Change(before.version.number, after.version.number, differences)


def in_a_pane(value: str | Table) -> str | Table:
    """A table of words as cards, where its columns do not fit beside each other in a pane. Pure."""
    if not isinstance(value, Table) or value.groups or value.is_money:
        return value
    return replace(value, groups=(len(value.head),)) if len(value.head) > MOST_NARROW else value


def is_wide(value: str | Table) -> bool:
    """Whether a table has more columns than a pane is wide, and no cards for them. Pure."""
    return isinstance(value, Table) and not value.groups and len(value.head) > MOST_NARROW
