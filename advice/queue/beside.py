"""What stands beside the queue: its views with their counts, those kept, who is on duty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from activity import counting
from advice.intake import people
from advice.intake.models import Enquiry, Topic, TopicGroup
from advice.intake.models.enquiry import EnquiryQuerySet
from advice.queue import duty, lists, profiles, seeking
from advice.queue.actions import ORDER
from advice.queue.models import QueueView
from advice.queue.narrowing import FilterForm, narrowed
from advice.queue.seeking import NOTHING, Sought

# Of the views that somebody keeps; the others are on their own page.
MOST_KEPT = 10
# A saved view is counted among as many of the first rows of its view: its filters are in no index.
AMONG = 250


@dataclass(frozen=True)
class Known:
    """What is read before the list. topics: all, for its filter. kept: (name, filters) of a view.

    people: how many advise here, up to the bound of `counting`; colleagues: the first of them.
    sought: what the indexes know of the words that are looked for.
    """

    topics: list[Topic]
    kept: list[tuple[str, str]]
    colleagues: list[duty.Colleague]
    people: int
    sought: Sought

    @property
    def more_colleagues(self) -> int:
        """How many are not among them."""
        return self.people - len(self.colleagues)


def known(user: User, words: str) -> Known:
    """The topics, the views that somebody keeps, and their colleagues: one query for all of it.

    words: those that the list is to be narrowed by, or "".
    """
    topics = Topic.objects.values(told=JSONObject(**_OF_TOPIC))
    mine = QueueView.objects.filter(owner=user)
    mine_told = mine.values(told=JSONObject(name="name", filters="filters"))
    advisers = duty.advisers_of(people.providers_of(user))
    found = User.objects.filter(pk=user.pk).values_list(
        ArraySubquery(topics),
        ArraySubquery(mine_told[:MOST_KEPT]),
        ArraySubquery(duty.told(advisers, user)),
        counting.Count(advisers),
        seeking.keys_of(words),
    )
    topics_told, kept, colleagues, count, keys = found.get()
    return Known(
        topics=[_topic(**said) for said in topics_told],
        kept=[(said["name"], said["filters"]) for said in kept],
        colleagues=[duty.colleague(said) for said in colleagues],
        people=count,
        sought=Sought.of(words, keys),
    )


_OF_TOPIC = {
    "pk": "pk",
    "code": "code",
    "title": "title",
    "group_pk": "group",
    "group_code": "group__code",
    "group_title": "group__title",
}


def _topic(group_pk: int, group_code: str, group_title: str, **said: Any) -> Topic:
    return Topic(group=TopicGroup(pk=group_pk, code=group_code, title=group_title), **said)


@dataclass(frozen=True)
class View:
    """One view in the list beside the queue, or one that its reader keeps.

    count: in words; "" where it is not known.
    """

    label: str
    address: str
    count: str
    is_current: bool
    is_late: bool = False


@dataclass(frozen=True)
class Views:
    """The views of the queue and those kept; whether their reader is off duty."""

    built_in: list[View]
    kept: list[View]
    off_duty: bool


def views_of(user: User, current: str, form: FilterForm, known: Known) -> Views:
    """The views with their counts in one query, the current ones marked.

    current, form: the view that is shown, and what narrows it.
    """
    names, kept = _names(user), [_Kept.of(*each, user, known.topics) for each in known.kept]
    also: dict[str, QuerySet[Any, Any]] = {
        str(place): each.among_the_first(user)
        for place, each in enumerate(kept)
        if not each.has_words
    }
    found = lists.counts(user, names, {**also, "off": profiles.are_off(user)})
    built_in = [
        View(
            label=label,
            address=address(f"view={name}", form.filters),
            count=counting.in_words(found[name]),
            is_current=name == current,
            is_late=name == "late" and found[name] > 0,
        )
        for name, label in names.items()
    ]
    shown = filters_of(current, form)
    saved = [
        View(
            label=each.name,
            address=address(each.filters),
            count=each.in_words(found.get(str(place)), found.get(each.view, 0)),
            is_current=each.filters == shown,
        )
        for place, each in enumerate(kept)
    ]
    return Views(built_in, saved, off_duty=bool(found["off"]))


def _names(user: User) -> dict[str, str]:
    """What each view is called that somebody has use for, by its name in the address."""
    names = {name: str(label) for name, label in lists.VIEWS.items()}
    if (provider := next(iter(people.providers_of(user)), None)) is not None:
        names["provider"] = str(provider)
    if not people.leads(user):
        del names["leads"]
    return names


@dataclass(frozen=True)
class _Kept:
    """A view that somebody keeps, as it narrows now."""

    name: str
    filters: str
    view: str
    form: FilterForm

    @classmethod
    def of(cls, name: str, filters: str, user: User, topics: Iterable[Topic]) -> _Kept:
        here = QueryDict(filters)
        return cls(name, filters, lists.view_in(here, user), FilterForm(here, topics))

    @property
    def has_words(self) -> bool:
        """Whether it looks for words: those are found in all messages at once, however many."""
        return "q" in self.form.chosen

    def among_the_first(self, user: User) -> EnquiryQuerySet:
        """The rows of it among the AMONG most urgent of its view, so that none costs more."""
        first = lists.rows_of(self.view, user).order_by(*ORDER).values("pk")[:AMONG]
        return narrowed(Enquiry.objects.filter(pk__in=first), self.form, user, NOTHING)

    def in_words(self, count: int | None, in_view: int) -> str:
        """How many it has; at least so many, with a plus, where its view has more than AMONG."""
        if count is None or (in_view > AMONG and not count):
            return ""
        return f"{count}+" if in_view > AMONG else str(count)


def filters_of(view: str, form: FilterForm) -> str:
    """A view and what narrows it, as an address says them after its question mark."""
    return said(f"view={view}" if view else "", form.filters)


def in_address(here: QueryDict) -> str:
    """The view and the filters of ours that an address says; nothing else of it is taken."""
    view = here.get("view", "")
    form = FilterForm(here, Topic.objects.select_related("group"))
    return filters_of(view if view in lists.VIEWS else "", form)


def place(after: str | None) -> str:
    """The page of a list that begins after a key, as an address says it; "" for the first."""
    return urlencode({"after": after}) if after else ""


def address(*filters: str) -> str:
    """The queue with these filters."""
    query = said(*filters)
    return f"{reverse('advice:queue')}?{query}" if query else reverse("advice:queue")


def said(*filters: str) -> str:
    """Parts of an address after its question mark, as one; what is empty is left out."""
    return "&".join(filter(None, filters))
