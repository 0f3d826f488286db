"""A frozen version as a PDF: made by the worker after commit, and by the sweep if it is missing."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import structlog
from django.utils.translation import gettext as _
from django.utils.translation import override
from typst import TypstError

from activity import printed
from activity.dates import moment_in_words
from activity.sniffing import FileKind
from activity.transactions import in_one_piece
from activity.uploads import size_in_words
from proposals.draft.freezing import answers_of
from proposals.draft.listed import section_in_words
from proposals.draft.models import Version, VersionPdf
from proposals.draft.promises import promised_in
from proposals.draft.questions import Table, Topic, personal_questions
from proposals.draft.shown import Row, declared_in, groups_of

log = structlog.get_logger(__name__)

TEMPLATE = Path(__file__).with_name("version.typ")


def make_missing() -> None:
    """Make every PDF that is missing, one a transaction.

    What another worker is making is left to it. One that cannot be set is noted in the log and
    tried again by the next sweep; it keeps no other from being made.
    """
    tried: set[int] = set()
    while _make_next(tried):
        pass


@in_one_piece
def _make_next(tried: set[int]) -> bool:
    """Make one that is missing and was not tried yet; False when there is none."""
    missing = Version.objects.filter(pdf=None).exclude(pk__in=tried).order_by("pk")
    version = missing.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if version is None:
        return False
    tried.add(version.pk)
    # Another worker may have made it between our look at the table and our lock.
    if not VersionPdf.objects.filter(version=version).exists():
        try:
            make(version)
        except TypstError as error:
            log.exception("pdf_not_made", version=version.pk, error=error.message)
    return True


def make(version: Version) -> VersionPdf:
    """Set a version as a PDF and keep it."""
    with override("en-gb"):
        data = printed.made(TEMPLATE, facts_of(version), at=version.frozen_at)
    return VersionPdf.objects.create(
        version=version, data=data, sha256=hashlib.sha256(data).hexdigest()
    )


def facts_of(version: Version) -> dict[str, Any]:
    """What the PDF says: the frozen text in words, and nobody's name or address."""
    content = version.content
    facts = {
        "title": content["sections"].get("service", {}).get("S1", ""),
        "caption": _("%(reference)s, version %(number)d, as it was submitted")
        % {"reference": content["reference"], "number": version.number},
        "foot": _("%(reference)s, version %(number)d")
        % {"reference": content["reference"], "number": version.number},
        "head": [
            [
                _("Submitted"),
                moment_in_words(datetime.datetime.fromisoformat(content["submitted"])),
            ],
            [_("Judged by scheme version"), str(content["scheme"])],
            [_("Fingerprint of the text (SHA-256)"), version.sha256],
        ],
        "sections": [
            *_promises_of(version),
            *(
                {"title": str(topic.title), "answers": list(_answers_of(topic, blocks))}
                for topic, blocks in groups_of(answers_of(version))
            ),
            *_documents_of(content),
        ],
        "declared": {"title": _("What each signer declared"), "parts": declared_in(version)},
    }
    return _readable(facts)


def _promises_of(version: Version) -> Iterator[dict[str, Any]]:
    """What is promised, as a section; none where nothing is, or in a version from before promises."""
    promised = promised_in(version)
    if promised:
        said = [{"key": each.name, "words": each.says} for each in promised]
        yield {"title": _("What the team promises"), "answers": said}


def _documents_of(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The documents of a version, as a section; none where it has none, or is from before them."""
    filed = content.get("documents", [])
    if filed:
        words = _(
            "They are kept beside this document under their own names, because a name may be a "
            "person's. Each stands here by its fingerprint (SHA-256)."
        )
        answers = [{"key": _("Files that came with it"), "words": words}]
        answers += [{"key": _file(each), "words": each["sha256"]} for each in filed]
        yield {"title": _("Documents"), "answers": answers}


def _file(each: dict[str, Any]) -> str:
    size = size_in_words(each["bytes"])
    return f"{section_in_words(each['section'])}: {FileKind(each['kind']).label}, {size}"


def _answers_of(topic: Topic, blocks: list[Row]) -> Iterator[dict[str, Any]]:
    """Each answer as the template takes it: its words, or a table as its head and rows.

    One that names people is not told: it stands beside the version, so that it can be taken out.
    """
    apart = personal_questions()[topic.key]
    for row in (row for block in blocks for row in block.get("rows", [block])):
        value = row["value"]
        if row["name"] in apart and value:
            value = _("Kept beside this document, because it names people.")
        if isinstance(value, Table):
            cells = [[cell for _head, cell in each] for each in value.rows]
            yield {"key": row["key"], "head": value.head, "rows": cells, "money": value.is_money}
        else:
            yield {"key": row["key"], "words": value or _("Not answered")}


def _readable(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts in letters that a document can show, with a note where some were replaced."""
    shown: dict[str, Any] = printed.readable_facts(facts)
    note = _(
        "Letters that this document cannot show stand as their numbers, like [U+4E2D]. The page "
        "of this version in the portal shows them."
    )
    return shown | {"note": note if shown != facts else ""}
