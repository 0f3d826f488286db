"""Saving a view of the queue."""

from django.utils.translation import gettext_lazy as _

from activity.forms import OnceForm
from activity.saved.forms import name_field


class SaveForm(OnceForm):
    """What a view is called."""

    name = name_field(required=_("Enter a name, like “Pensions, late”"))
