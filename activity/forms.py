"""The hidden parts of the forms that take a step or write something down."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

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
