"""What the team is asked once more, in place of a decision."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.fields import DatePartsField, TextField
from activity.forms import OPEN_AGAIN, SeenForm
from proposals.draft.models import ReasonCode, SchemeVersion
from proposals.review.forms import places
from proposals.review.requests import Wanted

# So many rows of requests are drawn.
ROWS = 3


def _tomorrow() -> datetime.date:
    return clock.today() + datetime.timedelta(1)


class AskOnceMoreForm(forms.Form):
    """One thing that is missing: its page, why it is asked, what would satisfy it. All, or nothing.

    reasons: the reason codes of the scheme, by their code.
    """

    place = forms.ChoiceField(
        choices=places,
        label=_("Which page is it about?"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose the page that it is about")
        ),
    )
    code = forms.ChoiceField(
        label=_("Why do you ask?"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose a reason from the list")
        ),
    )
    wanted = TextField(
        lines=True,
        rows=3,
        words=150,
        label=_("What is missing, and what would satisfy you?"),
        error_messages={"required": _("Say what is missing")},
    )

    def __init__(self, *args: Any, reasons: dict[str, ReasonCode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reasons = reasons
        code: Any = self.fields["code"]
        known = [(each.code, f"{each.code} {each.wording}") for each in reasons.values()]
        code.choices = [("", _("Choose one")), *known]

    def wants(self) -> Wanted:
        """What is asked, once the row is whole."""
        section, _slash, page = self.cleaned_data["place"].partition("/")
        code = self.reasons[self.cleaned_data["code"]]
        return Wanted(section, page, self.cleaned_data["wanted"], code)


AskRows = forms.formset_factory(AskOnceMoreForm, extra=ROWS, max_num=ROWS)


class DeferForm(SeenForm):
    """By when the team is asked to answer; what is asked are rows of forms beside it."""

    answer_by = DatePartsField(
        label=_("By when do you ask for an answer?"),
        help_text=_("The clock stands still until the team answers, also after that day."),
        earliest=_tomorrow,
        error_messages={"required": _("Enter the date to answer by")},
    )

    def __init__(self, typed: Any, *, scheme: SchemeVersion, **kwargs: Any) -> None:
        super().__init__(typed, **kwargs)
        codes = scheme.reasons.filter(language=settings.LANGUAGE_CODE)
        reasons = {each.code: each for each in codes}
        self.asks = AskRows(typed, prefix="asks", form_kwargs={"reasons": reasons})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.asks.management_form.is_valid():
            self.add_error(None, OPEN_AGAIN)
            return cleaned
        for number, row in enumerate(self.asks, 1):
            self._take_over(row, number)
        asks = [] if self.errors else [row.wants() for row in self.asks if row.has_changed()]
        if not asks and not self.errors:
            self.add_error(None, _("Ask at least one thing"))
        return cleaned | {"asks": asks}

    def _take_over(self, row: AskOnceMoreForm, number: int) -> None:
        """Name the problems of a row at the top of the page too."""
        for said in (each for found in row.errors.values() for each in found):
            told = {"number": number, "problem": said}
            self.add_error(None, gettext("Request %(number)d: %(problem)s") % told)
