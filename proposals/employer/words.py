"""What an employer's official reads: where the proposal stands, and who is named to them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proposals.draft.models import Member, Proposal, Status
from proposals.draft.models.proposal import DECIDED_OUTCOMES
from proposals.employer.models import EmployerInvitation, Ended, Escalation, Quiet

# Heading and sentence of a page on which nothing is asked any longer.
Words = tuple[str | Promise, str | Promise]

STOPPED: Words = (
    _("This proposal was stopped"),
    _(
        "The staff who made it have stopped it. Nothing is asked of you any more, and we write "
        "to you no more about it."
    ),
)
BACK: Words = (
    _("This proposal is with the staff again"),
    _(
        "Something was missing in it. Nothing is asked of you now. If they submit it again, we "
        "write to your organisation again."
    ),
)
SET_ASIDE: Words = (
    _("This proposal was set aside"),
    _("Nothing happened for a long time. Nothing is asked of you now."),
)
EXEMPT: Words = (
    _("This service is exempt"),
    _(
        "The Cabinet Office has found that the service is in an area that the Right to Provide does "
        "not cover now. Two people decided it. Nothing is asked of you any more. Your department's "
        "page on this portal names the rule, and the day on which it is looked at again."
    ),
)
DECIDED: Words = (
    _("There is a decision on this proposal"),
    _("Nothing is asked of you here any more. The Cabinet Office can tell you what comes next."),
)
LETTER: Words = (
    _("There is a decision on this proposal"),
    _("Our letter says what was decided, what it asks of you, and what comes next."),
)

# The same for the lead of its department.
ANSWERED: Words = (
    _("The employer has answered"),
    _("Nothing more is asked of you, and we write to you no more about it."),
)
WITH_ITS_STAFF: Words = (
    _("This proposal is with the staff again"),
    _("Something was missing in it. Nothing is asked of you now."),
)
WHEN_QUIET = {
    Quiet.ANSWERED.value: ANSWERED,
    Quiet.RETURNED.value: WITH_ITS_STAFF,
    Quiet.WITHDRAWN.value: STOPPED,
}


def over(invitation: EmployerInvitation) -> Words | None:
    """What the page says when nothing is asked any longer; None while something is."""
    if invitation.is_open:
        return None
    if invitation.ended_because == Ended.WITHDRAWN:
        return STOPPED
    if invitation.ended_because == Ended.RETURNED:
        return BACK
    known = {Status.LAPSED: SET_ASIDE, Status.EXEMPT: EXEMPT}
    known |= dict.fromkeys(DECIDED_OUTCOMES, LETTER)
    return known.get(Status(invitation.proposal.status), DECIDED)


def silence_over(escalation: Escalation) -> Words | None:
    """What a department's lead reads when nothing is asked any longer; None while something is."""
    if escalation.is_open:
        return None
    if escalation.ended_because:
        return WHEN_QUIET[escalation.ended_because]
    return SET_ASIDE if escalation.proposal.status == Status.LAPSED else DECIDED


def names(proposal: Proposal) -> list[str]:
    """The names that the team has released to its employer; none while they are hidden.

    Of each who agreed to it, in the order of the alphabet, which says nothing of who leads. A
    private address never stands for a name.
    """
    if proposal.names_hidden:
        return []
    agreed = Member.objects.current().filter(proposal=proposal, may_be_named=True)
    return sorted(filter(None, agreed.values_list("user__name", flat=True)))
