"""Our own style sheet: every class of it is used, and every class that is used is in it."""

import re
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
CLASS = re.compile(r"\bapp-[a-z]\w*(?:-[a-z]\w*|--\w+)*")
# Their end is worked out when a page is drawn.
DRAWN = ("app-chart__wide", "app-chart__narrow", *(f"app-tilemap--{n}" for n in range(1, 5)))
STEMS = {"app-chart__", "app-tile", "app-tilemap"}
ROOMS = ("accounts", "activity", "advice", "mutuals_portal", "pathfinders", "proposals")


def used() -> set[str]:
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").glob("*.js")]
    pages += [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return {name for page in pages for name in CLASS.findall(page.read_text("utf-8"))}


def styled() -> set[str]:
    sheet = (ROOT / "static" / "site.css").read_text("utf-8")
    return {name.removeprefix(".") for name in re.findall(rf"\.{CLASS.pattern[2:]}", sheet)}


def test_no_rule_is_for_a_class_that_no_page_has():
    assert styled() - used() - set(DRAWN) == set()


def test_no_page_has_a_class_without_a_rule():
    assert used() - styled() - STEMS == set()
