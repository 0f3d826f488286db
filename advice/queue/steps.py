"""Taking an enquiry, passing it on, ending it, taking it up again."""

from __future__ import annotations

from django.db.models import Count, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role
from activity import clock
from activity.actors import Actor
from activity.workflow import NO, YES, Answer, Step, Tell, because
from advice.intake import people
from advice.intake.models import AdvicePolicy, Enquiry, Status
from advice.intake.steps import run_the_clock_again, whoever_has_it


def room(actor: Actor) -> Answer:
    """Whether an adviser may hold one more, by the policy of today as the desk tells it."""
    held = Enquiry.objects.in_hand_of(actor).order_by().values("adviser").annotate(n=Count("pk"))
    policies = AdvicePolicy.objects.in_force(clock.today())
    known = policies.annotate(in_hand=Coalesce(Subquery(held.values("n")), 0))
    in_hand, most = known.values_list("in_hand", "enquiries_each")[0]
    if in_hand < most:
        return YES
    words = _("You hold %(in_hand)d of %(most)d. Answer one or hand one over first.")
    return because(words % {"in_hand": in_hand, "most": most})


def can_claim(actor: Actor, enquiry: Enquiry) -> Answer:
    """An adviser of the provider whose queue it is in, or of any if it is in nobody's."""
    mine = people.providers_of(actor, Role.ADVISER)
    if not mine:
        return NO
    if enquiry.provider is not None and enquiry.provider not in mine:
        return because(_("%(provider)s has this one.") % {"provider": enquiry.provider})
    return room(actor)


def its_adviser_or_lead(actor: Actor, enquiry: Enquiry) -> Answer:
    """Whoever holds it, or who leads the advisers of its provider."""
    if people.has_it(actor, enquiry) or people.answers_for(actor, enquiry, Role.ADVICE_LEAD):
        return YES
    if people.answers_for(actor, enquiry):
        return because(_("%(adviser)s has this one.") % {"adviser": enquiry.adviser})
    return NO


def an_adviser_of_its_provider(actor: Actor, enquiry: Enquiry) -> Answer:
    """Any adviser of the provider that held it."""
    return YES if people.answers_for(actor, enquiry, Role.ADVISER) else NO


def to_whom_it_goes(enquiry: Enquiry) -> str:
    """A person has it at once; a provider gets it into its queue."""
    return Status.QUEUED if enquiry.adviser_id is None else Status.WITH_ADVISER


CLAIM = Step(
    name="claim",
    label=gettext_lazy("Take this enquiry"),
    sources=(Status.QUEUED,),
    to=Status.WITH_ADVISER,
    allowed=can_claim,
)
HAND_OVER = Step(
    name="hand_over",
    label=gettext_lazy("Hand over"),
    sources=(Status.WITH_ADVISER,),
    to=to_whom_it_goes,
    results=(Status.WITH_ADVISER, Status.QUEUED),
    allowed=its_adviser_or_lead,
    tell=(Tell("enquiry.hand_over", to=whoever_has_it),),
)
CLOSE = Step(
    name="close",
    label=gettext_lazy("Close"),
    sources=(Status.WITH_ADVISER, Status.WAITING_FOR_ENQUIRER, Status.ANSWERED),
    to=Status.CLOSED,
    allowed=its_adviser_or_lead,
)
REOPEN = Step(
    name="reopen",
    label=gettext_lazy("Take it up again"),
    sources=(Status.ANSWERED, Status.CLOSED),
    to=Status.WITH_ADVISER,
    allowed=an_adviser_of_its_provider,
    effects=(run_the_clock_again,),
)
STEPS = (CLAIM, HAND_OVER, CLOSE, REOPEN)
