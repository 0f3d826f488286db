"""The hidden parts of forms that take a step or write something down; how messages are mailed."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity import kinds, notices
from activity.kinds import How, Kind

# Nobody types these fields, so whatever is wrong with them is put right in one way.
OPEN_AGAIN = _(
    "This page did not load whole. Copy what you wrote, open the page again and press the button "
    "there."
)


class HiddenNumber(forms.IntegerField):
    """A number that the page sends back as it was given to it."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        wrong = ("required", "invalid", "min_value", "max_value")
        super().__init__(
            min_value=0,
            max_value=2_147_483_647,
            error_messages=dict.fromkeys(wrong, OPEN_AGAIN),
        )


class SeenForm(forms.Form):
    """A step: it sends back the revision that its page was drawn from."""

    seen = HiddenNumber()


class OnceForm(forms.Form):
    """Something that is kept once, however often its button is pressed: `once` names the page."""

    once = forms.UUIDField(
        initial=uuid.uuid4,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), OPEN_AGAIN),
    )


class NoticesForm(forms.Form):
    """How each kind of message comes by mail, for the kinds that its reader may choose about.

    Each field sends back what its page showed: of two pages that are open at once, neither takes
    back what the other saved, unless both changed the same kind.
    """

    mark_optional = False

    def __init__(self, user: User, data: Mapping[str, Any] | None = None) -> None:
        chosen = notices.chosen_by(user)
        self.kinds = kinds.for_reader(user)
        super().__init__(
            data,
            initial={
                kind.name: kind.nearest(chosen.get(kind.name, How.NOW)) for kind in self.kinds
            },
        )
        self.fields |= {kind.name: _ways(kind) for kind in self.kinds if kind.is_open}

    def changed(self) -> dict[str, How]:
        """What was chosen otherwise than the page showed."""
        values = {name: self.cleaned_data[name] for name in self.changed_data}
        return {name: How(value) for name, value in values.items() if value}

    def groups(self) -> list[tuple[str, list[tuple[Kind, BoundField | None]]]]:
        """The kinds under their headings, those with a choice first; each with its field, if any."""
        found: dict[str, list[Kind]] = {}
        for kind in sorted(self.kinds, key=lambda kind: not kind.is_open):
            found.setdefault(str(kind.group), []).append(kind)
        return [
            (heading, [(kind, self[kind.name] if kind.is_open else None) for kind in group])
            for heading, group in found.items()
        ]


def _ways(kind: Kind) -> forms.ChoiceField:
    field = forms.ChoiceField(
        label=str(kind.label),
        choices=[(how.value, how.label) for how in kind.choices],
        required=False,
        show_hidden_initial=True,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline govuk-radios--small"}),
    )
    field.label_hidden = True  # type: ignore[attr-defined]  # the row's heading says it
    return field
