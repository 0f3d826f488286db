"""How an enquiry leaves a provider that does not answer it, and finds the next."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.db import models

from accounts.models import User
from activity import clock
from activity.once import key_of
from activity.transactions import in_one_piece, lock, tried
from activity.workflow import MovedOn, Step, must_know, take
from advice.intake import routing, sharing
from advice.intake.models import Enquiry, Exclusion, Note, Refusal, Status
from advice.queue import steps

# What one run of the job looks at; the next takes what is left.
MOST = 200


@in_one_piece
def refuse(
    *, enquiry: Enquiry, reason: Refusal, words: str, once: uuid.UUID, seen: int, by: User
) -> Enquiry:
    """Say that our provider cannot answer it: it goes to the next, and never comes back by itself.

    words: a note for whoever gets it, or "". Pressed twice, it is refused once.
    MovedOn when anything happened to it since its page was drawn.
    """
    sharing.hold()  # shares come before enquiries, whoever locks them
    fresh = lock(Enquiry, enquiry.pk, by=by)
    name = key_of(once, by.pk, fresh.pk, reason, words)
    if Note.objects.filter(once=name).exists():
        return fresh
    must_know(steps.REFUSE, by, fresh)
    moved = _pass_on(steps.REFUSE, fresh, reason, seen=seen, by=by)
    said = ": ".join(filter(None, [str(Refusal(reason).label), words]))
    Note.objects.create(enquiry=moved, author=by, words=said, once=name)
    return moved


def _pass_on(step: Step, enquiry: Enquiry, reason: Refusal, *, seen: int, by: Any) -> Enquiry:
    """Send an enquiry to the next provider; the one that had it is left out from now on."""
    had = enquiry.provider
    if had is None:
        raise MovedOn(enquiry)
    said = {"reason": reason, "at": clock.now()}
    Exclusion.objects.update_or_create(enquiry=enquiry, provider=had, defaults=said)
    route = routing.choose(routing.question_of(enquiry, enquiry.contact))
    fields = routing.fields(route, enquiry.policy, clock.now())
    data = {"reason": str(reason), "provider": had.pk}
    return take(step, enquiry, by=by, seen=seen, data=data, adviser=None, **fields)


def go_through_the_left() -> int:
    """Offer on what no provider picked up in time; return how many moved."""
    due = _left_lying().order_by("pick_up_by").values_list("pk", flat=True)[:MOST]
    return sum(tried(partial(_offer_on, pk), "enquiry not offered on") for pk in list(due))


def _left_lying() -> models.QuerySet[Enquiry]:
    lying = Enquiry.objects.filter(
        status=Status.QUEUED, for_leads=False, pick_up_by__lte=clock.now()
    )
    return lying.awake()


@in_one_piece
def _offer_on(pk: int) -> bool:
    """Offer one on, unless somebody took it meanwhile."""
    sharing.hold()
    fresh = lock(Enquiry, pk)
    if not _left_lying().filter(pk=pk).exists():
        return False
    _pass_on(steps.OFFER_ON, fresh, Refusal.LATE, seen=fresh.revision, by=steps.ROUTING)
    return True
