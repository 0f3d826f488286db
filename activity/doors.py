"""A form that anybody may send, without an account: slowed down for robots, sent twice it is one."""

from __future__ import annotations

import datetime
import uuid
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from activity import clock, limits
from activity.fields import TextField

FASTEST = datetime.timedelta(seconds=2)
SLOWEST = datetime.timedelta(days=2)
AN_HOUR = datetime.timedelta(hours=1)


def draw_began(salt: str) -> str:
    """A sealed note of when a form was drawn, and the id of what will come from it."""
    return signing.dumps([str(uuid.uuid4()), clock.now().timestamp()], salt=salt)


def read_began(sealed: str, salt: str) -> tuple[uuid.UUID, datetime.timedelta] | None:
    """The id and the age of a drawn form; None when the note is not ours."""
    try:
        once, at = signing.loads(sealed, salt=salt)
    except signing.BadSignature:
        return None
    return uuid.UUID(once), datetime.timedelta(seconds=clock.now().timestamp() - at)


class DoorForm(forms.Form):
    """A form at an open door. salt: names the form. once: the id of what comes from it, if valid."""

    salt: ClassVar[str]
    once: uuid.UUID

    # Nobody sees this box; whatever fills in every box of a page fills it in too.
    website = TextField(required=False)
    began = TextField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=(initial or {}) | {"began": draw_began(self.salt)})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._refuse_robots(cleaned)
        return cleaned

    def _refuse_robots(self, cleaned: dict[str, Any]) -> None:
        """Slow down what is not a person; a person loses nothing and presses once more."""
        began = read_began(cleaned.get("began", ""), self.salt)
        again = _("We could not tell that a person sent this. Press the button once more.")
        if cleaned.get("website"):
            self._redraw({"website": ""})
            self.add_error(None, again)
        elif began is None or began[1] > SLOWEST:
            self._redraw({"began": draw_began(self.salt)})
            self.add_error(None, _("This page was open for long. Press the button once more."))
        elif began[1] < FASTEST:
            self.add_error(None, again)
        else:
            self.once = began[0]

    def _redraw(self, values: dict[str, str]) -> None:
        """Change what the page sends next time; everything else stays as it was typed."""
        self.data = {**{name: self.data.get(name) for name in self.data}, **values}


def is_let_in(request: HttpRequest, form: forms.Form, door: str, most: int, words: str) -> bool:
    """Whether fewer than `most` came from this network within an hour; else the form says so."""
    if limits.knock(door, limits.network_of(request), within=AN_HOUR) <= most:
        return True
    form.add_error(None, words)
    return False
