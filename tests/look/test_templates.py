"""Every template: it compiles, and has nothing that the content security policy refuses."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import get_template

from tests.look import wording

ROOT = settings.BASE_DIR / "templates"
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file())
PAGES = [name for name in TEMPLATES if name.endswith(".html")]
# Where text of somebody else's making is trusted, and why, is said in the template.
TRUSTED = {"mfa/totp/activate_form.html"}


INLINE = {
    "a style": r"\sstyle\s*=|<style",
    "a script": r"\son[a-z]+\s*=\s*[\"']|javascript:",
}


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def broken_in(names: Iterable[str], rule: Callable[[str], Any]) -> dict[str, Any]:
    """What a rule finds at fault in each of these files; one test reads them all."""
    return {name: fault for name in names if (fault := rule(name))}


def test_every_template_compiles():
    for name in TEMPLATES:
        get_template(name)


def test_no_template_has_anything_inline():
    def inline(name: str) -> list[str]:
        text = read(name)
        found = [what for what, sign in INLINE.items() if re.search(sign, text)]
        return found + ["a script"] * (name != "base.html" and "<script" in text)

    assert broken_in(PAGES, inline) == {}


def test_only_listed_templates_trust_text():
    trusting = {name for name in PAGES if re.search(r"\|safe\b|autoescape off|safeseq", read(name))}
    assert trusting == TRUSTED


def test_the_one_inline_script_is_the_one_the_policy_allows():
    text = read("base.html")
    inline = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert inline == [settings.GOVUK_SCRIPT]
    digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" == settings.GOVUK_SCRIPT_SHA256


def test_the_style_sheets_ask_for_nothing_elsewhere():
    for path in (settings.BASE_DIR / "static").rglob("*.css"):
        css = path.read_text("utf-8")
        assert "url(" not in css
        assert "@import" not in css
        assert "GDS Transport" not in css


def ill_worded(said: Iterable[str], name: str) -> list[tuple[str, list[str]]]:
    return [(each, rules) for each in said if (rules := wording.broken(each, name))]


def test_words_of_templates_keep_to_the_house_style():
    found = broken_in(TEMPLATES, lambda name: ill_worded(wording.of_template(ROOT / name), name))
    assert found == {}


def test_words_in_code_keep_to_the_house_style():
    said = {name: wording.of_module(settings.BASE_DIR / name) for name in wording.modules()}
    assert sum(map(len, said.values())) > 1000
    assert broken_in(said, lambda name: ill_worded(said[name], name)) == {}


def test_every_word_can_be_translated():
    assert broken_in(PAGES, lambda name: wording.untranslated(ROOT / name)) == {}


def test_a_cell_says_what_is_not_known_and_draws_no_dash():
    dash = re.compile(r">\s*(-|–|—|n/a)\s*<", re.I)
    assert broken_in(PAGES, lambda name: dash.findall(read(name))) == {}


@pytest.mark.parametrize(
    "bad",
    [
        "Saved!",
        "Please note",
        "The form was sent successfully",
        "Click here",
        "This field is required",
        "Enter a valid date: 06/04/27 is invalid",
        "We engage with stakeholders",
        "We deliver services",
        "A robust plan",
        "The user is told",
        "Documents, e.g. a plan",
        "Staff, managers etc",
        "FY27/28",
        "2027/28",
        "£454k saved",
        "The host organisation",
        "Your application",
        "A ticket for you",
        "Your case is open",
        "Your bid to run the service",
        "The sponsor signs",
        "Submit",
    ],
)
def test_the_rules_of_wording_can_be_broken(bad):
    assert wording.broken(bad)


@pytest.mark.parametrize(
    "good",
    [
        "We asked your employer on 3 March",
        "Messages not delivered",
        "Your employer is expected to accept",
        "Tuesday 6 April 2027, 10:15am",
        "£453,915 saved; costs £21,085 more",
        "2027 to 2028",
        "Not known. No source gives it.",
        "Submit the proposal",
    ],
)
def test_good_words_break_no_rule(good):
    assert wording.broken(good) == []
