"""The form that starts a proposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.employers import (
    NOT_LISTED,
    EmployerAsked,
    EmployerField,
    EmployerNameField,
    EmployerWordsField,
    body_of,
)
from activity.forms import OnceForm
from proposals.draft.models import Proposal, Section
from proposals.draft.pages import name_field
from proposals.draft.questions import Answers, personal_questions, topics

# As many of somebody's proposals are offered to begin from, the latest first.
MOST_EARLIER = 50
# Who was in a team stays with that proposal.
NOT_CARRIED = ("team",)


class EarlierAsked(forms.Form):
    """The part that offers the answers of somebody's earlier proposals; gone for who has none."""

    start_from = forms.ChoiceField(
        label=_("What do you begin with?"),
        choices=[
            ("nothing", _("Nothing filled in yet")),
            ("earlier", _("Answers of an earlier proposal of yours")),
        ],
        initial="nothing",
        widget=forms.RadioSelect,
        required=False,
    )
    earlier = forms.ChoiceField(
        label=_("Which proposal?"),
        help_text=_("Its people and signatures do not come along, nor what it says of them."),
        required=False,
        error_messages={"invalid_choice": _("Choose one of your own proposals")},
    )
    sections = forms.MultipleChoiceField(
        label=_("Which sections of it?"),
        help_text=_("Its name and employer are those that you enter above."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose from the sections that this page offers")},
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Proposal.objects.of_team(by).order_by("-created_at", "-pk")[:MOST_EARLIER]
        offered = [(row.reference, f"{row.title} ({row.reference})") for row in mine]
        if not offered:
            del self.fields["start_from"], self.fields["earlier"], self.fields["sections"]
            return
        reveals = {"earlier": ["earlier", "sections"]}
        self.fields["start_from"].reveals = reveals  # type: ignore[attr-defined]  # for the templates
        carried = [(about.key, about.title) for about in topics() if about.key not in NOT_CARRIED]
        self.fields["earlier"].choices = [("", _("Choose one")), *offered]  # type: ignore[attr-defined]
        self.fields["sections"].choices = carried  # type: ignore[attr-defined]
        self.initial.setdefault("sections", [key for key, _title in carried])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_wanted = cleaned.get("start_from") == "earlier"
        if is_wanted and not cleaned.get("earlier") and "earlier" not in self.errors:
            self.add_error("earlier", _("Choose one of your own proposals"))
        return cleaned

    def of_earlier(self) -> dict[str, Answers]:
        """The answers of the proposal that was chosen, by the key of their topic."""
        if self.cleaned_data.get("start_from") != "earlier":
            return {}
        sections = Section.objects.filter(proposal__reference=self.cleaned_data["earlier"])
        chosen = sections.filter(key__in=self.cleaned_data["sections"])
        apart = personal_questions()
        return {
            key: {name: typed for name, typed in answers.items() if name not in apart[key]}
            for key, answers in chosen.values_list("key", "answers")
        }


class NewForm(EmployerAsked, EarlierAsked, OnceForm):
    """The start of a proposal: its name and employer, and answers that come along.

    by: who starts it. brought: answers about the service from elsewhere, by the id of their
    question, which come along if they are ticked.
    """

    mark_optional = False
    title = name_field()
    employer_words = EmployerWordsField()
    employer = EmployerField()
    employer_name = EmployerNameField()
    bring = forms.BooleanField(
        label=_("Bring these answers into the proposal"), required=False, initial=True
    )

    def __init__(self, *args: Any, brought: Answers | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What was searched for is shown before anything is asked of it.
        self.fields["employer"].required = not self.asks_on()
        self.brought = brought or {}
        if not self.brought:
            del self.fields["bring"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        unlisted = cleaned.get("employer") == NOT_LISTED
        if unlisted and not cleaned.get("employer_name") and "employer_name" not in self.errors:
            self.add_error("employer_name", self.fields["employer_name"].error_messages["required"])
        return cleaned

    def begun(self) -> dict[str, Any]:
        """What a draft begins with, once all is there."""
        typed, carried = self.cleaned_data, self.of_earlier()
        if typed.get("bring"):
            carried["service"] = carried.get("service", {}) | self.brought
        employer = body_of(typed["employer"], typed["employer_name"])
        own = {"title": typed["title"], "employer": employer, "once": typed["once"]}
        return own | {"carried": carried}
