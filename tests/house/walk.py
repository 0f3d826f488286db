"""A reader's way through the portal, by its links, and what is looked at on the way."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import cache
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
# So many addresses of a name are asked for, and one at least for each status of its record.
SAMPLES = 3
# From here the ways of those of one role part: to what each of them may do.
PARTING = {
    "start",
    "proposals:case",
    "proposals:mine",
    "proposals:proposal",
    "proposals:team",
    "proposals:work",
}

# Nothing changes while readers walk, so what a link leads to is asked once.
kind = cache(addresses.kind)


@dataclass(frozen=True)
class Page:
    """One page as it was answered: for readers of which role, of what name and status, its text."""

    address: str
    role: str
    name: str
    status: str
    text: str


@dataclass
class Seen:
    """What was looked at so far, by whomever: what stood on the pages, and how many of a kind."""

    parts: set[str] = field(default_factory=set)
    kinds: Counter[Hashable] = field(default_factory=Counter)


@dataclass
class Look:
    """One way to look at pages, for one reader: at those that show anybody something new.

    faults: what is wrong with a page, which shows these new parts. parts: what stands on it. kind:
    what it is one of. most: how many of a kind are looked at. before: what was, for all readers.
    """

    faults: Callable[[Page, set[str]], Iterable[str]]
    parts: Callable[[Page], set[str]]
    kind: Callable[[Page], Hashable]
    before: Seen
    most: int = 1
    problems: list[str] = field(default_factory=list)

    def at(self, page: Page) -> None:
        new = self.parts(page) - self.before.parts
        found = self.kind(page)
        if new and self.before.kinds[found] < self.most:
            self.before.kinds[found] += 1
            self.before.parts |= new
            self.problems += self.faults(page, new)


@dataclass
class Walk:
    """One reader's way through the portal.

    looks: at each page that is met. asked: how many of a kind readers of a role asked for so far.
    """

    reader: str
    client: Client
    asked: Counter[Hashable]
    looks: list[Look] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    met: Counter[Hashable] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    @property
    def role(self) -> str:
        return ROLES[self.reader]

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
            name, status = kind(path)
        except Resolver404:
            self.problems.append(f"{address} is linked and leads nowhere")
            return False
        return is_one_of_few(self.met, "", name, status) and (
            is_one_of_few(self.asked, self.role, name, status) or name in PARTING
        )

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
        page = Page(address, self.role, *kind(urlsplit(address).path), text)
        for look in self.looks:
            look.at(page)
        links = (urljoin(address, link.replace("&amp;", "&")) for link in LINK.findall(text))
        return [urldefrag(link).url for link in links if ours(link)]


def is_one_of_few(counted: Counter[Hashable], role: str, name: str, status: str) -> bool:
    """Count one more: whether there were few of its name, or none with this status."""
    counted[role, name] += 1
    counted[role, name, status] += 1
    return counted[role, name] <= SAMPLES or counted[role, name, status] <= 1


def signed_in(reader: str) -> tuple[Client, str]:
    """A reader's client, and the name that its pages show ("": nobody's)."""
    client = Client()
    if reader == PUBLIC:
        return client, ""
    user = User.objects.get(email=examples.address(reader))
    client.force_login(user)
    return client, user.name


def ours(address: str) -> bool:
    return address.startswith("/")
