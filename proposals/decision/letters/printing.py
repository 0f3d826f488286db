"""A letter as a tagged PDF: made when it is asked for from what stands, the same bytes each time."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from activity import printed
from proposals.decision.letters.shape import Letter

TEMPLATE = Path(__file__).with_name("letter.typ")


def download(letter: Letter, name: str, *, at: datetime.datetime) -> HttpResponse:
    """A released letter to keep and to print. name: of the file. at: the moment of the release.

    It names people, so no cache between us and its reader keeps it.
    """
    with override("en-gb"):
        data = printed.made(TEMPLATE, facts_of(letter), at=at)
    response = printed.download(data, name)
    response["Cache-Control"] = "no-store"
    return response


def facts_of(letter: Letter) -> dict[str, Any]:
    """What the PDF says: the letter, with addresses whole, in letters that a document can show."""
    facts = json.loads(json.dumps(asdict(letter)))  # as the template reads it: lists
    for part in facts["parts"]:
        for said in part["said"]:
            said["link"] = _on_paper(said["link"])
    shown: dict[str, Any] = printed.readable_facts(facts)
    note = _(
        "Letters that this document cannot show stand as their numbers, like [U+4E2D]. The page "
        "of this letter in the portal shows them."
    )
    return shown | {"note": note if shown != facts else ""}


def _on_paper(link: tuple[str, str] | None) -> str:
    """Words and address of a link, for who holds paper."""
    if link is None:
        return ""
    words, path = link
    return f"{words}: {settings.PORTAL_URL}{path}"
