"""Which letters our fonts have. A document that is read aloud may hold no others."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).with_name("fonts")
FACES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
# Marks that turn or hide what is around them: a reader would be shown other words than were typed.
INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn"}


def readable(text: str) -> str:
    """The text with each letter that a document cannot show as its number, like [U+4E2D].

    Lines and tabs stay; marks that turn or hide the text around them are numbers too.
    """
    return "".join(
        letter if _shows(letter) else f"[U+{ord(letter):04X}]" for letter in _lines(text)
    )


def readable_facts(value: Any) -> Any:
    """Facts for a document, each of their texts `readable` and without tabs; the rest as it is."""
    if isinstance(value, str):
        return readable(value).replace("\t", " ")
    if isinstance(value, list):
        return [readable_facts(item) for item in value]
    if isinstance(value, dict):
        return {key: readable_facts(item) for key, item in value.items()}
    return value


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@cache
def _shows(letter: str) -> bool:
    if letter in "\n\t":
        return True
    return unicodedata.category(letter) not in INVISIBLE and ord(letter) in known()


@cache
def known() -> frozenset[int]:
    """The letters that each of our faces has, by their numbers."""
    faces = [frozenset(_letters((FONTS / face).read_bytes())) for face in FACES]
    return frozenset.intersection(*faces)


def _letters(font: bytes) -> Iterator[int]:
    """The letters of one font: its table `cmap`, in the form for all of Unicode."""
    count = struct.unpack_from(">H", font, 4)[0]
    rows = (struct.unpack_from(">4sLLL", font, 12 + 16 * row) for row in range(count))
    table = next(start for name, _sum, start, _length in rows if name == b"cmap")
    subtables = struct.unpack_from(">H", font, table + 2)[0]
    for row in range(subtables):
        start = table + struct.unpack_from(">HHL", font, table + 4 + 8 * row)[2]
        if struct.unpack_from(">H", font, start)[0] == 12:
            groups = struct.unpack_from(">L", font, start + 12)[0]
            for group in range(groups):
                first, last, glyph = struct.unpack_from(">LLL", font, start + 16 + 12 * group)
                yield from (n for n in range(first, last + 1) if glyph or n != first)
