"""A date in three boxes, as people type it."""

import datetime

import pytest
from django import forms

from activity.dates import DateLineField, DatePartsField, DatePartsWidget, TypedDate

DAY = datetime.date(2027, 4, 6)


class When(forms.Form):
    met_on = DatePartsField()


def typed(day, month, year):
    return {"met_on-day": day, "met_on-month": month, "met_on-year": year}


def problem(day, month, year):
    (error,) = When(typed(day, month, year)).errors.as_data()["met_on"]
    return error.messages[0], error.params["parts"]


@pytest.mark.parametrize(
    "boxes",
    [
        ("6", "4", "2027"),
        (" 06 ", "04", "2027"),
        ("6", "April", "2027"),
        ("6", "apr.", "2027"),
        ("6\x00", "4", "2027"),
    ],
)
def test_ways_to_type_a_date(boxes):
    form = When(typed(*boxes))
    assert form.is_valid()
    assert form.cleaned_data["met_on"] == DAY


@pytest.mark.parametrize(
    ("boxes", "sentence", "parts"),
    [
        (("", "", ""), "Enter the date", ["day", "month", "year"]),
        (("6", "", "2027"), "The date must include a month", ["month"]),
        (("", "", "2027"), "The date must include a day and a month", ["day", "month"]),
        (("31", "4", "2027"), "31 April does not exist", ["day"]),
        (("29", "2", "2027"), "29 February 2027 does not exist", ["day"]),
        (("0", "4", "2027"), "0 April does not exist", ["day"]),
        (("six", "4", "2027"), "Enter the day as a number, like 6", ["day"]),
        (("6", "13", "2027"), "Enter the month as a number, like 4", ["month"]),
        (("6", "ap", "2027"), "Enter the month as a number, like 4", ["month"]),
        (("6", "4", "27"), "The year must have 4 numbers, like 2027", ["year"]),
        (("6", "4", "20270"), "Enter the year as a number, like 2027", ["year"]),
    ],
)
def test_what_is_wrong_and_where(boxes, sentence, parts):
    assert problem(*boxes) == (sentence, parts)


def test_limits_are_said_in_words():
    early = DatePartsField(earliest=DAY)
    late = DatePartsField(latest=DAY)
    assert early.clean(DAY) == late.clean(DAY) == DAY
    with pytest.raises(forms.ValidationError, match="on or after 6 April 2027"):
        early.clean(TypedDate("5", "4", "2027"))
    with pytest.raises(forms.ValidationError, match="on or before 6 April 2027"):
        late.clean(TypedDate("7", "4", "2027"))


def test_a_date_may_be_left_out():
    assert DatePartsField(required=False).clean(TypedDate()) is None


def test_a_form_can_refuse_in_its_own_words():
    field = DatePartsField(error_messages={"required": "Enter the date of the meeting"})
    with pytest.raises(forms.ValidationError, match="Enter the date of the meeting"):
        field.clean(TypedDate())


@pytest.mark.parametrize(
    ("value", "boxes"),
    [
        (DAY, TypedDate("6", "4", "2027")),
        (TypedDate("6", "x", ""), TypedDate("6", "x", "")),
        (None, TypedDate()),
    ],
)
def test_the_boxes_show(value, boxes):
    assert DatePartsWidget().format_value(value) == boxes


def test_a_form_without_the_boxes_says_nothing_of_the_date():
    widget = DatePartsWidget()
    assert widget.value_omitted_from_data({"met_on": "x"}, {}, "met_on")
    assert not widget.value_omitted_from_data(typed("", "", ""), {}, "met_on")


@pytest.mark.parametrize(
    ("boxes", "changed"),
    [
        (TypedDate("6", "April", "2027"), False),
        (TypedDate("7", "4", "2027"), True),
        (TypedDate("x", "4", "2027"), True),
    ],
)
def test_knows_when_it_changed(boxes, changed):
    assert DatePartsField().has_changed(DAY, boxes) is changed


@pytest.mark.parametrize(
    "typed",
    ["31/3/2027", "31 March 2027", "31st Mar. 2027", " 31-03-2027 ", "31.3.2027", "31 march, 2027"],
)
def test_a_whole_date_may_be_typed_into_one_box(typed):
    assert DateLineField().clean(typed) == datetime.date(2027, 3, 31)
    assert DatePartsField().clean(TypedDate(typed.strip())) == datetime.date(2027, 3, 31)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/4/2027", "31 April does not exist"),
        ("31 3", "Enter the date with day, month and year, like 31 3 2027"),
        ("soon", "Enter the date with day, month and year, like 31 3 2027"),
        ("5/40/2027", "Enter the month as a number, like 4"),
        ("6 4 2027", "Not after 5 April"),
        ("", "Enter the date, like 31 3 2027"),
    ],
)
def test_a_date_in_one_box_that_is_none_is_said_as_in_three(typed, said):
    field = DateLineField(
        latest=lambda: datetime.date(2027, 4, 5), error_messages={"latest": "Not after 5 April"}
    )
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(typed)
    assert caught.value.messages == [said]


def test_a_kept_date_fills_its_boxes_again():
    kept = {"day": "31", "month": "3", "year": ""}
    widget = DatePartsField().widget
    assert widget.value_from_datadict({"at": kept}, {}, "at") == TypedDate("31", "3", "")
    assert widget.format_value(kept) == TypedDate("31", "3", "")
    assert DateLineField(required=False).clean(None) is None
