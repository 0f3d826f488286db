"""The shares of providers: whoever is furthest behind its share gets the next question."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from django.db.models import Q

from accounts.models import Appointment, Organisation, Role
from advice.intake.models import Share


def choose_by_share(
    group: int | None, barred: Collection[int], today: datetime.date, *, give: bool
) -> tuple[Organisation | None, bool]:
    """The provider whose share is due, and whether there are shares at all.

    None where there are none, or each has as many as it may have today. give: count it as given,
    under a lock on the rows of all shares that compete, so that two at once keep the shares.
    """
    wanted = Q(group=None) if group is None else Q(group=None) | Q(group=group)
    shares = Share.objects.in_force(today).filter(wanted).exclude(provider__in=barred)
    rows = shares.select_related("provider").order_by("pk")
    if give:
        rows = rows.select_for_update(of=("self",), no_key=True)
    pool = _of_group(list(rows), group)
    free = [share for share in pool if not share.is_full(today)]
    if not free:
        return None, bool(pool)
    chosen = furthest_behind(pool, _skilled(free, group, today))
    if give:
        _count(chosen, today)
    return chosen.provider, True


def hold() -> None:
    """Lock the rows of all shares, for whoever locks an enquiry before its topic is chosen anew."""
    list(Share.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _of_group(shares: list[Share], group: int | None) -> list[Share]:
    """Shares of this very group win over those of all groups."""
    own = [share for share in shares if share.group_id is not None and share.group_id == group]
    return own or [share for share in shares if share.group_id is None]


def furthest_behind(pool: Sequence[Share], free: Sequence[Share]) -> Share:
    """Of the free shares the one with the largest weighted deficit, if one more is given.

    Counted in whole numbers: weight / weights * (given + 1) - own, times the weights. Of equals
    the one that got the fewest, then the older row.
    """
    weights, given = sum(share.weight for share in pool), sum(share.given for share in pool)

    def deficit(share: Share) -> tuple[int, int, int]:
        behind = share.weight * (given + 1) - share.given * weights
        return behind, -share.given, -share.pk

    return max(free, key=deficit)


def _skilled(free: Sequence[Share], group: int | None, today: datetime.date) -> Sequence[Share]:
    """Those of providers that have an adviser who takes the group; all of them if none has."""
    if group is None or len(free) == 1:
        return free
    takes = Q(user__adviser_profile=None) | Q(user__adviser_profile__skills=None)
    able = Appointment.objects.current(today).filter(
        takes | Q(user__adviser_profile__skills=group),
        role=Role.ADVISER,
        organisation__in=[share.provider_id for share in free],
    )
    providers = set(able.values_list("organisation", flat=True))
    return [share for share in free if share.provider_id in providers] or free


def _count(share: Share, today: datetime.date) -> None:
    share.given += 1
    share.given_that_day = 1 if share.given_on != today else share.given_that_day + 1
    share.given_on = today
    share.save(update_fields=["given", "given_on", "given_that_day"])
