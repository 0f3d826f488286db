"""What two texts differ in, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, takewhile

SAME, REMOVED, ADDED = "same", "removed", "added"
# Past so many parts the time to compare them grows too fast: larger parts are compared then.
MOST = 1_500


@dataclass(frozen=True)
class Piece:
    """A stretch of one of two texts: the other has it too, or it was removed, or added.

    space: the white space after it. change: the number of the change that it is part of, from 1.
    """

    kind: str
    text: str
    space: str = ""
    change: int = 0


@dataclass(frozen=True)
class Compared:
    """Two texts, cut where they differ. changes: how many places those are."""

    before: list[Piece]
    after: list[Piece]
    changes: int


# Whether both texts are alike in a place, and what each has there.
Part = tuple[bool, list[str], list[str]]


def compare(before: str, after: str) -> Compared:
    """What was removed from the first text and added to make the second.

    White space that alone differs is no difference. Words replaced by others are one change. Long
    texts that differ in much are compared by lines, or as wholes.
    """
    first: list[Piece] = []
    second: list[Piece] = []
    changes = 0
    for is_same, old, new in _parts(before, after):
        changes += not is_same
        number = 0 if is_same else changes
        if old:
            first.append(_piece(SAME if is_same else REMOVED, old, number))
        if new:
            second.append(_piece(SAME if is_same else ADDED, new, number))
    return Compared(first, second, changes)


def _parts(before: str, after: str) -> Iterator[Part]:
    """Where both are alike and where not, by turns; none without words."""
    old, new = _cut(before, after)
    begin = _alike(old, new)
    end = _alike(old[begin:][::-1], new[begin:][::-1])
    old_end, new_end = len(old) - end, len(new) - end
    # What both begin and end with need not be looked at: most changes of a long text are few.
    keys = _bare(old[begin:old_end]), _bare(new[begin:new_end])
    codes = SequenceMatcher(None, keys[0], keys[1]).get_opcodes()
    middle = [(kind, begin + a, begin + b, begin + c, begin + d) for kind, a, b, c, d in codes]
    ends = [("equal", 0, begin, 0, begin), ("equal", old_end, len(old), new_end, len(new))]
    places = [
        each for each in (ends[0], *middle, ends[1]) if each[1] < each[2] or each[3] < each[4]
    ]
    for is_same, run in groupby(places, lambda place: place[0] == "equal"):
        whole = list(run)
        yield is_same, old[whole[0][1] : whole[-1][2]], new[whole[0][3] : whole[-1][4]]


def _cut(before: str, after: str) -> tuple[list[str], list[str]]:
    """Both texts in words, or in larger parts if they would be too many."""
    for cut in (_words, _lines):
        old, new = cut(before), cut(after)
        begin = _alike(old, new)
        end = _alike(old[begin:][::-1], new[begin:][::-1])
        if max(len(old), len(new)) - begin - end <= MOST:
            return old, new
    return [before], [after]


def _words(text: str) -> list[str]:
    return re.findall(r"\s*\S+\s*", text)


def _lines(text: str) -> list[str]:
    return re.findall(r"\s*\S[^\n]*\s*", text)


def _alike(old: list[str], new: list[str]) -> int:
    """How many parts both begin with."""
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].strip() == pair[1].strip(), pairs))


def _bare(parts: list[str]) -> list[str]:
    return [each.strip() for each in parts]


def _piece(kind: str, parts: list[str], change: int) -> Piece:
    text = "".join(parts)
    bare = text.rstrip()
    return Piece(kind, bare, text[len(bare) :], change)
