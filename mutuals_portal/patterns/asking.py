"""Patterns of asking: every kind of field, plain, with a problem, disabled; forms and buttons."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from activity.fields import DatePartsField, PoundsField, TextField, WholeNumberField
from activity.grids import GridField, Line
from activity.rows import RowsField
from mutuals_portal.patterns.pattern import Group, Pattern, State, state

SECTORS = [
    ("", _("Choose one")),
    ("health", _("Health")),
    ("care", _("Care")),
    ("schools", _("Schools")),
]
WHY = _("One line: a name, a title. The label is the question, the hint says what helps to answer.")
# Field of the form below -> when to use it.
WHEN = {
    "title": (_("Text"), WHY),
    "contact": (_("E-mail address"), _("Says why it is asked. The browser may fill it.")),
    "secret": (_("Password"), _("With a button that shows it.")),
    "staff": (_("Whole number"), _("Digits, no arrows. Commas are taken.")),
    "price": (_("Money"), _("Whole pounds or pence, typed as people write them.")),
    "why": (_("Several lines with a limit"), _("Counts the words, and says how many to take out.")),
    "sector": (_("Select"), _("Only for many choices; for few, radios.")),
    "covered": (_("Radios"), _("One of a few. A choice may open another question under it.")),
    "routes": (_("Checkboxes"), _("Some of a few.")),
    "agree": (_("One checkbox"), _("A yes that must be given.")),
    "met_on": (_("Date"), _("Three boxes. A month may be a word.")),
    "talks": (_("Table to fill in"), _("Rows of cells; the buttons save what was typed. On a phone each row is a card.")),
    "measures": (_("Table of many cells"), _("Each row is a card at any width, its boxes in groups. It may offer rows to begin with.")),
    "paper": (_("File"), _("Files can be dropped on it where scripts run.")),
}  # fmt: skip
FIELD = "{% load crispy_forms_filters %}{{ form.NAME|as_crispy_field }}"


class Everything(forms.Form):
    """A field of each kind."""

    title = TextField(
        label=_("Working name"), help_text=_("You can change it later"), max_length=100
    )
    contact = forms.EmailField(label=_("An e-mail address that you read in private"))
    secret = forms.CharField(label=_("Password"), widget=forms.PasswordInput)
    staff = WholeNumberField(label=_("How many staff?"), min_value=0)
    price = PoundsField(label=_("Contract price for year 2"))
    why = TextField(label=_("What would be better?"), lines=True, words=5)
    sector = forms.ChoiceField(label=_("Which service is it?"), choices=SECTORS)
    covered = forms.ChoiceField(
        label=_("Is the service covered?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("unsure", _("Not sure"))],
        widget=forms.RadioSelect,
    )
    other = TextField(label=_("What makes you unsure?"), required=False)
    routes = forms.MultipleChoiceField(
        label=_("Which routes did you think of?"),
        choices=[("spin", _("Spin out")), ("joint", _("Joint venture"))],
        widget=forms.CheckboxSelectMultiple,
    )
    agree = forms.BooleanField(label=_("We agree that our employer will hear of this"))
    met_on = DatePartsField(label=_("When did you meet?"), help_text=_("For example, 6 4 2027"))
    talks = RowsField(
        {
            "with": TextField(label=_("Who came?"), max_length=100),
            "number": WholeNumberField(label=_("How many?"), min_value=0),
        },
        label=_("Which talks have you held?"),
    )
    measures = RowsField(
        {
            "what": TextField(label=_("What you measure"), max_length=100),
            "now": WholeNumberField(label=_("Now"), help_text=_("In the last year")),
            "then": WholeNumberField(label=_("Year 5"), required=False),
        },
        label=_("How will you show that it gets better?"),
        called=_("Indicator"),
        most=3,
        groups=(("", ("what",)), (_("Figures"), ("now", "then"))),
    )
    paper = forms.FileField(label=_("The minutes"))

    def __init__(self, *args: Any, off: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        covered: Any = self.fields["covered"]
        covered.choice_hints = {"no": _("Police, armed forces and courts are not")}
        covered.reveals = {"unsure": ["other"]}
        measures: Any = self.fields["measures"]
        measures.show = 1
        measures.starters = {"complaints": {"what": _("Complaints")}}
        price: Any = self.fields["price"]
        price.prefix = "£"
        for field in self.fields.values():
            field.disabled = off


class Costs(forms.Form):
    """Amounts by line and year."""

    costs = GridField(
        {"pay": Line(_("Pay")), "premises": Line(_("Premises"), _("Rent, heat, cleaning"))},
        columns=5,
        most=1_000_000,
        label=_("What would it cost?"),
        help_text=_("Enter 0 where there is nothing."),
    )


class Filter(forms.Form):
    """A short form of its own."""

    mark_optional = False
    q = TextField(label=_("Reference or words"), required=False, max_length=50)


TYPED = {
    "title": "<b>Wolds</b> & sons",
    "contact": "amina",
    "price": "1.2m",
    "staff": "many",
    "why": "one two three four five six seven",
    "sector": "mining",
    "met_on_0": "31",
    "met_on_1": "4",
    "met_on_2": "2027",
    "covered": "unsure",
    "talks-0-with": "The night shift",
    "talks-0-number": "some",
    "measures-0-what": "Late letters",
    "measures-0-now": "few",
}


def _plain(prefix: str) -> dict[str, Any]:
    return {"form": Everything(auto_id=f"{prefix}-%s")}


def _wrong(prefix: str) -> dict[str, Any]:
    data = MultiValueDict({name: [value] for name, value in TYPED.items()})
    return {"form": Everything(data, {}, auto_id=f"{prefix}-%s")}


def _off(prefix: str) -> dict[str, Any]:
    return {"form": Everything(auto_id=f"{prefix}-%s", off=True)}


def _states(name: str) -> tuple[State, ...]:
    line = FIELD.replace("NAME", name)
    return (
        State(line, lambda: _plain("plain")),
        State(line, lambda: _wrong("wrong"), _("with a problem")),
        State(line, lambda: _off("off"), _("disabled")),
    )


def _fields() -> list[Pattern]:
    return [Pattern(title, when, _states(name)) for name, (title, when) in WHEN.items()]


def _buttons() -> Pattern:
    return Pattern(
        _("Button"),
        _("A verb with its object. One green button a form; red for what cannot be undone."),
        (
            state('{% component "button" text=_("Send 3 requests") %}'),
            state('{% component "button" text=_("Save and come back later") classes="govuk-button--secondary" %}', _("second")),
            state('{% component "button" text=_("Withdraw this proposal") classes="govuk-button--warning" %}', _("warning")),
            state('{% component "button" text=_("Check your service") href="#" isStartButton=True %}', _("start")),
            state('{% component "button" text=_("Recommend") disabled=True %}', _("disabled: say beside it why")),
        ),
    )  # fmt: skip


def _grid(prefix: str, typed: dict[str, str] | None = None) -> dict[str, Any]:
    data = typed and {f"{prefix}-costs_{place}": text for place, text in typed.items()}
    form = Costs(data, prefix=prefix)
    return {"fields": [form["costs"]], "worked": []}


def _grids() -> Pattern:
    line = "{% grid_table fields worked %}"
    wrong = {"pay_1": "840,000", "pay_2": "1.2m"}
    return Pattern(
        _("Grid of amounts"),
        _("Lines by year, with what they come to. One field holds all of it; on a phone each line is a card."),
        (
            State(line, lambda: _grid("grid")),
            State(line, lambda: _grid("grid-wrong", wrong), _("with a problem")),
        ),
    )  # fmt: skip


def _forms() -> Pattern:
    return Pattern(
        _("Form"),
        _("Fields, then one button and a way out. Most pages use form_page.html, which holds it."),
        (
            State(
                '{% include "components/form.html" with form=form button=_("Search") method="get" cancel="#" %}',
                lambda: {"form": Filter(auto_id="filter-%s")},
            ),
        ),
    )


def _parts() -> list[Pattern]:
    """What fields are made of, for the rare page that draws one without a form."""
    area = {"id": "part-area", "name": "area", "label": {"text": _("Anything else?")}}
    wrong = {**area, "id": "part-area-wrong", "errorMessage": {"text": _("Enter an answer")}}
    day = {
        "id": "part-day",
        "name": "day",
        "label": {"text": _("Day")},
        "hint": {"text": _("For example, 6")},
        "classes": "govuk-input--width-2",
        "errorMessage": {"text": _("Enter a day")},
    }
    legend = {"text": _("When?"), "classes": "govuk-fieldset__legend--m"}
    line = '{% around "fieldset" legend=legend %}{% component "input" options %}{% endaround %}'
    return [
        Pattern(
            _("Textarea without a limit"),
            _("Where length does not matter. A form's field draws it; this is the component itself."),
            (
                state('{% component "textarea" options %}', options=area),
                state('{% component "textarea" options %}', _("with a problem"), options=wrong),
            ),
        ),
        Pattern(
            _("Fieldset, label, hint and error"),
            _("Questions that belong together. Fields bring their own."),
            (state(line, legend=legend, options=day),),
        ),
    ]  # fmt: skip


def group() -> Group:
    """Asking."""
    return Group(_("Asking"), (*_fields(), _grids(), *_parts(), _buttons(), _forms()))
