"""The rules of our wording that a machine can check, and where the portal's words are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = settings.BASE_DIR
TEMPLATES = ROOT / "templates"
ROOMS = ("mutuals_portal", "accounts", "activity", "proposals", "pathfinders", "advice")
TRANSLATES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}

# rule -> what breaks it
RULES = {
    "no exclamation marks": r"!",
    "say what to do without please": r"\bplease\b|\bkindly\b",
    "no praise for a press": r"\bsuccess(ful|fully)?\b",
    "a link says where it leads": r"\bclick(ing)?\b",
    "an error says what to do": r"\binvalid\b|\brequired\b|\billegal\b|\bmandatory\b",
    "words that people say": r"\bstakeholders?\b|\bengag(e|es|ed|ing|ement)\b|\brobust(ly)?\b"
    r"|\bleverag\w+|\bsimply\b|\bunfortunately\b|\bgoing forward\b|\butili[sz]e",
    "only messages are delivered": r"^(?!.*\b([Mm]essages?|Everything)\b).*\bdeliver(s|ed|ing|y)?\b",
    "people are people": r"\busers?\b",
    "no Latin": r"\be\.g\.|\bi\.e\.|\betc\b|\bvia\b|\bper\b(?! cent)|\bvs\b|\bversus\b|\bad hoc\b|\bn\.b\.",
    "dates and years in words": r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\bFY ?\d"
    r"|\b\d{4}/\d{2}\b",
    "money in full": r"£[\d.,]+k\b|\(£",
    "what is not known is said": r"\bn/a\b|\btbc\b|\btba\b",
    "an employer is an employer": r"\bhosts?\b|\bparent bod(y|ies)\b",
    "a proposal is a proposal, an enquiry an enquiry": r"\bapplications?\b|\btickets?\b"
    r"|\bsubmissions?\b",
    "staff have names": r"\bstaff groups?\b",
    "a button says what it does": r"^(OK|Submit|Proceed|Go)$",
}
# Where a rule does not hold: a case is an official's, a bid is to the fund.
KEPT_FOR = {
    "only officials have cases": (
        r"\bcases?\b",
        (
            "proposals",
            "case.",
            "-maker",
            "reviewer",
            "interest",
            "people",
            "navigation",
            "patterns",
        ),
    ),
    "only the fund has bids": (r"\bbids?\b", ("fund",)),
    "the team has a lead, its employer a sponsor": (r"\bsponsors?\b", ("topics/team",)),
}


def broken(words: str, place: str = "") -> list[str]:
    """The rules that some words break; place: the file that they stand in."""
    found = [rule for rule, wrong in RULES.items() if re.search(wrong, words, re.IGNORECASE)]
    for rule, (wrong, places) in KEPT_FOR.items():
        if re.search(wrong, words, re.IGNORECASE) and not any(each in place for each in places):
            found.append(rule)
    return found


def of_template(path: Path) -> Iterator[str]:
    """What a template has translated: in tags, in blocks, in the options of components."""
    text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", path.read_text("utf-8"), flags=re.S)
    yield from re.findall(r"translate\s+\"([^\"]*)\"", text)
    yield from re.findall(r"translate\s+'([^']*)'", text)
    yield from re.findall(r"_\(\"([^\"]*)\"\)", text)
    for block in re.findall(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate", text, re.S):
        yield from re.split(r"{% plural %}", block)


def untranslated(path: Path) -> list[str]:
    """Words of a page that no gettext sees."""
    text = path.read_text("utf-8")
    text = re.sub(r"{% blocktranslate.*?endblocktranslate %}", "", text, flags=re.S)
    text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}|{%.*?%}|{{.*?}}", "", text, flags=re.S)
    text = re.sub(r"<!.*?>|<script>.*?</script>|&\w+;|<[^>]*>", " ", text, flags=re.S)
    return re.findall(r"[A-Za-z]{2,}", text)


def of_module(path: Path) -> list[str]:
    """What a module has translated."""
    calls = (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call))
    given = (each for call in calls if name_of(call.func) in TRANSLATES for each in call.args)
    return [
        each.value
        for each in given
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]


def name_of(function: ast.expr) -> str:
    """What is called, without where it comes from."""
    return getattr(function, "id", "") or getattr(function, "attr", "")


def modules() -> list[str]:
    """Every module of ours, but for migrations."""
    paths = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return sorted(str(path.relative_to(ROOT)) for path in paths if "migrations" not in path.parts)
