"""Quality of service: Q4 and Q5."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from proposals.draft import asking as ask
from proposals.draft.questions import Page, PageForm, Topic


class BetterForm(PageForm):
    heading_field = "Q4"
    Q4 = ask.words(
        _("What will get better, for whom, and by when?"),
        _("Say what will get better, for whom, and by when"),
        _("Between 50 and 300 words."),
        least=50,
        most=300,
        rows=8,
    )


class WorseForm(PageForm):
    heading_field = "Q5"
    Q5 = ask.words(
        _("What could get worse during the change, and how will you prevent it?"),
        _("Say what could get worse, and how you will prevent it"),
        _("Up to 300 words. Every change risks something: say it before others do."),
        most=300,
        rows=8,
    )


QUALITY = Topic(
    "quality",
    _("Quality of service"),
    (
        Page("better", _("What will get better"), BetterForm),
        Page("worse", _("What could get worse"), WorseForm),
    ),
    minutes=20,
)
