"""A table that is typed cell by cell: what it keeps, what it reads, and what it says of each cell."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from activity.fields import TextField, WholeNumberField
from activity.rows import MOST, MOST_KEPT, ProductField, RowsField, at, wrong_cell

COLOURS = [("", "Choose one"), ("red", "Red"), ("blue", "Blue")]


def table(**options):
    columns = {
        "what": TextField(
            label="What", max_length=10, error_messages={"required": "Enter what it is"}
        ),
        "number": WholeNumberField(label="How many", required=False),
        "colour": forms.ChoiceField(
            label="Colour",
            choices=COLOURS,
            required=False,
            error_messages={"invalid_choice": "Choose a colour"},
        ),
    }
    return RowsField(columns, **options)


def row(what="", number="", colour=""):
    return {"what": what, "number": number, "colour": colour}


def sent(*rows):
    query = QueryDict(mutable=True)
    for number, cells in enumerate(rows, 1):
        for key, text in cells.items():
            query[f"T-{at(number, key)}"] = text
    return query


def read(data, field=None):
    return (field or table()).widget.value_from_datadict(data, {}, "T")


def problems(field, rows):
    with pytest.raises(ValidationError) as caught:
        field.clean(rows)
    return [
        (each.code, (each.params or {}).get("at"), each.messages[0])
        for each in caught.value.error_list
    ]


cells = st.fixed_dictionaries({name: st.text() for name in ("what", "number", "colour")})


@given(st.lists(cells, max_size=8))
def test_what_is_typed_is_what_is_kept_and_what_is_sent_again(rows):
    kept = read(sent(*rows))

    assert kept == rows[: len(kept)]
    assert not any(text for cells in rows[len(kept) :] for text in cells.values())
    assert read({"T": kept}) == kept
    assert read(sent(*kept)) == kept


def test_an_empty_row_between_others_keeps_its_place():
    rows = [row("a"), row(), row("b"), row(), row()]

    assert read(sent(*rows)) == rows[:3]
    assert [each.number for each in table().clean(rows)] == [1, 3]


def test_what_is_no_cell_of_the_table_is_left_alone():
    data = sent(row("a"))
    data["T-0-secret"] = "x"
    data["T-x-what"] = "x"
    data["T"] = "x"
    data["TT-0-what"] = "x"

    assert read(data) == [row("a")]
    assert table().widget.value_omitted_from_data({"T-0-secret": "x"}, {}, "T")
    assert not table().widget.value_omitted_from_data(data, {}, "T")
    assert not table().widget.value_omitted_from_data({"T": []}, {}, "T")


def test_rows_are_read_and_empty_cells_are_none():
    [first] = table().clean([row("Cups", "1,200", "red")])
    [second] = table().clean([row("Cups")])

    assert first == {"what": "Cups", "number": 1200, "colour": "red"}
    assert second == {"what": "Cups", "number": None, "colour": None}


def test_each_cell_says_its_row_and_where_it_is():
    wrong = [row("Cups", "many", "green"), row(), row("x" * 11)]

    assert problems(table(), wrong) == [
        ("cell", "0-number", "Row 1: enter a whole number, like 42"),
        ("cell", "0-colour", "Row 1: choose a colour"),
        ("cell", "2-what", "Row 3: your answer is 1 letter too long. The most is 10."),
    ]


def test_a_gap_is_a_gap_and_may_stay_in_a_draft():
    field = table()
    assert problems(field, [row(number="3")]) == [("required", "0-what", "Row 1: enter what it is")]
    field.asks_all = False
    assert field.clean([row(number="3")]) == [{"what": None, "number": 3, "colour": None}]


def test_no_row_at_all_is_asked_for_only_where_one_is_needed():
    assert problems(table(), [row(), row("  ")]) == [("required", None, "Fill in at least one row")]
    assert table(required=False).clean([]) == []
    assert table(required=False).clean(None) == []


@pytest.mark.parametrize("over", [1, 2])
def test_too_many_rows_are_kept_and_counted(over):
    rows = [row("Cups")] * (MOST + over)

    assert len(read(sent(*rows))) == MOST + over
    assert problems(table(), rows) == [
        ("most_rows", None, f"The most is 50 rows. Take out {over}.")
    ]


def test_no_page_makes_us_keep_rows_without_end():
    assert len(read({"T": [row("x")] * 5000})) == MOST_KEPT


def test_names_in_capitals_stay_so_in_an_error():
    assert wrong_cell(2, "code", "CPV codes have 8 digits").messages == [
        "Row 2: CPV codes have 8 digits"
    ]


def test_words_of_rows_are_those_of_their_choices_and_signs():
    field = table()
    field.columns["number"].suffix = "%"

    shown = list(field.words_of([row("Cups", "3", "red"), row(), row("x", "", "green")]))

    assert shown == [row("Cups", "3%", "Red"), row("x", "", "green")]
    field.columns["number"].prefix = "£"
    assert next(field.words_of([row("Cups", "£3%")]))["number"] == "£3%"


def test_a_table_that_was_not_touched_has_not_changed():
    assert not table().has_changed(None, [])
    assert table().has_changed([], [row("a")])


def test_an_error_says_what_a_row_is_called():
    field = table(called="Cupboard")
    assert problems(field, [row("Cups", "many")]) == [
        ("cell", "0-number", "Cupboard 1: enter a whole number, like 42")
    ]


@pytest.mark.parametrize(
    ("likely", "bad", "score"),
    [
        ("4", "5", "20"),
        (" 4 ", "5", "20"),
        ("0", "5", "0"),
        ("", "5", ""),
        ("x", "5", ""),
        ("-1", "5", ""),
        ("4.5", "2", ""),
        ("²", "2", ""),
        ("9" * 7, "2", ""),
    ],
)
def test_a_score_is_worked_out_and_never_typed(likely, bad, score):
    columns = {
        "likely": WholeNumberField(),
        "bad": WholeNumberField(),
        "score": ProductField("likely", "bad", label="Score"),
    }
    field = RowsField(columns)
    typed = {"likely": likely, "bad": bad}
    assert list(field.words_of([typed])) == [typed | {"score": score}]
    sent = QueryDict("R-0-likely=4&R-0-bad=5&R-0-score=1")
    assert field.widget.value_from_datadict(sent, {}, "R") == [{"likely": "4", "bad": "5"}]
