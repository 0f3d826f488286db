"""Risks, the support that the team wants, and what those who sign will declare: R, H1 to H5, D1."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activity import clock
from activity.rows import CleanedRow, wrong_cell
from proposals.draft import asking as ask
from proposals.draft.codes import (
    FEWEST_RISKS,
    GRADES,
    HELP,
    HIGH_RISK,
    MENTOR_SIZES,
    REGIONS,
    RISKS,
    YES,
)
from proposals.draft.models import Declaration
from proposals.draft.questions import Page, PageForm, Topic

MOST_DAYS = 60


def _grade(label: Any, required: Any) -> Any:
    return ask.counted(label, "", required, least=GRADES[0], most=GRADES[1])


class RisksForm(PageForm):
    R = ask.rows(
        _("What could go wrong, and what will you do about it?"),
        {
            "risk": ask.words(_("Risk"), _("Describe the risk"), most=60, rows=2),
            "category": ask.one_of_many(_("Kind"), RISKS, _("Choose the kind of risk")),
            "likelihood": _grade(_("Likely (1 to 5)"), _("Enter how likely it is, from 1 to 5")),
            "impact": _grade(_("Bad (1 to 5)"), _("Enter how bad it would be, from 1 to 5")),
            "score": ask.product(_("Score"), "likelihood", "impact"),
            "owner": ask.line(_("Who watches it"), _("Enter who watches it"), most=100),
            "action": ask.words(_("What you will do"), "", most=60, rows=2, required=False),
            "date": ask.optional(ask.day_line(_("By"), "")),
        },
        _("Enter at least 5 risks"),
        _(
            "At least 5 risks. Say who watches each by their job, not by name. The score is how likely "
            "times how bad: a risk of 15 or more needs an action and a date."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rows = cleaned.get("R") or []
        if self.complete and rows:
            self._check(rows)
        return cleaned

    def _check(self, rows: list[CleanedRow]) -> None:
        for row in rows:
            if score(row) >= HIGH_RISK and not row["action"]:
                words = _("Say what you will do: %(score)d is a high risk") % {"score": score(row)}
                self.add_error("R", wrong_cell(row.number, "action", words, "required"))
            if score(row) >= HIGH_RISK and not row["date"]:
                by = _("Enter the date by which you will do it")
                self.add_error("R", wrong_cell(row.number, "date", by, "required"))
        if len(rows) < FEWEST_RISKS:
            few = _("Enter at least %(least)d risks; there are %(count)d so far")
            params = {"least": FEWEST_RISKS, "count": len(rows)}
            self.add_error("R", ValidationError(few, code="required", params=params))

    def notes(self) -> list[str]:
        rows = self.cleaned_data.get("R", []) if self.is_valid() else []
        high = [row for row in rows if score(row) >= HIGH_RISK]
        if not high:
            return []
        worst = max(high, key=score)
        words = ngettext(
            "%(count)d of these is a high risk: row %(row)d, with %(score)d.",
            "%(count)d of these are high risks. The highest is row %(row)d, with %(score)d.",
            len(high),
        )
        return [words % {"count": len(high), "row": worst.number, "score": score(worst)}]


def score(row: CleanedRow) -> int:
    """Likelihood times impact, 1 to 25; 0 while one of them is missing."""
    return int(row["likelihood"] or 0) * int(row["impact"] or 0)


class HelpForm(PageForm):
    heading_field = "H1"
    H1 = ask.some_of(
        _("What would you like help with?"), HELP, _("Choose what you want help with, or none")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "none" in cleaned.get("H1", []) and len(cleaned["H1"]) > 1:
            self.add_error("H1", _("Choose what you want help with, or none, but not both"))
        return cleaned


class MoneyForm(PageForm):
    H2 = ask.pounds(
        _("How much money do you ask for, to get ready?"),
        _("Enter an amount in whole pounds, or 0"),
        _("From the programme's fund. It is for becoming ready, not for running the service."),
    )
    H2_purpose = ask.words(
        _("What for?"), _("Say what the money is for"), most=150, rows=3, required=False
    )
    H3 = ask.words(
        _("Whom else have you asked?"),
        _("Say whom else you have asked, or nobody"),
        most=150,
        rows=3,
    )
    needed_if = {"H2_purpose": lambda cleaned: bool(cleaned.get("H2"))}


class MentorForm(PageForm):
    H4 = ask.yes_or_no(_("Would you like a mentor?"))
    H4_sector = ask.line(
        _("From what kind of work?"), "", _("For example, health, or retail."), required=False
    )
    H4_size = ask.one_of(
        _("From what size of organisation?"),
        MENTOR_SIZES,
        _("Choose a size, or that it does not matter"),
    )
    H4_region = ask.one_of_many(
        _("From where?"), REGIONS, _("Choose a region, or that it does not matter")
    )
    H4_days = ask.counted(
        _("For how many days in a year?"),
        "",
        _("Enter a number of days, like 10"),
        least=1,
        most=MOST_DAYS,
    )
    reveals = {"H4": {YES: ("H4_sector", "H4_size", "H4_region", "H4_days")}}


class BarriersForm(PageForm):
    heading_field = "H5"
    H5 = ask.yes_or_no(
        _("Has a rule, or what somebody takes for a rule, got in your way?"),
        _("Some can be changed, and some turn out not to exist."),
    )
    H5_what = ask.words(
        _("What was it?"),
        _("Say what got in your way"),
        _("One after another, each with who said so."),
    )
    reveals = {"H5": {YES: ("H5_what",)}}


class DeclarationForm(PageForm):
    """D1 asks only that it was read: it is declared by those who sign."""

    D1 = ask.one_of(
        _("Have those who will sign read what they declare?"),
        [(YES, _("Yes, all of them"))],
        _("Read it together, then choose yes"),
    )

    @property
    def said(self) -> list[str]:
        """What everybody who signs declares now, part by part."""
        declared = Declaration.objects.in_force(clock.today())
        return list(declared.values_list("wording", flat=True))


SUPPORT = Topic(
    "support",
    _("Risks, support and declaration"),
    (
        Page("risks", _("Risks"), RisksForm),
        Page("help", _("Help that you want"), HelpForm),
        Page("money", _("Money to get ready"), MoneyForm),
        Page("mentor", _("A mentor"), MentorForm),
        Page("barriers", _("Rules in your way"), BarriersForm),
        Page("declaration", _("What you will declare"), DeclarationForm),
    ),
    minutes=35,
)
