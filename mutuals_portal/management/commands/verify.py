"""Whether what may never change is as it was written, also after a restore."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from advice.intake.models import Attachment
from pathfinders.register import entries
from proposals.draft.models import Document, Version


class Command(BaseCommand):
    """Compare every frozen version, document and entry of the register with its fingerprint."""

    help = "Say whether frozen versions, documents and entries of the register are as they were written."

    def handle(self, *args: Any, **options: Any) -> None:
        """Name each record that was changed by a way round the portal. Exits 1 when there is one."""
        found = [str(record) for record in broken()]
        for record in found:
            self.stderr.write(f"Not as it was written: {record}")
        if found:
            raise CommandError(f"{len(found)} of the records that never change were changed.")
        self.stdout.write("All frozen versions, documents and entries are as they were written.")


def broken() -> Iterator[object]:
    yield from (version for version in Version.objects.iterator() if not version.is_intact())
    yield from (document for document in Document.objects.iterator() if not document.is_intact())
    yield from (each for each in Attachment.objects.iterator() if not each.is_intact())
    yield from entries.broken()
