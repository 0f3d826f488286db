"""What is typed about a concern, and in answer to one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activity.fields import TextField
from activity.forms import OnceForm
from proposals.review.models import About


class ConcernForm(OnceForm):
    """What is wrong with the employer, in the words of somebody in the team."""

    about = forms.ChoiceField(
        label=_("What is it about?"),
        choices=About.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what it is about")),
    )
    text = TextField(
        lines=True,
        words=500,
        label=_("What has happened?"),
        help_text=_("When, and what was said or done. Leave out what nobody needs to know."),
        error_messages={"required": _("Say what has happened")},
    )


class AnswerConcernForm(OnceForm):
    """What a reviewer answers. can_escalate: whether it can go above the employer now."""

    mark_optional = False

    text = TextField(
        lines=True,
        words=500,
        label=_("Your answer to the team"),
        error_messages={"required": _("Write your answer")},
    )
    escalate = forms.BooleanField(
        required=False, label=_("Take the employer's silence to its department now")
    )

    def __init__(self, *args: Any, can_escalate: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_escalate:
            # Sent all the same, from a page that is older: the action says that it is too late.
            self.fields["escalate"].widget = forms.HiddenInput()
