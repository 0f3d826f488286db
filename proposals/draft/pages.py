"""The name of a proposal: asked in the draft, and before there is one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from activity.fields import TextField


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
