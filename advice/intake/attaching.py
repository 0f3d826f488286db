"""Keeping a file that goes with words, having it scanned, and telling of it on a page."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from activity import outbox
from activity.actors import Actor, System
from activity.documents import Sent, described, empty_infected, keep, why_not_served
from activity.models import Event
from activity.models.documents import Scan
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from advice.intake.mail import INFECTED, is_open_to
from advice.intake.models import Attachment, Enquiry, Message
from advice.intake.models.words import MessageQuerySet
from advice.intake.steps import the_enquirer

SCAN = "advice.tasks.scan_attachments"
SCANNING = System("scanning")
# With one reply. An enquirer sends one with each of their messages, and as many messages.
MOST = 5
MOST_OF_ENQUIRER = 20
# What a page tells of a file, fetched with the message that it belongs to.
TOLD = ("key", "name", "title", "kind", "size_bytes", "scan", "added_by_id")

# What to do about a file in which a virus was found. Keys: whether the enquirer reads it, and
# whether it came from the other side.
AGAIN: dict[tuple[bool, bool], str | Promise] = {
    (True, False): gettext_lazy(
        "Check your computer for viruses, then send the file again with a few more words."
    ),
    (True, True): gettext_lazy("The adviser knows, and can send it again."),
    (False, False): gettext_lazy(
        "Check the file for viruses, then attach it again to the next reply."
    ),
    (False, True): gettext_lazy(
        "Ask for it again, after a check for viruses. We wrote so to the enquirer, if we may write."
    ),
}


class NotAttached(Exception):
    """A file that is right in itself is not kept, for what is there already; says why."""


def attach(
    enquiry: Enquiry, file: Sent, *, once: uuid.UUID, by: Actor, **fields: Any
) -> Attachment:
    """Keep a file with an enquiry that is locked, and ask for it to be scanned once this commits.

    Sent twice from one page it is kept once. fields: its title and message, and who of ours added
    it. NotAttached when there are as many as there may be.
    """
    user = by if isinstance(by, User) else None
    key = key_of(once, user and user.pk, enquiry.pk, file.sha256)
    sent: Attachment | None = Attachment.objects.filter(once=key).first()
    if sent is not None:
        return sent
    _must_fit(enquiry, user)
    place = {"enquiry": enquiry, "added_by": user, **fields}
    kept: Attachment = keep(Attachment, file, once=key, scan=SCAN, **place)
    Event.objects.write("enquiry.attach", enquiry, by=by)
    return kept


def _must_fit(enquiry: Enquiry, user: User | None) -> None:
    there = Attachment.objects.filter(enquiry=enquiry, added_by=user)
    most = MOST_OF_ENQUIRER if user is None else MOST
    if (there if user is None else there.filter(message=None)).count() >= most:
        raise NotAttached(_("There are %(most)d files already, which is the most") % {"most": most})


@in_one_piece
def mark_infected(document: Attachment) -> None:
    """Delete the content of a file in which a virus was found; its row says what became of it.

    Whoever sent it is told, and whoever holds the enquiry.
    """
    enquiry = lock(Enquiry, document.enquiry_id)
    if not empty_infected(document):
        return
    Event.objects.write(INFECTED, enquiry, by=SCANNING)
    ours = [user for user in (document.added_by, enquiry.adviser) if user is not None]
    told = [user for user in ours if is_open_to(user, enquiry)]
    outbox.tell("enquiry.attachment_infected", enquiry, told)
    if document.added_by is None:
        outbox.tell("enquiry.send_again", enquiry, the_enquirer(enquiry, SCANNING))


@dataclass(frozen=True)
class Told:
    """A file as a page tells of it. refused: why it cannot be downloaded now, or ""."""

    document: Attachment
    described: str
    refused: str | Promise


def tell(documents: Iterable[Attachment], *, to_enquirer: bool) -> list[Told]:
    """Files as rows. Whoever did not add one gets it only once it is known to be clean."""
    return [
        Told(each, described(each), _refused(each, to_enquirer=to_enquirer)) for each in documents
    ]


def _refused(document: Attachment, *, to_enquirer: bool) -> str | Promise:
    """Why it cannot be downloaded now, and what to do where a virus was found; or ""."""
    beyond = is_beyond(document, to_enquirer=to_enquirer)
    why = why_not_served(document, beyond_its_owners=beyond)
    if document.scan != Scan.INFECTED:
        return why
    return f"{why} {AGAIN[to_enquirer, beyond]}"


def is_beyond(document: Attachment, *, to_enquirer: bool) -> bool:
    """Whether a file comes from the other side of the line than its reader."""
    return (document.added_by_id is None) != to_enquirer


def with_files(messages: MessageQuerySet) -> MessageQuerySet:
    """Messages with what a page tells of their files, in the same query."""
    files = Attachment.objects.filter(message=OuterRef("pk")).order_by("pk")
    row = JSONObject(**{name: name for name in TOLD})
    return messages.annotate(attached=ArraySubquery(files.values(row=row)))


def told(messages: Iterable[Message], *, to_enquirer: bool) -> list[Message]:
    """The same messages, each with its `files` for a page."""
    found = list(messages)
    for each in found:
        rows = [Attachment(**row) for row in each.attached]  # type: ignore[attr-defined]
        each.files = tell(rows, to_enquirer=to_enquirer)  # type: ignore[attr-defined]
    return found
