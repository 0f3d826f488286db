"""A grid that is typed box by box: what it keeps, what it reads, and what it says of each box."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from activity.grids import LONGEST, SUM, WHOLE, GridField, Line, place, wrong_box

LINES = {
    "pay": Line("Pay", needed="Enter the pay in year %(year)s, or 0"),
    "rent": Line("Rent", "A hint"),
}


def grid(lines=LINES, **options):
    return GridField(lines, **{"columns": 2, "most": 1_000_000, "label": "Costs"} | options)


def sent(boxes, name="G"):
    query = QueryDict(mutable=True)
    for where, text in boxes.items():
        query[f"{name}_{where}"] = text
    return query


def read(data, field=None):
    return (field or grid()).widget.value_from_datadict(data, {}, "G")


def problems(field, typed):
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    return [(e.code, e.params["at"], e.messages[0]) for e in caught.value.error_list]


FULL = {"pay_1": "1,000", "pay_2": "£2000", "rent_1": "3", "rent_2": "4"}


@given(st.dictionaries(st.sampled_from(grid().places), st.text(max_size=20)))
def test_what_is_typed_is_what_is_kept_and_what_is_sent_again(boxes):
    kept = read(sent(boxes))

    assert kept == {where: text for where, text in boxes.items() if text}
    assert read({"G": kept}) == kept
    assert read(sent(kept)) == kept


def test_what_is_no_box_is_left_out_and_what_is_too_long_is_cut():
    kept = read(sent({"pay_3": "1", "x_1": "2", "pay_1": "9" * 5000}))

    assert kept == {"pay_1": "9" * LONGEST}


def test_boxes_are_read_by_line_in_pence():
    assert grid().clean(FULL) == {"pay": (100_000, 200_000), "rent": (300, 400)}


def test_every_box_that_is_wrong_or_empty_is_named_with_its_place():
    typed = {"pay_1": "1.2m", "rent_1": "-5", "rent_2": "4"}

    assert problems(grid(), typed) == [
        (
            "cell",
            "pay_1",
            "Pay, year 1: enter £ as a number, like 1200000. We cannot read “1.2m”, because it "
            "may be rounded.",
        ),
        ("required", "pay_2", "Enter the pay in year 2, or 0"),
        ("cell", "rent_1", "Rent, year 1: enter 0 or more"),
    ]


def test_a_per_cent_sign_that_was_typed_stands_in_the_sentence():
    ((_code, _at, said),) = problems(grid(), FULL | {"pay_1": "%(at)s%"})
    assert "“%(at)s%”" in said


def test_a_draft_may_have_gaps():
    field = grid()
    field.asks_all = field.required = False

    assert field.clean({"pay_1": "1"}) == {"pay": (100, None), "rent": (None, None)}
    assert field.clean({}) == {}


def test_a_line_left_empty_counts_as_nought_only_where_it_may_and_another_is_filled():
    field = grid(may_skip=True, error_messages={"required": "Enter the costs"})

    assert field.clean({"pay_1": "1", "pay_2": "2"}) == {"pay": (100, 200), "rent": (0, 0)}
    assert problems(field, {"pay_1": "1"}) == [
        ("required", "pay_2", "Enter the pay in year 2, or 0")
    ]
    assert problems(field, {}) == [("required", "pay_1", "Enter the costs")]
    assert dict(field.lines_of({"pay_1": "1", "pay_2": "2"}))["rent"] == ["£0", "£0"]


def test_an_answer_from_before_the_lines_stands_as_one_of_them_and_needs_no_other():
    field = grid(columns=1, was_whole=True)

    assert read({"G": "2,400"}, field) == {WHOLE: "2,400"}
    assert field.clean({WHOLE: "2,400"}) == {"pay": (0,), "rent": (0,), WHOLE: (240_000,)}
    assert [line for line, _texts in field.lines_of({WHOLE: "2,400"})] == ["pay", "rent", WHOLE]
    assert [line for line, _texts in field.lines_of({"pay": "1"})] == ["pay", "rent"]
    assert field.clean({"pay": "1", "rent": "2"})[WHOLE] == (0,)
    assert read({"G": "2,400"}) == {}


def test_boxes_of_before_have_the_keys_that_pages_send():
    field = grid({"": Line("Price")})

    assert read({"G_1": "5", "G_2": "6"}, field) == {"1": "5", "2": "6"}
    assert field.clean({"1": "5", "2": "6"}) == {"": (500, 600)}


def test_sums_are_told_of_lines_columns_and_all_unless_a_box_is_missing():
    assert grid().sums(FULL) == {
        "pay_sum": 300_000,
        "rent_sum": 700,
        "sum_1": 100_300,
        "sum_2": 200_400,
        SUM: 300_700,
    }
    lacking = grid().sums(FULL | {"pay_2": "x"})
    assert (lacking["pay_sum"], lacking["sum_1"], lacking["sum_2"]) == (None, 100_300, None)
    assert lacking[SUM] is None


def test_a_box_is_named_by_its_line_and_the_year_in_words_where_it_is_known():
    field = grid()
    assert field.box("pay", 1) == "Pay, year 2"
    field.spans = ["2027 to 2028", "2028 to 2029"]
    assert field.box("pay", 1) == "Pay, 2028 to 2029"
    assert grid(columns=1).box("pay", 0) == "Pay"


def test_amounts_below_nought_are_taken_where_cash_may_be_overdrawn():
    field = grid({"": Line("Cash")}, signed=True)

    assert field.clean({"1": "-12,000", "2": "\u22121"}) == {"": (-1_200_000, -100)}
    assert problems(field, {"1": "-1,000,001", "2": "0"})[0][2].endswith("£1,000,000 or less")


def test_what_was_sent_is_told_from_what_was_not_and_what_changed():
    field = grid()

    assert field.widget.value_omitted_from_data({}, {}, "G")
    assert not field.widget.value_omitted_from_data(sent({"pay_1": ""}), {}, "G")
    assert not field.has_changed(None, {})
    assert field.has_changed({"pay_1": "1"}, {})


def test_the_place_of_a_box_leaves_out_what_there_is_only_one_of():
    assert (place("pay", "2"), place("", "2"), place("pay")) == ("pay_2", "2", "pay")
    assert wrong_box("2", "Look").params["at"] == "2"
