"""Who made which link of the chain, and hence who may make the next."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import Role, User
from activity import clock
from activity.actors import Actor, System
from activity.workflow import NO, YES, Answer, because
from proposals.decision.models import Decision, Deferral, Recall, Recommendation
from proposals.draft import rules
from proposals.draft.models import Proposal, Status
from proposals.draft.remembered import remembered
from proposals.employer.hearing import has_had_its_time

# The job that releases a letter on the day for which somebody ordered it.
RELEASING = System("releasing")

# Whoever made one of these links of the chain is barred from the next, by where the case stands.
BARRING = {
    Status.RECOMMENDED: ("by",),
    Status.COUNTERSIGNED: ("by", "countersigned_by"),
    Status.DECIDED: ("by",),
}


def barred_by(chain: Recommendation, status: Status) -> set[int | None]:
    """The keys of the people who may not make the next link of a case in this status."""
    return {getattr(chain, f"{link}_id") for link in BARRING[status]}


@remembered
def standing_recommendation(proposal: Proposal) -> Recommendation | None:
    """The recommendation that was not sent back; `is_of_deferred`: whether the case was put off once."""
    deferred = Deferral.objects.filter(proposal=OuterRef("proposal"))
    rows = Recommendation.objects.standing().filter(proposal=proposal)
    rows = rows.annotate(is_of_deferred=Exists(deferred))
    return rows.select_related("by", "countersigned_by", "version__scheme").first()


@remembered
def standing_decision(proposal: Proposal) -> Decision | None:
    """The decision that was not recalled, with the request to take it back that is open."""
    rows = Decision.objects.standing().filter(proposal=proposal)
    return rows.select_related("by", "ordered_by").with_open_recall().first()


def open_recall(proposal: Proposal) -> Recall | None:
    """The request to take its decision back that nobody has answered yet."""
    return getattr(standing_decision(proposal), "open_recall", None)


def can_recommend(actor: Actor, proposal: Proposal) -> Answer:
    return rules.official(actor, proposal, Role.REVIEWER) and has_had_its_time(proposal)


def can_countersign(actor: Actor, proposal: Proposal) -> Answer:
    return _as_another(actor, proposal, Status.RECOMMENDED)


def can_decide(actor: Actor, proposal: Proposal) -> Answer:
    return _as_another(actor, proposal, Status.COUNTERSIGNED)


def can_defer(actor: Actor, proposal: Proposal) -> Answer:
    answer = _as_another(actor, proposal, Status.COUNTERSIGNED)
    if answer and getattr(standing_recommendation(proposal), "is_of_deferred", False):
        return because(_("It was deferred once already."))
    return answer


def can_release(actor: Actor, proposal: Proposal) -> Answer:
    if actor == RELEASING:
        return _may_go_today(proposal)
    answer = _as_another(actor, proposal, Status.DECIDED)
    if answer and open_recall(proposal):
        return because(_("Somebody has asked to take this decision back. Answer that first."))
    return answer


def _may_go_today(proposal: Proposal) -> Answer:
    """Yes once the day of a letter has come, if whoever ordered it could still release it now."""
    decision = standing_decision(proposal)
    if decision is None or decision.release_on is None or decision.release_on > clock.today():
        return NO
    if open_recall(proposal) or not may_order_still(proposal):
        return NO
    return YES


def may_order_still(proposal: Proposal) -> bool:
    """Whether whoever ordered a day for the letter may still release it, a recall put aside."""
    decision = standing_decision(proposal)
    who = decision.ordered_by if decision else None
    return who is not None and who.is_active and bool(_as_another(who, proposal, Status.DECIDED))


def can_recall(actor: Actor, proposal: Proposal) -> Answer:
    answer = rules.official(actor, proposal, Role.DECISION_MAKER)
    if not answer:
        return answer
    asked = open_recall(proposal)
    if asked is None:
        return because(_("One decision maker asks for it, another one agrees."))
    if isinstance(actor, User) and asked.asked_by_id == actor.pk:
        return because(_("You asked for it. Another decision maker must agree."))
    return YES


def _as_another(actor: Actor, proposal: Proposal, status: Status) -> Answer:
    """Yes to a decision maker whom no earlier link of the chain bars from the one in `status`."""
    answer = rules.official(actor, proposal, Role.DECISION_MAKER)
    if not answer or not isinstance(actor, User):
        return answer
    chain = standing_recommendation(proposal)
    if chain is None:
        return because(_("Nobody has recommended anything yet."))
    if actor.pk not in barred_by(chain, status):
        return YES
    if actor.pk == chain.by_id:
        return because(_("You recommended it, so another person must do this."))
    return because(_("You countersigned it, so a third person decides."))
