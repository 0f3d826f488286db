"""The frame of the questions: topics, their pages, and the form behind each page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse
from django.utils.deconstruct import deconstructible
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from activity import amounts, dates
from activity.grids import SUM, GridField, place
from activity.rows import RowsField, with_signs
from proposals.draft.keeping import Answer, kept, sent

Answers = dict[str, Any]

# Codes of errors that say that something is missing, not that it is wrong.
GAPS = {"required", "at_least_words"}
# What may be missing while people sign, and not any more when it is submitted.
LATE = {"before_submit"}
# So many columns of a table stand beside each other in the width that is good to read.
MOST_NARROW = 3
# A field that some answers ask for holds nothing.
NOTHING: tuple[Any, ...] = (None, "", [])


class Stage(IntEnum):
    """When a question must be answered: before colleagues sign, or before it is submitted."""

    SIGN = 1
    SUBMIT = 2


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


@dataclass(frozen=True)
class Table:
    """An answer of rows in words: the heads of its columns, and each cell with its head.

    groups: how many cells of a row belong together, where each row stands by itself because they
    do not fit beside each other.
    is_money: whether all but the first cell of a row are amounts.
    """

    head: list[str]
    rows: list[list[tuple[str, str]]]
    groups: tuple[int, ...] = ()
    is_money: bool = False

    @property
    def cards(self) -> Iterator[list[list[tuple[str, str]]]]:
        """Each row in its groups, without empty cells."""
        for row in self.rows:
            cells = iter(row)
            yield [[cell for cell in islice(cells, count) if cell[1]] for count in self.groups]

    def __str__(self) -> str:
        """A line for each row, where a table cannot stand: between two texts to be compared."""
        return "\n".join("; ".join(f"{head}: {cell}" for head, cell in row) for row in self.rows)


class PageForm(forms.Form):
    """One page of questions. A field is named by the stable id of its question.

    A draft shows gaps, not errors: empty answers and short ones pass, until `complete` is asked
    for. stage: when its questions must be answered. reveals: field -> answer -> the fields that
    this answer asks for; those that are required are needed then. needed_if: other fields that
    only some answers ask for -> whether they are, given the cleaned data. personal: fields that
    name or describe a person. only_asks: fields that help to answer others. beside: the answers of
    all topics, by their keys, where they are known.
    """

    mark_optional = False
    stage = Stage.SUBMIT
    reveals: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    needed_if: Mapping[str, Callable[[dict[str, Any]], bool]] = {}
    personal: tuple[str, ...] = ()
    only_asks: tuple[str, ...] = ()

    def __init__(
        self,
        *args: Any,
        complete: bool = False,
        beside: Mapping[str, Answers] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.complete = complete
        self.beside: Mapping[str, Answers] = {} if beside is None else beside
        self.look_beside()
        self.revealed = {
            name: _is_chosen(field, answer)
            for field, answers in self.reveals.items()
            for answer, names in answers.items()
            for name in names
        }
        self.conditional = {
            name: is_needed
            for name, is_needed in {**self.revealed, **self.needed_if}.items()
            if self.fields[name].required or name in self.needed_if
        }
        for name, field in self.fields.items():
            self._prepare(name, field)

    def look_beside(self) -> None:
        """Change what is asked by what other topics say; most pages look at none."""

    def holding(self, typed: Answers) -> PageForm:
        """The same page with other answers."""
        return type(self)(data=typed, beside=self.beside)

    def _prepare(self, name: str, field: Any) -> None:
        if not field.required and name not in (*self.conditional, *self.only_asks):
            field.label = format_lazy(_("{label} (optional)"), label=field.label)
        if name in self.conditional or not self.complete:
            field.required = False
        if name in self.reveals:
            field.reveals = self.reveals[name]
        if not self.complete:
            field.asks_all = False
            field.validators = [v for v in field.validators if not isinstance(v, AtLeastWords)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, is_asked in self.revealed.items():
            if not is_asked(cleaned):
                self.errors.pop(name, None)
        if self.complete:
            for name, is_needed in self.conditional.items():
                if name not in self.errors and is_needed(cleaned) and cleaned.get(name) in NOTHING:
                    words = self.fields[name].error_messages["required"]
                    self.add_error(name, ValidationError(words, code="required"))
        return cleaned

    @property
    def is_wide(self) -> bool:
        """Whether a table on the page needs all the width there is."""
        return any(_is_wide(field) for field in self.fields.values())

    def problems(self) -> Iterator[ValidationError]:
        """Everything that is wrong or missing, in the order of the fields."""
        found = self.errors.as_data()
        return (problem for name in [*self.fields, "__all__"] for problem in found.get(name, []))

    def has_gaps_only(self) -> bool:
        """Say whether all that a complete page would still need is to be filled in further."""
        return all(problem.code in GAPS | LATE for problem in self.problems())

    def stands(self, stage: Stage) -> bool:
        """Whether a page that was asked to be complete holds what is needed by then."""
        excused = LATE if stage < Stage.SUBMIT else set()
        if stage < self.stage:
            excused = excused | GAPS
        return all(problem.code in excused for problem in self.problems())

    def notes(self) -> list[str]:
        """What follows from the answers of a bound page, to think about: none of it is an error."""
        return []

    def fit(self, typed: Answers, asked: Mapping[str, str] = {}) -> None:
        """Fit a page that is drawn to the other answers of its section, and to its address.

        typed: all answers. asked: what the address asks for after its question mark.
        """

    def asks_on(self) -> bool:
        """Whether what was typed leads to this page once more, before the next one."""
        return False

    def typed(self) -> Answers:
        """What was typed, letter for letter, as far as the database can keep it."""
        return {
            name: kept(field, self.data, self.add_prefix(name))
            for name, field in self.fields.items()
        }

    def sent(self, name: str) -> list[tuple[str, str]]:
        """Names and values of the inputs that would send the answer of a field once more."""
        return list(sent(self.fields[name], kept(self.fields[name], self.data, name), name))

    def shown(self, *, everything: bool = False) -> Iterator[tuple[str, str, str | Table]]:
        """Each question of a bound page: its id, its words, and the answer in words.

        Questions that only some answers ask for are left out while they are empty, and fields that
        are no questions, unless everything is asked for.
        """
        for name, field in self.fields.items():
            typed = kept(field, self.data, name)
            is_asked = typed or (name not in self.revealed and name not in self.needed_if)
            if everything or (is_asked and name not in self.only_asks):
                read = getattr(self, "cleaned_data", {}).get(name)
                yield name, str(field.label), in_words(field, typed, read)


def _is_wide(field: forms.Field) -> bool:
    """Whether a field has more columns than stand beside each other, and no cards for them."""
    if isinstance(field, RowsField):
        return len(field.columns) > MOST_NARROW and not field.groups
    return isinstance(field, GridField) and len(field.columns) > MOST_NARROW


def _is_chosen(field: str, answer: str) -> Callable[[dict[str, Any]], bool]:
    def is_chosen(cleaned: dict[str, Any]) -> bool:
        given = cleaned.get(field)
        return answer in given if isinstance(given, list) else given == answer

    return is_chosen


def in_words(field: forms.Field, typed: Answer, read: Any = None) -> str | Table:
    """An answer as its reader sees it: the words of choices, or the text that was typed.

    read: what the form made of it, where it was validated already. A field whose answers are the
    keys of records has `words`, for an answer that was stored, whether or not it may be chosen now.
    """
    words: Callable[[str], str] | None = getattr(field, "words", None)
    if words is not None and isinstance(typed, str):
        return str(read) if isinstance(read, Model) else words(typed)
    if isinstance(field, RowsField):
        rows: Any = typed
        return _table(field, rows)
    if isinstance(field, GridField):
        return _grid(field, typed)
    if isinstance(typed, dict):
        return _day_in_words(field, typed)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        named = dict(choices)
        return "\n".join(str(named.get(each, "")) for each in _listed(typed) if each)
    return with_signs(field, str(typed or ""))


def _day_in_words(field: forms.Field, typed: dict[str, str]) -> str:
    """A date in words, or its boxes as they were typed where they are no date."""
    with suppress(ValidationError):
        read = field.to_python(field.widget.format_value(typed))
        if read:
            return dates.in_words(read)
    return " ".join(filter(None, typed.values()))


def _listed(typed: Any) -> list[str]:
    return typed if isinstance(typed, list) else [typed]


def _table(field: RowsField, typed: list[dict[str, str]]) -> Table | str:
    head = [str(column.label) for column in field.columns.values()]
    rows = [list(zip(head, row.values(), strict=True)) for row in field.words_of(typed)]
    groups = tuple(len(columns) for _heading, columns in field.groups)
    return Table(head, rows, groups) if rows else ""


def _grid(field: GridField, typed: Any) -> Table | str:
    """The lines of a grid with what each comes to, and with more than one the sum of all."""
    if not typed:
        return ""
    sums = field.sums(typed)
    lines = [
        [str(field.lines[line].label), *texts, amounts.pounds(sums[place(line, SUM)])]
        for line, texts in field.lines_of(typed)
    ]
    if len(lines) > 1:
        columns = [amounts.pounds(sums[place(SUM, column)]) for column in field.columns]
        lines.append([gettext("Total"), *columns, amounts.pounds(sums[SUM])])
    head = [gettext("Line"), *(gettext("Year %(year)s") % {"year": n} for n in field.columns)]
    if field.adds_up:
        head.append(gettext("Five years"))
    if field.columns == [""]:
        head = [gettext("Line"), gettext("Amount")]
    lines = [row[: len(head)] for row in lines]
    return Table(head, [list(zip(head, row, strict=True)) for row in lines], is_money=True)


@dataclass(frozen=True)
class Page:
    """One page of a topic.

    url_name, template: another view or another template than the common one, where it needs one.
    against: what is wrong with these answers beside those of other topics, by their keys, or "".
    """

    key: str
    title: str | Promise
    form: type[PageForm]
    url_name: str = "proposals:page"
    against: Callable[[Mapping[str, Answers]], str] = lambda typed: ""
    template: str = "proposals/page.html"

    def address(self, reference: str, topic: str) -> str:
        """The path of this page for one proposal."""
        if self.url_name != "proposals:page":
            return reverse(self.url_name, args=[reference])
        return reverse(self.url_name, args=[reference, topic, self.key])


@dataclass(frozen=True)
class Topic:
    """A section of the proposal as it is asked for.

    minutes: about how long it takes. promote: from the cleaned answers to the columns of the
    proposal that follow from them. warns: what to look at again in answers that are complete, or
    "". was: the key that older versions hold its answers under.
    """

    key: str
    title: str | Promise
    pages: tuple[Page, ...]
    promote: Callable[[dict[str, Any]], dict[str, Any]] = lambda cleaned: {}
    minutes: int = 10
    warns: Callable[[Answers], str] = lambda answers: ""
    was: str = ""

    def page(self, key: str) -> Page | None:
        """The page of that key."""
        return next((page for page in self.pages if page.key == key), None)

    def after(self, page: Page) -> Page | None:
        """The page that follows, or None after the last."""
        place = self.pages.index(page) + 1
        return self.pages[place] if place < len(self.pages) else None

    def answers(self, typed: Mapping[str, Answers]) -> Answers:
        """Its answers among those of all topics, by their keys of now or of then."""
        return typed.get(self.was, {}) | typed.get(self.key, {})


_topics: dict[str, Topic] = {}
ORDER = (
    *("service", "team", "staff", "employer", "model", "quality"),
    *("money", "workforce", "assets", "award", "support"),
)


def register(topic: Topic) -> None:
    """Make a topic known. Parts to the right of this one bring their own."""
    _topics[topic.key] = topic


def topics() -> list[Topic]:
    """Every topic, in the order of the task list."""
    return [_topics[key] for key in ORDER if key in _topics]


def topic(key: str) -> Topic | None:
    """The topic of that key."""
    return _topics.get(key)


def personal_questions() -> dict[str, set[str]]:
    """The questions of each topic whose answers name people."""
    return {
        topic.key: {name for page in topic.pages for name in page.form.personal}
        for topic in topics()
    }
