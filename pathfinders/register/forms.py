"""Forms of the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activity.fields import AddressField, TextField
from pathfinders.register.choices import STAGES, Form, Region, Sector, Status, Type
from pathfinders.register.facets import FACETS, choices

ORDERS = {"name": ("name", "pk"), "newest": ("-published_at", "-pk")}


def _may_be_empty(label: Any, choices: Any) -> forms.ChoiceField:
    """A question to which "not known" is an answer."""
    return forms.ChoiceField(
        label=label, choices=[("", _("Not known")), *choices.choices], required=False
    )


class FilterForm(forms.Form):
    """What narrows the list; every part of it is in the address."""

    q = TextField(
        label=_("Name, place or service"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    order = forms.ChoiceField(
        label=_("Order"),
        choices=[("name", _("Name")), ("newest", _("Newest first"))],
        required=False,
        error_messages={"invalid_choice": _("Choose an order from the list")},
    )

    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FACETS:
            self.fields[name] = forms.ChoiceField(
                choices=choices(name),
                required=False,
                widget=forms.HiddenInput,
                error_messages={
                    "invalid_choice": _(
                        "Narrow the list by its links: one of the filters was not ours"
                    )
                },
            )

    @property
    def chosen(self) -> dict[str, str]:
        """Facet -> code, of those that can be read."""
        return {name: code for name in FACETS if (code := self.cleaned_data.get(name))}


class OpenForm(forms.Form):
    """What is known of a pathfinder, and where it is from; what is not known stays empty."""

    name = TextField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Enter the name that it goes by")},
    )
    summary = TextField(
        label=_("What does it do, in one or two sentences?"),
        lines=True,
        rows=3,
        max_length=500,
        required=False,
    )
    stage = forms.ChoiceField(
        label=_("Which stage has it reached?"),
        choices=[(stage.value, stage.label) for stage in STAGES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the stage that it has reached")},
    )
    sector = _may_be_empty(_("What is the service about?"), Sector)
    type = _may_be_empty(_("What sort of pathfinder is it?"), Type)
    form = _may_be_empty(_("What form does it take?"), Form)
    place = TextField(label=_("Where does it work?"), max_length=80, required=False)
    region = _may_be_empty(_("In which nation or region is that?"), Region)
    proposal_reference = forms.RegexField(
        r"^RTP-[0-9]{4}-[0-9]{4,9}$",
        label=_("Reference of its proposal"),
        help_text=_("When that is approved, the approval joins this entry. Like RTP-2026-0042."),
        required=False,
        error_messages={"invalid": _("Enter the reference like RTP-2026-0042, or leave it empty")},
    )
    source = TextField(
        label=_("Where do you have this from?"),
        help_text=_("Anyone can read this once you publish. Leave people's names out."),
        max_length=300,
        error_messages={"required": _("Enter where this is from, like “Letter of 3 March 2027”")},
    )

    def entry(self) -> dict[str, Any]:
        """What `actions.open_entry` takes."""
        data = self.cleaned_data
        facts = {name: data[name] for name in ("name", "summary", "sector", "type", "form")}
        facts |= {"proposal_reference": data["proposal_reference"]}
        facts |= {"places": list(filter(None, [data["place"]]))}
        facts |= {"regions": list(filter(None, [data["region"]]))}
        return {"stage": Status(data["stage"]), "facts": facts, "source": data["source"]}


class PersonForm(forms.Form):
    """Who is to be one of a mutual's people, by the address of their account."""

    address = AddressField(
        label=_("The address that they sign in with"),
        help_text=_("They tell you. It is shown to nobody, and their employer is not told."),
        widget=forms.EmailInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-30"}
        ),
        error_messages={"required": _("Enter the address that they sign in with")},
    )
