"""The steps of officials who read a proposal."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.people import holders
from activity import clock
from activity.actors import Actor
from activity.workflow import Answer, Step, Tell
from proposals.draft import effects, rules
from proposals.draft.models import ConflictDeclaration, Member, Proposal, Status
from proposals.draft.steps import team


def as_reviewer(actor: Actor, proposal: Proposal) -> Answer:
    return rules.official(actor, proposal, Role.REVIEWER)


def officials(proposal: Proposal) -> Iterable[User]:
    """Everybody who reads the case: declared no conflict, holds a role today, not in the team."""
    today = clock.today()
    holding = holders(Role.REVIEWER, today) | holders(Role.DECISION_MAKER, today)
    declared = ConflictDeclaration.objects.filter(proposal=proposal, is_conflict=False)
    members = Member.objects.current().filter(proposal=proposal)
    return holding.filter(pk__in=declared.values("user")).exclude(pk__in=members.values("user"))


BEGIN = Step(
    name="begin",
    label=_("Begin assessment"),
    sources=(Status.SUBMITTED,),
    to=Status.ASSESSING,
    allowed=as_reviewer,
    tell=(Tell("proposal.begin", to=team),),
)
RETURN_INCOMPLETE = Step(
    name="return_incomplete",
    label=_("Return as incomplete"),
    sources=(Status.SUBMITTED,),
    to=Status.DRAFT,
    allowed=as_reviewer,
    effects=(effects.void_signatures,),
    tell=(Tell("proposal.return_incomplete", to=team),),
)

STEPS = (BEGIN, RETURN_INCOMPLETE)
