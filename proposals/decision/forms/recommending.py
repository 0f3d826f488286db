"""What a recommendation types: which way, with rows of reasons and of conditions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.fields import DatePartsField, TextField
from activity.forms import OPEN_AGAIN, SeenForm
from proposals.decision import gated
from proposals.decision.actions import Ground, Term
from proposals.decision.exempt.tells import found_in, people_of
from proposals.decision.gated import Lack
from proposals.decision.models import Outcome
from proposals.draft.models import Proposal, ReasonCode, SchemeVersion, ScopeRule
from proposals.employer.models import Heard
from proposals.review.gates.standing import Stands

# So many rows of reasons and of conditions are drawn.
ROWS = 3


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
