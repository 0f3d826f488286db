"""How far long work has come is said in words; the bar says the same. And keys."""

import html5lib
import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

STEPS = ["Read the file", "Check each row", "<b>Write</b>"]


def draw(**words):
    given = " ".join(f"{name}={name}" for name in words)
    tag = "{% load shown %}{% progress 'Bringing in the workbook.' " + given + " %}"
    return Template(tag).render(Context(words))


@pytest.mark.parametrize(
    ("done", "words", "states"),
    [
        (0, "0 of 3 steps done. Now: Read the file.", ["Now", "To come", "To come"]),
        (1, "1 of 3 steps done. Now: Check each row.", ["Done", "Now", "To come"]),
        (3, "Finished.", ["Done", "Done", "Done"]),
        (9, "Finished.", ["Done", "Done", "Done"]),
        (-1, "0 of 3 steps done.", ["Now", "To come", "To come"]),
    ],
)
def test_steps_are_done_now_or_to_come(done, words, states):
    html = draw(done=done, steps=STEPS)
    assert words in html
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert [item.find("span").text for item in tree.iter("li")] == states
    assert html.count('aria-current="step"') == states.count("Now")
    assert "&lt;b&gt;Write" in html


def test_counted_work_needs_no_steps_and_the_bar_says_what_the_words_say():
    html = draw(done=412, of=1_000)
    assert "412 of 1,000 done." in html
    assert 'viewBox="0 0 1000 1"' in html
    assert '<rect width="412"' in html
    assert "<ol" not in html


def test_work_that_takes_long_says_that_we_will_tell():
    told = "It is taking longer than it should. We will tell you in your inbox."
    assert told in draw(done=1, steps=STEPS, late=True)
    assert told not in draw(done=3, steps=STEPS, late=True)
    assert "Finished." in draw(done=0)


def test_keys_are_pressed_one_after_another():
    rows = [{"keys": ["g", "w"], "does": "My work"}, {"keys": ["?"], "does": "<b>These</b> keys"}]
    html = render_to_string("components/keys.html", {"title": "Keys", "rows": rows})
    assert '<kbd class="app-kbd">g</kbd> then <kbd class="app-kbd">w</kbd>' in html
    assert "&lt;b&gt;These" in html
