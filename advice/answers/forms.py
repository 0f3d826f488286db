"""What an adviser writes: to the enquirer, or for colleagues."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from activity.fields import TextField
from activity.forms import OnceForm, SeenForm

WORDS = 1000


class ReplyForm(SeenForm, OnceForm):
    """An answer."""

    words = TextField(
        label=gettext_lazy("Your reply"),
        lines=True,
        rows=12,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write your reply")},
    )

    def drawn_again(self, seen: int) -> ReplyForm:
        """The same words on a page drawn now; still the same reply, sent once."""
        return type(self)({**self.data.dict(), "seen": seen})  # type: ignore[attr-defined]


class WaitForm(ReplyForm):
    """One thing that we need to know."""

    words = TextField(
        label=gettext_lazy("What do you need to know?"),
        lines=True,
        rows=8,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write what you need to know")},
    )


class NoteForm(OnceForm):
    """A note."""

    words = TextField(
        label=gettext_lazy("Your note"),
        lines=True,
        rows=6,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write your note")},
    )
