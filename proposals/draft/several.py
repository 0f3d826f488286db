"""Telling one person of several cases at once: one message, hence one mail, for one press."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import User
from activity import outbox
from activity.models import Notification
from proposals.draft.models import Proposal


def tell(kind: str, cases: Sequence[Proposal], person: User) -> None:
    """Tell somebody of these cases in one message; of none, nothing."""
    if cases:
        keys = ",".join(str(case.pk) for case in cases)
        many: dict[str, int | str] = {"count": len(cases), "cases": keys}
        outbox.tell(kind, cases[0], [person], ids=many if len(cases) > 1 else {})


def keys_of(notification: Notification) -> list[int]:
    """The keys of the cases that a message tells of, where they are several."""
    keys: str = notification.ids.get("cases", "")
    return [int(key) for key in keys.split(",") if key]
