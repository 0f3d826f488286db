"""Forms of the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activity.fields import TextField
from pathfinders.register.facets import FACETS, choices

ORDERS = {"name": ("name", "pk"), "newest": ("-published_at", "-pk")}


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


class SeenForm(forms.Form):
    """A step: it sends back the revision that its page was drawn from."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=2_147_483_647,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Go back to the page before this one and press the button there again."),
        ),
    )
