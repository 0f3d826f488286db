"""Workforce and pensions: W1 to W11."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from activity.rows import wrong_cell
from proposals.draft import asking as ask
from proposals.draft.codes import (
    DAYS_BEFORE_TRANSFER,
    MOST_STAFF,
    PENSION_SCHEMES,
    PENSION_WAYS,
    ROUTES,
    WHO_CARRIES,
)
from proposals.draft.questions import Answers, Page, PageForm, Topic


def _headcount(label: Any, required: Any) -> Any:
    return ask.counted(label, "", required, least=0, most=MOST_STAFF)


class GroupsForm(PageForm):
    W1 = ask.rows(
        _("How many staff are there in each group?"),
        {
            "group": ask.line(_("Group"), _("Enter the group"), most=100),
            "headcount": _headcount(_("People"), _("Enter how many people")),
            "fte": ask.number(_("Full-time equivalent"), _("Enter the full-time equivalent")),
            "pay": ask.pounds(_("Pay a year"), _("Enter what they are paid together in a year")),
        },
        _("Enter at least one group of staff"),
        _(
            "For example, nurses, or youth workers. Write no names. People in all groups together "
            "make the headcount that you gave under “Staff support”."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for row in cleaned.get("W1") or []:
            if None not in (row["fte"], row["headcount"]) and row["fte"] > row["headcount"]:
                words = said(
                    "Full-time equivalent (%(fte)s) cannot be more than headcount (%(headcount)s)"
                )
                self.add_error("W1", wrong_cell(row.number, "fte", words % row))
        return cleaned


def headcount_differs(typed: Mapping[str, Answers]) -> str:
    """That the groups of staff do not make the headcount: both numbers, or "" while they may."""
    groups = GroupsForm(typed.get("workforce", {}))
    people = (
        [row["headcount"] for row in groups.cleaned_data.get("W1", [])] if groups.is_valid() else []
    )
    staff = str(typed.get("staff", {}).get("U1_headcount", "")).replace(",", "").strip()
    if not people or None in people or not staff.isdecimal() or sum(people) == int(staff[:9]):
        return ""
    words = said("The groups add up to %(groups)s people; under “Staff support” you said %(staff)s")
    return words % {"groups": sum(people), "staff": staff}


class RoutesForm(PageForm):
    W2 = ask.rows(
        _("How would each group come to the mutual?"),
        {
            "group": ask.line(_("Group"), _("Enter the group"), most=100),
            "route": ask.one_of_many(_("How"), ROUTES, _("Choose how they would come")),
            "length": ask.line(_("If seconded, for how long?"), "", most=50, required=False),
            "after": ask.line(_("If seconded, what then?"), "", most=150, required=False),
        },
        _("Enter at least one group and how it would come"),
        _(
            "Staff who are seconded stay employed where they are. Say for how long, and what "
            "happens at the end."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for row in cleaned.get("W2") or []:
            if self.complete and row["route"] == "secondment" and not row["length"]:
                words = _("Enter how long the secondment would be")
                self.add_error("W2", wrong_cell(row.number, "length", words, "required"))
        return cleaned


class SecondedForm(PageForm):
    heading_field = "W3"
    W3 = ask.one_of(
        _("Could seconded staff be members or owners?"),
        [*ask.YES_NO_NOT_SURE, ("none", _("Nobody would be seconded"))],
        _("Choose whether seconded staff could be members"),
    )


class PensionsForm(PageForm):
    W4 = ask.rows(
        _("Which pension schemes are staff in now?"),
        {
            "scheme": ask.one_of_many(_("Scheme"), PENSION_SCHEMES, _("Choose the scheme")),
            "members": _headcount(_("Members"), _("Enter how many are in it")),
        },
        _("Enter at least one scheme"),
    )
    W5 = ask.one_of_many(
        _("How will pensions be protected?"),
        PENSION_WAYS,
        _("Choose how pensions will be protected"),
    )


class DeficitForm(PageForm):
    W6 = ask.one_of(
        _("Who carries past shortfalls of a pension scheme, and higher rates to come?"),
        WHO_CARRIES,
        _("Choose who carries them"),
    )
    W6_how = ask.words(
        _("How is that risk limited?"),
        _("Say how that risk is limited, or that it is not"),
        _("For example, a cap, costs passed through, a guarantee, or a bond."),
        most=150,
        rows=3,
    )


class NewStartersForm(PageForm):
    heading_field = "W7"
    W7 = ask.words(
        _("On what terms would new people start?"),
        _("Say on what terms new people would start"),
        _("If they differ from those of staff who move, say how and why: colleagues will ask."),
    )


class MeasuresForm(PageForm):
    heading_field = "W8"
    W8 = ask.words(
        _("What would change for staff who move?"),
        _("Say what would change, or that nothing would"),
        _("Hours, places, rotas, grades. The law calls these measures: staff must be consulted."),
    )


class UnionsForm(PageForm):
    W9 = ask.one_of(
        _("Would trade unions stay recognised?"), ask.YES_NO_NOT_SURE, ask.CHOOSE_OF_THREE
    )
    W9_how = ask.words(
        _("Which ones, and for what?"),
        _("Say which ones, and for what"),
        _("Agree it in writing before anybody moves."),
        most=150,
        rows=3,
    )


class DatesForm(PageForm):
    W10_consult = ask.day(
        _("When would consultation with staff begin?"),
        _("Enter the date on which consultation would begin"),
        _("A plan is enough. For example, 31 3 2027."),
    )
    W10_transfer = ask.day(
        _("When would staff move?"),
        _("Enter the date on which staff would move"),
        _("At least 28 days after your employer has given its information on staff."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins, moves = cleaned.get("W10_consult"), cleaned.get("W10_transfer")
        if begins and moves and (moves - begins).days < DAYS_BEFORE_TRANSFER:
            words = _("Staff must move at least %(days)d days after consultation begins")
            problem = ValidationError(words, params={"days": DAYS_BEFORE_TRANSFER})
            self.add_error("W10_transfer", problem)
        return cleaned


class TrainingForm(PageForm):
    heading_field = "W11"
    W11 = ask.pounds(
        _("How much would you spend on training and leadership in the first year?"),
        _("Enter an amount in whole pounds, or 0"),
    )


WORKFORCE = Topic(
    "workforce",
    _("Workforce and pensions"),
    (
        Page("groups", _("Groups of staff"), GroupsForm, against=headcount_differs),
        Page("routes", _("How staff would move"), RoutesForm),
        Page("seconded", _("Seconded staff as members"), SecondedForm),
        Page("pensions", _("Pensions"), PensionsForm),
        Page("deficit", _("Who carries the risk of pensions"), DeficitForm),
        Page("new-starters", _("Terms for new people"), NewStartersForm),
        Page("changes", _("What would change for staff"), MeasuresForm),
        Page("unions", _("Unions afterwards"), UnionsForm),
        Page("dates", _("Dates"), DatesForm),
        Page("training", _("Training"), TrainingForm),
    ),
    minutes=40,
)
