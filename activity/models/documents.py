"""A file that somebody adds to a record: its facts in one row, its bytes in pieces beside it."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.sniffing import FileKind
from activity.uploads import MEGABYTE

# A download reads one piece at a time, so it takes no more memory than a few of these.
PIECE = MEGABYTE
NAME_MOST = 200


def new_key() -> str:
    """A key for addresses that nobody guesses, so that no primary key is shown in one."""
    return secrets.token_hex(12)


class Scan(models.TextChoices):
    """What is known of viruses in a file."""

    NOT_SCANNED = "not-scanned", _("Not scanned")
    WAITING = "waiting", _("Being checked")
    CLEAN = "clean", _("No virus found")
    INFECTED = "infected", _("Virus found")


class DocumentQuerySet(models.QuerySet[Any]):
    """Reads of documents of one kind of record."""

    def to_scan(self, now: datetime.datetime) -> DocumentQuerySet:
        """Those that a scanner should see by now: what waits, and what came before there was one."""
        waits = Q(scan=Scan.WAITING) | Q(scan=Scan.NOT_SCANNED, tries=0)
        return self.filter(waits, scan_at__lte=now).order_by("scan_at", "pk")


class Document(models.Model):
    """A file of a record. An app's own model says of which, and who may see it.

    key: what stands in its address. name: the file's own name without what could deceive, title:
    what it is, in words, or "": people typed both, so neither is ever frozen. kind: of FileKind,
    as its content shows. sha256: of its bytes, as hex. scan: of Scan. tries: how often a scanner
    failed to answer. scan_at: when it is to be asked next, or when it answered. once: the key of
    what was sent from one page, so that it is kept once.
    """

    key = models.CharField(max_length=24, default=new_key, unique=True, editable=False)
    name = models.CharField(max_length=NAME_MOST)
    title = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=4, choices=FileKind)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=clock.now)
    scan = models.CharField(max_length=12, choices=Scan, default=Scan.NOT_SCANNED)
    tries = models.PositiveSmallIntegerField(default=0)
    scan_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"document {self.key}"

    def content(self) -> Iterator[bytes]:
        """The bytes, one piece at a time.

        Raises if a piece is gone, so that a download that is cut is never taken for a whole one.
        """
        for number in range(-(-self.size_bytes // PIECE)):
            yield bytes(self.pieces.get(number=number).data)  # type: ignore[attr-defined]  # each has

    def is_intact(self) -> bool:
        """Whether its content still has its hash; what is gone because of a virus has nothing to keep."""
        found = hashlib.sha256()
        try:
            for piece in self.content():
                found.update(piece)
        except ObjectDoesNotExist:
            return self.scan == Scan.INFECTED
        return found.hexdigest() == self.sha256


class Piece(models.Model):
    """Some of the bytes of a document, apart from its row: no list ever reads them.

    An app's own model says of which document, by a foreign key `document` with the name `pieces`.
    """

    number = models.PositiveSmallIntegerField()
    data = models.BinaryField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"piece {self.number}"
