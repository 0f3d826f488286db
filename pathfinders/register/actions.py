"""What is done to the register: entries are opened, joined to an approval and published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.people import with_address
from activity import clock, outbox
from activity.actors import Actor
from activity.models import Event
from activity.references import hold, next_reference
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn, take
from pathfinders.register import entries
from pathfinders.register.audiences import must_coordinate
from pathfinders.register.choices import Status, Type
from pathfinders.register.commitments import carry
from pathfinders.register.models import Member, ParentBody, Pathfinder, PathfinderQuerySet
from pathfinders.register.people import coordinators, why_not
from pathfinders.register.steps import JOIN, RELEASE


@in_one_piece
def open_entry(
    *,
    stage: Status,
    facts: Mapping[str, Any],
    source: str,
    by: Actor,
    parents: Mapping[str, Organisation | None] | None = None,
) -> Pathfinder:
    """Open a private entry that came from no approval, at any stage. Return it.

    facts: columns of the entry, as its form or a source gives them. parents: the body as stated ->
    our record of it. Raises PermissionDenied unless `by` coordinates the programme, ValidationError
    with a sentence for each fact that another entry has. Tells nobody.
    """
    must_coordinate(by)
    hold("PF")  # of two who open the same entry at once, the second sees the first's
    _must_be_another(name=facts["name"], proposal_reference=facts.get("proposal_reference", ""))
    return add(stage=stage, facts=facts, source=source, by=by, parents=parents)


def _must_be_another(*, name: str, proposal_reference: str) -> None:
    """Refuse an entry that is open already: a form sent twice opens one."""
    taken = {
        "name": Pathfinder.objects.filter(name=name),
        "proposal_reference": _of_proposal(proposal_reference),
    }
    refused = {
        field: TAKEN[field] % {"other": other.reference}
        for field, others in taken.items()
        if (other := others.first()) is not None
    }
    if refused:
        raise ValidationError(refused)


def _of_proposal(reference: str) -> PathfinderQuerySet:
    """The entry of a proposal; none for an entry of no proposal."""
    return Pathfinder.objects.exclude(proposal_reference="").filter(proposal_reference=reference)


@in_one_piece
def open_from_approval(
    *,
    proposal_reference: str,
    title: str,
    sector: str,
    employer: Organisation,
    people: list[User],
    by: Actor,
    commitments: Iterable[Mapping[str, Any]] = (),
) -> Pathfinder:
    """Open a private entry at implementation for an approved proposal, or join its open one.

    commitments: columns of each promise and condition of the approval, in their order.
    Called by the release of the decision, inside its transaction; a second call changes nothing.
    An entry that a coordinator opened keeps its name and facts, gains the team and the employer,
    and moves to implementation if it was not there yet. Tells the people and coordinators.
    """
    found = _of_proposal(proposal_reference).first()
    if found is not None and found.approved_at is not None:
        return found
    if found is None:
        found = add(
            stage=Status.IMPLEMENTATION,
            facts={
                "name": title,
                "sector": sector,
                "type": Type.SPIN_OUT,
                "proposal_reference": proposal_reference,
                "approved_at": clock.now(),
                "reached_on": clock.today(),
            },
            source=SOURCE % proposal_reference,
            by=by,
            parents={employer.name: employer},
            people=people,
        )
    else:
        found = _join(found, employer, people, by=by)
    carry(found, commitments)
    outbox.tell("pathfinder.open", found, [*people, *coordinators()])
    return found


SOURCE = "Approval of proposal %s"
NOBODY = _(
    "Nobody has an account with this address. Ask them to create one, or for the address that "
    "they sign in with."
)
TAKEN = {
    "name": _("%(other)s has this name. Open that one, or tell the two apart by their names."),
    "proposal_reference": _("%(other)s is the entry of this proposal. Open that one instead."),
}


def entry_lock(proposal_reference: str) -> list[tuple[type[models.Model], int]]:
    """The entry to lock before its proposal, for `Step.locks`; empty while there is none.

    A coordinator who is opening it now is waited for: the approval then joins that one.
    """
    hold("PF")
    found = _of_proposal(proposal_reference)
    return [(Pathfinder, pk) for pk in found.values_list("pk", flat=True)]


@in_one_piece
def publish(pathfinder: Pathfinder, *, by: Actor, seen: int) -> Pathfinder:
    """Let everybody see an entry. Publishing is no status, but it raises the revision as a step does.

    Raises PermissionDenied for all but coordinators, MovedOn when the entry moved since that page.
    """
    fresh = _for_coordinators(pathfinder, by)
    if fresh.revision != seen or fresh.is_published:
        raise MovedOn(fresh)
    fresh.published_at, fresh.published_by = clock.now(), by if isinstance(by, User) else None
    fresh.revision += 1
    fresh.save(update_fields=["published_at", "published_by", "revision"])
    Event.objects.write("pathfinder.publish", fresh, by=by)
    return fresh


@in_one_piece
def add_person(pathfinder: Pathfinder, *, address: str, by: Actor) -> Member:
    """Make whoever has an account with exactly this address one of a mutual's own people.

    Raises PermissionDenied for all but coordinators, ValidationError with a sentence for the field
    "address" when nobody has it or this person cannot be one of them. They are told, quietly.
    """
    fresh = _for_coordinators(pathfinder, by)
    user = with_address(address)
    if user is None:
        raise ValidationError({"address": NOBODY})
    if refusal := why_not(fresh, user):
        raise ValidationError({"address": refusal})
    member = Member.objects.create(pathfinder=fresh, user=user)
    Event.objects.write("pathfinder.add_person", fresh, by=by, data={"person": user.pk})
    outbox.tell("pathfinder.add_person", fresh, [user])
    return member


@in_one_piece
def remove_person(member: Member, *, by: Actor) -> None:
    """Take somebody off a mutual's own people: a private entry is closed to them from now on.

    Raises PermissionDenied for all but coordinators, MovedOn when they were taken off meanwhile.
    They are told, quietly.
    """
    fresh = _for_coordinators(member.pathfinder, by)
    if not Member.objects.current().filter(pk=member.pk).update(left_at=clock.now()):
        raise MovedOn(fresh)
    data = {"person": member.user_id}
    Event.objects.write("pathfinder.remove_person", fresh, by=by, data=data)
    outbox.tell("pathfinder.remove_person", fresh, [member.user])


def _for_coordinators(pathfinder: Pathfinder, by: Actor) -> Pathfinder:
    fresh = lock(Pathfinder, pathfinder.pk, by=by)
    must_coordinate(by)
    return fresh


@in_one_piece
def add(
    *,
    stage: Status,
    facts: Mapping[str, Any],
    source: str,
    by: Actor,
    parents: Mapping[str, Organisation | None] | None = None,
    people: Iterable[User] = (),
) -> Pathfinder:
    """Write a new entry, its bodies, its people, its first numbered state and the event."""
    pathfinder = Pathfinder.objects.create(reference=next_reference("PF"), status=stage, **facts)
    ParentBody.objects.bulk_create(
        ParentBody(pathfinder=pathfinder, as_stated=said, organisation=body)
        for said, body in (parents or {}).items()
    )
    _join_people(pathfinder, people)
    entries.write(pathfinder, source=source, reason=OPENED)
    Event.objects.write("pathfinder.open", pathfinder, by=by, data={"stage": str(stage)})
    return pathfinder


def _join_people(pathfinder: Pathfinder, people: Iterable[User]) -> None:
    """Make these people its own; who is one of them already stays as they are."""
    for user in people:
        Member.objects.current().get_or_create(pathfinder=pathfinder, user=user)


OPENED = "The entry was opened."
JOINED = "The proposal was approved."


def _join(
    pathfinder: Pathfinder, employer: Organisation, people: list[User], *, by: Actor
) -> Pathfinder:
    """Put the team, the employer and the approval on an entry that was open already."""
    fresh = lock(Pathfinder, pathfinder.pk, by=by)
    Event.objects.write("pathfinder.approve", fresh, by=by)
    fresh.approved_at = clock.now()
    if fresh.status in JOIN.sources:
        fresh = take(
            JOIN,
            fresh,
            by=RELEASE,
            seen=fresh.revision,
            approved_at=fresh.approved_at,
            reached_on=clock.today(),
        )
    else:
        fresh.save(update_fields=["approved_at"])
    _join_people(fresh, people)
    if not fresh.parent_bodies.filter(organisation=employer).exists():
        ParentBody.objects.get_or_create(
            pathfinder=fresh, as_stated=employer.name, defaults={"organisation": employer}
        )
    entries.write(fresh, source=SOURCE % fresh.proposal_reference, reason=JOINED)
    return fresh
