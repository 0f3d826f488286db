"""A person at a browser, and the mail they get."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.waiting import eventually

PASSWORD = "a long enough secret"
LINK = re.compile(r"https?://\S+")
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "java_script_enabled": False,
    "has_touch": True,
}


def only_whole(page: Any) -> None:
    """Without JavaScript nothing can be evaluated: the page must at least be one of ours."""
    expect(page.locator("h1")).to_have_count(1)


@dataclass
class Person:
    """Somebody with a browser of their own. `look` is called on every page they land on."""

    name: str
    address: str
    page: Any
    url: str
    mail: Path
    look: Callable[[Any], None]
    read: set[str] = field(default_factory=set)

    def goes_to(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.url + path)
        self.look(self.page)

    def follows(self, text: str) -> None:
        """Press a link by its words."""
        self._click("link", text)
        self.look(self.page)

    def presses(self, text: str) -> None:
        """Press a button by its words."""
        self._click("button", text)
        self.look(self.page)

    def _click(self, role: str, text: str) -> None:
        found = self.page.get_by_role(role, name=text, exact=True).first
        if not found.count():
            words = self.page.locator("body").inner_text()
            raise AssertionError(f"{self.name} finds no {text!r} at {self.page.url}:\n{words}")
        found.click()
        self.page.wait_for_load_state()

    def types(self, **answers: str) -> None:
        """Type into fields, by the names that the form gives them."""
        for name, value in answers.items():
            self.page.locator(f'[name="{name}"]').fill(value)

    def chooses(self, **answers: str) -> None:
        """Choose in radios and selects, by name and value."""
        for name, value in answers.items():
            select = self.page.locator(f'select[name="{name}"]')
            if select.count():
                select.select_option(value)
            else:
                self.page.locator(f'input[name="{name}"][value="{value}"]').check()

    def sees(self, *words: str) -> None:
        text = self.page.locator("main").inner_text()
        missing = [each for each in words if each not in text]
        assert not missing, f"{self.name} misses {missing} at {self.page.url}:\n{text}"

    def does_not_see(self, *words: str) -> None:
        text = self.page.locator("body").inner_text()
        found = [each for each in words if each in text]
        assert not found, f"{self.name} must not see {found} at {self.page.url}"

    def opens_mail(self, about: str) -> EmailMessage:
        """Wait for a mail that was not read before, by words of its subject or body; read it."""
        # A reply of the advice line is held for half a minute, and mail that is due swept in as long.
        mail: EmailMessage = eventually(lambda: self._unread(about), 120)
        self.read.add(mail["Message-ID"])
        return mail

    def follows_mail(self, about: str) -> None:
        """Open the link of a mail."""
        link = LINK.search(self.opens_mail(about).get_content())
        assert link is not None
        self.goes_to(link[0])

    def _unread(self, about: str) -> EmailMessage | None:
        for mail in mails(self.mail):
            mine = mail["To"] == self.address and mail["Message-ID"] not in self.read
            if mine and about in mail["Subject"] + mail.get_content():
                return mail
        return None

    def signs_up(self) -> None:
        self.goes_to("/accounts/sign-up/")
        self.types(name=self.name, email=self.address, password1=PASSWORD)
        self.presses("Create account")
        self.follows_mail("Confirm your e-mail address")
        self.presses("Confirm this address")
        self.signs_in()

    def signs_in(self) -> None:
        self.goes_to("/accounts/sign-in/")
        self.types(login=self.address, password=PASSWORD)
        self.presses("Sign in")
        self.sees(self.name.split()[0])


def mails(folder: Path) -> list[EmailMessage]:
    """Every mail that went to files: Django ends each with a line of hyphens."""
    texts = (
        text
        for file in sorted((folder / "mail").glob("*.log"))
        for text in file.read_text("utf-8").split("-" * 79 + "\n")
    )
    policy = email.policy.default
    return [
        email.message_from_string(text.lstrip("\n"), policy=policy)
        for text in texts
        if text.strip()
    ]
