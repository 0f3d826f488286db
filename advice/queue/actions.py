"""Taking enquiries from the queue and moving them on."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import Organisation, Role, User
from activity import clock
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import take
from advice.intake import people, routing
from advice.intake.models import Enquiry, Note, Outcome, Refusal, Why
from advice.queue import profiles, steps, wording

# Which comes first: urgent ones, then by when the next word of ours is due.
ORDER = ("-urgent", "due_at", "pk")


@in_one_piece
def take_next(*, by: User) -> Enquiry | None:
    """Take the enquiry that comes first of those that fit this adviser; None if there is none.

    What somebody else is taking at this moment is passed over, so nobody waits and nobody gets
    the same one. PermissionDenied, with the reason, when the adviser is off duty or holds enough.
    """
    profile = profiles.lock_own(by)
    if not profile.on_duty:
        raise PermissionDenied(_("You are off duty. Come on duty to take the next one."))
    if not (answer := steps.room(by)):
        # Before any is locked: others would pass over one that nobody takes.
        raise PermissionDenied(answer.reason)
    free = Enquiry.objects.next_for(by).order_by(*ORDER)
    found = free.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if found is None:
        return None
    return _claim(found, seen=found.revision, by=by, why=wording.why_next(found, clock.now()))


@in_one_piece
def claim(*, enquiry: Enquiry, seen: int, by: User) -> Enquiry:
    """Take this very enquiry. MovedOn when somebody else was faster."""
    profiles.lock_own(by)
    return _claim(lock(Enquiry, enquiry.pk, by=by), seen=seen, by=by, why="chosen")


def _claim(enquiry: Enquiry, *, seen: int, by: User, why: str) -> Enquiry:
    role = Role.ADVICE_LEAD if enquiry.for_leads else Role.ADVISER
    fields = {
        "adviser": by,
        "provider": enquiry.provider or next(iter(people.providers_of(by, role)), None),
        "for_leads": False,
        "pick_up_by": None,
        "snoozed_until": None,
    }
    return take(steps.CLAIM, enquiry, by=by, seen=seen, data={"why": why}, **fields)


@in_one_piece
def hand_over(
    *,
    enquiry: Enquiry,
    to: User | Organisation,
    reason: str,
    once: uuid.UUID,
    seen: int,
    by: User,
) -> Enquiry:
    """Give an enquiry to a colleague, or into the queue of a provider, with a note that says why.

    Pressed twice, it is handed over once. MovedOn when the second press names somebody else,
    PermissionDenied when the colleague is no adviser of the provider that holds it.
    """
    if isinstance(to, User):
        profiles.lock_own(to)
    fresh = lock(Enquiry, enquiry.pk, by=by)
    name = key_of(once, by.pk, fresh.pk, to._meta.label_lower, to.pk, reason)
    if Note.objects.filter(once=name).exists():
        return fresh
    moved = take(steps.HAND_OVER, fresh, by=by, seen=seen, **_handed(fresh, to))
    # After the step: whoever came too late hears that first. A refusal undoes the step.
    _must_be_free(moved, to)
    Note.objects.create(enquiry=moved, author=by, words=reason, once=name)
    return moved


def _handed(enquiry: Enquiry, to: User | Organisation) -> dict[str, Any]:
    """The columns of an enquiry that is with a colleague, or in the queue of a provider."""
    if isinstance(to, User):
        return {"adviser": to, "provider": enquiry.provider, "snoozed_until": None}
    route = routing.Route(to, Why.HANDED)
    return {"adviser": None, **routing.fields(route, enquiry.policy, clock.now())}


def _must_be_free(enquiry: Enquiry, to: User | Organisation) -> None:
    """PermissionDenied where an adviser is of another provider, or whoever gets it may not read it."""
    if isinstance(to, User):
        theirs = Enquiry.objects.filter(pk=enquiry.pk).without_interest(to)
        if enquiry.provider in people.providers_of(to, Role.ADVISER) and theirs.exists():
            return
        raise PermissionDenied
    if to.pk in barred_from(enquiry):
        raise PermissionDenied(_("%(provider)s cannot answer this one.") % {"provider": to})


def barred_from(enquiry: Enquiry) -> frozenset[int]:
    """The ids of providers that refused it, or that work for whom the enquirer works for."""
    refused = enquiry.exclusions.exclude(reason=Refusal.LATE).values_list("provider", flat=True)
    return frozenset(refused) | routing.tied(enquiry.contact.employer, clock.today())


def close(*, enquiry: Enquiry, outcome: Outcome, seen: int, by: User) -> Enquiry:
    """End an enquiry and say what came of it."""
    data = {"outcome": outcome}
    return take(steps.CLOSE, enquiry, by=by, seen=seen, data=data, outcome=outcome)


@in_one_piece
def reopen(*, enquiry: Enquiry, seen: int, by: User) -> Enquiry:
    """Take up an enquiry again; its clock begins anew."""
    profiles.lock_own(by)
    moved = take(steps.REOPEN, enquiry, by=by, seen=seen, adviser=by, outcome="")
    _must_be_free(moved, by)
    return moved
