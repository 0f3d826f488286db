"""How pages draw components: tags, nothing unescaped, and what is ours on top of GOV.UK's."""

import re

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from activity.keyset import Page
from mutuals_portal import components
from tests.look.forms import NASTY
from tests.look.official import fixtures
from tests.look.shape import shape

FIRST = ("?status=late", "prev")
NEXT = ("?after=key&amp;status=late", "next")


def draw(source, **context):
    return Template(source).render(Context(context)).strip()


def nasty(options):
    """The same options with something nasty in place of every text; `html` is no exception."""
    if isinstance(options, dict):
        return {key: nasty(value) for key, value in options.items()}
    if isinstance(options, list):
        return [nasty(value) for value in options]
    return NASTY if isinstance(options, str) and options else options


@pytest.mark.parametrize("name", sorted({name for name, _fixture in fixtures()}))
def test_no_option_of_any_component_is_trusted(name):
    drawn = [components.draw(each, nasty(f["options"])) for each, f in fixtures() if each == name]
    html = "".join(drawn)
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "\"'&" not in html


def test_html_is_trusted_only_from_a_page():
    assert "&lt;b&gt;" in components.draw("tag", {"html": "<b>Late</b>"})
    assert "<b>Late</b>" in components.draw("tag", {"html": SafeString("<b>Late</b>")})


def test_a_component_is_drawn_by_its_name_with_options_or_with_words():
    alone = draw('{% component "tag" text=word classes="govuk-tag--red" %}', word="<b>")
    assert alone == '<strong class="govuk-tag govuk-tag--red">&lt;b&gt;</strong>'
    options = {"text": "Late", "classes": "govuk-tag--red"}
    mixed = draw('{% component "tag" options text="Soon" %}', options=options)
    assert mixed == '<strong class="govuk-tag govuk-tag--red">Soon</strong>'


def test_pages_draw_a_component_by_its_tag_alone():
    official = "|".join({name for name, _fixture in fixtures()})
    included = re.compile(rf'include "components/({official})\.html"')
    pages = (settings.BASE_DIR / "templates").rglob("*.html")
    assert [page.name for page in pages if included.search(page.read_text("utf-8"))] == []


def test_two_underscores_reach_into_an_option():
    html = draw('{% component "phase-banner" tag__text="Beta" tag__classes="x" text="New" %}')
    wanted = components.draw(
        "phase-banner", {"tag": {"text": "Beta", "classes": "x"}, "text": "New"}
    )
    assert shape(html) == shape(wanted)


def test_a_component_stands_around_a_part_of_a_page():
    html = draw('{% around "inset-text" id="i" %}<p>{{ word }}</p>{% endaround %}', word="<b>")
    assert html == '<div id="i" class="govuk-inset-text"><p>&lt;b&gt;</p></div>'


def test_nought_is_an_answer():
    html = components.draw("table", {"rows": [[{"text": 0}, {"text": ""}]]})
    assert html.count("<td") == 2
    assert '<td class="govuk-table__cell">0</td>' in html
    assert 'value="0"' in components.draw("input", {"name": "n", "value": 0})


def test_a_message_says_done_and_each_has_a_title_of_its_own():
    class Message(str):
        level_tag = "success"

    html = render_to_string(
        "components/messages.html", {"messages": [Message("<b>"), Message("b")]}
    )
    assert html.count("Done") == 2
    assert "<b>" not in html
    assert 'id="message-1"' in html
    assert 'id="message-2"' in html


def test_facts_say_what_is_not_known_and_what_can_be_changed():
    rows = [
        {"key": "Name", "value": NASTY, "href": "/name/"},
        {"key": "Staff", "value": 0, "href": "/staff/", "action": "Say", "about": "how many"},
        {"key": "Notes", "value": "a\n<b>"},
        {"key": "Sector", "value": ""},
        {"key": "Town", "value": None},
    ]
    html = render_to_string("components/facts.html", {"rows": rows})
    assert "<script" not in html
    assert html.count("govuk-summary-list__row--no-actions") == 3
    assert html.count('<dd class="govuk-summary-list__value app-quiet">Not known</dd>') == 2
    assert '<dd class="govuk-summary-list__value">0</dd>' in html
    assert "a<br>&lt;b&gt;" in html
    change = '<a class="govuk-link" href="/name/">Change<span class="govuk-visually-hidden"> Name<'
    assert change in html
    assert 'href="/staff/">Say<span class="govuk-visually-hidden"> how many<' in html


@pytest.mark.parametrize(
    ("shown", "links"),
    [
        (Page([], "key", True), [NEXT]),
        (Page([], "key", False), [FIRST, NEXT]),
        (Page([], None, False), [FIRST]),
        (Page([], None, True), []),
    ],
)
def test_the_way_on_from_a_page_of_a_list(shown, links, rf):
    request = rf.get("/list/", {"after": "here", "status": "late"})
    html = render_to_string("components/keyset.html", {"page": shown}, request)
    assert re.findall(r'href="([^"]*)" rel="(\w+)"', html) == links
    assert ("First page" in html) is not shown.is_first


def test_nothing_wrong_is_nothing_said():
    assert render_to_string("components/problems.html", {"errorList": []}).strip() == ""
    html = render_to_string("components/problems.html", {"errorList": [{"text": NASTY}]})
    assert "There is a problem" in html
    assert "<script" not in html
