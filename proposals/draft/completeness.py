"""How far each section has come: read from the answers, never stored."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from proposals.draft.models import Proposal, Section
from proposals.draft.questions import Answers, Page, PageForm, Topic, topics
from proposals.draft.remembered import remembered


class Progress(models.TextChoices):
    """How far a section has come."""

    NOT_STARTED = "not-started", _("Not started")
    IN_PROGRESS = "in-progress", _("In progress")
    NEEDS_ATTENTION = "needs-attention", _("Needs attention")
    COMPLETE = "complete", _("Complete")


@dataclass(frozen=True)
class TopicProgress:
    """A section with what is still missing in it, page by page."""

    topic: Topic
    progress: Progress
    forms: tuple[tuple[Page, PageForm], ...]

    @property
    def open_pages(self) -> tuple[Page, ...]:
        """The pages on which something is missing or wrong."""
        return tuple(page for page, form in self.forms if not form.is_valid())

    @property
    def next_page(self) -> Page:
        """Where to go on: the first page with a gap, or the first page."""
        return (self.open_pages or self.topic.pages)[0]

    @property
    def pages_done(self) -> int:
        """How many pages have nothing missing."""
        return len(self.topic.pages) - len(self.open_pages)


def progress_of(topic: Topic, answers: Answers) -> TopicProgress:
    """Work out how far one section has come from what was typed."""
    forms = tuple((page, page.form(data=answers, complete=True)) for page in topic.pages)
    if not any(answers.values()):
        progress = Progress.NOT_STARTED
    elif all(form.is_valid() for _page, form in forms):
        progress = Progress.COMPLETE
    elif all(form.has_gaps_only() for _page, form in forms):
        progress = Progress.IN_PROGRESS
    else:
        progress = Progress.NEEDS_ATTENTION
    return TopicProgress(topic, progress, forms)


@remembered
def overview(proposal: Proposal) -> list[TopicProgress]:
    """Every section of a proposal with its progress."""
    typed = dict(Section.objects.filter(proposal=proposal).values_list("key", "answers"))
    return [progress_of(topic, typed.get(topic.key, {})) for topic in topics()]


def incomplete(proposal: Proposal) -> list[TopicProgress]:
    """The sections in which something is missing."""
    return [each for each in overview(proposal) if each.progress != Progress.COMPLETE]
