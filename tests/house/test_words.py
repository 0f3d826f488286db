"""Our words for Django's dull sentences: compiled as written, and each for a sentence it has."""

from pathlib import Path

import django
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django import forms
from django.core.exceptions import ValidationError

OURS = Path(__file__).resolve().parents[2] / "locale/en_GB/LC_MESSAGES"
THEIRS = Path(django.__file__).parent / "conf/locale/en/LC_MESSAGES/django.po"


def catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en_GB")


def sentences(found: Catalog) -> dict[str, list[str]]:
    """Each sentence of Django's, plural ones by their singular, with ours."""
    return {one_or_all(each.id)[0]: one_or_all(each.string) for each in found if each.id}


def one_or_all(words: str | list[str] | tuple[str, ...]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def test_the_compiled_words_are_the_written_ones() -> None:
    with (OURS / "django.mo").open("rb") as file:
        compiled = read_mo(file)
    assert sentences(compiled) == sentences(catalog(OURS / "django.po"))


def test_each_replaces_a_sentence_that_django_still_has() -> None:
    ours = sentences(catalog(OURS / "django.po"))
    assert len(ours) > 10
    assert ours.keys() <= sentences(catalog(THEIRS)).keys()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (forms.CharField(), "", "Answer this question"),
        (forms.CharField(), "a\x00", "Some letters here cannot be read. Type the answer again"),
        (forms.CharField(max_length=3), "four", "Your answer has 4 letters. The most is 3"),
        (forms.ChoiceField(choices=[("a", "A")]), "b", "Choose one of the answers that this page offers"),
        (forms.IntegerField(min_value=1), "0", "Enter 1 or more"),
        (forms.EmailField(), "me", "Enter an e-mail address like name@example.com"),
    ],
)  # fmt: skip
def test_they_say_what_to_do(field: forms.Field, typed: str, words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages == [words]
