"""What the links of the chain type."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.dates import in_words
from activity.fields import DatePartsField, TextField
from activity.forms import OPEN_AGAIN, HiddenNumber, SeenForm
from proposals.decision import gated
from proposals.decision.actions import Ground, Term
from proposals.decision.exempt.tells import found_in, people_of
from proposals.decision.gated import Lack
from proposals.decision.models import Outcome
from proposals.decision.releasing import last_day, why_not
from proposals.draft.models import Proposal, ReasonCode, SchemeVersion, ScopeRule
from proposals.employer.models import Heard
from proposals.review.forms import places
from proposals.review.gates.standing import Stands
from proposals.review.requests import Wanted

ROWS = 3


def _tomorrow() -> datetime.date:
    return clock.today() + datetime.timedelta(1)


class CodedField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable
    """A row of one of the scheme's closed lists, by its code and wording."""

    def label_from_instance(self, row: ReasonCode | ScopeRule) -> str:
        return f"{row.code} {row.wording}"


class ReasonForm(forms.Form):
    """One reason: its code, its evidence, what would change the answer. All of it, or nothing."""

    code = CodedField(
        ReasonCode.objects.none(),
        to_field_name="code",
        label=_("Reason"),
        empty_label=_("Choose one"),
        error_messages={
            "required": _("Choose a reason"),
            "invalid_choice": _("Choose a reason from the list"),
        },
    )
    evidence = TextField(
        lines=True,
        rows=3,
        words=200,
        label=_("What shows it (evidence)"),
        error_messages={"required": _("Say what shows it")},
    )
    remedy = TextField(
        lines=True,
        rows=3,
        words=200,
        label=_("What would change our answer"),
        error_messages={"required": _("Say what would change our answer")},
    )

    def __init__(self, *args: Any, scheme: SchemeVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A code names one row only within its scheme and language.
        reasons = scheme.reasons.filter(language=settings.LANGUAGE_CODE)
        self.fields["code"].queryset = reasons  # type: ignore[attr-defined]


class ConditionForm(forms.Form):
    """One condition: what, who, by when, how it is shown. All of it, or nothing.

    people: names of the team, which do not stand in it: the employer reads it too.
    """

    text = TextField(
        lines=True,
        rows=2,
        words=100,
        label=_("What must be done"),
        error_messages={"required": _("Say what must be done")},
    )
    owner = TextField(
        max_length=100,
        label=_("Who sees to it"),
        help_text=_("A post, not a name: the employer reads it too."),
        error_messages={"required": _("Say who sees to it")},
    )
    due_on = DatePartsField(
        label=_("By when"),
        error_messages={"required": _("Enter the date by which it must be done")},
    )
    evidence = TextField(
        lines=True,
        rows=2,
        words=100,
        label=_("How it is shown"),
        error_messages={"required": _("Say how it is shown")},
    )
    gate = forms.ChoiceField(
        required=False,
        label=_("Which gate does it cure?"),
        error_messages={"invalid_choice": _("Choose a gate from the list")},
    )

    def __init__(
        self, *args: Any, people: list[str], gates: Iterable[Stands], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        cured = [each.gate for each in gates if each.gate.by_conditions]
        choices = [("", _("None of them")), *((gate.code, gate.name) for gate in cured)]
        self.fields["gate"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("text", "owner", "evidence"):
            if named := found_in(cleaned.get(name, ""), self.people):
                said = gettext("Leave out “%(name)s”: the employer reads this. Name the post")
                self.add_error(name, said % {"name": named})
        return cleaned

    def clean_due_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["due_on"]
        if day <= clock.today():
            raise ValidationError(_("The date must be in the future"))
        return day


# Django permits the extra forms of a formset to stay empty, so an empty row asks for nothing.
ReasonRows = forms.formset_factory(ReasonForm, extra=ROWS, max_num=ROWS)
ConditionRows = forms.formset_factory(ConditionForm, extra=ROWS, max_num=ROWS)


class RecommendForm(SeenForm):
    """Which way, and what was good. Its reasons and conditions are rows of forms beside it.

    heard: how far the employer was heard when the page was drawn. gates: how they stand now, which
    leaves some ways open and others not.
    """

    heard = forms.ChoiceField(
        choices=Heard.choices,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid_choice"), OPEN_AGAIN),
    )
    outcome = forms.ChoiceField(
        label=_("What do you recommend?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you recommend")},
    )
    good = TextField(
        lines=True,
        rows=4,
        words=200,
        label=_("What is good about the proposal?"),
        help_text=_("The letter says this first, whichever way it goes. No praise of people."),
        error_messages={"required": _("Say what is good about the proposal")},
    )

    def __init__(
        self,
        typed: Any,
        *,
        proposal: Proposal,
        scheme: SchemeVersion,
        gates: list[Stands],
        **kwargs: Any,
    ) -> None:
        super().__init__(typed, **kwargs)
        self.gates = gates
        self.reasons = ReasonRows(typed, prefix="reasons", form_kwargs={"scheme": scheme})
        people = people_of(proposal) if self.is_bound else []
        told = {"people": people, "gates": gates}
        self.conditions = ConditionRows(typed, prefix="conditions", form_kwargs=told)

    def is_valid(self) -> bool:
        sound = [self.reasons.is_valid(), self.conditions.is_valid()]
        return super().is_valid() and all(sound)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not all(rows.management_form.is_valid() for rows in (self.reasons, self.conditions)):
            self.add_error(None, OPEN_AGAIN)
        outcome, grounds = cleaned.get("outcome"), self.grounds()
        if outcome == Outcome.REJECTED and not grounds and self.reasons.is_valid():
            self.add_error("outcome", _("Give at least one reason for a rejection"))
        conditional = outcome == Outcome.APPROVED_WITH_CONDITIONS
        if conditional and not self.terms() and self.conditions.is_valid():
            self.add_error("outcome", _("Give at least one condition"))
        if len(grounds) > len({ground.code for ground in grounds}):
            self.add_error("outcome", _("Give each reason once"))
        for lack in self._lacks(outcome) if outcome else []:
            self.add_error("outcome", lack.words)
        return cleaned | {"grounds": grounds, "terms": self.terms()}

    def _lacks(self, outcome: str) -> list[Lack]:
        """What the gates lack for this way, once its rows can be read."""
        if not (self.reasons.is_valid() and self.conditions.is_valid()):
            return []
        reasons = [ground.code.code for ground in self.grounds()]
        cured = [term.gate for term in self.terms()]
        return gated.lacking(self.gates, outcome, reasons=reasons, cured=cured)

    def grounds(self) -> list[Ground]:
        """The reasons that were filled in; none unless it is a rejection."""
        if self.data.get("outcome") != Outcome.REJECTED or not self.reasons.is_valid():
            return []
        return [Ground(**form.cleaned_data) for form in self.reasons if form.has_changed()]

    def terms(self) -> list[Term]:
        """The conditions that were filled in; none unless approval has conditions."""
        wanted = self.data.get("outcome") == Outcome.APPROVED_WITH_CONDITIONS
        if not wanted or not self.conditions.is_valid():
            return []
        return [Term(**form.cleaned_data) for form in self.conditions if form.has_changed()]


NOW, ON_A_DAY, NOT_YET = "now", "day", "not-yet"


class ReleaseForm(SeenForm):
    """When the letters go: now, or on a day; or not on the day that was ordered.

    shown: the day that the page showed as ordered, "" for none.
    """

    mark_optional = False
    when = forms.ChoiceField(
        label=_("When do the letters go out?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose when the letters go out")
        ),
    )
    release_on = DatePartsField(
        required=False,
        label=_("On which day?"),
        error_messages={"required": _("Enter the day on which the letters go out")},
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, scheme: SchemeVersion, ordered: datetime.date | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        when: Any = self.fields["when"]
        when.choices = _ways(ordered)
        when.reveals = {ON_A_DAY: ["release_on"]}
        day: Any = self.fields["release_on"]
        day.help_text = gettext("A working day, at the latest %(day)s.") % {
            "day": in_words(last_day(scheme))
        }

    def clean(self) -> dict[str, Any]:
        """What the action takes: `seen` alone to release now, and with a day or None to order."""
        cleaned = super().clean() or self.cleaned_data
        when, day = cleaned.pop("when", None), cleaned.pop("release_on", None)
        told = cleaned.pop("shown", "")
        if when == ON_A_DAY:
            self._check(day)
            return cleaned | {"on": day, "shown": told}
        self.errors.pop("release_on", None)  # of a box that was not asked for
        return cleaned if when == NOW else cleaned | {"on": None, "shown": told}

    def _check(self, day: datetime.date | None) -> None:
        missing = self.fields["release_on"].error_messages["required"]
        refusal = why_not(day, self.scheme) if day else missing
        if refusal and "release_on" not in self.errors:
            self.add_error("release_on", refusal)


def _ways(ordered: datetime.date | None) -> list[tuple[str, Any]]:
    ways: list[tuple[str, Any]] = [
        (NOW, _("Now")),
        (ON_A_DAY, _("On another day") if ordered else _("In the morning of a day")),
    ]
    return [*ways, (NOT_YET, _("Not by itself: call that day off"))] if ordered else ways


class SendBackForm(SeenForm):
    """Why a recommendation goes back, in words that officials read."""

    comment = TextField(
        lines=True,
        words=300,
        label=_("What should be looked at again?"),
        help_text=_("Officials read this; the team never does."),
        error_messages={"required": _("Say what should be looked at again")},
    )


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
