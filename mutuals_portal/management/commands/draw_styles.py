"""Draw the one style sheet of the pages, static/portal.css, from GOV.UK's and ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import tinycss2
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tinycss2.ast import Node

HEADER = """/* Drawn by manage.py draw_styles from govuk-frontend/govuk-frontend.min.css (MIT, see its LICENSE),
   of which only the rules that something here uses are left, and site.css. A test fails when it is
   stale. */
"""
TARGET = "static/portal.css"
ROOMS = ("mutuals_portal", "accounts", "activity", "proposals", "pathfinders", "advice")
# What may name a class: pages and components, their scripts, and Python.
WRITTEN = ("templates/**/*.html", "static/**/*.js", *(f"{room}/**/*.py" for room in ROOMS))
# At-rules that hold rules.
OUTER = ("media", "supports", "-moz-document")
NAME = re.compile(r"\bgovuk-(?:!-)?[a-z][\w-]*")


def sheet(root: Path) -> str:
    """The whole sheet: what is used of GOV.UK's rules, then all of ours."""
    shipped = (root / "static/govuk-frontend/govuk-frontend.min.css").read_text("utf-8")
    charset, *rules = _lines(_kept(_rules(shipped), named(root)))
    ours = _lines(_rules((root / "static/site.css").read_text("utf-8")))
    return f"{charset}\n{HEADER}" + "".join(f"{line}\n" for line in [*rules, *ours])


def named(root: Path) -> frozenset[str]:
    """Each name like govuk-tag that is written anywhere; "govuk-tag--" is the start of several."""
    found: set[str] = set()
    for pattern in WRITTEN:
        for path in root.glob(pattern):
            found.update(NAME.findall(path.read_text("utf-8")))
    return frozenset(found)


def is_used(name: str, names: frozenset[str]) -> bool:
    """Whether a class is named, or begins like one whose end is worked out when it is drawn."""
    if not name.startswith("govuk-"):
        return True
    return name in names or any(name.startswith(each) for each in names if each.endswith("-"))


def _rules(css: str | list[Node]) -> list[Node]:
    parse = tinycss2.parse_stylesheet if isinstance(css, str) else tinycss2.parse_rule_list
    found: list[Node] = parse(css, skip_comments=True, skip_whitespace=True)
    for rule in found:
        if rule.type == "error":
            raise CommandError(f"line {rule.source_line}: {rule.message}")
    return found


def _kept(rules: Iterable[Node], names: frozenset[str]) -> Iterator[Node]:
    """The rules without the selectors that nothing is met by, nor those left with none."""
    for rule in rules:
        if rule.type == "qualified-rule":
            chosen = [one for one in _selectors(rule) if _can_match(one, names)]
            rule.prelude = _joined(chosen)
        elif rule.lower_at_keyword in OUTER:
            chosen = rule.content = list(_kept(_rules(rule.content), names))
        else:
            chosen = [rule]
        if chosen:
            yield rule


def _selectors(rule: Node) -> list[list[Node]]:
    selectors: list[list[Node]] = [[]]
    for part in rule.prelude:
        if part == ",":
            selectors.append([])
        else:
            selectors[-1].append(part)
    return selectors


def _joined(selectors: list[list[Node]]) -> list[Node]:
    comma = tinycss2.ast.LiteralToken(0, 0, ",")
    parts = [token for selector in selectors for token in (comma, *selector)]
    return parts[1:]


def _can_match(selector: list[Node], names: frozenset[str]) -> bool:
    """Whether each class that an element must have is used; those inside :not() it need not have."""
    return all(
        is_used(word.value, names)
        for dot, word in pairwise(selector)
        if dot == "." and word.type == "ident"
    )


def _lines(rules: Iterable[Node]) -> list[str]:
    """A line for each rule, so that a change of the sheet can be read."""
    return [" ".join(tinycss2.serialize([rule]).split()) for rule in rules]


class Command(BaseCommand):
    """Write static/portal.css, or with --check say whether it is stale."""

    help = "Draw the style sheet of the pages into static/portal.css."

    def add_arguments(self, parser: CommandParser) -> None:
        """Only one: check instead of writing."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the sheet, or fail when it is not what the two sheets and the pages make it."""
        path = Path(settings.BASE_DIR) / TARGET
        drawn = sheet(settings.BASE_DIR)
        if not options["check"]:
            path.write_text(drawn, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != drawn:
            raise CommandError(f"{TARGET} is stale: run manage.py draw_styles")
