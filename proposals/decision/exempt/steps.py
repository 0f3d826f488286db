"""The step by which a service is found exempt, and what ends a proposal of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.actors import Actor
from activity.models import Event
from activity.workflow import Step, Tell
from proposals.decision.exempt import rules
from proposals.draft.models import Exemption, Proposal, Status
from proposals.draft.steps import team


def overtake(proposal: Proposal, by: Actor, event: Event) -> None:
    """End a proposal of an exemption that nobody has answered: the case has gone another way."""
    asked = Exemption.objects.open().filter(proposal=proposal)
    if asked.update(overtaken_at=clock.now()):
        Event.objects.write("case.overtake_exempt", proposal, by=by)


CONFIRM_EXEMPT = Step(
    name="confirm_exempt",
    label=_("Confirm the exemption"),
    sources=rules.FROM,
    to=Status.EXEMPT,
    allowed=rules.can_confirm,
    tell=(Tell("proposal.decided", to=team),),
)

STEPS = (CONFIRM_EXEMPT,)
