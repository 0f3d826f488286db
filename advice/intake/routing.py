"""To which provider an enquiry goes, and why. Source: domain guide 5.3, in its order."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import Appointment, Interest, Organisation, OrganisationKind, Role
from activity import clock
from advice.intake import clocks, people
from advice.intake.models import (
    AdvicePolicy,
    Contact,
    Enquiry,
    GoesTo,
    ProviderInterest,
    RoutingRule,
    Topic,
    Why,
)
from advice.intake.models.enquiry import OPEN
from advice.intake.sharing import choose_by_share


@dataclass(frozen=True)
class Question:
    """What routing knows of a question.

    excluded: the ids of providers that refused it or let it lie.
    """

    topic: Topic | None
    sector: str = ""
    employer: Organisation | None = None
    is_secret: bool = True
    excluded: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Route:
    """Where a question goes. provider: None is any of them, or with for_leads, any lead's."""

    provider: Organisation | None
    why: Why
    urgent: bool = False
    for_leads: bool = False


def question_of(enquiry: Enquiry, contact: Contact) -> Question:
    """What routing knows of an enquiry that is there already."""
    excluded = enquiry.exclusions.values_list("provider", flat=True)
    return Question(
        topic=enquiry.topic,
        sector=contact.sector,
        employer=contact.employer,
        is_secret=enquiry.employer_must_not_know,
        excluded=frozenset(excluded),
    )


def choose(question: Question, *, give: bool = True) -> Route:
    """Where a question goes now.

    give: whether it really goes there, so that it counts in its provider's share: rows of shares
    are locked then, before any enquiry. Not given, nothing is written.
    """
    topic, today = question.topic, clock.today()
    barred = question.excluded | tied(question.employer, today)
    match topic.goes_to if topic is not None else "":
        case GoesTo.LEADS:
            found = _ordinary(question, barred, today, give=give)
            return replace(found, why=Why.SAFETY, urgent=True, for_leads=True)
        case GoesTo.PROGRAMME:
            team = topic.lead if topic is not None else None
            if team is not None and team.pk not in barred and _has_advisers(team, today):
                return Route(team, Why.PROGRAMME)
            return Route(None, Why.PROGRAMME, for_leads=True)
        case GoesTo.DEPARTMENT:
            desk = _desk_of_department(question, today)
            if desk is not None and desk.pk not in barred:
                return Route(desk, Why.DEPARTMENT)
    return _ordinary(question, barred, today, give=give)


def _ordinary(
    question: Question, barred: Collection[int], today: datetime.date, *, give: bool
) -> Route:
    """By rule, by who leads, by share; where none of those may have it, by turn."""
    lead = question.topic.lead if question.topic is not None else None
    named = _by_rule(question, barred, today)
    if named is not None and named != lead:
        return Route(named, Why.RULE)
    if lead is not None and lead.pk not in barred:
        return Route(lead, Why.LEAD)
    group = question.topic.group_id if question.topic is not None else None
    shared, are_shared = choose_by_share(group, barred, today, give=give)
    is_turn = lead is not None or bool(question.excluded)
    if shared is not None:
        return Route(shared, Why.TURN if is_turn else Why.SHARE)
    left = _in_turn(barred, today)
    if left is None:
        return Route(None, Why.NOBODY, for_leads=True)
    return Route(left, Why.TURN) if is_turn and not are_shared else Route(None, Why.ANY)


def tied(employer: Organisation | None, today: datetime.date) -> frozenset[int]:
    """The providers that work for whom the enquirer works for."""
    if employer is None:
        return frozenset()
    tied = ProviderInterest.objects.touching(employer.pk, today)
    return frozenset(tied.values_list("provider", flat=True))


def _by_rule(
    question: Question, barred: Collection[int], today: datetime.date
) -> Organisation | None:
    nation = question.employer.nation if question.employer is not None else ""
    for rule in RoutingRule.objects.in_force(today).select_related("provider"):
        if rule.provider_id not in barred and rule.fits(question.topic, question.sector, nation):
            return rule.provider
    return None


def _desk_of_department(question: Question, today: datetime.date) -> Organisation | None:
    """The provider that is the employer's department's own, if one is on record and answers.

    A department learns of no question that the employer must not know of.
    """
    if question.is_secret or question.employer is None or question.employer.department_id is None:
        return None
    desks = Organisation.objects.filter(
        kind=OrganisationKind.ADVICE_PROVIDER, department=question.employer.department_id
    )
    return next((desk for desk in desks if _has_advisers(desk, today)), None)


def _has_advisers(provider: Organisation, today: datetime.date) -> bool:
    held = Appointment.objects.current(today).filter(role=Role.ADVISER, organisation=provider)
    return held.exists()


def _in_turn(barred: Collection[int], today: datetime.date) -> Organisation | None:
    """Of the providers that lead on something, the one with the fewest open; None if none is left."""
    leads = Topic.objects.filter(lead=OuterRef("pk"), goes_to="")
    providers = Organisation.objects.in_being(today).filter(Exists(leads))
    waiting = Count("enquiries", filter=Q(enquiries__status__in=OPEN))
    left = providers.exclude(pk__in=barred).annotate(waiting=waiting)
    return left.order_by("waiting", "pk").first()


def fields(route: Route, policy: AdvicePolicy, at: datetime.datetime) -> dict[str, Any]:
    """The columns of an enquiry that goes there at that moment; it stays urgent once it was."""
    is_offered = route.provider is not None and not route.for_leads
    found: dict[str, Any] = {
        "provider": route.provider,
        "route": route.why,
        "for_leads": route.for_leads,
        "pick_up_by": clocks.pick_up_by(at, policy) if is_offered else None,
        "snoozed_until": None,
    }
    return found | ({"urgent": True} if route.urgent else {})


def leads_for(enquiry: Enquiry) -> list[Any]:
    """The leads who decide about what waits for a lead: of its provider, or of every provider.

    None who has a part, or whose provider has one, in whom the enquirer works for.
    """
    today = clock.today()
    held = Appointment.objects.current(today).filter(
        role=Role.ADVICE_LEAD,
        organisation__kind=OrganisationKind.ADVICE_PROVIDER,
        user__is_active=True,
    )
    if enquiry.provider is not None:
        held = held.filter(organisation=enquiry.provider)
    if enquiry.contact.employer is not None:
        held = held.exclude(user__in=closed_off(enquiry.contact.employer, today))
    return _people(held.select_related("user").order_by("user"))


def closed_off(employer: Organisation, today: datetime.date) -> set[int]:
    """The ids of whoever answers for a provider that works for a body, or has a part in it."""
    answer = Appointment.objects.current(today).filter(role__in=people.ANSWERS)
    theirs = answer.filter(organisation__in=tied(employer, today)).values_list("user", flat=True)
    declared = Interest.objects.touching(employer.pk, today).values_list("user", flat=True)
    return {*theirs, *declared}


def _people(held: Iterable[Appointment]) -> list[Any]:
    return list({each.user_id: each.user for each in held}.values())


def reason(enquiry: Enquiry) -> str:
    """Why an enquiry is in the queue where it is, in one sentence."""
    return said(enquiry.provider, enquiry.topic, enquiry.route)


def said(provider: Organisation | None, topic: Topic | None, why: str) -> str:
    """Why a question is with this provider, or with none, in one sentence."""
    if why in _SAID and (words := _SAID[why](provider)):
        return words
    if provider is not None and (topic is None or topic.lead_id != provider.pk):
        return _("%(provider)s took it on.") % {"provider": provider}
    if topic is None:
        return _("No topic was chosen, so any provider may take it.")
    if provider is None:
        return _("No provider leads on this topic, so any may take it.")
    return _("%(provider)s leads on this topic.") % {"provider": provider}


def _safety(provider: Organisation | None) -> str:
    if provider is None:
        return _("It may be about safety or wrongdoing, so a lead takes it, of any provider.")
    words = _("It may be about safety or wrongdoing, so a lead of %(provider)s decides first.")
    return words % {"provider": provider}


def _programme(provider: Organisation | None) -> str:
    if provider is None:
        return _(
            "It is for the programme team, which nobody answers for here: a lead passes it on."
        )
    return _(
        "%(provider)s answers the press, members of Parliament and requests for information."
    ) % {"provider": provider}


Sentence = Callable[[Organisation | None], str]


def _by(words: Callable[[], str]) -> Sentence:
    """A sentence that names the provider; "" where there is none."""
    return lambda provider: words() % {"provider": provider} if provider is not None else ""


_SAID: dict[str, Sentence] = {
    Why.RULE: _by(lambda: _("A rule of the routing sends this to %(provider)s.")),
    Why.SHARE: _by(lambda: _("It came to %(provider)s by its share of such questions.")),
    Why.DEPARTMENT: _by(lambda: _("%(provider)s answers for the department of their employer.")),
    Why.TURN: _by(
        lambda: _("Another provider could not take it, so it was offered to %(provider)s.")
    ),
    Why.HANDED: _by(lambda: _("It was handed over to %(provider)s.")),
    Why.SAFETY: _safety,
    Why.PROGRAMME: _programme,
    Why.NOBODY: lambda provider: (
        _by(lambda: _("%(provider)s took it on when no provider was left."))(provider)
        or _("No provider is left that may answer it, so a lead decides.")
    ),
}
