"""A person without a browser: enough of one to fill in a form."""

from __future__ import annotations

import re
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from tests.journeys.people import PASSWORD

HIDDEN = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"')


class Browser:
    """Opens pages and sends forms, with cookies and the token against forgery."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.jar = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))

    def open(self, path: str, **typed: str) -> str:
        """GET, or POST what was typed; the text of where that led. An error page raises."""
        data = urlencode(typed).encode() if typed else None
        headers = {"Origin": self.url, "Referer": self.url + path}
        asked = Request(self.url + path, data, headers)  # noqa: S310  our own address
        with self.opener.open(asked, timeout=30) as page:
            return str(page.read().decode())

    def sends(self, path: str, **typed: str) -> str:
        """Load the page of a form, then send it with its hidden fields."""
        return self.open(path, **self.hidden(path), **typed)

    def hidden(self, path: str) -> dict[str, str]:
        """The hidden fields of the page of a form."""
        return dict(HIDDEN.findall(self.open(path)))

    def signs_in(self, address: str) -> None:
        page = self.sends("/accounts/sign-in/", login=address, password=PASSWORD)
        assert "What waits for you" in page
