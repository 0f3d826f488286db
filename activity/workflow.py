"""The one door for status: steps are data, and `take` is the only code that takes one."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.utils.functional import Promise

from activity import clock, outbox
from activity.actors import Actor, System
from activity.lifecycle import LifecycleModel, announcement
from activity.models import Event
from activity.models.events import describe
from activity.transactions import in_one_piece, lock

R = TypeVar("R", bound=LifecycleModel)


@dataclass(frozen=True)
class Answer:
    """Whether somebody may take a step. `reason` is told to them; "" where it may not be."""

    yes: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.yes


YES = Answer(True)
NO = Answer(False)


def because(reason: str) -> Answer:
    """A refusal whose reason may be told: the button is shown with it, not left out."""
    return Answer(False, str(reason))


def only(job: System) -> Callable[[Actor, Any], Answer]:
    """Who may take a step that nobody presses: one job of ours, and nobody else."""

    def allowed(actor: Actor, record: Any) -> Answer:
        return YES if actor == job else NO

    return allowed


@dataclass(frozen=True)
class Tell:
    """A kind of message that a step sends.

    to: the people, from the record and the actor. due: the day by which it needs them, if any.
    not_before: until when its mail is held, where what it tells can still be taken back.
    """

    kind: str
    to: Callable[[Any, Actor], Iterable[outbox.Recipient]]
    due: Callable[[Any], datetime.date | None] = lambda record: None
    not_before: Callable[[Any], datetime.datetime | None] = lambda record: None


Allowed: TypeAlias = Callable[[Actor, Any], Answer]
Effect: TypeAlias = Callable[[Any, Actor, Event], None]
Locks: TypeAlias = Callable[[Any], Iterable[tuple[type[models.Model], int]]]


@dataclass(frozen=True)
class Step:
    """One arrow of a lifecycle.

    name: one word for address, view, action, event and template. label: the button.
    to: a status, or a function of the record (its fields already set) with its `results` listed,
    the same from every source, or by source.
    allowed: who may, judged on the locked record wherever it stands by then: NO to those who may
    not know of the step, a reason to those whose turn it is not. effects: run after the change,
    in order.
    locks: rows that come before the record in the lock order and must be held with it.
    """

    name: str
    label: str | Promise
    sources: tuple[str, ...]
    to: str | Callable[[Any], str]
    allowed: Allowed
    results: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    effects: tuple[Effect, ...] = ()
    tell: tuple[Tell, ...] = ()
    locks: Locks = lambda record: ()

    def targets(self, source: str) -> tuple[str, ...]:
        """Every status this step can lead to from that one."""
        if isinstance(self.to, str):
            return (self.to,)
        return self.results[source] if isinstance(self.results, Mapping) else self.results


@dataclass(frozen=True)
class Lifecycle:
    """A record's statuses and the steps between them.

    kept_from: the names of steps of which a person may not even know that they were taken.
    follows: what other parts do when a step is taken, by its name; after its own effects.
    """

    name: str
    model: type[LifecycleModel]
    statuses: type[models.TextChoices]
    born: tuple[str, ...]
    steps: tuple[Step, ...]
    kept_from: Callable[[Actor, Any], frozenset[str]] = lambda actor, record: frozenset()
    follows: Mapping[str, tuple[Effect, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """A step that starts where the record is, with the answer to this person."""

    step: Step
    answer: Answer


class MovedOn(Exception):
    """The record is not as the page showed it: somebody has already moved it on."""

    def __init__(self, record: LifecycleModel) -> None:
        super().__init__(f"{record.reference} has moved on")
        self.record = record

    def last_event(self, reader: Actor | None) -> Event | None:
        """The latest change of its status that the reader may know of; None for a stranger."""
        if reader is None:
            return None
        kept = _kept_kinds(reader, self.record)
        return Event.objects.of(self.record).exclude(after="").exclude(kind__in=kept).last()


_lifecycles: dict[type[LifecycleModel], Lifecycle] = {}


def register(lifecycle: Lifecycle) -> None:
    """Make a lifecycle known: to `steps_for`, to the drawing, to the tests."""
    _lifecycles[lifecycle.model] = lifecycle


def lifecycles() -> list[Lifecycle]:
    """Every lifecycle, by name."""
    return sorted(_lifecycles.values(), key=lambda each: each.name)


def revision_known_to(actor: Actor, record: LifecycleModel) -> int:
    """How many steps were taken that the actor may know of: what their pages send back as `seen`.

    The revision itself, but for those from whom steps are kept: their mark is the same whether or
    not such a step was taken.
    """
    kept = _kept_kinds(actor, record)
    if not kept:
        return record.revision
    # No further than this instance: it may be older than the events that are there by now.
    taken = Event.objects.of(record).filter(kind__in=kept, revision__lte=record.revision)
    return record.revision - taken.count()


def _kept_kinds(actor: Actor, record: LifecycleModel) -> frozenset[str]:
    names = _lifecycles[type(record)].kept_from(actor, record)
    return frozenset(f"{record._meta.model_name}.{name}" for name in names)


def steps_for(actor: Actor, record: LifecycleModel) -> list[Offer]:
    """The steps that start at the record's status and that this person may know of."""
    return list(_offers(actor, record))


def _offers(actor: Actor, record: LifecycleModel) -> Iterator[Offer]:
    for step in _lifecycles[type(record)].steps:
        if record.status in step.sources:  # type: ignore[attr-defined]  # each model has its own
            answer = step.allowed(actor, record)
            if answer or answer.reason:
                yield Offer(step, answer)


@in_one_piece
def take(
    step: Step,
    record: R,
    *,
    by: Actor,
    seen: int,
    data: dict[str, Any] | None = None,
    **fields: Any,
) -> R:
    """Take one step: lock, check, save, write the event, tell people. Return the record as saved.

    seen: the revision of the page that asked, as `revision_known_to` gave it to that page.
    data: codes, numbers and dates for the event. fields: columns of the record that change with
    its status.
    Raises PermissionDenied when `by` may not know of the step, MovedOn when the record has moved
    since that page, PermissionDenied with the reason when they know of it and may not take it.
    One nudge of the outbox follows commit.
    """
    for model, pk in step.locks(record):
        lock(model, pk)
    fresh = lock(type(record), record.pk, by=by)
    before = str(fresh.status)  # type: ignore[attr-defined]  # each model has its own
    answer = must_know(step, by, fresh)
    if revision_known_to(by, fresh) != seen or before not in step.sources:
        raise MovedOn(fresh)
    if not answer:
        raise PermissionDenied(answer.reason)
    for name, value in fields.items():
        setattr(fresh, name, value)
    _move(fresh, before, _target(step, fresh, before), also=fields)
    event = Event.objects.create(
        **describe(_kind(step, fresh), fresh, by=by, data=data or {}),
        before=before,
        after=fresh.status,  # type: ignore[attr-defined]
        revision=fresh.revision,
    )
    for effect in (*step.effects, *_lifecycles[type(record)].follows.get(step.name, ())):
        effect(fresh, by, event)
    _tell(step, fresh, by)
    return fresh


def must_know(step: Step, actor: Actor, record: LifecycleModel) -> Answer:
    """The step's answer to the actor; PermissionDenied for whoever may not know of the step.

    It comes before any word of where the record is: that it moved on is told to those concerned.
    """
    answer = step.allowed(actor, record)
    if not answer and not answer.reason:
        raise PermissionDenied
    return answer


def must_begin(step: Step, actor: Actor, record: LifecycleModel) -> Answer:
    """The step's answer to the actor, for its page, which is drawn only where the step begins.

    Raises PermissionDenied as `must_know` does, then MovedOn when the record stands elsewhere.
    """
    answer = must_know(step, actor, record)
    if record.status not in step.sources:  # type: ignore[attr-defined]  # each model has its own
        raise MovedOn(record)
    return answer


def draw_only_if(step: Step, actor: Actor, record: LifecycleModel) -> None:
    """Refuse to draw the page of a step that would be refused when taken.

    Raises as `must_begin` does, then PermissionDenied with the reason.
    """
    answer = must_begin(step, actor, record)
    if not answer:
        raise PermissionDenied(answer.reason)


def _target(step: Step, record: LifecycleModel, source: str) -> str:
    target = step.to if isinstance(step.to, str) else step.to(record)
    if target not in step.targets(source):
        raise ValueError(f"{step.name} leads from {source} to {target}, which it does not list")
    return str(target)


def _move(record: LifecycleModel, before: str, after: str, *, also: Iterable[str]) -> None:
    record.status = after  # type: ignore[attr-defined]
    record.revision += 1
    record.status_at = clock.now()
    _announce(announcement(record, before, after))
    record.save(update_fields={"status", "revision", "status_at", *also})
    _announce("")


def _announce(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.step', %s, true)", [words])


def _kind(step: Step, record: LifecycleModel) -> str:
    return f"{record._meta.model_name}.{step.name}"


def _tell(step: Step, record: LifecycleModel, by: Actor) -> None:
    for tell in step.tell:
        outbox.tell(
            tell.kind,
            record,
            tell.to(record, by),
            due_on=tell.due(record),
            not_before=tell.not_before(record),
        )
