"""Setting a document: a constant template of ours, and facts that are data and never source."""

from __future__ import annotations

import datetime
import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import typst

from activity.printed.letters import FONTS


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def made(template: Path, facts: dict[str, Any], *, at: datetime.datetime) -> bytes:
    """The PDF of these facts. template: a file of ours, which reads them as `json(...)`.

    facts: what JSON can hold, its texts made readable before (`readable_facts`); they are data, and what somebody
    typed is never read as source. at: the moment that the document bears, so that the same facts
    give the same bytes. Nothing is read but the template and our fonts. Raises typst.TypstError
    when it cannot be set.
    """
    with tempfile.TemporaryDirectory() as empty:
        made: bytes = typst.compile(  # type: ignore[call-overload]  # wants a root in bytes too
            template.read_bytes(),
            root=empty,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            package_path=empty,
            package_cache_path=empty,
            format="pdf",
            pdf_standards="ua-1",  # with tags, a title and a language: it can be read aloud
            timestamp=int(at.timestamp()),
            sys_inputs={"facts": json.dumps(facts)},
        )
    return made
