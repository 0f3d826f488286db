"""The page that everybody lands on: what waits for me, what is late, what I can begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.models import Role, User
from accounts.people import signed_in
from activity import clock, counting, delivery, waiting, workflow
from activity.actors import holds
from activity.dates import long_in_words
from activity.models import Event, Notification
from mutuals_portal import guides
from mutuals_portal.home import Tile

NEWS = 4


@login_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Late, waiting, with others, what I can begin, and what is new in my inbox."""
    user = signed_in(request)
    desk = waiting.desk_of(user)
    news, unread = news_for(user)
    request.unread = unread  # type: ignore[attr-defined]  # the frame need not count them again
    page = {
        "desk": desk,
        "tiles": list(tiles(desk)),
        "news": news,
        "guides": guides.own(user),
        "last_done": "" if desk.late or desk.waiting else last_done(user),
        "today": clock.today(),
    }
    return render(request, "start.html", page)


@dataclass(frozen=True)
class News:
    """One unread message: its row and its line."""

    message: Notification
    line: str


def news_for(user: User) -> tuple[list[News], int]:
    """The newest unread messages, and how many are unread up to a bound: one query."""
    unread = Notification.objects.inbox_of(user).unread()
    rows: Any = unread.annotate(unread=counting.Count(unread)).order_by("-created_at", "-pk")
    found = list(rows[:NEWS])
    news = [News(message, delivery.subject_line(message)) for message in found]
    return news, found[0].unread if found else 0


def tiles(desk: waiting.Desk) -> list[Tile]:
    """The desk in numbers, each with what it is compared with; no number is made up."""
    wait = ngettext("waits for you", "wait for you", len(desk.waiting))
    shown = [Tile(_number(desk.waiting), wait, _next_due(desk.waiting))]
    if desk.late:
        shown.insert(0, Tile(_number(desk.late), _("late"), _oldest(desk.late), "bad"))
    if desk.elsewhere:
        count = sum(each.count for each in desk.elsewhere)
        whom = ", ".join(f"{each.whom} {counting.in_words(each.count)}" for each in desk.elsewhere)
        words = ngettext("waits for others", "wait for others", count)
        shown.append(Tile(counting.in_words(count), words, whom))
    if desk.beginnings:
        shown.append(Tile(_number(desk.beginnings), _("you can begin")))
    return shown


def _number(things: list[Any]) -> str:
    """Each app says at most so many: from there on there may be more."""
    return f"{len(things)}+" if len(things) >= waiting.MOST else str(len(things))


def _oldest(late: list[waiting.Item]) -> str:
    days = max(item.days_late for item in late)
    return ngettext("the oldest by %(days)d day", "the oldest by %(days)d days", days) % {
        "days": days
    }


def _next_due(items: list[waiting.Item]) -> str:
    first = next((item.due_on for item in items if item.due_on), None)
    if first is None:
        return _("none has a date") if items else ""
    return _("the next by %(day)s") % {"day": long_in_words(first)}


def last_done(user: User) -> str:
    """The last step that somebody took here and when, for a desk on which nothing waits; or "".

    It names no record: that may be closed to them by now. An adviser's desk has asked the
    database as often as this page may, so it goes without.
    """
    if holds(user, Role.ADVISER):
        return ""
    labels = {
        f"{life.model._meta.model_name}.{step.name}": str(step.label)
        for life in workflow.lifecycles()
        for step in life.steps
    }
    mine = Event.objects.filter(actor_kind="user", actor_id=str(user.pk), kind__in=labels)
    event = mine.order_by("-pk").first()
    if event is None:
        return ""
    words = {"step": labels[event.kind], "day": long_in_words(timezone.localdate(event.at))}
    return _("Last done: “%(step)s”, on %(day)s.") % words
