"""Small forms: which enquiry is meant stands in the address, who acts in the session."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Appointment, Interest, Organisation, OrganisationKind, Role, User
from accounts.people import holders_in
from activity import clock
from activity.fields import TextField
from activity.forms import OnceForm, SeenForm
from advice.intake import people
from advice.intake.models import Enquiry, Level, Outcome
from advice.queue import actions

WORDS = 200


class HandOverForm(SeenForm, OnceForm):
    """To whom, and why. A colleague has it at once; another provider gets it into its queue."""

    colleague = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("A colleague"),
        required=False,
        to_field_name="email",
        empty_label=gettext_lazy("Nobody here"),
    )
    provider = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Or a queue"),
        required=False,
        to_field_name="slug",
        empty_label=gettext_lazy("No queue"),
    )
    reason = TextField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Whoever gets it reads this. The enquirer does not."),
        lines=True,
        rows=4,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write why, for whoever gets it")},
    )

    mark_optional = False

    def __init__(self, *args: Any, enquiry: Enquiry, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        here = holders_in(enquiry.provider_id, Role.ADVISER, today)
        # Pressed twice, the second press still names whoever has it since the first.
        sent_again = self.is_bound and enquiry.adviser_id != by.pk
        others = here if sent_again else here.exclude(enquiries=enquiry)
        tied = Interest.objects.touching(enquiry.contact.employer_id, today)
        self._offer("colleague", others.exclude(pk__in=tied.values("user")).order_by("name"))
        providers = Organisation.objects.filter(kind=OrganisationKind.ADVICE_PROVIDER)
        free = providers.exclude(pk__in=actions.barred_from(enquiry))
        self._offer("provider", free.in_being(today))

    def _offer(self, name: str, choices: models.QuerySet[Any]) -> None:
        field = self.fields[name]
        field.queryset = choices  # type: ignore[attr-defined]  # both are choices of records

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two, as `to`."""
        cleaned = super().clean() or self.cleaned_data
        chosen = [cleaned.pop(name, None) for name in ("colleague", "provider")]
        if not self.errors and len([one for one in chosen if one]) != 1:
            self.add_error("colleague", gettext_lazy("Choose one: a colleague or a queue"))
        cleaned["to"] = chosen[0] or chosen[1]
        return cleaned


class LevelForm(SeenForm, OnceForm):
    """How much work it is, and why."""

    level = forms.TypedChoiceField(
        label=gettext_lazy("How much work is the answer?"),
        choices=Level.choices,
        coerce=Level,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how much work it is")},
    )
    reason = TextField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Your advisers read this. The enquirer reads only the new day."),
        lines=True,
        rows=4,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write why, for your advisers")},
    )

    def __init__(self, *args: Any, enquiry: Enquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = enquiry.policy
        self.fields["level"].choice_hints = {  # type: ignore[attr-defined]
            level.value: _("%(days)d working days") % {"days": policy.answer_working_days(level)}
            for level in Level
        }


class ManyHandOverForm(HandOverForm):
    """The same for several that were ticked: to a colleague of the reader's, or into a queue."""

    seen = None  # type: ignore[assignment]  # each enquiry has its own

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super(HandOverForm, self).__init__(*args, **kwargs)
        today = clock.today()
        here = [provider.pk for provider in people.providers_of(reader)]
        held = Appointment.objects.current(today).filter(role=Role.ADVISER, organisation__in=here)
        colleagues = User.objects.filter(pk__in=held.values("user"), is_active=True)
        self._offer("colleague", colleagues.order_by("name", "pk"))
        providers = Organisation.objects.filter(kind=OrganisationKind.ADVICE_PROVIDER)
        self._offer("provider", providers.in_being(today))


class CloseForm(SeenForm):
    """What came of it."""

    outcome = forms.TypedChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=Outcome.choices,
        coerce=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what came of it")},
    )
