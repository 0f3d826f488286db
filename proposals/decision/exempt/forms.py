"""What is typed of an exemption, and in the answer to it."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation, OrganisationKind
from activity import clock
from activity.dates import in_words
from activity.fields import DatePartsField, TextField
from activity.forms import HiddenNumber, SeenForm
from proposals.decision.exempt.actions import last_review_on
from proposals.decision.exempt.tells import given_away
from proposals.decision.forms import AnswerForm, CodedField
from proposals.draft.models import Area, Proposal, SchemeVersion, ScopeRule


def _tomorrow() -> datetime.date:
    return clock.today() + datetime.timedelta(1)


class ExemptForm(SeenForm):
    """The rule, the area, whose it is, why in two voices, and when it is looked at again."""

    rule = CodedField(
        ScopeRule.objects.none(),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
        label=gettext_lazy("Which rule says so?"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose the rule that says so")
        ),
    )
    area = forms.ChoiceField(
        choices=Area.choices,
        widget=forms.RadioSelect,
        label=gettext_lazy("Which area is the service in?"),
        error_messages={"required": gettext_lazy("Choose the area that the service is in")},
    )
    department = forms.ModelChoiceField(
        Organisation.objects.none(),
        to_field_name="slug",
        empty_label=gettext_lazy("Choose a department"),
        label=gettext_lazy("Which department answers for the service?"),
        help_text=gettext_lazy("The exemption is recorded on its page, which everybody can read."),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose the department")
        ),
    )
    why = TextField(
        lines=True,
        rows=6,
        words=300,
        label=gettext_lazy("Why is this service exempt?"),
        help_text=gettext_lazy(
            "The team reads this, once it is confirmed. Say which part of the service it is about, "
            "and what would have to change."
        ),
        error_messages={"required": gettext_lazy("Say why this service is exempt")},
    )
    public_why = TextField(
        lines=True,
        rows=3,
        words=60,
        label=gettext_lazy("The reason for everybody to read"),
        help_text=gettext_lazy(
            "It stands on the department's page beside the sector and the area. Name no employer, "
            "no place and no people: nobody may learn from it which staff made a proposal."
        ),
        error_messages={"required": gettext_lazy("Write the reason for everybody to read")},
    )
    review_on = DatePartsField(
        label=gettext_lazy("When is it looked at again?"),
        earliest=_tomorrow,
        error_messages={
            "required": gettext_lazy("Enter the day on which it is looked at again"),
            "earliest": gettext_lazy("The day to look again must be in the future"),
        },
    )

    def __init__(
        self, *args: Any, proposal: Proposal, scheme: SchemeVersion, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        asked: Any = self.fields
        # A code names one row only within its scheme and language.
        rules = scheme.scope_rules.filter(exempts=True, language=settings.LANGUAGE_CODE)
        asked["rule"].queryset = rules
        if len(rules) == 1:
            self.initial["rule"] = rules[0].code
        bodies = Organisation.objects.listed().in_being(clock.today())
        asked["department"].queryset = bodies.filter(kind=OrganisationKind.DEPARTMENT)
        _until(asked["review_on"], last_review_on(scheme))

    def clean_public_why(self) -> str:
        words: str = self.cleaned_data["public_why"]
        told = given_away(words, self.proposal)
        if told:
            raise ValidationError(
                _("Leave out “%(told)s”: everybody reads this, and it tells whose proposal it is")
                % {"told": told}
            )
        return words


class AnswerExemptForm(AnswerForm):
    """The second person's answer to a proposal of an exemption."""

    why = gettext_lazy("If you refuse it, why?")
    missing = gettext_lazy("Say why you refuse it")


class AskedForm(SeenForm):
    """Which exemption a page showed."""

    asked = HiddenNumber()


class LookAgainForm(AskedForm):
    """That an exemption stands: why, and when it is looked at the next time."""

    mark_optional = False
    why = TextField(
        lines=True,
        rows=3,
        words=60,
        label=gettext_lazy("Why does it stand?"),
        help_text=gettext_lazy("A sentence for officials. The team never reads it."),
        error_messages={"required": gettext_lazy("Say in a sentence why it stands")},
    )
    review_on = DatePartsField(
        label=gettext_lazy("When is it looked at the next time?"),
        earliest=_tomorrow,
        error_messages={
            "required": gettext_lazy("Enter the day on which it is looked at the next time"),
            "earliest": gettext_lazy("The next day must be in the future"),
        },
    )

    def __init__(self, *args: Any, scheme: SchemeVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _until(self.fields["review_on"], last_review_on(scheme))


def _until(field: Any, last: datetime.date) -> None:
    """Take no day to look again after the last, and say so."""
    field.latest = last
    field.help_text = _("At the latest %(day)s.") % {"day": in_words(last)}
