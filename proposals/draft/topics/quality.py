"""Quality of service: Q1 to Q7."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.rows import CleanedRow, wrong_cell
from proposals.draft import asking as ask
from proposals.draft.codes import (
    ALL_OTHERS,
    CHARACTERISTICS,
    EFFECTS,
    FOR_PEOPLE,
    INSPECTED,
    WORSE,
)
from proposals.draft.questions import Page, PageForm, Topic
from proposals.draft.topics.indicators import IndicatorsForm


def _was_inspected(cleaned: dict[str, Any]) -> bool:
    return cleaned.get("Q2") not in (None, "", "not-inspected")


class InspectionForm(PageForm):
    heading_field = "Q2"
    Q2 = ask.one_of(
        _("What was the result of the latest inspection or accreditation?"),
        INSPECTED,
        _("Choose the latest result, or that there is none"),
        _("Of the service itself. If only your employer was inspected, choose its result."),
    )
    Q2_on = ask.day(
        _("If there was one, when?"),
        _("Enter the date of the latest inspection"),
        _("For example, 31 3 2026."),
        latest=clock.today,
    )
    Q2_link = ask.optional(
        ask.web_address(
            _("Where can its report be read?"), "", _("Its address on the web, if it has one.")
        )
    )
    needed_if = {"Q2_on": _was_inspected}


class UsersForm(PageForm):
    heading_field = "Q3"
    Q3 = ask.words(
        _("How will the people who use the service shape it?"),
        _("Say how the people who use the service will shape it"),
        _("Up to 250 words. What they decide, what they are asked, and how they learn the answer."),
        rows=8,
    )


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


class EqualityForm(PageForm):
    Q6 = ask.rows(
        _("What would the change mean for people with each protected characteristic?"),
        {
            "who": ask.one_of_many(
                _("Characteristic"),
                [*CHARACTERISTICS, (ALL_OTHERS, _("All others"))],
                _("Choose the characteristic"),
            ),
            "effect": ask.one_of_many(
                _("Effect"), EFFECTS, _("Choose what it would mean for them")
            ),
            "how": ask.words(_("How you know"), _("Say how you know"), most=60, rows=2),
            "action": ask.words(_("What you will do"), "", most=60, rows=2, required=False),
        },
        _("Say what it would mean, at least for all together"),
        _(
            "People who use the service, and staff. The nine are those of the Equality Act 2010. "
            "One row, “All others”, may stand for those that have none of their own."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rows = cleaned.get("Q6") or []
        for problem in _twice(rows):
            self.add_error("Q6", problem)
        if self.complete and rows:
            for problem in _lacking(rows):
                self.add_error("Q6", problem)
        return cleaned


def _twice(rows: list[CleanedRow]) -> Iterator[ValidationError]:
    seen: dict[str, int] = {}
    for row in rows:
        earlier = seen.setdefault(row["who"], row.number) if row["who"] else row.number
        if earlier != row.number:
            words = said("Choose another characteristic: row %(row)d is about this one")
            yield wrong_cell(row.number, "who", words % {"row": earlier})


def _lacking(rows: list[CleanedRow]) -> Iterator[ValidationError]:
    """What a complete table still needs: something to do where it is worse, and every one of the nine."""
    for row in rows:
        if row["effect"] == WORSE and not row["action"]:
            yield wrong_cell(row.number, "action", _("Say what you will do about it"), "required")
    named = {row["who"] for row in rows}
    left = [str(words) for key, words in CHARACTERISTICS if key not in named]
    if left and ALL_OTHERS not in named:
        words = _("Add a row for %(left)s, or one for “All others”")
        params = {"left": ", ".join(left).lower()}
        yield ValidationError(words, code="required", params=params)


class SafetyForm(PageForm):
    """Needed of services for people, which their sector tells."""

    heading_field = "Q7"
    Q7 = ask.words(
        _("How will you keep people safe, and what happens to a complaint?"),
        _("Say how you will keep people safe, and what happens to a complaint"),
        _(
            "Up to 250 words. Who answers for safeguarding, whom staff tell, how a complaint is "
            "heard, and who outside looks at it. Write no names."
        ),
        rows=8,
        required=False,
    )

    def look_beside(self) -> None:
        self.fields["Q7"].required = self.beside.get("service", {}).get("S3") in FOR_PEOPLE


QUALITY = Topic(
    "quality",
    _("Quality of service"),
    (
        Page("indicators", _("Indicators and targets"), IndicatorsForm),
        Page("inspection", _("Latest inspection"), InspectionForm),
        Page("users", _("Who shapes the service"), UsersForm),
        Page("better", _("What will get better"), BetterForm),
        Page("worse", _("What could get worse"), WorseForm),
        Page("equality", _("Effects on equality"), EqualityForm),
        Page("safety", _("Safeguarding and complaints"), SafetyForm),
    ),
    minutes=60,
)
