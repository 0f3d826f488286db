"""What narrows a view of the queue; every part of it is in the address."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from activity import clock
from activity.chips import Chip, changed
from activity.fields import TextField
from activity.searching import reference_in
from advice.intake.models import Enquiry, Sector, Status, Topic, TopicGroup
from advice.intake.models.enquiry import RUNNING, EnquiryQuerySet
from advice.queue.seeking import Sought

ME, NOBODY, OTHERS = "me", "nobody", "others"
LATE, SOON = "late", "soon"
DAYS = {"2": 2, "7": 7, "20": 20}
# What is known of an enquiry only to those who may read it.
READ_ALONE = ("q", "sector", "by")


def _of_list(label: Any, anything: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", anything), *choices], required=False)


class FilterForm(forms.Form):
    """The filters of a view. What cannot be read narrows nothing."""

    mark_optional = False

    q = TextField(
        label=gettext_lazy("Words"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    due = _of_list(
        gettext_lazy("Due"),
        gettext_lazy("Any time"),
        [(LATE, gettext_lazy("Late")), (SOON, gettext_lazy("Within a day"))],
    )
    age = _of_list(
        gettext_lazy("Came"),
        gettext_lazy("At any time"),
        [
            ("2", gettext_lazy("Over 2 days ago")),
            ("7", gettext_lazy("Over a week ago")),
            ("20", gettext_lazy("Over 20 days ago")),
        ],
    )
    sector = _of_list(gettext_lazy("They work in"), gettext_lazy("Any sector"), Sector.choices)
    by = _of_list(
        gettext_lazy("With"),
        gettext_lazy("Anybody or nobody"),
        [
            (ME, gettext_lazy("Me")),
            (OTHERS, gettext_lazy("A colleague")),
            (NOBODY, gettext_lazy("Nobody yet")),
        ],
    )
    urgent = forms.BooleanField(label=gettext_lazy("Urgent"), required=False)
    back = forms.BooleanField(label=gettext_lazy("Came back"), required=False)

    def __init__(self, here: QueryDict, topics: Iterable[Topic]) -> None:
        super().__init__(here)
        self.fields |= {"topic": _topics(topics), "q": self.fields["q"]}
        self.order_fields(("q", "topic", "due", "age", "sector", "by", "urgent", "back"))
        self.full_clean()

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that can be read and narrow the view, by name."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def has_more(self) -> bool:
        """Whether one of the filters is in use that are folded away."""
        return not self.chosen.keys().isdisjoint(("age", "sector", "by", "urgent", "back"))

    def chips(self, here: QueryDict) -> list[Chip]:
        """The filters in use, each with the address of the view without it."""
        return [
            Chip(self._words(name, value), changed(here, **{name: []}))
            for name, value in self.chosen.items()
        ]

    def _words(self, name: str, value: Any) -> str:
        field: Any = self.fields[name]
        if name == "q":
            return str(_("“%s”") % value)
        if value is True:
            return str(field.label)
        words = _flat(field.choices)[value]
        return f"{field.label}: {words}" if name in ("by", "age", "sector") else str(words)

    @property
    def filters(self) -> str:
        """The filters that can be read, as an address says them after its question mark."""
        chosen = self.chosen.items()
        return urlencode({name: "on" if value is True else value for name, value in chosen})


def _topics(topics: Iterable[Topic]) -> forms.ChoiceField:
    """One list of both levels: all of a group, or one of its topics."""
    groups: dict[TopicGroup, list[tuple[str, str]]] = {}
    for topic in topics:
        groups.setdefault(topic.group, []).append((topic.code, topic.title))
    every = [
        (group.title, [(group.code, _("All: %s") % group.title), *found])
        for group, found in groups.items()
    ]
    return forms.ChoiceField(
        label=_("Topic"), choices=[("", _("All topics")), *every], required=False
    )


def _flat(choices: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for code, words in choices:
        found |= dict(words) if isinstance(words, list) else {code: words}
    return found


def words_in(here: QueryDict) -> str:
    """The words that an address looks for; "" where there are none, or too many."""
    try:
        return str(FilterForm.base_fields["q"].clean(here.get("q", "")))
    except ValidationError:
        return ""


def narrowed(
    rows: EnquiryQuerySet, form: FilterForm, reader: User, sought: Sought
) -> EnquiryQuerySet:
    """The rows of a view that the filters leave. sought: what the indexes know of the words.

    What tells of who asks, of their words or of a colleague narrows to what the reader may read:
    otherwise the filter itself would tell it.
    """
    chosen = form.chosen
    reference = reference_in(chosen.get("q", ""))
    if any(name in chosen for name in READ_ALONE) and not reference:
        rows = rows & Enquiry.objects.readable_by(reader)
    for name, value in chosen.items():
        rows = rows.filter(sought.matching() if name == "q" else BY_NAME[name](value, reader))
    return rows


def _due(code: str, reader: User) -> Q:
    now = clock.now()
    runs = Q(status__in=RUNNING)
    if code == LATE:
        return runs & Q(due_at__lt=now)
    return runs & Q(due_at__gte=now, due_at__lt=now + datetime.timedelta(days=1))


def _topic(code: str, reader: User) -> Q:
    return Q(topic__code=code) | Q(topic__group__code=code)


def _by(code: str, reader: User) -> Q:
    if code == NOBODY:
        return Q(adviser=None)
    return Q(adviser=reader) if code == ME else Q(adviser__isnull=False) & ~Q(adviser=reader)


BY_NAME: dict[str, Callable[[Any, User], Q]] = {
    "topic": _topic,
    "due": _due,
    "age": lambda code, reader: Q(
        received_at__lt=clock.now() - datetime.timedelta(days=DAYS[code])
    ),
    "sector": lambda code, reader: Q(contact__sector=code),
    "by": _by,
    "urgent": lambda yes, reader: Q(urgent=True),
    "back": lambda yes, reader: Q(status=Status.WITH_ADVISER, first_replied_at__isnull=False),
}
