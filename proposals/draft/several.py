"""Telling one person of several cases at once: one message, hence one mail, for one press."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.cover import stand_ins
from accounts.models import User
from activity import clock, outbox
from activity.models import Notification
from proposals.draft.models import Proposal


def tell(kind: str, cases: Sequence[Proposal], person: User) -> None:
    """Tell somebody of these cases in one message; of none, nothing."""
    if cases:
        keys = ",".join(str(case.pk) for case in cases)
        many: dict[str, int | str] = {"count": len(cases), "cases": keys}
        ids = many if len(cases) > 1 else {}
        outbox.tell(kind, cases[0], [person], ids=ids, to_stand_ins=len(cases) == 1)
    if len(cases) > 1:
        _tell_stand_in(kind, cases, person)


def _tell_stand_in(kind: str, cases: Sequence[Proposal], person: User) -> None:
    """Tell whoever stands in for somebody of those cases that are open to them, one by one."""
    for stand_in in stand_ins([person], clock.today()).values():
        keys = [case.pk for case in cases]
        opened = set(Proposal.objects.of_officials(stand_in).filter(pk__in=keys).values_list("pk"))
        ids: dict[str, int | str] = {"stands_in": 1}
        for case in cases:
            if (case.pk,) in opened:
                outbox.tell(kind, case, [stand_in], ids=ids)


def keys_of(notification: Notification) -> list[int]:
    """The keys of the cases that a message tells of, where they are several."""
    keys: str = notification.ids.get("cases", "")
    return [int(key) for key in keys.split(",") if key]
