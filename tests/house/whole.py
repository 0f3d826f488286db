"""Whether a page is whole: strict HTML, one heading, nothing inline, no class without its style."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator

import html5lib
from django.test import Client

from tests.house.pressed import forms_of, send_empty
from tests.house.walk import Page
from tests.look.sheets import PORTAL, SHIPPED, classes

INLINE = re.compile(r"\son[a-z]+=|<style|\sstyle=", re.IGNORECASE)
ID = re.compile(r"""<[^>]*\sid=["']?([^"'\s>]+)""")
H1 = re.compile(r"<h1[\s>]")
CLASS = re.compile(r"""<[^>]*\sclass=["']([^"']*)""")
# In CI the W3C's own validator reads every page that is kept, and more strictly.
IS_READ_AFTERWARDS = os.environ.get("CI") == "true"
# What differs between two pages that look and sound the same.
UNSEEN = re.compile(r'<title>.*?</title>|(?:href|action|value)="[^"]*"', re.DOTALL)
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
# How the frame says where one is, and how many messages wait: it is the same frame all the same.
HERE = re.compile(
    r' aria-current="\w+"| govuk-service-navigation__item--active|</?strong[^>]*>|(?<=>)[\d,+]+(?=<)'
)


def faults(address: str, text: str, *, strictly: bool = True) -> Iterator[str]:
    """What is wrong with a page. strictly: whether a strict reader of HTML reads it here too."""
    if INLINE.search(text):
        yield f"{address} has an inline style or handler"
    if strictly:
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(text)
        yield from (f"{address}: {kind} at {at}" for at, kind, _ in parser.errors)
    doubled = {each for each, count in Counter(ID.findall(text)).items() if count > 1}
    if doubled:
        yield f"{address} has ids twice: {sorted(doubled)}"
    if len(H1.findall(text)) != 1:
        yield f"{address} has not exactly one h1"
    has = {name for names in CLASS.findall(text) for name in names.split()}
    if lost := has & classes(SHIPPED, "govuk-") - classes(PORTAL, "govuk-"):
        yield f"{address} has classes that GOV.UK styles and portal.css does not: {sorted(lost)}"


def faults_with_answers(
    page: Page, client: Client, keep: Callable[[str, str], None]
) -> Iterator[str]:
    """What is wrong with a page as it is opened, and as it answers a form with nothing filled in.

    keep: told the address and the text of each.
    """
    keep(page.address, page.text)
    yield from faults(page.address, page.text, strictly=not IS_READ_AFTERWARDS)
    for form in forms_of(page.text):
        answer = send_empty(client, page.address, form)
        if answer.status_code not in (302, 303):
            said = answer.content.decode()
            keep(f"{page.address} sent", said)
            where = f"{page.address} sent empty ({answer.status_code})"
            yield from faults(where, said, strictly=not IS_READ_AFTERWARDS)


def parts(text: str, name: str) -> set[str]:
    """A page's own part and the frame around it, as a reader of this name is shown them."""
    text = UNSEEN.sub("", text)
    if name:
        text = text.replace(name, "")
    main = MAIN.search(text)
    if main is None:
        return {text}
    frame = HERE.sub("", text.replace(main[0], ""))
    return {main[0], " ".join(frame.split())}
