"""Taking an enquiry, passing it on, ending it, taking it up again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, Exists, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role
from activity import clock
from activity.actors import Actor, System
from activity.outbox import Recipient
from activity.workflow import NO, YES, Answer, Step, Tell, because
from advice.intake import people, routing
from advice.intake.models import AdvicePolicy, AdviserProfile, Enquiry, Status
from advice.intake.steps import run_the_clock_again, whoever_has_it

ROUTING = System("routing")
# Takes from somebody what they must not hold any longer: whose interest it is stays theirs.
CONFLICT = System("conflict")


@dataclass(frozen=True)
class Standing:
    """An adviser before an enquiry, read at once.

    closed: they or their provider have a part in whom the enquirer works for. refused: their
    provider refused it. in_hand: how many wait for their word, of the `most` that may.
    """

    closed: bool
    refused: bool
    in_hand: int
    most: int


def standing(actor: Actor, enquiry: Enquiry) -> Standing:
    """How an adviser stands: one query. They hold what the line allows, or fewer if they said so."""
    mine = people.providers_of(actor, Role.ADVISER)
    this = Enquiry.objects.filter(pk=enquiry.pk)
    known = _holding(actor).annotate(
        free=Exists(this.without_interest(actor)),
        refused=Exists(this.filter(provider=None, exclusions__provider__in=mine)),
    )
    found = known.values_list("free", "refused", "in_hand", "enquiries_each", "own")[0]
    free, refused, in_hand, most, mine_most = found
    return Standing(not free, refused, in_hand, min(most, mine_most or most))


def can_claim(actor: Actor, enquiry: Enquiry) -> Answer:
    """An adviser of the provider whose queue it is in, or of any if it is in nobody's.

    What waits for a lead is for leads alone, who need no room for it.
    """
    if not people.providers_of(actor):
        return NO
    stands = standing(actor, enquiry)
    if stands.closed:
        return NO
    mine = people.providers_of(actor, Role.ADVICE_LEAD if enquiry.for_leads else Role.ADVISER)
    if not mine:
        return because(_("It waits for a lead.")) if enquiry.for_leads else NO
    if enquiry.provider is not None and enquiry.provider not in mine:
        return because(_("%(provider)s has this one.") % {"provider": enquiry.provider})
    if enquiry.for_leads:
        return YES
    return (
        because(_("Your provider refused this one."))
        if stands.refused
        else _room(stands.in_hand, stands.most)
    )


def room(actor: Actor) -> Answer:
    """Whether an adviser may hold one more, before any is looked for."""
    in_hand, most, own = _holding(actor).values_list("in_hand", "enquiries_each", "own")[0]
    return _room(in_hand, min(most, own or most))


def _room(in_hand: int, most: int) -> Answer:
    if in_hand < most:
        return YES
    words = _("You hold %(in_hand)d of %(most)d. Answer one or hand one over first.")
    return because(words % {"in_hand": in_hand, "most": most})


def _holding(actor: Actor) -> models.QuerySet[Any]:
    """The policy in force, with how many wait for somebody's word and how many they want."""
    held = Enquiry.objects.in_hand_of(actor).order_by().values("adviser").annotate(n=Count("pk"))
    own = AdviserProfile.objects.filter(user=getattr(actor, "pk", None)).values("most")
    policies = AdvicePolicy.objects.in_force(clock.today())
    return policies.annotate(in_hand=Coalesce(Subquery(held.values("n")), 0), own=Subquery(own))


def can_refuse(actor: Actor, enquiry: Enquiry) -> Answer:
    """Whoever holds it or leads there; while nobody does, any adviser of the provider that has it."""
    if enquiry.adviser_id is not None or enquiry.for_leads:
        return its_adviser_or_lead(actor, enquiry)
    return YES if people.answers_for(actor, enquiry) else NO


def leads_if_nobody_is_left(enquiry: Enquiry, by: Actor) -> Iterable[Recipient]:
    """The leads, where they are to decide."""
    return routing.leads_for(enquiry) if enquiry.for_leads else []


def routing_or_a_conflict(actor: Actor, enquiry: Enquiry) -> Answer:
    """The job that offers on what lies, and what takes from a provider with an interest."""
    return YES if actor in (ROUTING, CONFLICT) else NO


def its_adviser(actor: Actor, enquiry: Enquiry) -> Answer:
    """Only whoever holds it: the enquirer hears one voice."""
    if people.has_it(actor, enquiry):
        return YES
    if people.answers_for(actor, enquiry):
        return because(_("%(adviser)s has this one.") % {"adviser": enquiry.adviser})
    return NO


def its_adviser_or_lead(actor: Actor, enquiry: Enquiry) -> Answer:
    """Whoever holds it, or who leads the advisers of its provider."""
    if people.has_it(actor, enquiry) or people.answers_for(actor, enquiry, Role.ADVICE_LEAD):
        return YES
    if people.answers_for(actor, enquiry):
        if enquiry.adviser is None:
            return because(_("A lead decides about this one."))
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
    sources=(
        Status.WITH_ADVISER,
        Status.WAITING_FOR_ENQUIRER,
        Status.WAITING_FOR_OTHER,
        Status.ANSWERED,
    ),
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
REFUSE = Step(
    name="refuse",
    label=gettext_lazy("We cannot answer this"),
    sources=(Status.QUEUED, Status.WITH_ADVISER),
    to=Status.QUEUED,
    allowed=can_refuse,
    tell=(Tell("enquiry.lead", to=leads_if_nobody_is_left),),
)
OFFER_ON = Step(
    name="offer_on",
    label=gettext_lazy("Offer it to another provider"),
    sources=(Status.QUEUED,),
    to=Status.QUEUED,
    allowed=routing_or_a_conflict,
    tell=(Tell("enquiry.lead", to=leads_if_nobody_is_left),),
)
STEPS = (CLAIM, HAND_OVER, CLOSE, REOPEN, REFUSE, OFFER_ON)
