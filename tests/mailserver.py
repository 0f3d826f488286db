"""A real mail server on this machine, that can be told to refuse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from mutuals_portal.supervisor.ports import free_port


class Postbox:
    """What a mail server received. refuse: the answer it gives to a recipient, if any."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}
        self.refuse_data = ""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.refuse_data:
            return self.refuse_data
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["To"] == address]


@contextmanager
def running(postbox: Postbox | None = None) -> Iterator[tuple[Postbox, int]]:
    """A server for as long as the block runs, and the port it listens on."""
    postbox, port = postbox or Postbox(), free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield postbox, port
    finally:
        controller.stop()
