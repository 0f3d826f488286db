"""The forms of the team's own steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activity.documents import DocumentForm
from activity.fields import AddressField, TextField
from activity.forms import OPEN_AGAIN, OnceForm, SeenForm
from proposals.draft.codes import NO, YES
from proposals.draft.models import Member, MemberRole, Proposal, SchemeVersion, WithdrawalReason
from proposals.draft.questions import Topic

PARTS = [(MemberRole.EDITOR, _("Write and sign")), (MemberRole.VIEWER, _("Read only"))]


class InviteForm(OnceForm):
    """A colleague to invite. Work mail is refused while the names are hidden."""

    name = TextField(
        max_length=100, label=_("Their name"), error_messages={"required": _("Enter their name")}
    )
    email = AddressField(
        label=_("An e-mail address that they read in private"),
        help_text=_(
            "Your employer may be able to read work mail, so do not use their work address."
        ),
        error_messages={"required": _("Enter an address that they read in private")},
    )
    role = forms.ChoiceField(
        label=_("What may they do?"),
        choices=PARTS,
        initial=MemberRole.EDITOR,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they may do")},
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if self.proposal.names_hidden and self.proposal.employer.owns_address(address):
            raise ValidationError(_("This looks like your employer's address. Use a private one."))
        if (
            Member.objects.current()
            .filter(proposal=self.proposal, user__email__iexact=address)
            .exists()
        ):
            raise ValidationError(_("Somebody with this address is in the team already."))
        return address


class PartForm(forms.Form):
    """What a member may do."""

    role = forms.ChoiceField(
        label=_("What may they do?"),
        choices=PARTS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they may do")},
    )


def employed_field(employer: str) -> forms.TypedChoiceField:
    """Whether somebody works for the employer now."""
    return forms.TypedChoiceField(
        label=_("Do you work for %(employer)s now?") % {"employer": employer},
        help_text=_(
            "Two people in the team must. If you read mail at a work address here, that shows it; "
            "if not, we ask how to confirm it after you submit."
        ),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        coerce=lambda typed: typed == YES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes if you work there now, or no")},
    )


class JoinForm(forms.Form):
    """What a colleague says when they join."""

    def __init__(self, *args: Any, employer: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employed"] = employed_field(employer)


class OneselfForm(JoinForm):
    """What a member says of themselves."""

    may_be_named = forms.BooleanField(
        required=False,
        label=_("My employer may learn my name, once our lead shows the team's names"),
    )
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["employed", "may_be_named"])


class NamesForm(forms.Form):
    """Whether the employer may learn who is in the team."""

    heading_field = "hidden"
    hidden = forms.TypedChoiceField(
        label=_("May your employer learn who is in the team?"),
        choices=[
            (YES, _("No, hide our names")),
            (NO, _("Yes, show the names of those who agreed to it")),
        ],
        coerce=lambda typed: typed == YES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether your employer may learn your names")},
    )


class SignersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # as above
    """Members by their names."""

    def label_from_instance(self, member: Member) -> str:
        return str(member.user)


class SignersForm(SeenForm):
    """Who signs: the lead and at least one more who may write."""

    signers = SignersField(
        Member.objects.none(),
        to_field_name="key",
        label=_("Who will sign?"),
        help_text=_("The lead always signs. At least one more person must."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose who will sign, at least two people"),
            "invalid_choice": _("Choose from the people that this page offers"),
        },
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Member.objects.current().filter(proposal=proposal).select_related("user")
        members = members.exclude(role=MemberRole.VIEWER).order_by("joined_at", "pk")
        self.fields["signers"].queryset = members  # type: ignore[attr-defined]
        self.initial.setdefault("signers", members)

    def clean_signers(self) -> list[Member]:
        chosen = list(self.cleaned_data["signers"])
        if len(chosen) < 2 or not any(member.role == MemberRole.LEAD for member in chosen):
            raise ValidationError(gettext("Choose the lead and at least one more person"))
        return chosen


class SignForm(forms.Form):
    """The declaration, each part ticked, with a typed name and role.

    The signature stands for the declaration, so its ticks are not handed on.
    asked: the key of the request for this signature, which stands for the text that the page
    showed. scheme: whose declaration it is.
    """

    asked = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), OPEN_AGAIN),
    )
    declared = forms.MultipleChoiceField(
        label=_("I declare that"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick each part of the declaration, or do not sign")},
    )
    typed_name = TextField(
        max_length=100, label=_("Type your name"), error_messages={"required": _("Type your name")}
    )
    typed_role = TextField(
        max_length=100,
        label=_("Your job in the service"),
        error_messages={"required": _("Enter your job in the service")},
    )

    def __init__(self, *args: Any, scheme: SchemeVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The number is part of each tick: what was ticked under other wording is no declaration.
        self.fields["declared"].choices = [  # type: ignore[attr-defined]
            (f"{scheme.number}-{each.key}", each.wording) for each in scheme.declarations.all()
        ]

    def clean_declared(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["declared"]
        if len(set(ticked)) < len(self.fields["declared"].choices):  # type: ignore[attr-defined]
            raise ValidationError(_("Tick each part of the declaration, or do not sign"))
        return ticked

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned.pop("declared", None)
        return cleaned


class WithdrawForm(SeenForm):
    """Why a team stops its proposal."""

    reason = forms.ChoiceField(
        label=_("Why do you stop it?"),
        help_text=_("Nothing is held against you, whatever you choose."),
        choices=WithdrawalReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why you stop it, or that you would rather not say")},
    )
    words = TextField(
        lines=True,
        rows=3,
        words=200,
        required=False,
        label=_("Do you want to add anything?"),
    )


class SectionDocumentForm(DocumentForm):
    """A document, and the section that it belongs to. sections: those that are open."""

    field_order = ("section", "file", "title")

    section = forms.ChoiceField(
        label=_("Which section does it belong to?"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose the section that it belongs to")
        ),
    )

    def __init__(self, *args: Any, sections: Iterable[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(about.key, about.title) for about in sections]
        if len(chosen) > 1:
            chosen.insert(0, ("", _("Choose one")))
        section: Any = self.fields["section"]
        section.choices = chosen
