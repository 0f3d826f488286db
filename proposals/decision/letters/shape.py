"""What a letter is made of, for the page and for the PDF alike."""

from __future__ import annotations

from dataclasses import dataclass

Row = tuple[str, str]


@dataclass(frozen=True)
class Said:
    """One thing of a part: a paragraph, facts about one thing, or a list.

    words: a paragraph; text that somebody typed keeps its lines. head: a heading above it. facts:
    pairs of what and its words. items: of a list, which has numbers where their order matters.
    link: words and address of where the reader goes on.
    """

    words: str = ""
    head: str = ""
    facts: tuple[Row, ...] = ()
    items: tuple[str, ...] = ()
    is_numbered: bool = False
    link: Row | None = None


@dataclass(frozen=True)
class Part:
    """A part of a letter under its title."""

    title: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Letter:
    """A letter as its reader sees it. head: to whom, from whom, of which day; lead: what it comes to."""

    title: str
    caption: str
    head: tuple[Row, ...]
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
