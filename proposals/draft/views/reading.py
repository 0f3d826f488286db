"""The answers together: to check them, to print them, and as they were frozen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity import clock
from proposals.draft import completeness, openness, rules, words
from proposals.draft.completeness import TopicProgress
from proposals.draft.models import Proposal, Status
from proposals.draft.promises import promised
from proposals.draft.questions import Page, Stage, Topic, topic
from proposals.draft.shown import blocks, rows_of
from proposals.draft.views.finding import of_my_team


@login_required
@require_safe
def answers(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that was answered, with links to change it; what is missing comes first."""
    found = of_my_team(request, reference)
    sections = completeness.overview(found)
    gaps = (
        [_gaps(found, sections, stage) for stage in Stage]
        if may_write(request, found)
        else [[], []]
    )
    by_submit = [gap for gap in gaps[1] if gap not in gaps[0]]
    more = {"whole": True, "gaps": gaps[0], "later": by_submit}
    return _answers_page(request, found, sections, more)


@login_required
@require_safe
def section(request: HttpRequest, reference: str, section: str) -> HttpResponse:
    """The answers of one section."""
    found = of_my_team(request, reference)
    about = topic_or_404(section)
    return _answers_page(request, found, [completeness.of_one(found, about)], {})


@login_required
@require_safe
def print_(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything on one plain page, for paper, at any time."""
    found = of_my_team(request, reference)
    sections = completeness.overview(found)
    groups = [(each.topic, blocks(rows_of(each.forms)), notes_of(each)) for each in sections]
    typed = {each.topic.key: each.answers for each in sections}
    shown = {"proposal": found, "groups": groups, "label": words.outside_label(found)}
    shown["promised"] = promised(typed)
    return render(request, "proposals/print.html", shown | {"printed_on": clock.today()})


def notes_of(each: TopicProgress) -> list[str]:
    """What to think about in a section: none of it stands in the way."""
    notes = [note for _page, form in each.forms for note in form.notes()]
    return [*each.against.values(), *([each.warning] if each.warning else []), *notes]


def may_write(request: HttpRequest, found: Proposal) -> bool:
    """Whether the reader may change the draft."""
    return found.status == Status.DRAFT and rules.can_edit(signed_in(request), found)


def may_write_on(request: HttpRequest, found: Proposal, about: Topic, asked: Page) -> bool:
    """Whether the reader may change one page of a proposal where it stands now."""
    return rules.can_edit(signed_in(request), found) and openness.is_open(found, about, asked)


def topic_or_404(key: str) -> Topic:
    """The topic of that key, or a 404."""
    found = topic(key)
    if found is None:
        raise Http404
    return found


def _answers_page(
    request: HttpRequest, found: Proposal, sections: list[TopicProgress], more: dict[str, Any]
) -> HttpResponse:
    groups = [
        (
            each.topic,
            blocks(rows_of(each.forms, _change(request, found, each.topic))),
            notes_of(each),
        )
        for each in sections
    ]
    shown = {"proposal": found, "groups": groups, "can_edit": may_write(request, found)}
    return render(request, "proposals/answers.html", shown | more)


def _change(request: HttpRequest, found: Proposal, about: Topic) -> Callable[[Page], str]:
    """Where the reader changes each page of a topic, "" for those that they only read."""

    def change(asked: Page) -> str:
        if not may_write_on(request, found, about, asked):
            return ""
        return asked.address(found.reference, about.key)

    return change


def _gaps(
    found: Proposal, sections: list[TopicProgress], stage: Stage
) -> list[tuple[str, str, str]]:
    """The pages on which something is missing by then: section, page, address."""
    return [
        (str(each.topic.title), str(asked.title), asked.address(found.reference, each.topic.key))
        for each in sections
        for asked in each.open_at(stage)
    ]
