"""The forms of the team's own steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.fields import AddressField, TextField
from activity.forms import OPEN_AGAIN, OnceForm, SeenForm
from proposals.draft.declaring import DECLARATIONS
from proposals.draft.models import Member, MemberRole, Proposal, Section
from proposals.draft.pages import employer_field, name_field
from proposals.draft.questions import Answers, personal_questions, topics

# As many of somebody's proposals are offered to begin from, the latest first.
MOST_EARLIER = 50
# Who was in a team stays with that proposal.
NOT_CARRIED = ("team",)


class NewForm(OnceForm):
    """The start of a proposal: its name and employer."""

    mark_optional = False
    title = name_field()
    employer = employer_field()
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

    def carried(self) -> dict[str, Answers]:
        """The answers that come along, by the key of their topic."""
        if self.cleaned_data.get("start_from") != "earlier":
            return {}
        reference = self.cleaned_data["earlier"]
        sections = Section.objects.filter(proposal__reference=reference)
        chosen = sections.filter(key__in=self.cleaned_data["sections"])
        apart = personal_questions()
        return {
            key: {name: typed for name, typed in answers.items() if name not in apart[key]}
            for key, answers in chosen.values_list("key", "answers")
        }

    def begun(self) -> dict[str, Any]:
        """What a draft begins with."""
        own = {name: self.cleaned_data[name] for name in ("title", "employer", "once")}
        return own | {"carried": self.carried()}


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
        choices=[
            (MemberRole.EDITOR, _("Write and sign")),
            (MemberRole.VIEWER, _("Read only")),
        ],
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
    showed.
    """

    asked = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), OPEN_AGAIN),
    )
    declared = forms.MultipleChoiceField(
        label=_("I declare that"),
        choices=DECLARATIONS,
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

    def clean_declared(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["declared"]
        if len(set(ticked)) < len(DECLARATIONS):
            raise ValidationError(_("Tick each part of the declaration, or do not sign"))
        return ticked

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned.pop("declared", None)
        return cleaned
