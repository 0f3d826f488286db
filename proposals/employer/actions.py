"""Asking an employer: from its record, by a reviewer who checked, or by the official who hands on."""

from __future__ import annotations

import datetime
import uuid
from typing import Any, TypeAlias

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import Organisation, Role, User
from activity import clock, links, outbox
from activity.actors import Actor, LinkHolder, System
from activity.models import Event
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from proposals.draft import rules
from proposals.draft.models import Proposal
from proposals.draft.models.proposal import WITH_OFFICIALS
from proposals.employer.clocks import answer_by
from proposals.employer.models import (
    ASKED,
    Basis,
    EmployerAnswer,
    EmployerInvitation,
    Ended,
    Escalation,
    Quiet,
)

ASKING = System("employer")

# The columns of an invitation that say who is asked, and how we know.
Who: TypeAlias = dict[str, Any]


def ask_on_submission(proposal: Proposal) -> None:
    """Ask whom we know to be the right official, now that the proposal is submitted.

    That is who was asked before it went back to its team, or else the contact of the employer's
    record. Where that is nobody, or somebody who may not be asked, a reviewer must look first.
    """
    for who in (_asked_before(proposal), _of_record(proposal)):
        if who and may_be_asked(proposal, who["address"]):
            _ask(proposal, ASKING, who)
            return
    _note_due(proposal, None)


def may_be_asked(proposal: Proposal, address: str) -> bool:
    """Whether the employer reads this address and nobody in the team does, to answer to themselves."""
    return proposal.employer.owns_address(address) and not rules.is_in_team(proposal, address)


@in_one_piece
def ask(
    *,
    proposal: Proposal,
    post: str,
    address: str,
    checked_how: str,
    shown: str,
    once: uuid.UUID,
    by: User,
) -> EmployerInvitation:
    """Ask an official whom a reviewer has checked, in place of whoever was asked before.

    shown: the key of the invitation that the page showed as live; "" for none. Pressed twice, they
    are asked once. Raises MovedOn when another is asked by now, or when officials no longer have
    the proposal, or the employer has answered about its last version; PermissionDenied for whoever
    is no reviewer of the case, and for an address that the employer does not read.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    if not rules.official(by, fresh, Role.REVIEWER):
        raise PermissionDenied
    key = key_of(once, by.pk, fresh.pk, shown, post, address, checked_how)
    live = live_of(fresh)
    if live is not None and live.once == key:
        return live
    is_late = fresh.status not in WITH_OFFICIALS or has_answered(fresh)
    if is_late or shown != (str(live.once) if live else ""):
        raise MovedOn(fresh)
    must_be_read_by(fresh.employer, address)
    checked = {"basis": Basis.CHECKED, "checked_how": checked_how, "asked_by": by, "once": key}
    who = checked | {"post": post, "address": address}
    return instead_of(live, fresh, Ended.REPLACED, by, who)


@in_one_piece
def hand_on(
    *, invitation: EmployerInvitation, post: str, address: str, by: LinkHolder
) -> EmployerInvitation:
    """Ask the official whom the one who was asked has named; their own link ends, the clock runs on.

    Raises MovedOn when they are asked no longer or have answered, PermissionDenied for an address that the employer
    does not read or a browser that has not proved who is there.
    """
    fresh = lock(Proposal, invitation.proposal_id, by=by)
    live = live_of(fresh)
    if not by.proved or by.subject_id != invitation.pk:
        raise PermissionDenied
    if live is None or live.pk != invitation.pk or not live.is_open or live.answer:
        raise MovedOn(fresh)
    must_be_read_by(fresh.employer, address)
    named = {"post": post, "address": address, "basis": Basis.NAMED}
    return instead_of(live, fresh, Ended.HANDED_ON, by, named)


def stop(proposal: Proposal, because: Ended, by: Actor) -> None:
    """Ask nobody any longer; the link stays good, to say so."""
    end_silence(proposal, Quiet(because.value))
    live = live_of(proposal)
    if live is None:
        return
    _end(live, because)
    Event.objects.write("employer.stop", proposal, by=by, data={"because": because.value})


def end_silence(proposal: Proposal, because: Quiet) -> None:
    """Do nothing more about a silence; links to those above the employer stay good, to say so."""
    live = escalation_of(proposal)
    if live is not None:
        live.ended_at, live.ended_because = clock.now(), because
        live.save(update_fields=["ended_at", "ended_because"])


def has_answered(proposal: Proposal) -> bool:
    """Whether the employer has answered about the version that was submitted last."""
    return EmployerAnswer.objects.filter(version=proposal.versions.last()).exists()


def live_of(proposal: Proposal) -> EmployerInvitation | None:
    """Who is asked now, if anybody; read anew."""
    return EmployerInvitation.objects.live().filter(proposal=proposal).first()


def escalation_of(proposal: Proposal) -> Escalation | None:
    """What is done about the silence of its employer now, if anything is; read anew."""
    return Escalation.objects.live().filter(proposal=proposal).first()


def _asked_before(proposal: Proposal) -> Who:
    returned = proposal.employer_invitations.filter(ended_because=Ended.RETURNED)
    kept = ("post", "address", "basis", "checked_how", "asked_by")
    last = returned.order_by("-pk").first()
    return {name: getattr(last, name) for name in kept} if last else {}


def _of_record(proposal: Proposal) -> Who:
    employer = proposal.employer
    if not employer.contact_address:
        return {}
    address = employer.contact_address
    return {"post": employer.contact_post, "address": address, "basis": Basis.RECORD}


def instead_of(
    live: EmployerInvitation | None, proposal: Proposal, because: Ended, by: Actor, who: Who
) -> EmployerInvitation:
    """Ask somebody in place of whoever is asked now, whose link ends. who: with a day of their own, or not."""
    if live is None:
        return _ask(proposal, by, who)
    _end(live, because)
    links.revoke(live, purpose=ASKED)
    # The clock runs on, unless they have answered, about a version before this one; and the team
    # does not read that it is another.
    due = {} if live.answer else {"due_on": live.due_on}
    return _ask(proposal, by, due | who, kind=f"employer.{because}")


def _ask(
    proposal: Proposal, by: Actor, who: Who, *, kind: str = "employer.ask"
) -> EmployerInvitation:
    """Write who is asked, by when, and that they are to be told. kind: of the event."""
    due = {"due_on": answer_by(proposal, clock.today())}
    asked = EmployerInvitation.objects.create(proposal=proposal, asked_at=clock.now(), **due | who)
    if "due_on" not in who:  # the day that the employer was given stays
        _note_due(proposal, asked.due_on)
    told = {"basis": str(asked.basis), "due_on": asked.due_on}
    Event.objects.write(kind, proposal, by=by, data=told)
    outbox.tell("employer.invite", asked, [asked.address], due_on=asked.due_on)
    return asked


def _end(invitation: EmployerInvitation, because: Ended) -> None:
    invitation.ended_at, invitation.ended_because = clock.now(), because
    invitation.save(update_fields=["ended_at", "ended_because"])


def _note_due(proposal: Proposal, due_on: datetime.date | None) -> None:
    proposal.employer_due_on, proposal.employer_answered_at = due_on, None
    asked = {"employer_due_on": due_on, "employer_answered_at": None}
    Proposal.objects.filter(pk=proposal.pk).update(**asked)


def must_be_read_by(employer: Organisation, address: str) -> None:
    """Refuse an address that the employer does not read, with PermissionDenied."""
    if not employer.owns_address(address):
        raise PermissionDenied(_("That address is not one that the employer reads."))
