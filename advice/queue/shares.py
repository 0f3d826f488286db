"""Setting the shares of what no provider leads on: all of one group of topics at once, from a day."""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import Organisation, Role, User
from activity import clock
from activity.actors import Actor, holds
from activity.models import Event
from activity.transactions import in_one_piece
from advice.intake.models import Share, TopicGroup


@dataclass(frozen=True)
class Part:
    """What a provider is to get. weight: 2 gets twice of 1. most: of one day, or None."""

    weight: int
    most: int | None = None


class Clash(Exception):
    """Somebody set these shares since the page was drawn. seen: the mark of how they are now."""

    def __init__(self, seen: int) -> None:
        super().__init__("the shares have moved on")
        self.seen = seen


def must_set(actor: Actor) -> None:
    """Raise PermissionDenied for whoever sets no shares: no lead does."""
    if not holds(actor, Role.ADMINISTRATOR):
        raise PermissionDenied(_("Administrators set shares, so that no provider sets its own."))


def of_group(group: TopicGroup | None, on: datetime.date) -> list[Share]:
    """The shares of a group, None of all others, that hold on a day or are to come."""
    kept = Share.objects.not_over(on).filter(group=group).select_related("provider")
    return list(kept.order_by("pk"))


def mark(shares: Iterable[Share]) -> int:
    """A number that changes with what of these shares is set, and not with what was given by them."""
    told = [(each.pk, each.weight, each.daily_cap, each.ends_on) for each in shares]
    return zlib.crc32(repr(told).encode()) & 0x7FFFFFFF


def last_set(shares: Iterable[Share]) -> dict[Organisation, Part]:
    """What holds once all that was set is in force, by provider."""
    return {
        each.provider: Part(each.weight, each.daily_cap) for each in shares if each.ends_on is None
    }


@in_one_piece
def set_shares(
    *,
    group: TopicGroup | None,
    parts: Mapping[Organisation, Part],
    starts_on: datetime.date,
    seen: int,
    by: User,
) -> bool:
    """Let these shares of a group hold from a day to come, all counted anew; whether that is new.

    What holds until then ends on that day; what was to begin then or later does not begin. No
    parts: there are no shares any longer. What is so already, as after a second press, stays.
    Raises PermissionDenied for whoever sets none, ValueError for a day that is not to come, Clash
    where somebody set these shares since the page was drawn.
    """
    today = clock.today()
    must_set(by)
    if starts_on <= today:
        raise ValueError("What was given today is counted in today's shares.")
    # Two at once wait here for each other, also where there is no share yet to lock.
    list(TopicGroup.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    locked = Share.objects.not_over(today).filter(group=group).select_for_update(no_key=True)
    list(locked.order_by("pk").values_list("pk"))
    kept = of_group(group, today)
    if last_set(kept) == dict(parts) and all(_is_settled(each, starts_on) for each in kept):
        return False
    if mark(kept) != seen:
        raise Clash(mark(kept))
    for share in kept:
        _end(share, starts_on, by)
    for provider, part in parts.items():
        fresh = Share.objects.create(
            provider=provider,
            group=group,
            weight=part.weight,
            daily_cap=part.most,
            starts_on=starts_on,
        )
        told = {"provider": provider.pk, "weight": part.weight, "most": part.most}
        Event.objects.write("share.begin", fresh, by=by, data={**told, "from": starts_on})
    return True


def _is_settled(share: Share, on: datetime.date) -> bool:
    """Whether nothing that was set of it happens after that day."""
    return share.starts_on <= on and (share.ends_on is None or share.ends_on <= on)


def _end(share: Share, on: datetime.date, by: User) -> None:
    """Let a share end on a day; one that would begin then or later never sent a question."""
    if share.ends_on is not None and share.ends_on <= on:
        return
    told = {"provider": share.provider_id, "weight": share.weight, "most": share.daily_cap}
    Event.objects.write("share.end", share, by=by, data={**told, "from": on})
    if share.starts_on >= on:
        share.delete()
    else:
        share.ends_on = on
        share.save(update_fields=["ends_on"])
