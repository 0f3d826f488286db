"""Who made which link of the chain, and hence who may make the next."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import Role, User
from activity.actors import Actor
from activity.workflow import YES, Answer, because
from proposals.decision.models import Decision, Recall, Recommendation
from proposals.draft import rules
from proposals.draft.models import Proposal


def standing_recommendation(proposal: Proposal) -> Recommendation | None:
    """The recommendation that was not sent back; read once for each instance fetched."""
    if "_recommendation" not in proposal.__dict__:
        rows = Recommendation.objects.standing().filter(proposal=proposal)
        proposal.__dict__["_recommendation"] = rows.select_related(
            "by", "countersigned_by", "version__scheme"
        ).first()
    found: Recommendation | None = proposal.__dict__["_recommendation"]
    return found


def standing_decision(proposal: Proposal) -> Decision | None:
    """The decision that was not recalled; read once for each instance fetched."""
    if "_decision" not in proposal.__dict__:
        rows = Decision.objects.standing().filter(proposal=proposal)
        proposal.__dict__["_decision"] = rows.select_related("by", "recall").first()
    found: Decision | None = proposal.__dict__["_decision"]
    return found


def open_recall(decision: Decision) -> Recall | None:
    """The request to take this decision back that nobody has agreed to yet."""
    asked: Recall | None = getattr(decision, "recall", None)
    return asked if asked is not None and asked.confirmed_at is None else None


def can_recommend(actor: Actor, proposal: Proposal) -> Answer:
    return rules.official(actor, proposal, Role.REVIEWER)


def can_countersign(actor: Actor, proposal: Proposal) -> Answer:
    return _another_decision_maker(actor, proposal, countersigner_too=True)


def can_send_back(actor: Actor, proposal: Proposal) -> Answer:
    return _another_decision_maker(actor, proposal, countersigner_too=True)


def can_decide(actor: Actor, proposal: Proposal) -> Answer:
    return _another_decision_maker(actor, proposal, countersigner_too=False)


def can_release(actor: Actor, proposal: Proposal) -> Answer:
    answer = _another_decision_maker(actor, proposal, countersigner_too=True)
    decision = standing_decision(proposal)
    if answer and decision is not None and open_recall(decision):
        return because(_("Somebody has asked to take this decision back. Answer that first."))
    return answer


def can_recall(actor: Actor, proposal: Proposal) -> Answer:
    answer = rules.official(actor, proposal, Role.DECISION_MAKER)
    if not answer:
        return answer
    decision = standing_decision(proposal)
    asked = open_recall(decision) if decision else None
    if asked is None:
        return because(_("One decision maker asks for it, another one agrees."))
    if isinstance(actor, User) and asked.asked_by_id == actor.pk:
        return because(_("You asked for it. Another decision maker must agree."))
    return YES


def _another_decision_maker(actor: Actor, proposal: Proposal, *, countersigner_too: bool) -> Answer:
    """Yes to a decision maker who made no earlier link of the chain."""
    answer = rules.official(actor, proposal, Role.DECISION_MAKER)
    if not answer or not isinstance(actor, User):
        return answer
    chain = standing_recommendation(proposal)
    if chain is None:
        return because(_("Nobody has recommended anything yet."))
    if chain.by_id == actor.pk:
        return because(_("You recommended it, so another person must do this."))
    if not countersigner_too and chain.countersigned_by_id == actor.pk:
        return because(_("You countersigned it, so a third person decides."))
    return YES
