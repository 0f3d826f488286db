"""How somebody wants to be told: what they chose for each kind, kept and obeyed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from accounts.models import User
from activity import clock, kinds, outbox
from activity.kinds import How
from activity.models import NoticeChoice, Notification
from activity.transactions import in_one_piece
from activity.worktime import ENGLAND_AND_WALES, UK, calendar_for

DAILY_AT = datetime.time(8)
# Reminders and warnings are mailed between these hours of a working day, UK time.
REMIND_FROM = datetime.time(8)
REMIND_UNTIL = datetime.time(18)


def chosen_by(user: User) -> dict[str, How]:
    """What somebody chose, by kind; a kind that is not there comes at once."""
    return {kind: How(how) for kind, how in user.notice_choices.values_list("kind", "how")}


@in_one_piece
def choose(user: User, chosen: Mapping[str, How]) -> None:
    """Keep what somebody chose for these kinds; ValueError for a way that a kind does not have.

    It holds for their messages that wait too: each is judged anew. The choice is written first:
    whoever delivers meanwhile by the old one holds the message, which is woken after it.
    """
    for name, how in chosen.items():
        if how not in kinds.find(name).choices:
            raise ValueError(f"{name} cannot come as {how}")
        _keep(user, name, how)
    waiting = Notification.objects.unsettled().filter(user=user, kind__in=chosen)
    if waiting.update(put_off_to=None, try_at=clock.now()):
        outbox.nudge_on_commit()


def _keep(user: User, name: str, how: How) -> None:
    if how == How.NOW:
        user.notice_choices.filter(kind=name).delete()
    else:
        NoticeChoice.objects.update_or_create(user=user, kind=name, defaults={"how": how})


def how_wanted(message: Notification) -> How:
    """How this message is to come by mail, as its reader chose and its kind allows, now."""
    kind = kinds.find(message.kind)
    if message.user is None or kind.least == How.NOW:
        return How.NOW
    chosen = message.user.notice_choices.filter(kind=kind.name).values_list("how", flat=True)
    return kind.nearest(chosen.first() or How.NOW)


def next_daily_mail(after: datetime.datetime) -> datetime.datetime:
    """The first 8am, UK time, of a working day of England and Wales after a moment; in UTC."""
    local = after.astimezone(UK)
    day = _working_day(local.date() + datetime.timedelta(days=local.time() >= DAILY_AT))
    return datetime.datetime.combine(day, DAILY_AT, UK).astimezone(datetime.UTC)


def may_remind_from(moment: datetime.datetime) -> datetime.datetime:
    """This moment, if a reminder may be mailed then; otherwise the next at which it may, in UTC."""
    local = moment.astimezone(UK)
    day = _working_day(local.date() + datetime.timedelta(days=local.time() >= REMIND_UNTIL))
    opens = datetime.datetime.combine(day, REMIND_FROM, UK).astimezone(datetime.UTC)
    return max(moment, opens)


def may_remind(moment: datetime.datetime) -> bool:
    """Whether a reminder may be mailed at this moment."""
    return may_remind_from(moment) == moment


def _working_day(day: datetime.date) -> datetime.date:
    """This day, or the first working day of England and Wales after it."""
    calendar = calendar_for(ENGLAND_AND_WALES)
    while not calendar.is_working(day):
        day += datetime.timedelta(days=1)
    return day
