"""The questions: about twelve so far, on pages of one or a small group, in topics."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from activity.employers import (
    NOT_LISTED,
    EmployerAsked,
    EmployerField,
    EmployerNameField,
    EmployerWordsField,
    body_of,
)
from activity.fields import TextField, WholeNumberField
from proposals.draft.models.proposal import Sector
from proposals.draft.questions import AtLeastWords, Page, PageForm, Topic, register

YES, NO, NOT_SURE = "yes", "no", "not-sure"
MOST_USERS = 10_000_000
MOST_STAFF = 100_000


def name_field() -> TextField:
    """The working name of a proposal."""
    return TextField(
        max_length=100,
        min_length=3,
        label=_("What is the working name of your proposal?"),
        help_text=_("You can change this later. It does not need to be a company name."),
        error_messages={
            "required": _("Enter a working name"),
            "min_length": _("Enter a working name of at least 3 letters"),
        },
    )


def counted(label: Any, hint: Any, required: Any, *, least: int, most: int) -> WholeNumberField:
    """A whole number between two bounds, with our words when it is not."""
    return WholeNumberField(
        label=label,
        help_text=hint,
        validators=[
            MinValueValidator(least, _("Enter %(limit_value)s or more")),
            MaxValueValidator(most, _("Enter %(limit_value)s or less")),
        ],
        error_messages={"required": required},
    )


class NameForm(PageForm):
    S1 = name_field()
    S3 = forms.ChoiceField(
        label=_("Which sector is the service in?"),
        help_text=_("Choose the closest match."),
        choices=[("", _("Choose one")), *Sector.choices],
        error_messages={
            "required": _("Choose the closest sector"),
            "invalid_choice": _("Choose a sector from the list"),
        },
    )


class EmployerForm(EmployerAsked, PageForm):
    """The employer: what is typed to find it is kept beside the answer, and is none itself."""

    heading_field = "S2_words"
    S2_words = EmployerWordsField()
    S2 = EmployerField()
    S2_name = EmployerNameField()
    named = ("S2_words", "S2", "S2_name")
    needed_if = {"S2_name": lambda cleaned: cleaned.get("S2") == NOT_LISTED}
    only_asks = ("S2_words",)


class ServiceForm(PageForm):
    S5 = TextField(
        lines=True,
        rows=8,
        words=250,
        label=_("Describe the service you run now"),
        help_text=_("Say who uses it, what you do and where. Between 50 and 250 words."),
        validators=[AtLeastWords(50)],
        error_messages={"required": _("Describe the service you run now")},
    )
    S9 = counted(
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


class LimitsForm(PageForm):
    heading_field = "S10"
    S10 = forms.ChoiceField(
        label=_(
            "Is any part connected with defence, national security, intelligence, policing powers "
            "or work only a public official may do by law?"
        ),
        help_text=_(
            "These services may not be covered. We will check and tell you why. Do not type "
            "anything secret here."
        ),
        choices=[(YES, _("Yes")), (NO, _("No")), (NOT_SURE, _("Not sure"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose yes, no or not sure"),
            "invalid_choice": _("Choose yes, no or not sure"),
        },
    )
    S10_which = TextField(
        lines=True,
        rows=3,
        words=150,
        label=_("Which part, in general words?"),
        error_messages={"required": _("Say which part, in general words")},
        required=False,
    )
    S10_doubt = TextField(
        lines=True,
        rows=3,
        words=150,
        label=_("What makes you unsure?"),
        error_messages={"required": _("Say what makes you unsure")},
        required=False,
    )
    needed_if = {
        "S10_which": lambda cleaned: cleaned.get("S10") == YES,
        "S10_doubt": lambda cleaned: cleaned.get("S10") == NOT_SURE,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reveals = {YES: ["S10_which"], NOT_SURE: ["S10_doubt"]}
        self.fields["S10"].reveals = reveals  # type: ignore[attr-defined]  # for the templates


class StaffForm(PageForm):
    """Headcount and full-time equivalent, and what would become of each person."""

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


class ModelForm(PageForm):
    M1 = forms.ChoiceField(
        label=_("Which legal form are you considering?"),
        help_text=_(
            "A mutual is not a legal form. It is about who controls the organisation, so you do "
            "not have to decide now."
        ),
        choices=[
            ("", _("Choose one")),
            ("undecided", _("Not decided")),
            ("company-guarantee", _("Company limited by guarantee")),
            ("company-shares", _("Company limited by shares")),
            ("cic-guarantee", _("Community interest company, by guarantee")),
            ("cic-shares", _("Community interest company, by shares")),
            ("cooperative", _("Co-operative society")),
            ("community-benefit", _("Community benefit society")),
            ("cio", _("Charitable incorporated organisation")),
            ("charitable-company", _("Charitable company")),
            ("charitable-trust", _("Charitable trust")),
            ("llp", _("Limited liability partnership")),
            ("employee-trust", _("Company owned by an employee trust")),
            ("joint-venture", _("Joint venture company")),
            ("council-company", _("Arm's-length council company")),
            ("joining", _("Joining an existing mutual")),
        ],
        error_messages={
            "required": _("Choose a form, or say that you have not decided"),
            "invalid_choice": _("Choose a form from the list"),
        },
    )
    M3 = forms.ChoiceField(
        label=_("Who would the organisation be run for?"),
        choices=[
            ("members", _("Its members")),
            ("community", _("The community, which its members hold it for")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who it would be run for"),
            "invalid_choice": _("Choose who it would be run for"),
        },
    )


class BetterForm(PageForm):
    heading_field = "Q4"
    Q4 = TextField(
        lines=True,
        rows=8,
        words=300,
        label=_("What will get better, for whom, and by when?"),
        help_text=_("Between 50 and 300 words."),
        validators=[AtLeastWords(50)],
        error_messages={"required": _("Say what will get better, for whom, and by when")},
    )


class WorseForm(PageForm):
    heading_field = "Q5"
    Q5 = TextField(
        lines=True,
        rows=8,
        words=300,
        label=_("What could get worse during the change, and how will you prevent it?"),
        help_text=_("Up to 300 words. Every change risks something: say it before others do."),
        error_messages={
            "required": _("Say what could get worse, and how you will prevent it"),
        },
    )


def promote_service(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Title, employer and sector, where they were given and can be read."""
    named = {
        "title": cleaned.get("S1"),
        "employer": body_of(cleaned.get("S2"), cleaned.get("S2_name", "")),
        "sector": cleaned.get("S3"),
    }
    return {column: value for column, value in named.items() if value}


def promote_people(cleaned: dict[str, Any]) -> dict[str, Any]:
    """The headcount, or that it is not known."""
    return {"headcount": cleaned.get("U1_headcount")}


SERVICE = Topic(
    "service",
    _("Your service"),
    (
        Page("name", _("Name and sector"), NameForm),
        Page("employer", _("Your employer"), EmployerForm, template="proposals/employer.html"),
        Page("description", _("What you do now"), ServiceForm),
        Page("limits", _("Areas that may not be covered"), LimitsForm),
    ),
    promote_service,
)
PEOPLE = Topic(
    "people",
    _("The people affected"),
    (Page("staff", _("Staff affected"), StaffForm),),
    promote_people,
)
MODEL = Topic(
    "model",
    _("How the mutual will be owned"),
    (Page("form", _("Legal form and purpose"), ModelForm),),
)
QUALITY = Topic(
    "quality",
    _("Quality of service"),
    (
        Page("better", _("What will get better"), BetterForm),
        Page("worse", _("What could get worse"), WorseForm),
    ),
)
for each in (SERVICE, PEOPLE, MODEL, QUALITY):
    register(each)
