"""What people type into text and number boxes, and what it becomes."""

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from activity.fields import (
    AddressField,
    PoundsField,
    TextField,
    WholeNumberField,
    WordLimit,
    clean_text,
)


def refused(field, typed):
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(typed)
    return caught.value.messages


@pytest.mark.parametrize(
    ("typed", "line", "lines"),
    [
        ("plain", "plain", "plain"),
        ("one\r\ntwo\rthree", "one two three", "one\ntwo\nthree"),
        ("a\tb", "a b", "a\tb"),
        ("null\x00 bell\x07", "null bell", "null bell"),
        ("e\u0301", "é", "é"),
        ("live\u202efdp.exe", "livefdp.exe", "livefdp.exe"),
        ("family 👩\u200d👧", "family 👩\u200d👧", "family 👩\u200d👧"),
        ("\ud800half a letter", "half a letter", "half a letter"),
    ],
)
def test_text_is_cleaned(typed, line, lines):
    assert clean_text(typed) == line
    assert clean_text(typed, lines=True) == lines


@given(st.text())
def test_cleaning_twice_changes_nothing_more(typed):
    for lines in (False, True):
        once = clean_text(typed, lines=lines)
        assert clean_text(once, lines=lines) == once
        assert "\r" not in once
        once.encode()


def test_text_of_only_control_letters_is_empty():
    assert refused(TextField(), "\x00\u202e") == ["Answer this question"]
    assert TextField(required=False).clean("\x00") == ""
    assert TextField(required=False).clean(None) == ""


def test_text_too_long_says_how_much_to_take_out():
    field = TextField(max_length=5)
    assert field.clean("12345") == "12345"
    assert refused(field, "1234567") == ["Your answer is 2 letters too long. The most is 5."]
    assert refused(field, "123456") == ["Your answer is 1 letter too long. The most is 5."]
    assert "maxlength" not in field.widget.attrs


def test_several_lines_get_a_box_of_that_height():
    assert TextField(lines=True, rows=9).widget.attrs["rows"] == 9


def test_words_are_counted():
    field = TextField(lines=True, words=3)
    assert field.clean("one two\nthree") == "one two\nthree"
    assert refused(field, "one two three four five") == ["Your answer is 5 words. Take out 2."]


def test_word_limits_of_the_same_length_are_equal():
    assert WordLimit(3) == WordLimit(3)
    assert WordLimit(3) != WordLimit(4)
    assert WordLimit(3) != 3
    assert len({WordLimit(3), WordLimit(3)}) == 1
    path, arguments, _options = WordLimit(3).deconstruct()
    assert (path, arguments) == ("activity.fields.WordLimit", (3,))


@pytest.mark.parametrize(
    ("typed", "number"), [("42", 42), (" 1,200 ", 1200), ("12 000", 12000), (7, 7), ("-3", -3)]
)
def test_whole_numbers(typed, number):
    assert WholeNumberField().clean(typed) == number


@pytest.mark.parametrize("typed", ["4.5", "1,20", "many", "1e3"])
def test_what_is_no_whole_number(typed):
    assert refused(WholeNumberField(), typed) == ["Enter a whole number, like 42"]


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("1,200,000", 120_000_000),
        ("£1200000", 120_000_000),
        ("1 200 000", 120_000_000),
        ("£ 1,200.00", 120_000),
        ("0", 0),
        ("999,999,999,999", 99_999_999_999_900),
    ],
)
def test_pounds_become_pence(typed, pence):
    assert PoundsField().clean(typed) == pence


@pytest.mark.parametrize("typed", ["1.2m", "£1.2 million", "12k", "1,20", "1.200,00", "about 5"])
def test_pounds_that_may_be_rounded_are_refused(typed):
    assert refused(PoundsField(), typed) == [
        f"Enter £ as a number, like 1200000. We cannot read “{typed}”, because it may be rounded."
    ]


def test_pounds_say_each_limit():
    assert refused(PoundsField(), "") == ["Enter an amount in pounds, or 0"]
    assert refused(PoundsField(), "12.50") == ["Enter whole pounds without pence, like 12"]
    assert refused(PoundsField(), "-5") == ["Enter 0 or more"]
    assert refused(PoundsField(most=1000), "1,001") == ["Enter £1,000 or less"]
    assert refused(PoundsField(), "9" * 30)[0].startswith("Enter £ as a number")


def test_pounds_read_a_minus_as_a_minus_however_it_is_typed():
    for typed in ("−21,085", "-£21085"):
        assert refused(PoundsField(), typed) == ["Enter 0 or more"]


def test_pounds_may_be_left_out():
    assert PoundsField(required=False).clean(" ") is None


def test_pounds_show_what_is_kept_and_what_was_typed():
    class Price(forms.Form):
        price = PoundsField()

    assert Price(initial={"price": 120_000_000})["price"].value() == "1,200,000"
    assert Price({"price": "1.2m"})["price"].value() == "1.2m"


@pytest.mark.parametrize(
    ("typed", "changed"), [("£1,200", False), ("1201", True), ("1.2k", True), ("", True)]
)
def test_pounds_know_when_they_changed(typed, changed):
    assert PoundsField().has_changed(120_000, typed) is changed


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter an e-mail address"),
        ("\x00\u202e", "Enter an e-mail address"),
        ("jo", "Enter an e-mail address like name@example.org"),
        ("jo bloggs@home.example", "Enter an e-mail address like name@example.org"),
        (f"{'j' * 242}@home.example", "Enter an e-mail address of 254 letters or fewer"),
        ("j" * 1_000, "Enter an e-mail address of 254 letters or fewer"),
    ],
)
def test_a_wrong_address_gets_one_sentence(typed, sentence):
    assert refused(AddressField(), typed) == [sentence]


def test_an_address_is_kept_without_what_nobody_sees():
    assert AddressField().clean(" jo\u200e@home.example\x00 ") == "jo@home.example"
    assert AddressField(required=False).clean("\x07") == ""
    assert AddressField(max_length=15).clean("jo@home.example") == "jo@home.example"
    assert "maxlength" not in AddressField().widget.attrs
