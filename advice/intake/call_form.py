"""What an adviser writes while somebody is on the line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from activity.fields import AddressField, TextField, clean_text
from activity.forms import HiddenNumber
from advice.intake.actions import Enquirer
from advice.intake.callers import Caller
from advice.intake.calling import Said, Then
from advice.intake.models import Call, Outcome, Sector, Topic
from advice.intake.reaching_form import GIVEN, INLINE, ReachingForm

WORDS = 1000
# What is no fact of the caller, or has columns of its own also where the call joins another.
NO_FACTS = ("question", "told", "topic", "employer_may_know", "then", "outcome", "seen")
OFF = {"autocomplete": "off"}


class CallForm(ReachingForm):
    """A call. A draft of it may hold anything; to be saved, it needs what they ask."""

    mark_optional = False

    name = TextField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs=OFF),
    )
    telephone = TextField(
        label=gettext_lazy("Number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=OFF | GIVEN | {"inputmode": "tel"}),
    )
    email = AddressField(
        label=gettext_lazy("E-mail, read in private"),
        required=False,
        widget=forms.EmailInput(attrs=OFF),
    )
    employer_may_know = forms.ChoiceField(
        label=gettext_lazy("2. May their employer know that they rang?"),
        choices=[("no", gettext_lazy("No, keep it from them")), ("yes", gettext_lazy("Yes"))],
        initial="no",
        widget=forms.RadioSelect(attrs=INLINE),
        error_messages={"required": gettext_lazy("Choose no or yes")},
    )
    question = TextField(
        label=gettext_lazy("3. What do they ask?"),
        help_text=gettext_lazy("In their words: they can read it on their private page."),
        lines=True,
        rows=6,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write what they ask")},
    )
    told = TextField(
        label=gettext_lazy("4. What did you tell them?"),
        help_text=gettext_lazy("For advisers of the provider alone, as a phone note."),
        required=False,
        lines=True,
        rows=6,
        words=WORDS,
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        label=gettext_lazy("5. Topic"),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("Not clear yet"),
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("6. Where do they work?"),
        choices=[("", gettext_lazy("Not asked")), *Sector.choices],
        required=False,
    )
    employer = TextField(
        label=gettext_lazy("7. For whom?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=OFF),
    )
    safe_ways = TextField(
        label=gettext_lazy("Anything else, in their words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=OFF),
    )
    then = forms.TypedChoiceField(
        label=gettext_lazy("9. What happens now?"),
        choices=Then.choices,
        coerce=Then,
        initial=Then.KEEP,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages={"required": gettext_lazy("Choose what happens now")},
    )
    outcome = forms.TypedChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=[("", gettext_lazy("Choose one")), *Outcome.choices],
        # Of a question that was answered on the call, and one key less while somebody waits.
        initial=Outcome.HELPED,
        coerce=Outcome,
        empty_value=None,
        required=False,
    )
    seen = HiddenNumber()

    def __init__(self, data: Any = None, *, call: Call, joins: bool = False) -> None:
        """Joins: whether the words go to an earlier enquiry, where there may be no new question."""
        super().__init__(data, initial={**call.typed, "seen": call.revision})
        self.fields["then"].reveals = {Then.ANSWERED: ["outcome"]}  # type: ignore[attr-defined]
        self.joins = joins
        self.fields["question"].required = not joins
        self.known_employer: Organisation | None = None

    def clean_employer(self) -> str:
        """Find the employer among those that we know."""
        typed: str = self.cleaned_data["employer"]
        known = Organisation.objects.employers().filter(name__iexact=typed)
        self.known_employer = known.first() if typed else None
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_answered = cleaned.get("then") == Then.ANSWERED and not self.joins
        if is_answered and not cleaned.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", _("Choose what came of it"))
        if self.joins and not self.errors and not self.note():
            self.add_error("question", _("Write what they said"))
        return cleaned

    def typed(self) -> dict[str, str]:
        """What was typed, right or wrong, without what a call begins with."""
        return typed_in(self, self.data)

    def drawn_again(self, seen: int) -> CallForm:
        """The same words on a page drawn now."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "seen": str(seen)}
        return self

    def said(self) -> Said:
        """The call as it is saved."""
        typed = self.cleaned_data
        return Said(
            question=typed["question"],
            told=typed["told"],
            enquirer=self._enquirer(),
            then=typed["then"],
            topic=typed["topic"],
            employer_must_not_know=typed["employer_may_know"] == "no",
            outcome=typed["outcome"],
        )

    def _enquirer(self) -> Enquirer:
        typed = self.cleaned_data
        return Enquirer(
            **{name: typed[name] for name in ("name", "email", "telephone", "safe_ways", "sector")},
            **self.reaching(),
            employer=self.known_employer,
            employer_name="" if self.known_employer else typed["employer"],
        )

    def note(self) -> str:
        """All that was said, as one text, where it joins an earlier enquiry: nothing is lost."""
        facts = [self._fact(name) for name in self.fields if name not in NO_FACTS]
        parts = [
            self.cleaned_data["question"],
            self.cleaned_data["told"],
            "\n".join(fact for fact in facts if fact),
        ]
        return "\n\n".join(part for part in parts if part)

    def _fact(self, name: str) -> str:
        field = self.fields[name]
        value: str = self.typed().get(name, "")
        if not value:
            return ""
        shown = dict(getattr(field, "choices", ())).get(value, value)
        return f"{str(field.label).rstrip('?')}: {shown}"


def typed_in(form: CallForm, data: Mapping[str, Any]) -> dict[str, str]:
    """Field -> what was typed in a form that was sent, without what a call begins with."""
    texts = {
        name: clean_text(str(data.get(name) or ""), lines=getattr(field, "lines", False))
        for name, field in form.fields.items()
        if name != "seen"
    }
    return {
        name: text
        for name, text in texts.items()
        if text.strip() and text != form.fields[name].initial
    }


def sent_before(form: CallForm, texts: list[str]) -> list[dict[str, str]]:
    """What this page sent before without an answer, as `typed` would give it."""
    return [typed_in(form, QueryDict(text)) for text in texts]


def caller_in(typed: Mapping[str, str]) -> Caller:
    """Who rings, as it stands in a draft."""
    return Caller(*(typed.get(name, "") for name in ("name", "telephone", "email")))
