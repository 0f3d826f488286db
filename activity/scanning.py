"""Having documents scanned for viruses: by a worker after they are kept, and by its sweep."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist

from activity import clamd, clock
from activity.models.documents import Document, Scan
from activity.transactions import in_one_piece

log = structlog.get_logger(__name__)

# Minutes from each try to the next; the last of them from then on. After so many tries nobody waits
# any longer: the document counts as not scanned.
PAUSES = (1, 2, 5, 15, 60)
MOST_TRIES = 12


def is_there() -> bool:
    """Whether this installation has a scanner."""
    return bool(settings.CLAMD_URL)


def first_state() -> Scan:
    """What is known of a document that was just added."""
    return Scan.WAITING if is_there() else Scan.NOT_SCANNED


def scan_waiting(kind: type[Document], infected: Callable[[Any], None]) -> int:
    """Scan what waits of one kind of document, and return how many were tried.

    infected: what the app does with one in which a virus was found. Each try is claimed before it
    begins, so a worker that dies leaves the document to a later one.
    """
    documents = kind._default_manager
    if not is_there():
        documents.filter(scan=Scan.WAITING).update(scan=Scan.NOT_SCANNED, tries=0)
        return 0
    tried = 0
    while (document := _claim(kind)) is not None:
        _scan(document, infected)
        tried += 1
    return tried


@in_one_piece
def _claim(kind: type[Document]) -> Any:
    """The next that is due, its next try put off; None when there is none."""
    now = clock.now()
    due = kind._default_manager.get_queryset().to_scan(now)  # type: ignore[attr-defined]  # ours
    document = due.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if document is not None:
        pause = PAUSES[min(document.tries, len(PAUSES) - 1)]
        document.scan = Scan.WAITING
        document.tries += 1
        document.scan_at = now + datetime.timedelta(minutes=pause)
        document.save(update_fields=["scan", "tries", "scan_at"])
    return document


def _scan(document: Any, infected: Callable[[Any], None]) -> None:
    try:
        found = clamd.is_infected(settings.CLAMD_URL, document.content())
    except ObjectDoesNotExist:
        return  # it was removed meanwhile
    except clamd.NotScanned as error:
        log.warning("not_scanned", document=document.key, tries=document.tries, error=str(error))
        if not error.again or document.tries >= MOST_TRIES:
            _end(document, Scan.NOT_SCANNED)
        return
    if found:
        infected(document)
    else:
        _end(document, Scan.CLEAN)


def _end(document: Any, scan: Scan) -> None:
    waits = type(document)._default_manager.filter(pk=document.pk, scan=Scan.WAITING)
    waits.update(scan=scan, scan_at=clock.now())
