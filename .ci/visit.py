"""Starts ./run here, opens the home page, registers, waits for the mail, and stops it again."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from pathlib import Path

START_SECONDS = 300
TYPED = {"email": "newcomer@example.org", "password1": "correct horse battery", "name": "New Comer"}


class Form(HTMLParser):
    """The fields of the form that asks for a password, with what they hold already."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        name = found.get("name")
        if tag == "input" and name:
            kind = found.get("type", "text")
            self.fields[name] = (
                TYPED.get(name)
                or found.get("value")
                or ("" if kind == "hidden" else "on" if kind == "checkbox" else "Something")
            )


def start(port: int) -> subprocess.Popen[str]:
    began = time.monotonic()
    portal = subprocess.Popen(
        ["./run"], env=os.environ | {"PORT": str(port)}, stdout=subprocess.PIPE, text=True
    )
    for line in portal.stdout:
        print("   ", line, end="")
        if "The portal is at" in line:
            print(f"Started from nothing in {time.monotonic() - began:.0f} s.")
            return portal
    sys.exit("./run ended without saying where the portal is.")


def register(port: int) -> None:
    address = f"http://127.0.0.1:{port}"
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(jar)
    home = browser.open(f"{address}/").read().decode()
    assert "<h1" in home, home
    sign_up = f"{address}/accounts/sign-up/"
    form = Form(browser.open(sign_up).read().decode())
    typed = urllib.parse.urlencode(form.fields).encode()
    request = urllib.request.Request(sign_up, typed, {"Referer": sign_up})
    answer = browser.open(request)
    page = answer.read().decode()
    assert answer.url.endswith("/accounts/confirm/"), (
        answer.url,
        re.sub(r"<[^>]+>|\s+", " ", page),
    )
    print(f"Home page and registration answered; now at {urllib.parse.urlsplit(answer.url).path}.")


def wait_for_mail() -> None:
    """The mail goes through the outbox, the broker and the worker, so all of them work."""
    end = time.monotonic() + 45
    while time.monotonic() < end:
        mails = [path.read_text() for path in Path("var/mail").glob("*") if path.is_file()]
        if any(TYPED["email"] in mail for mail in mails):
            print("The mail to the newcomer was delivered.")
            return
        time.sleep(0.2)
    sys.exit("No mail to the newcomer was delivered.")


def stop(portal: subprocess.Popen[str]) -> None:
    began = time.monotonic()
    portal.send_signal(signal.SIGINT)
    code = portal.wait(20)
    took = time.monotonic() - began
    print(f"Stopped in {took:.1f} s with code {code}.")
    if code or took > 5:
        sys.exit("It must stop within five seconds, with code 0.")


def main() -> None:
    print(f"As uid {os.getuid()} in {Path.cwd()}:")
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    portal = start(port)
    try:
        register(port)
        wait_for_mail()
    finally:
        stop(portal)


if __name__ == "__main__":
    main()
