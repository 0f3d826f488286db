"""The frame of the questions: topics, their pages, and the form behind each page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse
from django.utils.deconstruct import deconstructible
from django.utils.functional import Promise
from django.utils.translation import ngettext

Answers = dict[str, Any]

# Codes of errors that say that something is missing, not that it is wrong.
GAPS = {"required", "at_least_words"}


@deconstructible
class AtLeastWords:
    """Asks for more words. A gap in a draft, so only looked at when a page must be complete."""

    def __init__(self, least: int) -> None:
        self.least = least

    def __call__(self, value: str) -> None:
        words = len(value.split())
        if words < self.least:
            raise ValidationError(
                ngettext(
                    "Your answer is %(words)d word. Write at least %(least)d.",
                    "Your answer is %(words)d words. Write at least %(least)d.",
                    words,
                ),
                code="at_least_words",
                params={"words": words, "least": self.least},
            )


class PageForm(forms.Form):
    """One page of questions. A field is named by the stable id of its question.

    A draft shows gaps, not errors: empty answers and short ones pass, until `complete` is asked
    for. `needed_if` names the fields that only some answers ask for: field -> whether it is
    needed, given the cleaned data. `only_asks` names fields that help to answer others.
    """

    mark_optional = False
    needed_if: Mapping[str, Callable[[dict[str, Any]], bool]] = {}
    only_asks: tuple[str, ...] = ()

    def __init__(self, *args: Any, complete: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complete = complete
        if not complete:
            for field in self.fields.values():
                field.required = False
                field.validators = [v for v in field.validators if not isinstance(v, AtLeastWords)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.complete:
            for name, is_needed in self.needed_if.items():
                if name not in self.errors and is_needed(cleaned) and not cleaned.get(name):
                    words = self.fields[name].error_messages["required"]
                    self.add_error(name, ValidationError(words, code="required"))
        return cleaned

    def has_gaps_only(self) -> bool:
        """Say whether all that a complete page would still need is to be filled in further."""
        errors = (error for found in self.errors.as_data().values() for error in found)
        return all(error.code in GAPS for error in errors)

    def asks_on(self) -> bool:
        """Whether what was typed leads to this page once more, before the next one."""
        return False

    def typed(self) -> Answers:
        """What was typed, letter for letter, as far as the database can keep it."""
        return {
            name: str(self.data.get(self.add_prefix(name), "")).replace(
                "\x00", "\N{REPLACEMENT CHARACTER}"
            )
            for name in self.fields
        }

    def shown(self, *, everything: bool = False) -> Iterator[tuple[str, str, str]]:
        """Each question of a bound page: its id, its words, and the answer in words.

        Questions that only some answers ask for are left out while they are empty, and fields that
        are no questions, unless everything is asked for.
        """
        for name, field in self.fields.items():
            typed = str(self.data.get(name, ""))
            is_asked = name not in self.only_asks and (typed or name not in self.needed_if)
            if everything or is_asked:
                read = getattr(self, "cleaned_data", {}).get(name)
                yield name, str(field.label), in_words(field, typed, read)


def in_words(field: forms.Field, typed: str, read: Any = None) -> str:
    """An answer as its reader sees it: the words of a choice, or the text that was typed.

    read: the record chosen, where the form was validated already. A field whose answers are the
    keys of records has `words`, for an answer that was stored, whether or not it may be chosen now.
    """
    words: Callable[[str], str] | None = getattr(field, "words", None)
    if words is not None:
        return str(read) if isinstance(read, Model) else words(typed)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get(typed, "")) if typed else ""
    prefix = getattr(field, "prefix", "")
    return f"{prefix}{typed}" if typed and not typed.startswith(prefix) else typed


@dataclass(frozen=True)
class Page:
    """One page of a topic.

    url_name, template: another view or another template than the common one, where it needs one.
    """

    key: str
    title: str | Promise
    form: type[PageForm]
    url_name: str = "proposals:page"
    template: str = "proposals/page.html"

    def address(self, reference: str, topic: str) -> str:
        """The path of this page for one proposal."""
        if self.url_name != "proposals:page":
            return reverse(self.url_name, args=[reference])
        return reverse(self.url_name, args=[reference, topic, self.key])


@dataclass(frozen=True)
class Topic:
    """A section of the proposal as it is asked for.

    promote: from the cleaned answers to the columns of the proposal that follow from them.
    """

    key: str
    title: str | Promise
    pages: tuple[Page, ...]
    promote: Callable[[dict[str, Any]], dict[str, Any]] = lambda cleaned: {}

    def page(self, key: str) -> Page | None:
        """The page of that key."""
        return next((page for page in self.pages if page.key == key), None)

    def after(self, page: Page) -> Page | None:
        """The page that follows, or None after the last."""
        place = self.pages.index(page) + 1
        return self.pages[place] if place < len(self.pages) else None


_topics: dict[str, Topic] = {}
ORDER = ("service", "people", "model", "quality", "money")


def register(topic: Topic) -> None:
    """Make a topic known. Parts to the right of this one bring their own."""
    _topics[topic.key] = topic


def topics() -> list[Topic]:
    """Every topic, in the order of the task list."""
    return [_topics[key] for key in ORDER if key in _topics]


def topic(key: str) -> Topic | None:
    """The topic of that key."""
    return _topics.get(key)
