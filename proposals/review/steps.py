"""The steps of officials who read a proposal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from activity.actors import Actor
from activity.workflow import Answer, Step, Tell
from proposals.draft import effects, rules
from proposals.draft.models import Proposal, Status
from proposals.draft.steps import team


def as_reviewer(actor: Actor, proposal: Proposal) -> Answer:
    return rules.official(actor, proposal, Role.REVIEWER)


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
