"""Every template: it compiles, and has nothing that the content security policy refuses."""

import base64
import hashlib
import re

import pytest
from django.conf import settings
from django.template.loader import get_template

from tests.look import wording

ROOT = settings.BASE_DIR / "templates"
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file())
PAGES = [name for name in TEMPLATES if name.endswith(".html")]
# Where text of somebody else's making is trusted, and why, is said in the template.
TRUSTED = {"mfa/totp/activate_form.html"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_template_has_nothing_inline(name):
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert "<style" not in text
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "javascript:" not in text
    if name != "base.html":
        assert "<script" not in text


def test_only_listed_templates_trust_text():
    trusting = {
        name
        for name in PAGES
        if re.search(r"\|safe\b|autoescape off|safeseq", (ROOT / name).read_text("utf-8"))
    }
    assert trusting == TRUSTED


def test_the_one_inline_script_is_the_one_the_policy_allows():
    text = (ROOT / "base.html").read_text("utf-8")
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


@pytest.mark.parametrize("name", TEMPLATES)
def test_words_keep_to_the_house_style(name):
    said = wording.of_template(ROOT / name)
    assert [(each, rules) for each in said if (rules := wording.broken(each, name))] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_word_can_be_translated(name):
    assert wording.untranslated(ROOT / name) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_cell_says_what_is_not_known_and_draws_no_dash(name):
    assert not re.search(r">\s*(-|–|—|n/a)\s*<", (ROOT / name).read_text("utf-8"), re.I)


@pytest.mark.parametrize("name", wording.modules())
def test_words_in_code_keep_to_the_house_style(name):
    said = wording.of_module(settings.BASE_DIR / name)
    assert [(each, rules) for each in said if (rules := wording.broken(each, name))] == []


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
