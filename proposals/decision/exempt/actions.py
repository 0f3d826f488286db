"""Proposing that a service is exempt, and the second person's answer."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from activity import clock, outbox
from activity.models import Event
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn, must_know, take
from activity.worktime import ENGLAND_AND_WALES, calendar_for, due_on
from proposals.ballot.counting import months_after
from proposals.decision.asked import as_shown, refuse
from proposals.decision.exempt import rules, steps
from proposals.draft import readers
from proposals.draft.models import Exemption, Proposal, SchemeVersion, ScopeRule
from proposals.review.models import Note


def last_review_on(scheme: SchemeVersion) -> datetime.date:
    """The last day that may be set today for looking at an exemption again."""
    return months_after(clock.today(), 12 * scheme.exempt_years)


@in_one_piece
def ask_exempt(
    *,
    proposal: Proposal,
    rule: ScopeRule,
    area: str,
    department: Organisation,
    why: str,
    public_why: str,
    review_on: datetime.date,
    seen: int,
    by: User,
) -> Exemption:
    """Propose that a service is exempt. Nobody outside learns of it before it is confirmed.

    The other officials of the case are told. Raises PermissionDenied for whoever is no decision
    maker of it, MovedOn when it has moved or somebody has proposed this already, ValidationError for
    a rule of another scheme or a day that is not within its years.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    if not rules.can_propose(by, fresh):
        raise PermissionDenied
    if fresh.status not in rules.FROM or fresh.revision != seen or rules.open_exemption(fresh):
        raise MovedOn(fresh)
    version = fresh.versions.select_related("scheme").latest()
    _check(rule, review_on, version.scheme)
    asked = Exemption.objects.create(
        proposal=fresh,
        version=version,
        rule=rule,
        area=area,
        department=department,
        sector=fresh.sector,
        why=why,
        public_why=public_why,
        review_on=review_on,
        asked_by=by,
    )
    Event.objects.write("case.ask_exempt", fresh, by=by, data={"review_on": review_on})
    outbox.tell("case.ask_exempt", fresh, _others(fresh, by))
    return asked


def _check(rule: ScopeRule, review_on: datetime.date, scheme: SchemeVersion) -> None:
    if rule.scheme_id != scheme.pk or not rule.exempts:
        raise ValidationError(_("No service is found exempt by that rule."))
    if not clock.today() < review_on <= last_review_on(scheme):
        raise ValidationError(_("The day to look again is in the future, and not too far."))


def _others(proposal: Proposal, by: User) -> list[User]:
    """Who can answer: the other officials of a case, or else all who may open it."""
    reading = readers.officials(proposal).exclude(pk=by.pk)
    return list(reading) or list(readers.free(proposal).exclude(pk=by.pk))


@in_one_piece
def confirm_exempt(*, proposal: Proposal, asked: int, seen: int, by: User) -> Proposal:
    """Confirm it, as the second person: the proposal ends as exempt, and its team is told.

    asked: the key of what the page showed; MovedOn when that is not open any more.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    must_know(steps.CONFIRM_EXEMPT, by, fresh)
    found = as_shown(rules.open_exemption(fresh), asked, fresh)
    data = {"rule": found.rule.code, "area": found.area, "review_on": found.review_on}
    moved = take(steps.CONFIRM_EXEMPT, fresh, by=by, seen=seen, data=data)
    scheme = found.rule.scheme
    found.confirmed_by, found.confirmed_at = by, moved.status_at
    found.appeal_by = due_on(clock.today(), scheme.appeal_days, [], calendar_for(ENGLAND_AND_WALES))
    found.save(update_fields=["confirmed_by", "confirmed_at", "appeal_by"])
    return moved


@in_one_piece
def refuse_exempt(*, proposal: Proposal, asked: int, reason: str, seen: int, by: User) -> Exemption:
    """Refuse it, as who could answer: the case goes on. Whoever proposed it reads why in the notes.

    asked: as for `confirm_exempt`. Raises as a step does.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    answer = rules.can_answer(by, fresh)
    if not answer and not answer.reason:
        raise PermissionDenied
    if fresh.revision != seen:
        raise MovedOn(fresh)
    found = as_shown(rules.open_exemption(fresh), asked, fresh)
    if not answer:
        raise PermissionDenied(answer.reason)
    return refuse("case.refuse_exempt", found, fresh, reason=reason, by=by)


@in_one_piece
def take_back_exempt(*, proposal: Proposal, asked: int, seen: int, by: User) -> Exemption:
    """Take back, as who proposed it, what nobody has answered yet: the case goes on.

    asked: as for `confirm_exempt`. Raises as a step does.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    if not rules.can_propose(by, fresh):
        raise PermissionDenied
    if fresh.revision != seen:
        raise MovedOn(fresh)
    found = as_shown(rules.open_exemption(fresh), asked, fresh)
    if found.asked_by_id != by.pk:
        raise PermissionDenied(_("Whoever proposed it can take it back."))
    found.overtaken_at = clock.now()
    found.save(update_fields=["overtaken_at"])
    Event.objects.write("case.take_back_exempt", fresh, by=by)
    return found


@in_one_piece
def look_again(
    *,
    proposal: Proposal,
    asked: int,
    why: str,
    review_on: datetime.date,
    seen: int,
    by: User,
) -> Exemption:
    """Say that an exemption was looked at again, and stands until another day.

    asked: the key of the exemption, seen: how often it had been looked at, as the page showed them;
    MovedOn when either is not so any more. why: a sentence among the notes, which the team never
    reads. Raises PermissionDenied for whoever is no decision maker of the case.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    if not rules.can_propose(by, fresh):
        raise PermissionDenied
    found = as_shown(rules.exemption_of(fresh), asked, fresh)
    if len(rules.looks_at(fresh)) != seen:
        raise MovedOn(fresh)
    _check(found.rule, review_on, found.version.scheme)
    found.review_on = review_on
    found.save(update_fields=["review_on"])
    Note.objects.create(proposal=fresh, by=by, text=why)
    Event.objects.write(rules.LOOKED, fresh, by=by, data={"review_on": review_on})
    return found
