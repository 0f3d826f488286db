"""Form fields that the apps share: text, whole numbers, pounds, dates in three parts."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from activity.dates import DatePartsField, DatePartsWidget, TypedDate

__all__ = [
    "AddressField",
    "DatePartsField",
    "DatePartsWidget",
    "PersonField",
    "PoundsField",
    "TextField",
    "TypedDate",
    "WholeNumberField",
    "WordLimit",
    "clean_text",
]

# Letters that turn the direction of a line: with them a text can look like another one.
TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def clean_text(text: str, *, lines: bool = False) -> str:
    """The text as a person meant it: no control letters, accents composed, lines ended one way.

    lines: whether the text may have several lines; in a single line a break becomes a space.
    """
    # Most texts are: letter by letter, a draft of sixty answers would take some milliseconds.
    if is_clean(text.replace("\n", "") if lines else text):
        return text
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    if not lines:
        text = re.sub(r"[\n\t\u2028\u2029]+", " ", text)
    kept = "\n\t" if lines else ""
    return "".join(
        letter
        for letter in text
        if letter in kept
        or (unicodedata.category(letter) not in ("Cc", "Cs") and letter not in TURNS)
    )


def is_clean(text: str) -> bool:
    """Whether a text holds nothing but plain letters, digits, signs and blanks."""
    return text.isascii() and text.isprintable()


def plain_number(text: str) -> str:
    """Digits as typed without £, spaces and thousands commas; commas anywhere else stay."""
    text = re.sub(r"[\s£]", "", text).replace("\u2212", "-")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    return text


@deconstructible
class WordLimit:
    """Refuses a text of more words than the limit, and says how many to take out."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, value: str) -> None:
        words = len(value.split())
        over = words - self.limit
        if over > 0:
            raise ValidationError(
                _("Your answer is %(words)d words. Take out %(over)d."),
                code="word_limit",
                params={"words": words, "over": over},
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordLimit) and other.limit == self.limit

    def __hash__(self) -> int:
        return hash(self.limit)


class TextField(forms.CharField):
    """One line of text, or several with `lines=True`.

    words: the most words. max_length: the most letters. Too long says how much to take out.
    """

    def __init__(
        self, *, lines: bool = False, rows: int = 5, words: int | None = None, **options: Any
    ) -> None:
        self.lines = lines
        if lines:
            options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        # Not handed on: our sentence replaces Django's, and the `maxlength` attribute that
        # Django would add cuts a paste in silence.
        self.limit: int | None = options.pop("max_length", None)
        super().__init__(**options)
        if words is not None:
            self.validators.append(WordLimit(words))

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = clean_text(value, lines=self.lines)
        text = super().to_python(value)
        over = len(text) - self.limit if text and self.limit else 0
        if over > 0:
            raise ValidationError(
                ngettext(
                    "Your answer is %(over)d letter too long. The most is %(limit)d.",
                    "Your answer is %(over)d letters too long. The most is %(limit)d.",
                    over,
                ),
                code="max_length",
                params={"over": over, "limit": self.limit},
            )
        return text


class AddressField(forms.EmailField):
    """An e-mail address, without the letters that nobody can see.

    max_length: the most letters. The sentence names it, and no paste is cut in silence.
    """

    default_error_messages = {
        "required": _("Enter an e-mail address"),
        "invalid": _("Enter an e-mail address like name@example.org"),
        "max_length": _("Enter an e-mail address of %(limit)d letters or fewer"),
    }

    def __init__(self, *, max_length: int = 254, **options: Any) -> None:
        super().__init__(max_length=None, **options)
        self.limit = max_length

    def to_python(self, value: Any) -> Any:
        address = super().to_python(clean_text(value) if isinstance(value, str) else value)
        if address and len(address) > self.limit:
            params = {"limit": self.limit}
            words = self.error_messages["max_length"]
            raise ValidationError(words, code="max_length", params=params)
        return address


class WholeNumberField(forms.IntegerField):
    """A whole number, typed with or without thousands commas."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"})
    default_error_messages = {"invalid": _("Enter a whole number, like 42")}

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


class PoundsField(forms.Field):
    """Whole pounds as typed ("1,200,000", "£1200000") to pence, refusing what may be rounded.

    most: the largest amount in pounds; the least is 0, or as much below it where it is signed.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"})
    prefix = "£"
    default_error_messages = {
        "required": _("Enter an amount in pounds, or 0"),
        "number": _(
            "Enter £ as a number, like 1200000. "
            "We cannot read “%(typed)s”, because it may be rounded."
        ),
        "pence": _("Enter whole pounds without pence, like %(pounds)s"),
        "negative": _("Enter 0 or more"),
        "most": _("Enter £%(most)s or less"),
    }

    def __init__(
        self, *, most: int = 999_999_999_999, signed: bool = False, **options: Any
    ) -> None:
        super().__init__(**options)
        self.most = most
        self.signed = signed

    def to_python(self, value: Any) -> int | None:
        """Whole pence, or None for an empty box."""
        typed = clean_text(str(value if value is not None else "")).strip()
        if not typed:
            return None
        number = re.fullmatch(r"(-?\d{1,20})(?:\.(\d+))?", plain_number(typed))
        if number is None:
            raise self._refused("number", typed=typed[:40])
        if number[2] and number[2].strip("0"):
            raise self._refused("pence", pounds=number[1])
        pounds = int(number[1])
        if pounds < 0 and not self.signed:
            raise self._refused("negative")
        if abs(pounds) > self.most:
            raise self._refused("most", most=f"{self.most:,}")
        return pounds * 100

    def prepare_value(self, value: Any) -> Any:
        """Pence from the record as pounds; what was typed stays as it was typed."""
        return f"{value // 100:,}" if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True

    def _refused(self, code: str, **params: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not so at run time
    """One of some people, by address; the form that has it says among whom.

    missing, not_offered: the errors where nobody is chosen, and for anybody else. nobody: how it is
    said that it is to be nobody, where that may be.
    """

    def __init__(
        self, *, label: Any, missing: Any, not_offered: Any, nobody: Any = None, help_text: Any = ""
    ) -> None:
        super().__init__(
            User.objects.none(),
            label=label,
            help_text=help_text,
            required=nobody is None,
            blank=nobody is not None,
            widget=forms.RadioSelect,
            to_field_name="email",
            empty_label=nobody,
            error_messages={"required": missing, "invalid_choice": not_offered},
        )
