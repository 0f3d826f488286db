"""Documents of whatever record: taken from a form, kept in pieces, given out as downloads."""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from activity import clock, outbox, scanning
from activity.fields import TextField, clean_text
from activity.forms import OnceForm
from activity.models.documents import NAME_MOST, PIECE, Document, Scan
from activity.sniffing import CONTENT_TYPES, ENDINGS, TAKEN, FileKind, kind_of
from activity.uploads import MEGABYTE, UploadField, size_in_words

MOST_BYTES = 10 * MEGABYTE
# A browser that shows a download all the same lets it do nothing.
SANDBOX = "default-src 'none'; sandbox"


@dataclass(frozen=True)
class Sent:
    """A file that was sent and is what it says: its safe name, its kind, its bytes and their hash."""

    name: str
    kind: FileKind
    sha256: str
    file: UploadedFile

    @property
    def size(self) -> int:
        """Its bytes."""
        return int(self.file.size or 0)


class DocumentField(UploadField):
    """A file of one of the kinds that are taken. Gives a `Sent`."""

    def __init__(self, **options: Any) -> None:
        accept = ",".join(f".{ending}" for ending in ENDINGS)
        super().__init__(most=MOST_BYTES, accept=accept, allow_empty_file=False, **options)

    def clean(self, data: Any, initial: Any = None) -> Sent | None:
        """The file, or None where none is needed; what is wrong with it is said in one sentence."""
        file = super().clean(data, initial)
        return None if file is None else taken(file)


class DocumentForm(OnceForm):
    """A file, and in a few words what it is. An app adds where it belongs."""

    file = DocumentField(
        label=_("File"),
        help_text=format_lazy(_("{kinds}. At most 10 MB."), kinds=TAKEN),
    )
    title = TextField(
        label=_("What is it?"),
        help_text=_("In a few words, like “Minutes of the staff meeting in March”"),
        required=False,
        max_length=100,
    )


def taken(file: UploadedFile) -> Sent:
    """A file that is what its name says. Raises ValidationError, with a sentence, for any other."""
    name = safe_name(file.name or "")
    return Sent(name, kind_of(name, file), _sha256(file), file)


def safe_name(typed: str) -> str:
    """A file's own name without folders, controls and marks that turn the direction of a line.

    One that is too long is cut before its ending; one that is all ending gets a plain stem.
    """
    name = clean_text(re.split(r"[/\\]", typed)[-1])
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, ending[:10].strip()) if dot else (ending, "")
    stem = " ".join(stem.split()).strip(" .")[: NAME_MOST - 11].rstrip(" .")
    return f"{stem or 'document'}.{ending}" if ending else stem or "document"


def keep(kind: Any, sent: Sent, *, once: uuid.UUID, scan: str, **fields: Any) -> Any:
    """Keep a file as a document of this kind, and ask for it to be scanned once this commits.

    once: the key of what was sent. scan: the worker's task. fields: what the kind needs besides.
    """
    document = kind.objects.create(
        name=sent.name,
        kind=sent.kind,
        size_bytes=sent.size,
        sha256=sent.sha256,
        scan=scanning.first_state(),
        once=once,
        **fields,
    )
    _write_content(document, sent)
    if scanning.is_there():
        outbox.ask_on_commit(scan)
    return document


def empty_infected(document: Any) -> bool:
    """Delete the content of a document in which a virus was found. False when it waits no longer."""
    waits = type(document).objects.filter(pk=document.pk, scan=Scan.WAITING)
    if not waits.update(scan=Scan.INFECTED, scan_at=clock.now()):
        return False
    document.pieces.all().delete()
    return True


def _write_content(document: Any, sent: Sent) -> None:
    """Write the bytes of a document beside its row, a piece at a time."""
    sent.file.seek(0)
    number = 0
    while data := sent.file.read(PIECE):
        document.pieces.create(number=number, data=data)
        number += 1


def why_not_served(document: Document, *, beyond_its_owners: bool) -> str | Promise:
    """Why nobody may download a document now; "" if they may.

    beyond_its_owners: whether somebody asks who is not among those who added it. They get only
    what was found clean, where the installation says that everything is scanned.
    """
    if document.scan == Scan.INFECTED:
        return _("A virus was found in this file. Its content is deleted.")
    if document.scan == Scan.WAITING:
        return _("We are checking this file for viruses. That takes under a minute; try it then.")
    if beyond_its_owners and settings.REQUIRE_SCAN and document.scan != Scan.CLEAN:
        return _("This file has not been checked for viruses, so it cannot be downloaded.")
    return ""


def refusal(
    request: HttpRequest, document: Document, *, beyond_its_owners: bool
) -> HttpResponse | None:
    """The page that says why a document is not given out now; None where it is."""
    reason = why_not_served(document, beyond_its_owners=beyond_its_owners)
    if not reason:
        return None
    page = {"title": _("This file cannot be downloaded"), "document": document, "reason": reason}
    return render(request, "activity/document_refused.html", page, status=409)


def download(document: Document) -> StreamingHttpResponse:
    """The bytes of a document as a file to keep: never shown within the portal, nor cached."""
    response = StreamingHttpResponse(
        document.content(), content_type=CONTENT_TYPES[FileKind(document.kind)]
    )
    response["Content-Length"] = str(document.size_bytes)
    response["Content-Disposition"] = (
        content_disposition_header(True, document.name) or "attachment"
    )
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def described(document: Document) -> str:
    """Its kind and its size: “PDF, 1.2 MB”."""
    return f"{FileKind(document.kind).label}, {size_in_words(document.size_bytes)}"


def _sha256(file: UploadedFile) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    return found.hexdigest()
