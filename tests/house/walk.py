"""A reader's way through the portal, by its links."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404

from accounts import examples
from accounts.models import User
from tests.house import addresses

PUBLIC = "public"
READERS = [PUBLIC, *examples.PEOPLE]
# What a reader is shown by; those of one role are shown the same kinds of pages.
ROLES = {PUBLIC: PUBLIC} | {key: role or "team" for key, (_, role, _) in examples.PEOPLE.items()}
NOT_PAGES = ("/admin/", "/static/")
LINK = re.compile(r'<a [^>]*href="([^"]*)"')
# From here the ways of those of one role part: to what each of them may do.
PARTING = {
    "start",
    "proposals:case",
    "proposals:mine",
    "proposals:proposal",
    "proposals:team",
    "proposals:work",
}
# What differs between two pages that look and sound the same.
UNSEEN = re.compile(r'<title>.*?</title>|(?:href|action|value)="[^"]*"', re.DOTALL)
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
# How the frame says where one is, and how many messages wait: it is the same frame all the same.
HERE = re.compile(
    r' aria-current="\w+"| govuk-service-navigation__item--active|</?strong[^>]*>|(?<=>)[\d,+]+(?=<)'
)

# Nothing changes while readers walk, so what a link leads to is asked once.
kind = cache(addresses.kind)


@dataclass
class Seen:
    """What was looked at so far, by whomever.

    parts: of pages: one that shows a reader nothing else is not looked at. kinds: of pages, each
    with the role of its reader: how many. asked: how many of a kind readers of a role asked for.
    """

    parts: set[str] = field(default_factory=set)
    kinds: Counter[tuple[str, Hashable]] = field(default_factory=Counter)
    asked: Counter[tuple[str, Hashable]] = field(default_factory=Counter)


@dataclass
class Walk:
    """One reader's way through the portal.

    look: what is wrong with a page, by its address and its text. kind: what the path of an address
    is one of. most: how many addresses of a kind are asked for, and looked at for readers of one
    role. before: what was looked at, also for others. new: the parts for which the page at hand is
    looked at.
    """

    reader: str
    look: Callable[[str, str], Iterable[str]]
    before: Seen
    kind: Callable[[str], Hashable] = kind
    most: int = 1
    client: Client = field(default_factory=Client)
    seen: set[str] = field(default_factory=set)
    met: Counter[Any] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    new: set[str] = field(default_factory=set)
    name: str = ""

    def __post_init__(self) -> None:
        if self.reader != PUBLIC:
            user = User.objects.get(email=examples.address(self.reader))
            self.client.force_login(user)
            self.name = user.name

    def run(self, *starts: str) -> Walk:
        waiting = deque(starts)
        while waiting:
            address = waiting.popleft()
            if self.is_new(address):
                waiting.extend(self.visit(address))
        return self

    def is_new(self, address: str) -> bool:
        path = urlsplit(address).path
        if address in self.seen or path.startswith(NOT_PAGES):
            return False
        self.seen.add(address)
        try:
            found = self.kind(path)
        except Resolver404:
            self.problems.append(f"{address} is linked and leads nowhere")
            return False
        self.met[found] += 1
        return self.met[found] <= self.most and self.is_asked_for(found)

    def is_asked_for(self, kind: Hashable) -> bool:
        """Whether too few of those of one role have asked for the like, or their ways part here."""
        of_kind = (ROLES[self.reader], kind)
        self.before.asked[of_kind] += 1
        name = kind[0] if isinstance(kind, tuple) else kind
        return self.before.asked[of_kind] <= self.most or name in PARTING

    def visit(self, address: str) -> list[str]:
        """Read a page, and look at it where there is something new; where its links lead."""
        answer = self.client.get(address)
        if answer.status_code in (301, 302):
            return [address for address in [urljoin(address, answer["Location"])] if ours(address)]
        if answer.status_code != 200:
            self.problems.append(f"{address} is linked and answers {answer.status_code}")
        elif answer["Content-Type"].startswith("text/html"):
            return self.read(address, answer)
        return []

    def read(self, address: str, answer: HttpResponse) -> list[str]:
        text = answer.content.decode()
        new = self.parts(address, text) - self.before.parts
        of_kind = (ROLES[self.reader], self.kind(urlsplit(address).path))
        if new and self.before.kinds[of_kind] < self.most:
            self.before.kinds[of_kind] += 1
            self.before.parts |= new
            self.new = new
            self.problems += self.look(address, text)
        links = (urljoin(address, link.replace("&amp;", "&")) for link in LINK.findall(text))
        return [urldefrag(link).url for link in links if ours(link)]

    def parts(self, address: str, text: str) -> set[str]:
        """The page's own part and the frame around it, as this reader is shown them."""
        text = UNSEEN.sub("", text)
        if self.name:
            text = text.replace(self.name, "")
        main = MAIN.search(text)
        if main is None:
            return {text}
        frame = HERE.sub("", text.replace(main[0], ""))
        return {main[0], " ".join(frame.split())}


def ours(address: str) -> bool:
    return address.startswith("/")
