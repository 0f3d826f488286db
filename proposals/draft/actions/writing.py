"""Writing a draft: begin one, save a page of it."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.models import Organisation, User
from activity import clock
from activity.models import Event
from activity.once import key_of
from activity.references import next_reference
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from proposals.draft import rules
from proposals.draft.models import Member, MemberRole, Proposal, Section, Status
from proposals.draft.questions import Answers, Page, PageForm, Topic, topics


class Closed(MovedOn):
    """The draft was sent for signing or submitted meanwhile: nobody may write in it now."""


class Clash(Exception):
    """Somebody else saved the same page first. Carries the section as it is now."""

    def __init__(self, section: Section) -> None:
        super().__init__(f"{section} was saved by somebody else")
        self.section = section


@in_one_piece
def create(
    *,
    title: str,
    employer: Organisation,
    once: uuid.UUID | None = None,
    carried: Mapping[str, Answers] | None = None,
    by: User,
) -> Proposal:
    """Begin a draft with one person in its team, who leads it.

    once: names the page it was begun from; begun twice from there, it is the same draft. carried:
    answers that it begins with, by the key of their topic; its name and employer are its own.
    """
    proposal, is_new = Proposal.objects.get_or_create(
        once=key_of(once, by.pk, employer.pk, title),
        defaults={
            "reference": lambda: next_reference("RTP"),
            "title": title,
            "employer": employer,
        },
    )
    if is_new:
        Member.objects.create(proposal=proposal, user=by, role=MemberRole.LEAD)
        _begin(proposal, carried or {}, by)
        Event.objects.write("proposal.create", proposal, by=by)
    return proposal


def _begin(proposal: Proposal, carried: Mapping[str, Answers], by: User) -> None:
    own = {"S1": proposal.title, "S2": proposal.employer.slug}
    answers = {**carried, "service": carried.get("service", {}) | own}
    Section.objects.bulk_create(
        Section(proposal=proposal, key=key, answers=typed, saved_by=by)
        for key, typed in answers.items()
    )
    for about in topics():
        if about.key in carried:
            _promote(proposal, about, answers[about.key])


def mark_of(answers: Answers, page: Page) -> str:
    """A mark of what a page shows: equal marks, equal answers on that page."""
    shown = [(name, answers.get(name) or "") for name in page.form.base_fields]
    # The database keeps the cells of a row in an order of its own.
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]


def differing(typed: Answers, answers: Answers) -> list[str]:
    """The questions to which something else was typed than is kept."""
    return [name for name, mine in typed.items() if (answers.get(name) or "") != (mine or "")]


@in_one_piece
def save_page(
    proposal: Proposal, topic: Topic, page: Page, form: PageForm, *, seen: str, by: User
) -> Section:
    """Save what was typed on one page, right or wrong, and return its section.

    seen: the mark of what the page showed when it was drawn. Raises Clash when this page was
    saved by somebody else since then (a save of another page of the section is none), Closed
    when the draft is one no longer, PermissionDenied when the person may only read.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    if not rules.can_edit(by, fresh):
        raise PermissionDenied
    if fresh.status != Status.DRAFT:
        raise Closed(fresh)
    section = Section.objects.filter(proposal=fresh, key=topic.key).first()
    section = section or Section(proposal=fresh, key=topic.key)
    typed = form.typed()
    if mark_of(section.answers, page) != seen:
        if not differing(typed, section.answers):
            return section
        raise Clash(section)
    _write(section, typed, by)
    _promote(fresh, topic, section.answers)
    return section


def _write(section: Section, typed: Answers, by: User) -> None:
    section.answers = section.answers | typed
    section.revision += 1
    section.saved_at, section.saved_by = clock.now(), by
    section.save()


def _promote(proposal: Proposal, topic: Topic, answers: Answers) -> None:
    cleaned: dict[str, Any] = {}
    for page in topic.pages:
        form = page.form(data=answers)
        form.is_valid()
        cleaned |= form.cleaned_data
    columns = topic.promote(cleaned)
    if columns:
        Proposal.objects.filter(pk=proposal.pk).update(**columns)
