"""Forms of the journey: what a coordinator tells with each move."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.dates import DatePartsField
from activity.fields import TextField
from activity.forms import SeenForm
from pathfinders.register.choices import ENDS
from pathfinders.register.models import Pathfinder

ANYONE = _("Anyone can read this. Leave people's names out.")
LONGEST_PAUSE = datetime.timedelta(days=5 * 365)


class MoveForm(SeenForm):
    """A move of an entry, drawn from the entry as it stands."""

    def __init__(self, data: QueryDict | None = None, *, pathfinder: Pathfinder) -> None:
        super().__init__(data, initial={"seen": pathfinder.revision})
        self.pathfinder = pathfinder

    def add_reason(self, label: Any, error: Any) -> None:
        """Ask why, last."""
        self.fields["reason"] = TextField(
            label=label,
            lines=True,
            rows=3,
            max_length=500,
            help_text=ANYONE,
            error_messages={"required": error},
        )

    def add_day(self, label: Any, error: Any) -> None:
        """Ask on which day, not in the future and not before it came to where it is."""
        self.fields["on"] = DatePartsField(
            label=label,
            earliest=self.pathfinder.reached_on,
            latest=clock.today(),
            error_messages={"required": error},
        )

    def add_source(self) -> None:
        """Ask where the coordinator has it from."""
        self.fields["source"] = TextField(
            label=_("Where is this from?"),
            max_length=300,
            help_text=_("A letter, a return, a visit. Anyone can read this."),
            error_messages={"required": _("Enter where this is from, like “Return of June 2027”")},
        )


class AdvanceForm(MoveForm):
    """On which day it reached the next stage, and how we know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_day(
            _("On which day did it reach this stage?"), _("Enter the day it reached this stage")
        )
        self.add_source()
        self.add_reason(_("What shows that it is there?"), _("Enter what shows that it is there"))


class PauseForm(MoveForm):
    """Until when it rests, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["until"] = DatePartsField(
            label=_("Until which day?"),
            help_text=_("The page shows this day. You can resume before it, or after."),
            earliest=today + datetime.timedelta(days=1),
            latest=today + LONGEST_PAUSE,
            error_messages={"required": _("Enter the day until which it pauses")},
        )
        self.add_reason(_("Why does it pause?"), _("Enter why it pauses"))


class ResumeForm(MoveForm):
    """Why it goes on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_reason(_("What has changed?"), _("Enter what has changed"))


class EndForm(MoveForm):
    """Which end, on which day, and what became of staff, service and assets."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"] = forms.ChoiceField(
            label=_("How did it end?"),
            choices=[(end.value, end.label) for end in ENDS],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose how it ended")},
        )
        self.add_day(_("On which day did it end?"), _("Enter the day it ended"))
        self._tell("staff", _("What became of its staff?"))
        self._tell("service", _("What became of the service?"))
        self._tell("assets", _("What became of its assets?"))
        self.add_source()
        self.add_reason(_("Why did it end?"), _("Enter why it ended"))

    def _tell(self, name: str, label: Any) -> None:
        self.fields[name] = TextField(
            label=label,
            lines=True,
            rows=2,
            max_length=500,
            help_text=ANYONE,
            error_messages={"required": _("Enter what became of it, or “Not known”")},
        )
