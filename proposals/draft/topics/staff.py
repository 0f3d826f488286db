"""Staff support: U1 to U10. The ballot, U7, is a part of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activity import clock
from proposals.draft import asking as ask
from proposals.draft.asking import counted
from proposals.draft.codes import (
    BALLOT_ABOVE,
    EVIDENCE,
    MOST_STAFF,
    NO,
    POSITIONS,
    SUPPORT,
    WAYS_TO_TALK,
    YES,
)
from proposals.draft.questions import Page, PageForm, Stage, Topic

IN_FUTURE = {"latest": _("The date cannot be in the future")}


class StaffForm(PageForm):
    """Headcount and full-time equivalent, and what would become of each person."""

    stage = Stage.SIGN
    U1_headcount = counted(
        _("How many staff would be affected?"),
        _("Count people, not posts."),
        _("Enter how many staff, as a whole number, like 42"),
        least=1,
        most=MOST_STAFF,
    )
    U1_fte = forms.DecimalField(
        label=_("How many is that full-time equivalent?"),
        help_text=_("For example, 38.5."),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
        max_digits=8,
        decimal_places=2,
        min_value=Decimal("0.01"),
        error_messages={
            "required": _("Enter the full-time equivalent, like 38.5"),
            "invalid": _("Enter the full-time equivalent as a number, like 38.5"),
            "max_digits": _("Enter the full-time equivalent as a number, like 38.5"),
            "max_whole_digits": _("Enter the full-time equivalent as a number, like 38.5"),
            "max_decimal_places": _("Enter the full-time equivalent with at most two decimals"),
            "min_value": _("Enter a full-time equivalent above 0"),
        },
    )
    U2_transfer = counted(
        _("Of these, how many would transfer to the mutual?"),
        "",
        _("Enter how many would transfer, or 0"),
        least=0,
        most=MOST_STAFF,
    )
    U2_second = counted(
        _("How many would be seconded?"),
        _("They stay employed where they are and work for the mutual."),
        _("Enter how many would be seconded, or 0"),
        least=0,
        most=MOST_STAFF,
    )
    U2_stay = counted(
        _("How many would stay with your employer?"),
        "",
        _("Enter how many would stay, or 0"),
        least=0,
        most=MOST_STAFF,
    )
    U2_unsure = counted(
        _("For how many are you not sure yet?"),
        "",
        _("Enter for how many you are not sure, or 0"),
        least=0,
        most=MOST_STAFF,
    )
    SPLITS = ("U2_transfer", "U2_second", "U2_stay", "U2_unsure")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        headcount, fte = cleaned.get("U1_headcount"), cleaned.get("U1_fte")
        if headcount is not None and fte is not None and fte > headcount:
            self.add_error("U1_fte", _fte_too_high(fte, headcount))
        splits = [cleaned[name] for name in self.SPLITS if cleaned.get(name) is not None]
        if headcount is not None and len(splits) == 4 and sum(splits) != headcount:
            self.add_error("U2_transfer", _splits_differ(sum(splits), headcount))
        return cleaned


def _fte_too_high(fte: Decimal, headcount: int) -> ValidationError:
    return ValidationError(
        _("Full-time equivalent (%(fte)s) cannot be more than headcount (%(headcount)s)"),
        params={"fte": fte, "headcount": headcount},
    )


def _splits_differ(total: int, headcount: int) -> ValidationError:
    return ValidationError(
        _("The four numbers add up to %(total)s; you said %(headcount)s staff"),
        params={"total": total, "headcount": headcount},
    )


class TalksForm(PageForm):
    stage = Stage.SIGN
    U3 = ask.rows(
        _("How have you talked with staff so far?"),
        {
            "date": ask.day_line(
                _("Date"), _("Enter the date, like 31 3 2027"), latest=clock.today, said=IN_FUTURE
            ),
            "method": ask.one_of_many(_("How"), WAYS_TO_TALK, _("Choose how you talked")),
            "number": counted(
                _("How many came"), "", _("Enter how many came"), least=0, most=MOST_STAFF
            ),
            "summary": ask.words(
                _("What was said"), _("Say in a sentence what was said"), most=100, rows=2
            ),
        },
        _("Enter at least one talk, however short"),
        _("One a row, the first however short. Write no names."),
    )


class SupportForm(PageForm):
    stage = Stage.SIGN
    heading_field = "U4"
    U4 = ask.one_of(
        _("Do staff support exploring this?"),
        SUPPORT,
        _("Choose how many support it, or that you have not asked"),
        _("You can say that you have not asked. Before you submit, ask them."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.complete and cleaned.get("U4") == "not-asked":
            said = _("Ask staff whether they support this before you submit")
            self.add_error("U4", ValidationError(said, code="before_submit"))
        return cleaned


class UnionsForm(PageForm):
    heading_field = "U5"
    U5 = ask.one_of(
        _("Are any trade unions or staff associations recognised?"),
        [(YES, _("Yes")), (NO, _("None recognised"))],
        _("Choose yes, or none recognised"),
    )
    U5_said = ask.rows(
        _("What did each say?"),
        {
            "union": ask.line(_("Union or association"), _("Enter its name"), most=100),
            "met": ask.optional(ask.day_line(_("Met on"), "", latest=clock.today, said=IN_FUTURE)),
            "position": ask.one_of_many(
                _("Position"), POSITIONS, _("Choose its position, or no reply")
            ),
        },
        _("Enter at least one union or association"),
    )
    reveals = {"U5": {YES: ("U5_said",)}}


class EvidenceForm(PageForm):
    U6 = ask.one_of(
        _("What will show that staff support this?"),
        EVIDENCE,
        _("Choose what will show it"),
        _(
            "The law does not ask for a vote in most cases. It is the clearest evidence that the "
            "idea is yours and your colleagues'."
        ),
    )
    U8 = ask.words(
        _("What exactly were or will staff be asked?"),
        _("Write the question as staff read it"),
        _(
            "Between 10 and 60 words, as they stand on the paper, and in words that lean neither "
            "way. Leave it empty if there were meetings only."
        ),
        least=10,
        most=60,
        rows=3,
        required=False,
    )
    needed_if = {"U8": lambda cleaned: cleaned.get("U6") not in (None, "", "meetings")}

    def notes(self) -> list[str]:
        staff = str(self.data.get("U1_headcount") or "")
        is_large = staff.isdecimal() and int(staff[:9]) > BALLOT_ABOVE
        if not is_large or self.data.get("U6") in (None, "", "ballot"):
            return []
        said = _("With %(staff)s staff, a secret ballot is the better evidence.")
        return [said % {"staff": staff}]


class WorriesForm(PageForm):
    U9 = ask.rows(
        _("What are the main worries that staff raised, and your answers?"),
        {
            "worry": ask.words(_("Worry"), _("Enter the worry"), most=100, rows=2),
            "answer": ask.words(_("Your answer"), _("Enter your answer to it"), most=150, rows=2),
        },
        _("Enter at least one worry and your answer"),
        _("If nobody is worried about anything, ask again."),
    )


class StayingForm(PageForm):
    heading_field = "U10"
    U10 = ask.words(
        _("How will staff who do not want to move be treated?"),
        _("Say how staff who do not want to move will be treated"),
        _("Up to 250 words. Nobody is worse off for having said no."),
    )


def promote(cleaned: dict[str, Any]) -> dict[str, Any]:
    """The headcount, or that it is not known."""
    return {"headcount": cleaned.get("U1_headcount")}


STAFF = Topic(
    "staff",
    _("Staff support"),
    (
        Page("staff", _("Staff affected"), StaffForm),
        Page("talks", _("Talks with staff"), TalksForm),
        Page("support", _("Whether staff support it"), SupportForm),
        Page("unions", _("Unions and staff associations"), UnionsForm),
        Page("evidence", _("Evidence of support"), EvidenceForm),
        Page("worries", _("Worries and answers"), WorriesForm),
        Page("staying", _("Staff who do not want to move"), StayingForm),
    ),
    promote,
    minutes=35,
    was="people",
)
