"""Every page that somebody can reach by links, as each kind of person: whole, strict, small.

Addresses collapse to (name, person), three samples of each.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from accounts import examples as people
from accounts.models import User
from activity.models import Event, Notification

SAMPLES = 3
PEOPLE = [None, *people.PEOPLE]
OUTSIDE = ("/admin/", "/static/")
INLINE = re.compile(r"\son[a-z]+=|<style|\sstyle=", re.IGNORECASE)
NAMESPACE = "{http://www.w3.org/1999/xhtml}"


@dataclass
class Crawl:
    """One person's way through the portal."""

    client: Client
    seen: set[str] = field(default_factory=set)
    samples: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    problems: list[str] = field(default_factory=list)

    def run(self, *starts: str) -> None:
        waiting = deque(starts)
        while waiting:
            address = waiting.popleft()
            if self.is_new(address):
                waiting.extend(self.visit(address))

    def is_new(self, address: str) -> bool:
        path = urlsplit(address).path
        if address in self.seen or path.startswith(OUTSIDE):
            return False
        self.seen.add(address)
        try:
            name = resolve(path).view_name
        except Resolver404:
            self.problems.append(f"{address} is linked and leads nowhere")
            return False
        self.samples[name] += 1
        return self.samples[name] <= SAMPLES

    def visit(self, address: str) -> list[str]:
        answer = self.client.get(address)
        if answer.status_code in (301, 302):
            return [urljoin(address, answer.url)] if answer.url.startswith("/") else []
        if answer.status_code != 200:
            self.problems.append(f"{address} is linked and answers {answer.status_code}")
            return []
        if not answer["Content-Type"].startswith("text/html"):
            return []
        return self.read(address, answer.content.decode())

    def read(self, address: str, text: str) -> list[str]:
        if INLINE.search(text):
            self.problems.append(f"{address} has an inline style or handler")
        parser = html5lib.HTMLParser(strict=False)
        tree = parser.parse(text)
        self.problems += [f"{address}: {kind} at {at}" for at, kind, _ in parser.errors]
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        doubled = {each for each in ids if ids.count(each) > 1}
        if doubled:
            self.problems.append(f"{address} has ids twice: {sorted(doubled)}")
        if len(tree.findall(f".//{NAMESPACE}h1")) != 1:
            self.problems.append(f"{address} has not exactly one h1")
        links = (element.get("href") for element in tree.iter(f"{NAMESPACE}a"))
        return [urldefrag(urljoin(address, link)).url for link in links if link and ours(link)]


def ours(link: str) -> bool:
    return link.startswith(("/", "?", "..", "."))


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_that_a_person_can_reach_is_whole(examples, person):
    client = Client()
    if person is not None:
        client.force_login(User.objects.get(email=people.address(person)))
    before = (Event.objects.count(), Notification.objects.filter(read_at=None).count())
    crawl = Crawl(client)
    crawl.run("/", *([] if person is None else ["/start/"]))
    assert crawl.problems == []
    assert len(crawl.samples) >= 5
    # Looking changes nothing.
    assert (
        Event.objects.count(),
        Notification.objects.filter(read_at=None).count(),
    ) == before
