"""What the portal itself finds for triage in a version: what is missing or doubtful."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proposals.draft.completeness import TopicProgress, progress_of
from proposals.draft.models import Version
from proposals.draft.questions import Answers, Stage, topics
from proposals.draft.shown import named
from proposals.draft.views.reading import notes_of

Typed = Mapping[str, Answers]
YES = "yes"


@dataclass(frozen=True)
class Finding:
    """One thing to look at. where: the page of the proposal that it is about, or ""."""

    words: str
    where: str = ""


def overview(version: Version) -> list[TopicProgress]:
    """Every section of a version with what is missing or doubtful in it."""
    typed = sections_of(version)
    return [progress_of(about, about.answers(typed), typed) for about in topics()]


def sections_of(version: Version) -> dict[str, Answers]:
    """The answers of a version, section by section, without those that name people."""
    typed: dict[str, Answers] = version.content["sections"]
    return typed


def missing(found: list[TopicProgress], apart: Mapping[str, set[str]]) -> list[Finding]:
    """The pages on which something is still missing or wrong.

    apart: the questions of each section that a version keeps beside it: they are no gaps.
    """
    return [
        Finding(_("Something is missing or wrong"), named(each.topic, page))
        for each in found
        for page, form in each.forms
        if not form.stands(Stage.SUBMIT) and set(form.errors) - apart.get(each.topic.key, set())
    ]


def doubtful(found: list[TopicProgress], money: Mapping[str, Any]) -> list[Finding]:
    """What the answers say against each other, and what the figures let doubt.

    money: what these come to.
    """
    notes = [
        Finding(str(words), str(each.topic.title)) for each in found for words in notes_of(each)
    ]
    figures = topics_by_key()["money"].title
    return notes + [Finding(str(words), str(figures)) for words in money.get("doubts", ())]


def topics_by_key() -> dict[str, Any]:
    """Every topic by its key."""
    return {each.key: each for each in topics()}


def _inspected(typed: Answers) -> bool:
    return typed.get("Q2") not in (None, "", "not-inspected") and not typed.get("Q2_link")


# section -> when a document is expected of it, and what of
WANTED: dict[str, tuple[Callable[[Answers], bool], str | Promise]] = {
    "money": (
        lambda typed: True,
        gettext_lazy("No document shows where the figures come from"),
    ),
    "quality": (
        _inspected,
        gettext_lazy("Neither an address nor a document of the inspection report"),
    ),
    "assets": (
        lambda typed: typed.get("A1") == YES,
        gettext_lazy("No document about the buildings"),
    ),
}


def documents_wanted(typed: Typed, given: set[str]) -> list[Finding]:
    """Documents that these answers let expect and that did not come. given: sections that have one.

    The form asks for none, so each is a hint and no gap.
    """
    titles = topics_by_key()
    return [
        Finding(str(words), str(titles[key].title))
        for key, (is_wanted, words) in WANTED.items()
        if key not in given and is_wanted(typed.get(key, {}))
    ]
