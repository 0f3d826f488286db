"""Taking in an idea, answering it, and keeping the calls."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.text import slugify

from accounts.models import User
from activity import clock, outbox
from activity.actors import LinkHolder
from activity.models import Event
from activity.once import key_of
from activity.references import next_reference
from activity.transactions import in_one_piece
from activity.workflow import draw_only_if, take
from proposals.ideas import passing, steps
from proposals.ideas.models import MINE, Idea, IdeaCall, Sender, Status

# Of two texts about other things a third of the letters agree by chance.
ALIKE = 0.5


@dataclass(frozen=True)
class From:
    """Who sends an idea; all of it may be empty."""

    name: str = ""
    email: str = ""
    address_is_private: bool = False
    reach: str = ""
    workplace: str = ""


@in_one_piece
def receive(
    *,
    words: str,
    sender: From,
    call: IdeaCall | None = None,
    employer_must_not_know: bool = True,
    once: uuid.UUID | None = None,
    is_example: bool = False,
) -> Idea:
    """Take in an idea, and confirm it where an address was given.

    once: names the form it came from. Sent twice as it was, it is one idea.
    """
    idea, is_new = Idea.objects.get_or_create(
        once=key_of(once, *vars(sender).values(), words),
        defaults={
            "reference": lambda: next_reference("IDEA"),
            "words": words,
            "call": call,
            "employer_must_not_know": employer_must_not_know,
            "is_example": is_example,
        },
    )
    if not is_new:
        return idea
    Sender.objects.create(idea=idea, **vars(sender))
    idea.together = _first_alike(idea)
    idea.save(update_fields=["together"])
    by = LinkHolder(MINE, Idea._meta.label_lower, idea.pk, sender.email, proved=True)
    Event.objects.write("idea.receive", idea, by=by)
    if sender.email:
        outbox.tell("idea.receive", idea, [sender.email])
    return idea


def _first_alike(idea: Idea) -> int:
    """The first of the new ideas that this one is much like; its own key where there is none."""
    others = Idea.objects.filter(status=Status.NEW, words__trigram_similar=idea.words)
    likeness = TrigramSimilarity("words", idea.words)
    near = others.exclude(pk=idea.pk).filter(GreaterThanOrEqual(likeness, ALIKE))
    nearest = near.order_by(likeness.desc(), "pk").first()
    return nearest.together if nearest is not None else idea.pk


def thank(*, idea: Idea, reply: str, seen: int, by: User) -> Idea:
    """Answer an idea, and say why not."""
    return take(steps.THANK, idea, by=by, seen=seen, reply=reply)


def take_up(*, idea: Idea, reply: str, seen: int, by: User) -> Idea:
    """Ask the sender to make a proposal of it: their private link now leads into a draft."""
    return take(steps.TAKE_UP, idea, by=by, seen=seen, reply=reply)


@in_one_piece
def pass_on(*, idea: Idea, reply: str, seen: int, by: User) -> Idea:
    """Hand an idea to the advice line, where it is a question of its sender from now on."""
    draw_only_if(steps.PASS_ON, by, idea)
    reference = passing.way().ask(idea)
    return take(steps.PASS_ON, idea, by=by, seen=seen, reply=reply, enquiry_reference=reference)


@in_one_piece
def call_edit(
    *,
    call: IdeaCall | None,
    title: str,
    words: str,
    opens_on: datetime.date,
    closes_on: datetime.date,
    by: User,
) -> IdeaCall:
    """Open a call (None), or change one that is not closed."""
    written = call or IdeaCall(slug=free_address(title))
    fields: dict[str, Any] = {"title": title, "words": words}
    for name, value in (fields | {"opens_on": opens_on, "closes_on": closes_on}).items():
        setattr(written, name, value)
    written.save()
    Event.objects.write("call.edit", written, by=by)
    return written


def free_address(title: str) -> str:
    """An address for a call that no other has."""
    plain = slugify(title)[:70].strip("-") or "call"
    taken = set(IdeaCall.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    # What pages of ours are called at the same place.
    taken |= {"new"}
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (plain, *numbered) if slug not in taken)


@in_one_piece
def call_close(*, call: IdeaCall, outcome: str, by: User) -> IdeaCall:
    """Close a call and say what came of it; one that is closed stays as it is."""
    closed = IdeaCall.objects.filter(pk=call.pk, closed_at=None)
    if closed.update(closed_at=clock.now(), outcome=outcome):
        Event.objects.write("call.close", call, by=by)
    call.refresh_from_db()
    return call
