"""The style sheet: every class of it is used, and every class that is used is in it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from mutuals_portal.management.commands import draw_styles
from tests.look.sheets import OURS, PORTAL, SHIPPED, classes

ROOT: Path = settings.BASE_DIR
CLASS = re.compile(r"\bapp-[a-z]\w*(?:-[a-z]\w*|--\w+)*")
# Their end is worked out when a page is drawn.
DRAWN = (
    *("app-chart__wide", "app-chart__narrow"),
    *(f"app-chart__part--{n}" for n in range(1, 4)),
    *(f"app-chart__line--{n}" for n in range(1, 3)),
    *(f"app-tilemap--{n}" for n in range(1, 5)),
)
STEMS = {"app-chart__", "app-tile", "app-tilemap"}
ROOMS = ("accounts", "activity", "advice", "mutuals_portal", "pathfinders", "proposals")


def written() -> str:
    """All that pages are drawn from."""
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.js")]
    pages += [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return "\n".join(page.read_text("utf-8") for page in pages)


def used() -> set[str]:
    return set(CLASS.findall(written()))


def styled() -> set[str]:
    return classes(OURS, "app-")


def test_no_rule_is_for_a_class_that_no_page_has():
    assert styled() - used() - set(DRAWN) == set()


def test_no_page_has_a_class_without_a_rule():
    assert used() - styled() - STEMS == set()


def test_no_rule_of_govuks_is_left_for_a_class_that_nothing_names():
    text = written()
    # A size, a colour or a number of letters ends these.
    drawn = (
        *("govuk-tag--", "govuk-input--width-", "govuk-label--", "govuk-fieldset__legend--"),
        "govuk-table__caption--",
    )
    unused = {each for each in classes(PORTAL, "govuk-") if each not in text}
    assert {each for each in unused if not each.startswith(drawn)} == set()
    assert len(classes(PORTAL, "govuk-")) < len(classes(SHIPPED, "govuk-"))


def test_every_class_of_govuks_that_a_template_names_is_still_styled():
    named = set(re.split(r"[^\w!-]+", written()))
    assert classes(SHIPPED, "govuk-") & named - classes(PORTAL, "govuk-") == set()


def test_all_of_our_own_rules_are_in_the_sheet():
    assert classes(OURS, "app-") == classes(PORTAL, "app-")


def test_the_sheet_is_not_stale():
    call_command("draw_styles", check=True)


@pytest.fixture
def house(settings, tmp_path):
    """A small house of its own: a page, and the two sheets."""

    def build(page: str, shipped: str, ours: str = "") -> Path:
        for folder in ("templates", "static/govuk-frontend"):
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "templates" / "page.html").write_text(page, "utf-8")
        shipped = '@charset "UTF-8";' + shipped
        (tmp_path / "static/govuk-frontend/govuk-frontend.min.css").write_text(shipped, "utf-8")
        (tmp_path / "static/site.css").write_text(ours, "utf-8")
        settings.BASE_DIR = tmp_path
        return tmp_path / "static" / "portal.css"

    return build


def drawn(path: Path) -> list[str]:
    call_command("draw_styles")
    return path.read_text("utf-8").partition("*/\n")[2].splitlines()


def test_a_sheet_that_is_stale_is_told_and_drawn_anew(house):
    path = house("<p class=govuk-body>", ".govuk-body{margin:0}")
    with pytest.raises(CommandError, match="stale"):
        call_command("draw_styles", check=True)
    assert drawn(path) == [".govuk-body{margin:0}"]
    call_command("draw_styles", check=True)


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        (".govuk-a,.govuk-body>.govuk-a b,p{margin:0}", ["p{margin:0}"]),
        (".govuk-body:not(.govuk-a):hover{margin:0}", None),
        ("a.govuk-body.govuk-a{margin:0}", []),
        (r".govuk-\!-margin-1,.govuk-\!-margin-2{margin:0}", [r".govuk-\!-margin-1{margin:0}"]),
        ("@media print{.govuk-a{margin:0}@supports (a:b){.govuk-a{b:c}}}", []),
        ("@media print{.govuk-a{margin:0}.govuk-body{b:c}}", ["@media print{.govuk-body{b:c}}"]),
        (".govuk-tag--red{margin:0}", None),
        (".govuk-taggy{margin:0}", []),
        (":root{--govuk-a:1}", None),
        ("@keyframes turn{from{left:0}}", None),
        (".js-enabled .govuk-body{margin:0}", None),
    ],
)
def test_a_rule_stays_for_what_some_page_has(house, rule, left):
    page = '<p class="govuk-body govuk-!-margin-1 govuk-tag--{{ colour }}">'
    assert drawn(house(page, rule)) == ([rule] if left is None else left)


def test_ours_come_after_govuks_and_none_is_cut(house):
    path = house("", "p{margin:0}", "/* why */\n.app-a { margin: 0; }\n")
    assert drawn(path) == ["p{margin:0}", ".app-a { margin: 0; }"]


def test_a_sheet_that_cannot_be_read_is_refused_with_its_line(house):
    house("", "p{margin:0}", "a{b:c}\n.app-b")
    with pytest.raises(CommandError, match="line"):
        call_command("draw_styles")


@pytest.mark.slow
def test_drawing_twice_gives_the_same(house):
    assert draw_styles.sheet(ROOT) == draw_styles.sheet(ROOT)
