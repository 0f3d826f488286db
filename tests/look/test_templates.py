"""Every template: it compiles, and has nothing that the content security policy refuses."""

import base64
import hashlib
import re

import pytest
from django.conf import settings
from django.template.loader import get_template

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


@pytest.mark.parametrize("name", PAGES)
def test_words_keep_to_the_house_style(name):
    text = re.sub(r"{#.*?#}|<!.*?>", "", (ROOT / name).read_text("utf-8"))
    for words in re.findall(r"translate\s+\"([^\"]*)\"", text):
        assert not re.search(r"\bplease\b|successful|!|click here|\binvalid\b", words, re.I), words
