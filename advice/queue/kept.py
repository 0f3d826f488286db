"""What is kept about routing, as its page shows it: topics, rules, shares, ties, skills."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from accounts.models import Appointment, Organisation, Role, User
from activity import clock
from advice.intake.models import ProviderInterest, RoutingRule, Share, Topic, TopicGroup


@dataclass(frozen=True)
class Part:
    """A share beside what it got. due, got: in whole per cent; got is None while nothing was given."""

    share: Share
    due: int
    got: int | None
    is_to_come: bool


@dataclass(frozen=True)
class Adviser:
    """What one adviser takes. most: None is as many as the line allows."""

    user: User
    on_duty: bool
    skills: list[TopicGroup]
    most: int | None


def topics() -> list[TopicGroup]:
    """The groups, each with its topics and who leads on them."""
    led = Prefetch("topics", Topic.objects.select_related("lead"))
    return list(TopicGroup.objects.prefetch_related(led))


def rules(today: datetime.date) -> QuerySet[RoutingRule]:
    """The rules that hold or are to come, in their order."""
    kept = RoutingRule.objects.not_over(today)
    return kept.select_related("group", "topic", "provider")


def shares(today: datetime.date) -> list[Part]:
    """The shares that hold or are to come, each beside those that it competes with."""
    kept = Share.objects.not_over(today)
    found = list(kept.select_related("provider", "group").order_by("group", "provider__name"))
    return [_part(share, found, today) for share in found]


def _part(share: Share, found: Sequence[Share], today: datetime.date) -> Part:
    is_to_come = share.starts_on > today
    beside = [
        each
        for each in found
        if each.group_id == share.group_id and (each.starts_on > today) == is_to_come
    ]
    weights, given = sum(each.weight for each in beside), sum(each.given for each in beside)
    return Part(
        share=share,
        due=round(100 * share.weight / weights),
        got=round(100 * share.given / given) if given else None,
        is_to_come=is_to_come,
    )


def ties(today: datetime.date) -> QuerySet[ProviderInterest]:
    """For whom providers work, now or from a day to come."""
    kept = ProviderInterest.objects.not_over(today)
    return kept.select_related("provider", "organisation").order_by("provider__name", "pk")


def advisers(providers: Sequence[Organisation]) -> list[Adviser]:
    """The advisers of these providers, by name."""
    held = Appointment.objects.current(clock.today()).filter(
        role=Role.ADVISER, organisation__in=providers, user__is_active=True
    )
    people = User.objects.filter(pk__in=held.values("user")).order_by("name", "pk")
    found = people.select_related("adviser_profile").prefetch_related("adviser_profile__skills")
    return [_adviser(user) for user in found]


def _adviser(user: User) -> Adviser:
    profile = getattr(user, "adviser_profile", None)
    if profile is None:
        return Adviser(user, on_duty=True, skills=[], most=None)
    return Adviser(user, profile.on_duty, list(profile.skills.all()), profile.most)
