"""What two texts differ in: nothing is lost, nothing is made up, and it is said in words."""

import re
import time

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from mutuals_portal import compared
from mutuals_portal.compared import ADDED, REMOVED, SAME, Compared, compare

TEXTS = st.lists(st.sampled_from(["we", "run", "it", "it.", "\n", "  "]), max_size=30).map(" ".join)


def said(pieces):
    return "".join(piece.text + piece.space for piece in pieces)


def told(pieces):
    return [(piece.kind, piece.text, piece.change) for piece in pieces]


@given(TEXTS, TEXTS)
def test_each_side_is_its_own_text(before, after):
    found = compare(before, after)
    assert said(found.before) == (before if before.strip() else "")
    assert said(found.after) == (after if after.strip() else "")
    assert (found.changes == 0) == (before.split() == after.split())
    marked = {piece.change for piece in (*found.before, *found.after)} - {0}
    assert marked == set(range(1, found.changes + 1))


@given(st.text(), st.text())
def test_whatever_people_type_can_be_compared(before, after):
    found = compare(before, after)
    assert said(found.before) == (before if before.strip() else "")
    assert said(found.after) == (after if after.strip() else "")


def test_replaced_words_are_one_change_and_are_told_in_order():
    found = compare(
        "We save £40 a year.\n\nStaff agree.", "We save £30 a year.\n\nAll staff agree."
    )
    same = [(SAME, "We save", 0), (SAME, "a year.", 0), (SAME, "agree.", 0)]
    removed = [(REMOVED, "£40", 1), (REMOVED, "Staff", 2)]
    added = [(ADDED, "£30", 1), (ADDED, "All staff", 2)]
    assert told(found.before) == [same[0], removed[0], same[1], removed[1], same[2]]
    assert told(found.after) == [same[0], added[0], same[1], added[1], same[2]]
    assert found.changes == 2


def test_a_text_against_none_is_one_change():
    assert told(compare("", "a b").after) == [(ADDED, "a b", 1)]
    assert told(compare("a b", "").before) == [(REMOVED, "a b", 1)]
    assert compare("", " \n") == Compared([], [], 0)


def test_white_space_alone_is_no_difference():
    found = compare("one  two\nthree", "one two\n\nthree")
    assert found.changes == 0
    assert said(found.after) == "one two\n\nthree"


def test_long_texts_that_differ_in_one_word_are_compared_by_words():
    long = "word and " * 9_000
    found = compare(f"{long}old {long}", f"{long}new {long}")
    assert [piece[1] for piece in told(found.after) if piece[0] == ADDED] == ["new"]


def test_long_texts_that_differ_in_much_are_compared_by_lines():
    old = "".join(f"old {n} words of a line\n" for n in range(400))
    found = compare(f"{old}both\n{old}", old.replace("old", "new") + "both\nat the end")
    assert [piece.kind for piece in found.before] == [REMOVED, SAME, REMOVED]
    assert [piece.kind for piece in found.after] == [ADDED, SAME, ADDED]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 50_000, "b a " * 25_000),
        ("a\n" * 50_000, "b\na\n" * 25_000),
        ("a b " * 700, "b b a a " * 350),
        (
            " ".join(f"w{n % 97}" for n in range(1_500)),
            " ".join(f"w{n % 89}" for n in range(1_500)),
        ),
    ],
)
def test_no_text_that_somebody_can_type_takes_long(before, after):
    began = time.process_time()
    compare(before, after)
    assert time.process_time() - began < 2
    assert compared.MOST == 1_500


def draw(before, after):
    tag = '{% load shown %}{% compare before after "Version 1" "Version 2" %}'
    return Template(tag).render(Context({"before": before, "after": after}))


def test_changes_are_marked_said_counted_and_led_to():
    html = draw("We run <b>it</b> now", "We run them now and then")
    assert re.search(r"<del[^>]*>.*removed:.*&lt;b&gt;it&lt;/b&gt;.*</del>", html)
    assert re.search(r"<ins[^>]*>.*added:.*them.*</ins>", html)
    assert "2 changes." in html
    for place in ("1", "2"):
        assert html.count(f'href="#change-{place}"') == html.count(f'id="change-{place}"') == 1


def test_texts_alike_say_so_and_an_empty_one_too():
    assert "Nothing was changed." in draw("a", "a")
    assert "Nothing was written." in draw("", "a")
    assert "1 change." in draw("", "a")


def test_no_more_than_twenty_changes_are_led_to():
    html = draw("a " * 50, "a b " * 50)
    assert html.count("<li>") == 20
    assert "50 changes." in html
