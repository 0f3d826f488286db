"""Service and scope: S1 to S14."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activity.employers import (
    NOT_LISTED,
    EmployerAsked,
    EmployerField,
    EmployerNameField,
    EmployerWordsField,
    body_of,
)
from activity.fields import TextField
from proposals.draft import asking as ask
from proposals.draft.areas import AreaField
from proposals.draft.asking import PostcodeField, optional
from proposals.draft.codes import (
    BREADTH,
    DIRECTIONS,
    MOST_USERS,
    NOT_SURE,
    OTHER,
    REGULATORS,
    UNDER_WAY,
    YES,
    departments,
)
from proposals.draft.models.proposal import Sector
from proposals.draft.pages import name_field
from proposals.draft.questions import Page, PageForm, Stage, Topic


class NameForm(PageForm):
    stage = Stage.SIGN
    S1 = name_field()
    S3 = ask.one_of_many(
        _("Which sector is the service in?"),
        Sector.choices,
        _("Choose the closest sector"),
        _("Choose the closest match."),
    )


class EmployerForm(EmployerAsked, PageForm):
    """The employer: what is typed to find it is kept beside the answer, and is none itself."""

    stage = Stage.SIGN
    heading_field = "S2_words"
    S2_words = EmployerWordsField()
    S2 = EmployerField()
    S2_name = EmployerNameField()
    named = ("S2_words", "S2", "S2_name")
    only_asks = ("S2_words",)
    reveals = {"S2": {NOT_LISTED: ("S2_name",)}}
    needed_if = {"S2_name": lambda cleaned: cleaned.get("S2") == NOT_LISTED}


class DepartmentForm(PageForm):
    stage = Stage.SIGN
    heading_field = "S4"
    S4 = forms.ChoiceField(
        label=_("Which government department is responsible?"),
        help_text=_("If you are not sure, the advice line can tell you."),
        choices=lambda: [("", _("Choose one")), *departments()],
        error_messages={
            "required": _("Choose the department that is responsible"),
            "invalid_choice": _("Choose a department from the list"),
        },
    )


class ServiceForm(PageForm):
    stage = Stage.SIGN
    S5 = ask.words(
        _("Describe the service you run now"),
        _("Describe the service you run now"),
        _("Say who uses it, what you do and where. Between 50 and 250 words."),
        least=50,
        rows=8,
    )
    S9 = ask.counted(
        _("How many people use the service in a year?"),
        _("An estimate is fine."),
        _("Enter how many people use the service, as a whole number, like 2000"),
        least=0,
        most=MOST_USERS,
    )
    S9_how = TextField(
        max_length=500,
        label=_("Which year is that, and how did you work it out?"),
        error_messages={"required": _("Say which year, and how you worked it out")},
    )


class BreadthForm(PageForm):
    stage = Stage.SIGN
    heading_field = "S6"
    S6 = ask.one_of(
        _("Is it one service, several, or a care or service pathway?"),
        BREADTH,
        _("Choose one, several, or a pathway"),
        _("All three can be proposed."),
    )


class PlacesForm(PageForm):
    stage = Stage.SIGN
    S7 = ask.rows(
        _("Which areas does the service cover?"),
        {"area": AreaField(label=_("Council area or nation"))},
        _("Enter at least one council area, or England"),
        _("Enter every council area, one a row, like Leicester. Or a whole nation, like England."),
    )
    S8 = ask.rows(
        _("Where is the service based?"),
        {
            "postcode": PostcodeField(
                label=_("Postcode"), error_messages={"required": _("Enter the postcode")}
            ),
            "what": ask.line(_("What is there?"), "", most=100, required=False),
        },
        _("Enter the postcode of at least one place, like SN1 2JG"),
        _("Each building that you work from. For example, SN1 2JG."),
    )


class LimitsForm(PageForm):
    stage = Stage.SIGN
    heading_field = "S10"
    S10 = ask.one_of(
        _(
            "Is any part connected with defence, national security, intelligence, policing powers "
            "or work only a public official may do by law?"
        ),
        ask.YES_NO_NOT_SURE,
        ask.CHOOSE_OF_THREE,
        _(
            "These services may not be covered. We will check and tell you why. Do not type "
            "anything secret here."
        ),
    )
    S10_which = ask.words(
        _("Which part, in general words?"), _("Say which part, in general words"), most=150, rows=3
    )
    S10_doubt = ask.words(
        _("What makes you unsure?"), _("Say what makes you unsure"), most=150, rows=3
    )
    reveals = {"S10": {YES: ("S10_which",), NOT_SURE: ("S10_doubt",)}}


class UnderWayForm(PageForm):
    stage = Stage.SIGN
    heading_field = "S12"
    S12 = ask.one_of(
        _("Is the service already being tendered, closed or moved?"),
        UNDER_WAY,
        _("Choose what is happening to the service now, or no"),
        _("This does not rule you out, but it may change the timetable."),
    )
    S12_details = ask.words(
        _("If so, what has been decided, and by whom?"),
        _("Say what has been decided, and by whom"),
        most=150,
        rows=3,
    )
    S12_on = optional(
        ask.day(_("If so, when does it take effect?"), "", _("For example, 31 3 2027."))
    )
    needed_if = {
        "S12_details": lambda cleaned: cleaned.get("S12") in ("tendered", "closed", "moved")
    }


class DutyForm(PageForm):
    heading_field = "S11"
    S11 = ask.one_of(
        _("Is the service something your employer must provide by law?"),
        ask.YES_NO_NOT_SURE,
        ask.CHOOSE_OF_THREE,
        _("The legal duty stays with your employer. You would do the work under contract."),
    )
    S11_act = ask.line(
        _("Which Act, or which part of it?"),
        _("Enter the Act, or say that you do not know which"),
        _("For example, Housing Act 1996, Part 7."),
    )
    reveals = {"S11": {YES: ("S11_act",)}}


class RegulatorsForm(PageForm):
    heading_field = "S13"
    S13 = ask.some_of(
        _("Who inspects the service?"), REGULATORS, _("Choose who inspects the service, or none")
    )
    S13_other = ask.line(_("Who is that?"), _("Enter who inspects the service"))
    reveals = {"S13": {OTHER: ("S13_other",)}}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "none" in cleaned.get("S13", []) and len(cleaned["S13"]) > 1:
            self.add_error("S13", _("Choose who inspects the service, or none, but not both"))
        return cleaned


class LinksForm(PageForm):
    S14 = ask.rows(
        _("Which services does yours depend on, or depend on you?"),
        {
            "service": ask.line(_("Service"), _("Enter the name of the service"), most=100),
            "direction": ask.one_of_many(
                _("Who depends on whom?"), DIRECTIONS, _("Choose who depends on whom")
            ),
            "risk": ask.line(_("What could go wrong?"), _("Say what could go wrong"), most=300),
        },
        _("Enter at least one service that yours is linked with"),
        _("Think about referrals, IT, transport, shared staff."),
    )


def promote(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Title, employer and sector, where they were given and can be read."""
    named = {
        "title": cleaned.get("S1"),
        "employer": body_of(cleaned.get("S2"), cleaned.get("S2_name", "")),
        "sector": cleaned.get("S3"),
    }
    return {column: value for column, value in named.items() if value}


SERVICE = Topic(
    "service",
    _("Service and scope"),
    (
        Page("name", _("Name and sector"), NameForm),
        Page("employer", _("Your employer"), EmployerForm, template="proposals/employer.html"),
        Page("department", _("The department responsible"), DepartmentForm),
        Page("description", _("What you do now"), ServiceForm),
        Page("breadth", _("One service or several"), BreadthForm),
        Page("places", _("Where the service works"), PlacesForm),
        Page("limits", _("Areas that may not be covered"), LimitsForm),
        Page("under-way", _("What is happening to the service already"), UnderWayForm),
        Page("duty", _("What the law asks of your employer"), DutyForm),
        Page("regulators", _("Who inspects the service"), RegulatorsForm),
        Page("links", _("Services linked with yours"), LinksForm),
    ),
    promote,
    minutes=40,
)
