"""Asking for an employer: part of its name is typed, and one of what is found is chosen.

A form that asks has three fields: `EmployerWordsField` for what is typed, `EmployerField` for what
is chosen, `EmployerNameField` for the name of a body that the register does not have.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.finding import Finding, await_body, find
from accounts.models import Organisation, OrganisationQuerySet
from activity import clock
from activity.fields import TextField, clean_text

NOT_LISTED = "not-listed"
Chosen: TypeAlias = Organisation | str | None


class EmployerWordsField(TextField):
    """Part of the name of an employer, to search by."""

    def __init__(self, **options: Any) -> None:
        usual = {
            "label": gettext_lazy("Which organisation do you work for now?"),
            "help_text": gettext_lazy(
                "Type part of its name, now or before, such as “Leicester” or “N E Essex PCT”."
            ),
        }
        super().__init__(required=False, max_length=100, **usual | options)


class EmployerNameField(TextField):
    """The name of an employer that the register does not have."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Full name of your organisation"),
            help_text=gettext_lazy("We check it and add it to our list. You can go on meanwhile."),
            required=False,
            max_length=200,
            error_messages={"required": gettext_lazy("Enter the name of your organisation")},
        )


class EmployerField(forms.ChoiceField):
    """One of the bodies that were found, by its slug, or that it is not among them.

    Cleaned it is an Organisation, NOT_LISTED, or None. A body that ended since it was chosen is
    refused.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Your organisation"))
        super().__init__(
            widget=forms.RadioSelect,
            error_messages={
                "required": gettext_lazy("Choose the organisation you work for"),
                "invalid_choice": gettext_lazy("Choose one of the organisations we found"),
            },
            **options,
        )

    # What the last choice says, and the bodies that may be chosen; another form may ask for others.
    otherwise: str | Promise = gettext_lazy("It is not in this list")
    must_be_there = True

    def bodies(self) -> OrganisationQuerySet:
        """The bodies that may be chosen."""
        return Organisation.objects.employers()

    def search(self, words: str, chosen: str) -> None:
        """Say what is searched for, and what was chosen before; asked only when it is drawn."""
        offer = self.offer = Offer(self, words, chosen)
        self.choices = offer.choices
        self.choice_hints = offer.hints

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").strip()
        if not typed or typed == NOT_LISTED:
            return typed or None
        known = self.bodies().select_related("department", "successor")
        body = known.filter(slug=clean_text(typed)).first()
        if body is None or (self.must_be_there and body.has_ended_by(clock.today())):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return body

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)

    def words(self, typed: str) -> str:
        """A stored answer in words: the body's name, though it ended since, or what was typed."""
        if typed == NOT_LISTED:
            return _("An organisation that is not in our list")
        body = Organisation.objects.filter(slug=typed).first() if typed else None
        return str(body) if body else typed


class BodyField(EmployerField):
    """Any body of the register, also one that has ended."""

    otherwise = gettext_lazy("None of these")
    must_be_there = False

    def bodies(self) -> OrganisationQuerySet:
        return Organisation.objects.listed()


class Offer:
    """What the radios offer; it is looked for once, when the page is drawn."""

    def __init__(self, field: EmployerField, words: str, chosen: str) -> None:
        self.field = field
        self.words = words.strip()
        self.chosen = chosen
        self.hints = Hints(self)

    @cached_property
    def finding(self) -> Finding:
        """What is like the words."""
        return find(self.field.bodies(), self.words, clock.today())

    @cached_property
    def kept(self) -> Organisation | None:
        """What was chosen before, where the words do not find it."""
        if self.chosen in ("", NOT_LISTED, *(each.body.slug for each in self.finding.offered)):
            return None
        return Organisation.objects.filter(slug=self.chosen, is_awaited=False).first()

    def choices(self) -> list[tuple[str, str]]:
        """The pairs of a radio button and its words; none before anything was typed."""
        found = [(each.body.slug, each.body.name) for each in self.finding.offered]
        if self.kept is not None:
            found.insert(0, (self.kept.slug, self.kept.name))
        if not (found or self.words or self.chosen):
            return []
        return [*found, (NOT_LISTED, str(self.field.otherwise))]


class Hints:
    """What stands under each radio button, worked out when the page is drawn."""

    def __init__(self, offer: Offer) -> None:
        self._offer = offer

    @cached_property
    def _hints(self) -> dict[str, str]:
        found = {each.body.slug: each.hint() for each in self._offer.finding.offered}
        return {slug: hint for slug, hint in found.items() if hint}

    def __contains__(self, slug: str) -> bool:
        return slug in self._hints

    def __getitem__(self, slug: str) -> str:
        return self._hints[slug]


class EmployerAsked(forms.Form):
    """The part of a form that asks for an employer; `named` says how its three fields are called.

    `find` is the value of the button that searches. The third may be "": no name is asked for.
    """

    named = ("employer_words", "employer", "employer_name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words, chosen, name = self.named
        field = self.fields[chosen]
        assert isinstance(field, EmployerField)  # noqa: S101  # the form says so  # nosec
        field.search(self._text(words), self._text(chosen))
        if name:
            field.reveals = {NOT_LISTED: [name]}  # type: ignore[attr-defined]  # for the templates

    def full_clean(self) -> None:
        """What is wrong with a choice before there is one is said where one types."""
        super().full_clean()
        words, chosen, _name = self.named
        if self.is_bound and chosen in self.errors and not self.offers:
            self.errors[words] = self.errors.pop(chosen)

    def _text(self, name: str) -> str:
        return clean_text(str(self[name].value() or "")).strip()

    def asks_on(self) -> bool:
        """Whether the page must be shown once more, with what was found."""
        words, chosen, _name = self.named
        return self.data.get("press") == "find" or bool(
            self._text(words) and not self._text(chosen)
        )

    @property
    def offers(self) -> bool:
        """Whether there is anything to choose from yet."""
        field: Any = self.fields[self.named[1]]
        return bool(field.offer.choices())

    @property
    def finding(self) -> Finding | None:
        """What was found for the words; None before anything was typed."""
        field: Any = self.fields[self.named[1]]
        return field.offer.finding if field.offer.words else None


def body_of(chosen: Chosen, name: str) -> Organisation | None:
    """The body that an answer means: the one chosen, or the one of that name that awaits adding."""
    if chosen == NOT_LISTED:
        return await_body(name) if name else None
    return chosen if isinstance(chosen, Organisation) else None
