"""How far each section has come: read from the answers, never stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from proposals.draft.models import Proposal, Section
from proposals.draft.questions import GAPS, LATE, Answers, Page, PageForm, Stage, Topic, topics
from proposals.draft.remembered import remembered


class Progress(models.TextChoices):
    """How far a section has come."""

    NOT_STARTED = "not-started", _("Not started")
    IN_PROGRESS = "in-progress", _("In progress")
    NEEDS_ATTENTION = "needs-attention", _("Needs attention")
    COMPLETE = "complete", _("Complete")


@dataclass(frozen=True)
class TopicProgress:
    """A section with what is still missing in it, page by page.

    against: page -> what its answers say against those of other sections. warning: what to look at
    again although nothing is missing.
    """

    topic: Topic
    progress: Progress
    forms: tuple[tuple[Page, PageForm], ...]
    against: Mapping[str, str] = field(default_factory=dict)
    warning: str = ""

    @property
    def answers(self) -> Answers:
        """What was typed."""
        return dict(self.forms[0][1].data)

    @property
    def open_pages(self) -> tuple[Page, ...]:
        """The pages on which something is missing or wrong."""
        return self.open_at(Stage.SUBMIT)

    def open_at(self, stage: Stage) -> tuple[Page, ...]:
        """The pages on which something is missing or wrong that is needed by then."""
        return tuple(
            page
            for page, form in self.forms
            if not form.stands(stage) or (page.key in self.against and form.stage <= stage)
        )

    @cached_property
    def wrong(self) -> tuple[Page, str] | None:
        """The first page on which something is wrong, not only missing, and what it is."""
        for page, form in self.forms:
            for problem in form.problems():
                if problem.code not in GAPS | LATE:
                    return page, " ".join(problem.messages).removesuffix(".")
            if page.key in self.against:
                return page, self.against[page.key]
        return None

    @property
    def next_page(self) -> Page:
        """Where to go on: the first page with a gap, or the first page."""
        return (self.open_pages or self.topic.pages)[0]

    @property
    def shown(self) -> Progress:
        """The tag of the section: one that is complete and warns needs attention too."""
        if self.warning and self.progress == Progress.COMPLETE:
            return Progress.NEEDS_ATTENTION
        return self.progress

    @property
    def reason(self) -> str:
        """Why it needs attention, or ""."""
        return self.wrong[1] if self.wrong else self.warning

    @cached_property
    def questions(self) -> tuple[int, int]:
        """How many questions are answered, and of how many. Optional ones count when they are."""
        asked: dict[str, bool] = {}
        for _page, form in self.forms:
            for name, is_answered in answered(form):
                asked[name] = asked.get(name, True) and is_answered
        return sum(asked.values()), len(asked)


def answered(form: PageForm) -> Iterator[tuple[str, bool]]:
    """Each question of a complete page by its id, as far as it is asked: whether it is answered."""
    typed = form.typed()
    for name, asked in form.fields.items():
        is_needed = asked.required or name in form.conditional or name in form.errors
        is_asked = name not in form.conditional or name in form.errors
        if typed[name] or (is_needed and is_asked):
            yield name.partition("_")[0], bool(typed[name]) and name not in form.errors


def progress_of(
    topic: Topic, answers: Answers, everything: Mapping[str, Answers] | None = None
) -> TopicProgress:
    """Work out how far one section has come from what was typed.

    everything: the answers of all sections, for what they say against each other.
    """
    forms = tuple(
        (page, page.form(data=answers, complete=True, beside=everything)) for page in topic.pages
    )
    said = {page.key: page.against(everything) for page in topic.pages} if everything else {}
    against = {key: words for key, words in said.items() if words}
    if not any(answers.values()):
        progress = Progress.NOT_STARTED
    elif against or not all(form.has_gaps_only() for _page, form in forms):
        progress = Progress.NEEDS_ATTENTION
    elif all(form.is_valid() for _page, form in forms):
        progress = Progress.COMPLETE
    else:
        progress = Progress.IN_PROGRESS
    return TopicProgress(topic, progress, forms, against, topic.warns(answers))


@remembered
def overview(proposal: Proposal) -> list[TopicProgress]:
    """Every section of a proposal with its progress."""
    typed = _typed(proposal)
    return [progress_of(topic, typed.get(topic.key, {}), typed) for topic in topics()]


def of_one(proposal: Proposal, about: Topic) -> TopicProgress:
    """One section with its progress: reading the others takes most of a tenth of a second."""
    typed = _typed(proposal)
    return progress_of(about, typed.get(about.key, {}), typed)


def _typed(proposal: Proposal) -> dict[str, Answers]:
    """What was typed, section by section."""
    return dict(Section.objects.filter(proposal=proposal).values_list("key", "answers"))


def open_pages(proposal: Proposal, stage: Stage) -> list[tuple[Topic, Page]]:
    """The pages on which something is missing or wrong that is needed by then, with their topics."""
    return [(each.topic, page) for each in overview(proposal) for page in each.open_at(stage)]
