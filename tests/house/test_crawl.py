"""Every page that somebody can reach by links, as each kind of person: whole, strict, small."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import html5lib
import pytest
from django.conf import settings
from django.urls import resolve

from activity.models import Event, Notification
from tests.house.pressed import forms_of, send_empty
from tests.house.walk import PUBLIC, READERS, Seen, Walk
from tests.look.sheets import PORTAL, SHIPPED, classes

INLINE = re.compile(r"\son[a-z]+=|<style|\sstyle=", re.IGNORECASE)
ID = re.compile(r"""<[^>]*\sid=["']?([^"'\s>]+)""")
H1 = re.compile(r"<h1[\s>]")
CLASS = re.compile(r"""<[^>]*\sclass=["']([^"']*)""")
# In CI the W3C's own validator reads every page that is kept, and more strictly.
IS_READ_AFTERWARDS = os.environ.get("CI") == "true"


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


def name(path: str) -> str:
    return resolve(path).view_name


@pytest.fixture(scope="module")
def seen() -> Seen:
    return Seen()


@pytest.fixture(scope="module")
def keep() -> Callable[[str], None]:
    """Keeps the text of a page in a file, for `.ci/validate` to read."""
    folder: Path = settings.VAR_DIR / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()

    def keep(address: str, text: str) -> None:
        number = len(list(folder.iterdir()))
        shown = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")[:80]
        (folder / f"{number:04}-{shown or 'home'}.html").write_text(text, encoding="utf-8")

    return keep


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_every_page_that_a_person_can_reach_is_whole(examples, seen, keep, reader):
    """Each page as it is opened, and as it answers a form in which nothing was filled in."""

    def look(address: str, text: str) -> Iterator[str]:
        keep(address, text)
        yield from faults(address, text, strictly=not IS_READ_AFTERWARDS)
        for form in forms_of(text):
            answer = send_empty(walk.client, address, form)
            if answer.status_code not in (302, 303):
                said = answer.content.decode()
                keep(f"{address} sent", said)
                where = f"{address} sent empty ({answer.status_code})"
                yield from faults(where, said, strictly=not IS_READ_AFTERWARDS)

    before = (Event.objects.count(), Notification.objects.filter(read_at=None).count())
    walk = Walk(reader, look, seen, kind=name, most=3)
    walk.run("/", "/search/?q=service", *([] if reader == PUBLIC else ["/start/"]))
    assert walk.problems == []
    assert len(walk.met) >= 5
    # Looking changes nothing.
    assert (
        Event.objects.count(),
        Notification.objects.filter(read_at=None).count(),
    ) == before


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<!DOCTYPE html><title>a</title><h1>a</h1><p style='a'>b", "inline"),
        ("<!DOCTYPE html><title>a</title><h1>a</h1><p id=a><p id=a>", "twice"),
        ("<!DOCTYPE html><title>a</title><p>b", "h1"),
        ("<title>a</title><h1>a</h1>", "expected-doctype"),
        ("<!DOCTYPE html><title>a</title><h1 class='govuk-cookie-banner'>a</h1>", "portal.css"),
    ],
)
def test_each_fault_is_found(text, fault):
    [found] = faults("/", text)
    assert fault in found
