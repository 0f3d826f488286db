"""What part of the questions each provider is to get, and from when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from activity import clock
from activity.dates import DateLineField
from activity.fields import WholeNumberField
from activity.forms import SeenForm
from advice.queue.shares import Part

MOST_WEIGHT, MOST_A_DAY = 1_000, 10_000


def tomorrow() -> datetime.date:
    """The first day from which shares can be set: what is given today is counted in today's."""
    return clock.today() + datetime.timedelta(days=1)


class SharesForm(SeenForm):
    """A share and a bound for each provider, as `parts`; empty is none."""

    mark_optional = False

    starts_on = DateLineField(
        label=gettext_lazy("From which day?"),
        help_text=gettext_lazy("Tomorrow or later, like 31 3 2027"),
        earliest=tomorrow,
        error_messages={"earliest": gettext_lazy("Enter tomorrow’s date or a later one")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        providers: Iterable[Organisation],
        known: Mapping[Organisation, Part],
        seen: int,
    ) -> None:
        self.providers = list(providers)
        first: dict[str, Any] = {"seen": seen}
        for each in self.providers:
            part = known.get(each)
            first[f"weight-{each.slug}"] = part.weight if part else None
            first[f"most-{each.slug}"] = part.most if part else None
        super().__init__(data, initial=first)
        for each in self.providers:
            self.fields[f"weight-{each.slug}"] = _number(
                _("Share of %(provider)s") % {"provider": each}, MOST_WEIGHT
            )
            self.fields[f"most-{each.slug}"] = _number(
                _("Most a day for %(provider)s") % {"provider": each}, MOST_A_DAY
            )

    def rows(self) -> list[tuple[Organisation, BoundField, BoundField]]:
        """Each provider with its two fields."""
        return [
            (each, self[f"weight-{each.slug}"], self[f"most-{each.slug}"])
            for each in self.providers
        ]

    def clean(self) -> dict[str, Any]:
        """The shares, as `parts`: Part by provider."""
        typed = super().clean() or self.cleaned_data
        parts: dict[Organisation, Part] = {}
        for each in self.providers:
            weight = typed.pop(f"weight-{each.slug}", None)
            most = typed.pop(f"most-{each.slug}", None)
            if weight:
                parts[each] = Part(weight, most)
            elif most and f"weight-{each.slug}" not in self.errors:
                words = _("Give %(provider)s a share, or empty its most a day")
                self.add_error(f"weight-{each.slug}", words % {"provider": each})
        return {**typed, "parts": parts}


def _number(label: str, most: int) -> WholeNumberField:
    said = _("%(label)s: enter a whole number from 1 to %(most)s, or leave it empty")
    words = said % {"label": label, "most": f"{most:,}"}
    field = WholeNumberField(
        label=label,
        required=False,
        min_value=1,
        max_value=most,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
    )
    field.label_hidden = True  # type: ignore[attr-defined]  # the heads of row and column say it
    return field
