"""What one official says to another: send it back, take it back, and the answer to that."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activity.fields import TextField
from activity.forms import HiddenNumber, SeenForm


class SendBackForm(SeenForm):
    """Why a recommendation goes back, in words that officials read."""

    comment = TextField(
        lines=True,
        words=300,
        label=_("What should be looked at again?"),
        help_text=_("Officials read this; the team never does."),
        error_messages={"required": _("Say what should be looked at again")},
    )


class AskRecallForm(SeenForm):
    """Why a decision should be taken back."""

    reason = TextField(
        lines=True,
        words=300,
        label=_("Why should the decision be taken back?"),
        help_text=_("The second decision maker reads this."),
        error_messages={"required": _("Say why the decision should be taken back")},
    )


class AnswerForm(SeenForm):
    """The second person's answer to what one official asked. Refusing it needs a reason.

    asked: which request the page showed. why: how the reason is asked for. missing: the error where
    it is not given.
    """

    mark_optional = False
    why: str | Promise
    missing: str | Promise
    asked = HiddenNumber()
    reason = TextField(
        lines=True,
        words=300,
        required=False,
        help_text=_("Officials read this; the team never does."),
    )

    def __init__(self, *args: Any, refusing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusing = refusing
        reason: Any = self.fields["reason"]
        reason.required, reason.label = refusing, self.why
        reason.error_messages["required"] = self.missing

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.refusing:
            cleaned.pop("reason", None)
        return cleaned


class AnswerRecallForm(AnswerForm):
    """The answer to whoever asks to take a decision back."""

    why = _("If the decision should stand, why?")
    missing = _("Say why the decision should stand")
