"""What is typed about an employer's official."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.fields import AddressField, TextField
from activity.forms import OPEN_AGAIN, OnceForm
from proposals.draft import rules
from proposals.draft.models import Proposal
from proposals.employer.models import Reply


class OfficialForm(forms.Form):
    """A post and its address at the employer."""

    post = TextField(
        label=gettext_lazy("Their post"),
        help_text=gettext_lazy("Like “Head of people”. A post, not a person, where there is one."),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter their post")},
    )
    address = AddressField(
        label=gettext_lazy("Their e-mail address at work"),
        error_messages={"required": gettext_lazy("Enter their e-mail address at work")},
    )

    def __init__(self, *args: Any, proposal: Proposal, asked: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        self.asked = asked

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        employer = self.proposal.employer
        if not employer.owns_address(address):
            raise ValidationError(_outside(employer.mail_domains))
        if address.lower() == self.asked.lower() and self.is_of_now():
            raise ValidationError(_("This is the address that is asked now. Enter another."))
        return address

    def is_of_now(self) -> bool:
        """Whether the page was drawn since the one who is asked now was asked."""
        return True


def _outside(domains: list[str]) -> str:
    if not domains:
        return _(
            "We do not know at which domains this employer reads mail. Ask an administrator to "
            "enter them in its record first."
        )
    return _("Enter an address of the employer's own, one that ends with %(domains)s") % {
        "domains": _(" or ").join(f"@{domain}" for domain in domains)
    }


class HandOnForm(OfficialForm):
    """The right official, named by the one who was asked."""


class ReplyForm(OfficialForm):
    """What a department's lead does about the silence of an employer; a name or reasons with it."""

    mark_optional = False

    reply = forms.ChoiceField(
        label=gettext_lazy("Who answers for the employer?"),
        choices=[
            (Reply.NAMED.value, gettext_lazy("An official of the employer, whom I name")),
            (Reply.ANSWERS.value, gettext_lazy("I answer for it myself")),
            (Reply.WHY_NOT.value, gettext_lazy("Nobody will, and I say why")),
        ],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose who answers, or that nobody will")
        ),
    )
    why = TextField(
        lines=True,
        words=300,
        required=False,
        label=gettext_lazy("Why will nobody answer?"),
        help_text=gettext_lazy(
            "Officials of the Cabinet Office who read the proposal read this. The staff read only "
            "that you have replied."
        ),
        error_messages={"required": gettext_lazy("Say why nobody will answer")},
    )
    field_order = ("reply", "post", "address", "why")
    needed = {Reply.NAMED.value: ("post", "address"), Reply.WHY_NOT.value: ("why",)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("post", "address"):
            self.fields[name].required = False
        self.fields["reply"].reveals = self.needed  # type: ignore[attr-defined]  # for the templates

    def clean_address(self) -> str:
        is_named = self.cleaned_data.get("reply") == Reply.NAMED and self.cleaned_data["address"]
        return super().clean_address() if is_named else ""

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        wanted = self.needed.get(typed.get("reply", ""), ())
        for name in wanted:
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return {name: typed[name] for name in ("reply", *wanted) if name in typed}


class CheckForm(OnceForm, OfficialForm):
    """An official whom a reviewer has checked. shown: who was asked when the page was drawn."""

    shown = forms.CharField(
        required=False,
        max_length=36,
        widget=forms.HiddenInput,
        error_messages={"max_length": OPEN_AGAIN},
    )
    checked_how = TextField(
        lines=True,
        rows=3,
        words=100,
        label=gettext_lazy("How did you check that this is the right official?"),
        help_text=gettext_lazy(
            "For example: “Rang the switchboard, which put me through.” Officials of the case "
            "read this; the team and the employer never do."
        ),
        error_messages={"required": gettext_lazy("Say how you checked it")},
    )
    field_order = ("post", "address", "checked_how", "shown", "once")

    def is_of_now(self) -> bool:
        return bool(self["shown"].value() == self.initial["shown"])

    def clean_address(self) -> str:
        address = super().clean_address()
        if rules.is_in_team(self.proposal, address):
            raise ValidationError(
                _("Somebody in the team signs in with this address. Find another official.")
            )
        return address
