"""`./run`: the whole portal on one machine, until somebody stops it."""

import http.client
import os
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from mutuals_portal.supervisor import ports, services
from mutuals_portal.supervisor.bootstrap import ROOT, PlainError
from mutuals_portal.supervisor.children import Children, say, stop_leftovers
from mutuals_portal.supervisor.places import Places, claim, default_var, open_places
from mutuals_portal.supervisor.postgres import Postgres
from mutuals_portal.supervisor.signals import Signals, Stopped

WEB_SECONDS = 180
LET_GO_SECONDS = 3
# Everything has to be gone within five seconds of the signal.
APP_PATIENCE = 2.0
DATA_PATIENCE = 1.5


def main(arguments: list[str]) -> int:
    if arguments:
        raise PlainError("./run takes no arguments; docs/deploy.md lists the variables it reads.")
    services.check(os.environ)
    signals = Signals()
    signals.install()
    places = open_places(default_var())
    with claim(places), open_door(places, signals) as door:
        children = Children(places, signals)
        try:
            start(places, children, door)
            while True:
                signals.pause(0.2)
                children.tend()
        except Stopped:
            say("Stopping.")
            return 0
        finally:
            stop(children)


def open_door(places: Places, signals: Signals) -> socket.socket:
    """Listen where people will come, once a killed run has let go of its port."""
    wish = os.environ.get("PORT")
    port = ports.wished(wish) if wish else ports.DEFAULT
    if stop_leftovers(places):
        end = time.monotonic() + LET_GO_SECONDS
        while not ports.is_free(port) and time.monotonic() < end:
            signals.pause(0.1)
    return ports.web_door(wish)


def start(places: Places, children: Children, door: socket.socket) -> None:
    """Bring every part up and say where the portal is."""
    port = door.getsockname()[1]
    if not os.environ.get("PORT") and port != ports.DEFAULT:
        say(f"Port {ports.DEFAULT} is taken, so the portal uses {port}.")
    say("Starting the portal.")
    data = services.start_data(places, children, given=os.environ, settings={})
    url = f"http://{ports.HERE}:{port}"
    told = services.environment(os.environ, places, data, url)
    prepare(children, told, data.postgres)
    for program in (services.web(told, door.fileno()), services.worker(told), services.beat(told)):
        children.start(program)
    accounts = examples(children, told) if data.postgres else ""
    wait_for_web(children, port)
    say(f"{accounts}\nThe portal is at {url}/ (Ctrl-C stops it; logs are in {shown(places.logs)}).")


def prepare(children: Children, told: Mapping[str, str], embedded: Postgres | None) -> None:
    """Bring the database and the static files up to date; give new embedded data the examples."""
    flags = ["--static"]
    if embedded and not embedded.has_examples.exists():
        flags.append("--examples")
    children.run(services.manage(told, "prepare", *flags))
    if embedded:
        embedded.has_examples.touch()


def examples(children: Children, told: Mapping[str, str]) -> str:
    """Who can sign in, as the command that made them lists them."""
    listed = children.run(services.manage(told, "load_examples", "--list"))
    return f"\nExample accounts:\n\n{listed.rstrip()}\n"


def wait_for_web(children: Children, port: int) -> None:
    """Wait for an answer of any kind. Raises PlainError when none comes."""
    end = time.monotonic() + WEB_SECONDS
    while time.monotonic() < end:
        children.signals.pause(0.05)
        children.tend()
        with suppress(OSError, http.client.HTTPException):
            line = http.client.HTTPConnection(ports.HERE, port, timeout=1)
            line.request("GET", "/healthz")
            line.getresponse()
            return
    raise PlainError(f"The web server does not answer: {children.places.logs}/web.log tells why.")


def shown(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def stop(children: Children) -> None:
    """Stop those who use the data before those who hold them."""
    holders = [name for name in children.running if name in ("postgres", "valkey")]
    users = [name for name in children.running if name not in holders]
    children.stop(users, APP_PATIENCE)
    children.stop(holders, DATA_PATIENCE)
