"""What a reviewer types on a gate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activity.fields import TextField
from activity.forms import HiddenNumber, SeenForm
from proposals.review.gates.actions import Given
from proposals.review.gates.models import Finding
from proposals.review.gates.pointing import Choice, pages

MISSING = _("Say why it is a yes all the same")


class StillForm(SeenForm):
    """That an earlier answer holds for this version too. version: the number of the one shown."""

    version = HiddenNumber()


class GateForm(StillForm):
    """Yes, no or not yet, with its evidence. against: whether facts speak against a yes."""

    mark_optional = False
    found = forms.ChoiceField(
        choices=Finding.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose yes, no or not yet")
        ),
    )
    despite = TextField(
        lines=True,
        rows=2,
        words=60,
        required=False,
        label=_("Facts speak against a yes. Why is it one all the same?"),
        help_text=_("A sentence. The answer is marked, for whoever countersigns and decides."),
    )
    evidence = TextField(
        lines=True,
        rows=5,
        words=250,
        label=_("What shows it?"),
        help_text=_("Officials read this; the team and the employer never do."),
        error_messages={"required": _("Say what shows it")},
    )
    near = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Which of these does it rest on? (optional)"),
        error_messages={"invalid_choice": _("Choose from what this version holds")},
    )
    page = forms.ChoiceField(
        required=False,
        label=_("Another page of the proposal? (optional)"),
        error_messages={"invalid_choice": _("Choose a page from the list")},
    )

    def __init__(
        self, *args: Any, question: str, near: Iterable[Choice], against: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields
        asked["found"].label, asked["found"].label_size = question, "m"
        asked["near"].choices = near
        asked["near"].widget.attrs["class"] = "govuk-checkboxes--small"
        shown = {mark for mark, _words in asked["near"].choices}
        others = [(mark, words) for mark, words in pages() if mark not in shown]
        asked["page"].choices = [("", _("No other page")), *others]
        self.against = against
        if against:
            asked["found"].reveals = {Finding.YES.value: ["despite"]}
        else:
            del asked["despite"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_against = self.against and cleaned.get("found") == Finding.YES
        if is_against and not cleaned.get("despite") and "despite" not in self.errors:
            self.add_error("despite", MISSING)
        return cleaned

    def given(self) -> dict[str, Any]:
        """What the action takes: of a form that is valid."""
        typed = self.cleaned_data
        is_yes = typed["found"] == Finding.YES
        marks = [*typed["near"], *filter(None, [typed["page"]])]
        despite = typed.get("despite", "") if is_yes else ""
        given = Given(typed["found"], typed["evidence"], tuple(marks), despite)
        return {"given": given, "seen": typed["seen"], "version": typed["version"]}
