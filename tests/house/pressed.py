"""The forms of a page, as somebody sends them who presses the button at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

# What is typed or chosen: a form with none of these is a button alone, and does what it says.
FILLED = ("input", "select", "textarea")
NOT_FILLED = ("hidden", "submit", "button")


@dataclass
class Form:
    """One form: where it goes, what it hides, and how many fields there are to fill in."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    fields: int = 0


class _Reader(HTMLParser):
    """Finds the forms that are posted from the main part of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.in_main = False
        self.open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.in_main = True
        elif tag == "form" and self.in_main and given.get("method", "").lower() == "post":
            self.open = True
            self.forms.append(Form(given.get("action", "")))
        elif tag in FILLED and self.open:
            self._add(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = False
        elif tag == "main":
            self.in_main = False

    def _add(self, given: dict[str, str]) -> None:
        if given.get("type") == "hidden":
            self.forms[-1].hidden[given.get("name", "")] = given.get("value", "")
        elif given.get("type") not in NOT_FILLED:
            self.forms[-1].fields += 1


def forms_of(text: str) -> list[Form]:
    """The forms on a page that have something to fill in."""
    reader = _Reader()
    reader.feed(text)
    return [form for form in reader.forms if form.fields]


def send_empty(client: Client, address: str, form: Form) -> HttpResponse:
    """What a form says to somebody who filled nothing in. Whatever it does is undone."""
    with undone(client):
        return client.post(urljoin(address, form.action), form.hidden)


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Take back what is written meanwhile, and what the client is told to remember."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        try:
            yield
        finally:
            client.cookies = cookies
            if not connection.needs_rollback:
                transaction.set_rollback(True)
