"""The lists that coordinators work from, each with its rows, its order and its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activity import clock
from pathfinders.mentoring.models import Mentor, Mentorship, Status
from pathfinders.register.models import Member, Pathfinder

Text = str | Promise
BY_NAME = ("name", "pk")


@dataclass(frozen=True)
class List:
    """One list: its code in the address, its words, its rows, and what it says when empty."""

    code: str
    label: Text
    rows: Callable[[], Any]
    empty: Text
    order: tuple[str, ...] = BY_NAME


def chosen(lists: tuple[List, ...], code: str | None) -> List:
    """The list that an address names; the first for anything else."""
    return next((each for each in lists if each.code == code), lists[0])


def entries() -> Any:
    """Every entry, with the mentorship that speaks for it."""
    open_ones = Mentorship.objects.open().select_related("mentor")
    spoken_for = Prefetch("mentorships", queryset=open_ones, to_attr="open_mentorships")
    someone = Member.objects.current().filter(pathfinder=OuterRef("pk"), user__is_active=True)
    with_people = Pathfinder.objects.annotate(has_people=Exists(someone))
    return with_people.prefetch_related(spoken_for)


def without_mentor() -> Any:
    """Entries that have not ended and have neither mentor nor offer."""
    held = Mentorship.objects.open().filter(pathfinder=OuterRef("pk"))
    return entries().live().filter(~Exists(held))


def with_overdue_offer() -> Any:
    """Entries whose offer was not answered in time."""
    late = Mentorship.objects.overdue(clock.today())
    return entries().filter(Q(pk__in=late.values("pathfinder")))


def offers_out() -> Any:
    """Offers that wait for an answer, the first due first."""
    waiting = Mentorship.objects.filter(status=Status.OFFERED)
    return waiting.select_related("pathfinder", "mentor")


def seats() -> Any:
    """Mentors with their seats."""
    return Mentor.objects.approved().with_seats().with_answerer()


MENTORING = (
    List("without", _("Without mentor"), without_mentor, _("Every pathfinder has a mentor.")),
    List("offers", _("Offers out"), offers_out, _("No offer is out."), ("answer_by", "pk")),
    List("mentors", _("Mentors and seats"), seats, _("No mentor is approved yet.")),
)
PROGRAMME = (
    List("all", _("All pathfinders"), entries, _("No pathfinder is on the register yet.")),
    List(
        "unpublished",
        _("Not published"),
        lambda: entries().unpublished(),
        _("Everything is published."),
    ),
    List("without", _("Without mentor"), without_mentor, _("Every pathfinder has a mentor.")),
    List("overdue", _("Overdue offers"), with_overdue_offer, _("Nothing is overdue.")),
)
