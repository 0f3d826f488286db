"""What must hold in each kind of page: colours of the reader's choice, keyboard alone, zoom, paper.

Looked at on the pattern page, where every component is in every state, and on one page of a kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from accounts import examples
from accounts.models import User
from tests.browser import assert_fits, share_session
from tests.database import used

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PUBLIC = ""
# Who opens which page; if one of its links is meant, how that begins, and what is put after it.
PATTERNS = (PUBLIC, "/patterns/", "")
PAGES = {
    "patterns": PATTERNS,
    "form": (PUBLIC, "/accounts/sign-up/", ""),
    "register": (PUBLIC, "/pathfinders/", ""),
    "queue": ("adviser", "/advice/queue/", ""),
    "case": ("reviewer", "/casework/", "/casework/RTP-"),
}
PAPER = {
    "letter": ("lead", "/proposals/", "/proposals/RTP-", "letter/"),
    "pathfinder": (PUBLIC, "/pathfinders/", "/pathfinders/PF-"),
    "case": PAGES["case"],
}
A4 = 718  # pixels between margins of a centimetre

# What carries meaning by its colour or shade must keep an edge when readers choose the colours.
EDGED = [
    *(".govuk-tag", ".app-count", ".app-voice", ".app-voice--inside", ".app-tile--bad"),
    *(".app-rows tr.is-late th", ".app-rows tr.is-soon th", ".app-verdict--fails", ".app-next"),
    *(".govuk-button", ".govuk-button--warning", ".app-header [role=search] button"),
    *(".app-header [role=search] input", ".govuk-input--error", ".govuk-error-summary"),
    *(".govuk-notification-banner", ".govuk-panel", ".app-panel", ".app-kbd", ".app-chips a"),
    *(".app-chart__bar", ".app-chart__part", ".app-chart__line", ".app-chart__point"),
    *(".app-tilemap rect", ".app-progress__bar", ".app-compare", ".govuk-inset-text"),
]
EDGE = """selectors => {
  const edge = element => {
    const style = getComputedStyle(element);
    const canvas = getComputedStyle(document.body).backgroundColor;
    if (element instanceof SVGGeometryElement) return ![canvas, "none"].includes(style.stroke);
    if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth)) return true;
    return ["Top", "Right", "Bottom", "Left"].some(side =>
      style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`])
      && style[`border${side}Color`] !== canvas);
  };
  return selectors.filter(one => {
    const found = [...document.querySelectorAll(one)].filter(element => element.checkVisibility());
    return !found.length || !found.every(edge);
  });
}"""

# What the keyboard must reach, in order: of radios that belong together, one.
REACHABLE = """() => {
  const all = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")];
  const shown = element => element.checkVisibility({visibilityProperty: true})
    && !element.disabled && element.tabIndex >= 0 && element.type !== "hidden";
  const one = element => {
    if (element.type !== "radio") return true;
    const group = all.filter(other => other.type === "radio" && other.name === element.name
      && other.form === element.form && shown(other));
    return element === (group.find(other => other.checked) ?? group[0]);
  };
  const parts = element => [element, ...element.querySelectorAll("*"), element.nextElementSibling];
  window.look = element => parts(element).filter(part => part).flatMap(part =>
    [null, "::before", "::after"].map(which => {
      const style = getComputedStyle(part, which);
      return [style.outline, style.boxShadow, style.backgroundColor, style.borderColor].join();
    })).join("|");
  window.reachable = all.filter(element => shown(element) && one(element));
  window.before = window.reachable.map(window.look);
  return window.reachable.length;
}"""
FOCUSED = """() => {
  const at = window.reachable.indexOf(document.activeElement);
  const shows = at < 0 || window.look(document.activeElement) !== window.before[at];
  return [at, shows, document.activeElement.outerHTML.slice(0, 120)];
}"""
# Text that is cut off at its box, but for what only screen readers are meant to have.
CUT = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(element =>
  element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1
  && !["visible", "auto", "scroll"].includes(getComputedStyle(element).overflowX)
  && !element.closest(".govuk-visually-hidden, svg, select, input, textarea")
  && element.checkVisibility()).map(element => element.outerHTML.slice(0, 120))"""
CONTROLS = "main button, .govuk-back-link, header nav, header form, footer, .govuk-skip-link"

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def example_records(examples_database: str, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), used(examples_database):
        yield


@pytest.fixture
def opened(example_records: None, portal_url: str, browser: Any) -> Iterator[Open]:
    """Opens a page as somebody, in a browser with these settings."""
    contexts = []

    def of(place: tuple[str, ...], **settings: Any) -> Any:
        who, address, link, *after = place
        client = Client()
        context = browser.new_context(**settings)
        contexts.append(context)
        if who:
            client.force_login(User.objects.get(email=examples.address(who)))
            share_session(client, context, portal_url)
        if link:
            links = re.findall(rf'href="({link}[^"]*)"', client.get(address).content.decode())
            pages = ("".join([each, *after]) for each in links)
            # Some lead on to declaring a conflict of interest first, or have no letter yet.
            address = next(each for each in pages if client.get(each).status_code == 200)
        page = context.new_page()
        page.goto(portal_url + address)
        return page

    yield of
    for context in contexts:
        context.close()


def test_nothing_that_carries_meaning_disappears_in_the_readers_own_colours(opened):
    page = opened(PATTERNS, forced_colors="active")
    assert page.evaluate(EDGE, EDGED) == []


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_alone_reaches_all_in_order_and_shows_where_it_is(opened, name):
    # Motion would be read half-way.
    page = opened(PAGES[name], viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    assert walk_by_keyboard(page) > 10


def walk_by_keyboard(page: Any) -> int:
    """How many places Tab stops at; fails if that is not each in order, showing its focus."""
    page.evaluate("document.activeElement.blur()")
    count: int = page.evaluate(REACHABLE)
    for place in range(count):
        page.keyboard.press("Tab")
        at, shows, html = page.evaluate(FOCUSED)
        assert at == place, f"After {place - 1} the keyboard goes to {html}"
        assert shows, f"Focus does not show on {html}"
    return count


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<style>a:focus { outline: none }</style><a href='#'>A</a>", "does not show"),
        ("<a href='#' tabindex=2>A</a><a href='#' tabindex=1>B</a>", "goes to"),
    ],
)
def test_a_page_that_fails_by_keyboard_is_noticed(page, html, fault):
    page.set_content(html)
    with pytest.raises(AssertionError, match=fault):
        walk_by_keyboard(page)


def test_text_that_is_cut_is_noticed(page):
    page.set_content("<style>p { width: 9px; overflow: hidden }</style><main><p>Longword</main>")
    assert len(page.evaluate(CUT)) == 1


@pytest.mark.parametrize("width", [640, 320])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_at_twice_and_four_times_the_size(opened, name, width):
    page = opened(PAGES[name], viewport={"width": width, "height": 640})
    assert_fits(page, width)
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("name", PAPER)
def test_paper_has_the_content_and_no_controls_and_nothing_is_beside_it(opened, name):
    page = opened(PAPER[name], viewport={"width": A4, "height": 1000})
    page.emulate_media(media="print")
    assert page.locator("main h1").is_visible()
    shown = "all => all.filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 99))"
    assert page.locator(CONTROLS).evaluate_all(shown) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= A4
