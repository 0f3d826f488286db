"""The lifecycle of a proposal: every step of every part, in the order in which they happen."""

from activity.actors import Actor, LinkHolder
from activity.workflow import Effect, Lifecycle
from proposals.ballot import stopping
from proposals.decision import steps as decision
from proposals.decision.exempt import steps as exempt
from proposals.draft import rules
from proposals.draft import steps as draft
from proposals.draft.models import Proposal, Status
from proposals.employer import effects as employer
from proposals.figures import stretches as figures
from proposals.review import steps as review

# Those outside hear of the outcome by a letter, and before it not even that somebody decided.
BEFORE_THE_LETTER = frozenset(
    step.name for step in (decision.COUNTERSIGN, decision.DECIDE, decision.RECALL)
)


def kept_from(actor: Actor, proposal: Proposal) -> frozenset[str]:
    """The steps of which neither team nor employer may know when they were taken."""
    is_outside = isinstance(actor, LinkHolder) or rules.is_member(actor, proposal)
    return BEFORE_THE_LETTER if is_outside else frozenset()


STEPS = (*draft.STEPS, *review.STEPS, *exempt.STEPS, *decision.STEPS)
# What other parts do when a step is taken, besides the figures, which note every one.
FOLLOWS: dict[str, tuple[Effect, ...]] = {
    "submit": (employer.ask,),
    "withdraw": (employer.stop_for_withdrawal, stopping.call_off, exempt.overtake),
    "lapse": (stopping.call_off,),
    "return_incomplete": (employer.stop_for_return, exempt.overtake),
    "ask_changes": (exempt.overtake,),
    "recommend": (exempt.overtake,),
    "confirm_exempt": (employer.tell_decided,),
    "release": (employer.tell_decided,),
}

LIFECYCLE = Lifecycle(
    name="proposal",
    model=Proposal,
    statuses=Status,
    born=(Status.DRAFT,),
    steps=STEPS,
    kept_from=kept_from,
    follows={step.name: (*FOLLOWS.get(step.name, ()), figures.note) for step in STEPS},
)
