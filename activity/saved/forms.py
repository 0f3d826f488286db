"""What a saved view is called."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from activity.fields import TextField


def name_field(*, required: Any) -> TextField:
    """The name of a view. required: the sentence that asks for one, with an example of the list."""
    return TextField(
        label=_("Name of the view"), max_length=100, error_messages={"required": required}
    )
