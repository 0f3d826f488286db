"""Who acts: a user, somebody who holds a link and has no account, or a job of the system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from accounts.models import Appointment, Role, User
from activity import clock


@dataclass(frozen=True)
class LinkHolder:
    """Somebody without an account, limited to one record.

    purpose: what the link is for, such as "advice.mine". subject_type, subject_id: the record.
    address: where the link was sent, or "" when it was handed over on the page.
    proved: whether this browser has shown that its reader also reads that address.
    """

    purpose: str
    subject_type: str
    subject_id: int
    address: str
    proved: bool = False


@dataclass(frozen=True)
class System:
    """A job of ours that acts by itself, such as "outbox"."""

    job: str


Actor: TypeAlias = User | LinkHolder | System


def identity(actor: Actor) -> tuple[str, str]:
    """The kind and id of an actor as an event keeps them: no names, no addresses."""
    if isinstance(actor, User):
        return "user", str(actor.pk)
    if isinstance(actor, LinkHolder):
        return "link", f"{actor.purpose}:{actor.subject_id}"
    return "system", actor.job


def appointments_of(actor: Actor) -> tuple[Appointment, ...]:
    """The roles held today, each with its organisation.

    Read once for each user object, hence once a request.
    """
    if not isinstance(actor, User):
        return ()
    held: tuple[Appointment, ...] | None = getattr(actor, "_appointments_today", None)
    if held is None:
        current = actor.appointments.current(clock.today()).select_related("organisation")
        held = tuple(current.order_by("pk"))
        actor._appointments_today = held  # type: ignore[attr-defined]  # a cache of ours
    return held


def forget_roles(actor: Actor) -> None:
    """Let the roles be read again at the next question."""
    if isinstance(actor, User):
        actor.__dict__.pop("_appointments_today", None)


def roles_of(actor: Actor) -> frozenset[Role]:
    """The roles held today."""
    return frozenset(Role(each.role) for each in appointments_of(actor))


def holds(actor: Actor, *roles: Role) -> bool:
    """Whether the actor holds one of these roles today."""
    return not roles_of(actor).isdisjoint(roles)
