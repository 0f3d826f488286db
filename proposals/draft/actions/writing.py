"""Writing a draft: begin one, save a page of it."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from activity import clock
from activity.employers import NOT_LISTED
from activity.models import Event
from activity.once import key_of
from activity.references import next_reference
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from proposals.draft import openness, rules
from proposals.draft.actions import changes
from proposals.draft.models import Change, Member, MemberRole, Proposal, Section
from proposals.draft.questions import Answers, Page, PageForm, Topic, topics


class Closed(MovedOn):
    """It was sent for signing or submitted meanwhile: nobody may write in it now."""


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

    Whoever begins it chose the employer as the body they work for. once: names the page it was
    begun from; begun twice from there, it is the same draft. carried: answers that it begins with,
    by the key of their topic; its name and employer are its own.
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
        Member.objects.create(proposal=proposal, user=by, role=MemberRole.LEAD, employed=True)
        _begin(proposal, carried or {}, by)
        Event.objects.write("proposal.create", proposal, by=by)
    return proposal


def _begin(proposal: Proposal, carried: Mapping[str, Answers], by: User) -> None:
    own = {"S1": proposal.title, **_employer_typed(proposal.employer)}
    answers = {**carried, "service": carried.get("service", {}) | own}
    Section.objects.bulk_create(
        Section(proposal=proposal, key=key, answers=typed, saved_by=by)
        for key, typed in answers.items()
    )
    for about in topics():
        if about.key in carried:
            _promote(proposal, about, answers[about.key])


def _employer_typed(employer: Organisation) -> Answers:
    """The answer that names an employer: its slug, or its name where it is not in the register."""
    if employer.is_awaited:
        return {"S2": NOT_LISTED, "S2_name": employer.name}
    return {"S2": employer.slug}


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
    proposal: Proposal,
    topic: Topic,
    page: Page,
    form: PageForm,
    *,
    seen: str,
    sent: Collection[str] = (),
    by: User,
) -> Section:
    """Save what was typed on one page, right or wrong, and return its section.

    seen: the mark of what the page showed when it was drawn, or when it was last saved from there.
    sent: the marks of what was sent from there since and not answered. Raises Clash when this page
    was saved from elsewhere since then (a save of another page of the section is none), Closed
    when nobody may write in it now, PermissionDenied when the person may only read, or with the
    reason when the reviewers asked about other pages than this one.
    """
    fresh, section = _open(proposal, topic, page, by)
    typed = form.typed()
    if mark_of(section.answers, page) not in {seen, *sent}:
        if not differing(typed, section.answers):
            return section
        raise Clash(section)
    _write(fresh, topic, page, section, typed, by)
    return section


@in_one_piece
def restore(change: Change, topic: Topic, page: Page, *, seen: str, by: User) -> Section:
    """Bring back what stood on a page before a change; that is itself a change.

    seen: the mark of what the page of the change showed as the text of now. Raises as `save_page`.
    """
    fresh, section = _open(change.proposal, topic, page, by)
    if mark_of(section.answers, page) != seen:
        raise Clash(section)
    _write(fresh, topic, page, section, change.before, by)
    return section


def _open(proposal: Proposal, topic: Topic, page: Page, by: User) -> tuple[Proposal, Section]:
    """The proposal, locked, and its section as it is now, for somebody who may write on the page."""
    fresh = lock(Proposal, proposal.pk, by=by)
    must_be_open(fresh, topic, page, by=by)
    section = Section.objects.filter(proposal=fresh, key=topic.key).first()
    return fresh, section or Section(proposal=fresh, key=topic.key)


def must_be_open(proposal: Proposal, topic: Topic, page: Page, *, by: User) -> None:
    """Raise as `save_page` does where somebody may not write on a page now."""
    if not rules.can_edit(by, proposal):
        raise PermissionDenied
    if not openness.is_open(proposal, topic, page):
        if not openness.open_places(proposal):
            raise Closed(proposal)
        raise PermissionDenied(
            _(
                "The reviewers did not ask about this page, so it is closed. The page of their "
                "requests says which pages are open."
            )
        )


def _write(
    proposal: Proposal, topic: Topic, page: Page, section: Section, typed: Answers, by: User
) -> None:
    before = section.answers
    section.answers = before | typed
    section.revision += 1
    section.saved_at, section.saved_by = clock.now(), by
    section.save()
    changes.note(proposal, topic, page, before, section.answers, by=by)
    _promote(proposal, topic, section.answers)


def _promote(proposal: Proposal, topic: Topic, answers: Answers) -> None:
    cleaned: dict[str, Any] = {}
    for page in topic.pages:
        form = page.form(data=answers)
        form.is_valid()
        cleaned |= form.cleaned_data
    columns = topic.promote(cleaned)
    if columns:
        Proposal.objects.filter(pk=proposal.pk).update(**columns)
