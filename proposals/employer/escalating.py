"""What follows an employer's silence: its department's lead is asked, and then the Cabinet Office.

Silence goes up and never counts as a yes or a no.
"""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied

from accounts.models import Role, User
from activity import clock, notices, outbox
from activity.actors import Actor, LinkHolder, System
from activity.models import Event
from activity.transactions import in_one_piece, lock, tried
from activity.workflow import MovedOn
from proposals.draft import rules
from proposals.draft.models import Proposal
from proposals.draft.models.proposal import WITH_OFFICIALS
from proposals.draft.readers import free, officials
from proposals.employer.actions import Who, escalation_of, instead_of, live_of, must_be_read_by
from proposals.employer.clocks import Ladder, calendar_of, day_of, ladder_of, named_answers_by
from proposals.employer.models import (
    Basis,
    EmployerInvitation,
    Ended,
    Escalation,
    Reply,
)

ESCALATING = System("escalating")


def go_through_the_silent() -> int:
    """Take every employer that is silent to whom it has come by today. Return how many moved.

    Only when a reminder may be read. Each in a transaction of its own; one that cannot be had now
    is tried again next time.
    """
    if not notices.may_remind(clock.now()):
        return 0
    late = Proposal.objects.filter(
        status__in=WITH_OFFICIALS, employer_answered_at=None, employer_due_on__lt=clock.today()
    )
    known = Escalation.objects.with_cabinet_office().values("proposal")
    return sum(
        tried(partial(escalate, each), "silence_not_escalated")
        for each in late.exclude(pk__in=known).order_by("pk").iterator()
    )


@in_one_piece
def escalate(proposal: Proposal) -> bool:
    """Take the steps that have come due about one silence, each once. False when none has."""
    fresh = lock(Proposal, proposal.pk)
    asked = silent(fresh)
    if asked is None or not calendar_of(fresh).is_working(clock.today()):
        return False
    days, live = ladder_of(fresh), escalation_of(fresh)
    is_new = live is None and days.department_on <= clock.today()
    if is_new:
        live = _start(fresh, ESCALATING)
    if live is None or live.passed_on_at or not _goes_on(live, asked, days):
        return is_new
    _pass_on(live, fresh)
    return True


def _goes_on(live: Escalation, asked: EmployerInvitation, days: Ladder) -> bool:
    """Whether it comes to the Cabinet Office today: not while whoever the lead named has days left."""
    today = clock.today()
    is_waited_for = live.waits_for_an_answer and today <= asked.due_on
    return days.cabinet_office_on <= today and not is_waited_for


@in_one_piece
def start(*, proposal: Proposal, by: User) -> Escalation:
    """Ask the department's lead now, as a reviewer who does not wait for the day.

    Pressed twice, or by two, they are asked once. Raises PermissionDenied for whoever is no
    reviewer of the case, MovedOn when nobody is asked or the employer has answered.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    if not rules.official(by, fresh, Role.REVIEWER):
        raise PermissionDenied
    if silent(fresh) is None:
        raise MovedOn(fresh)
    return escalation_of(fresh) or _start(fresh, by)


@in_one_piece
def reply(
    *,
    escalation: Escalation,
    reply: str,
    post: str = "",
    address: str = "",
    why: str = "",
    by: LinkHolder,
) -> EmployerInvitation | None:
    """Keep what a department's lead does, once. Return who is asked now, if that is another.

    post, address: of the official who is named, at the employer. why: for officials of the case.
    Raises MovedOn when the employer has answered, or the lead has replied, since; PermissionDenied
    for a browser that has not proved who is there, and for an address that is not the employer's.
    """
    if not by.proved or not Escalation.objects.visible_to(by).filter(pk=escalation.pk).exists():
        raise PermissionDenied
    fresh = lock(Proposal, escalation.proposal_id, by=by)
    live = escalation_of(fresh)
    if live is None or live.pk != escalation.pk or live.reply or silent(fresh) is None:
        raise MovedOn(fresh)
    live.reply, live.why, live.replied_at = reply, why, clock.now()
    live.save(update_fields=["reply", "why", "replied_at"])
    Event.objects.write("employer.department_reply", fresh, by=by, data={"reply": str(reply)})
    outbox.tell("case.department_reply", fresh, officials(fresh))
    if reply == Reply.WHY_NOT:
        return None
    return _ask_another(fresh, _who(live, fresh, post, address), by)


def _who(live: Escalation, proposal: Proposal, post: str, address: str) -> Who:
    """Whom the lead has answer: themselves, or an official of the employer."""
    if live.reply == Reply.ANSWERS:
        return {"post": live.post, "address": live.address, "basis": Basis.LEAD}
    must_be_read_by(proposal.employer, address)
    return {"post": post, "address": address, "basis": Basis.DEPARTMENT}


def _ask_another(proposal: Proposal, who: Who, by: LinkHolder) -> EmployerInvitation:
    """Ask them in place of whoever was silent; their own days run, the employer's stay over."""
    asked = live_of(proposal)
    days = named_answers_by(proposal, clock.today())
    due = {"due_on": max(days, asked.due_on) if asked else days}
    return instead_of(asked, proposal, Ended.ESCALATED, by, who | due)


def silent(proposal: Proposal) -> EmployerInvitation | None:
    """Who is asked and has not answered; nobody where nothing is wanted of an employer now."""
    asked = live_of(proposal)
    return asked if asked and asked.is_open and not asked.answer else None


def _start(proposal: Proposal, by: Actor) -> Escalation:
    asks = _lead_of(proposal)
    is_asked = "address" in asks
    made = Escalation.objects.create(
        proposal=proposal,
        due_on=day_of(proposal),
        by=by if isinstance(by, User) else None,
        passed_on_at=None if is_asked else clock.now(),
        **asks,
    )
    if not is_asked:
        _tell_cabinet_office(proposal, by)
        return made
    Event.objects.write("employer.escalate", proposal, by=by, data={"due_on": made.due_on})
    outbox.tell("employer.escalate", made, [made.address])
    return made


def _lead_of(proposal: Proposal) -> Who:
    """Who answers for the right at the employer's department; nobody who is in the team."""
    department = proposal.employer.department
    if department is None:
        return {}
    post, address = department.contact_post, department.contact_address
    if not department.owns_address(address) or rules.is_in_team(proposal, address):
        return {"department": department}
    return {"department": department, "post": post, "address": address}


def _pass_on(live: Escalation, proposal: Proposal) -> None:
    live.passed_on_at = clock.now()
    live.save(update_fields=["passed_on_at"])
    _tell_cabinet_office(proposal, ESCALATING)


def _tell_cabinet_office(proposal: Proposal, by: Actor) -> None:
    """Tell those who read the case, or else the reviewers who may."""
    Event.objects.write("employer.pass_on", proposal, by=by)
    told = list(officials(proposal)) or list(free(proposal, Role.REVIEWER))
    outbox.tell("case.employer_silent", proposal, told)
