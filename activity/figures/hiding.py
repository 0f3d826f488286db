"""What of a table of counts may be shown. Pure.

1. A count of fewer than FEWEST is hidden, also nought: otherwise "none" would stand beside "few"
   and tell of a case. That holds for totals as for what they are made of.
2. A line is what adds up to a total: each row, each column, the totals of rows, the totals of
   columns. Where a hidden number follows from those that are shown, the smallest that is shown
   beside it is hidden as well, parts before totals; again and again, until none follows. So a total
   never stands beside all but one of its parts. Each number is in one row and one column, so it
   follows from the others exactly when no way leads round from its row to its column by other
   hidden numbers (a bridge, in the graph of rows and columns that hidden numbers join).
3. What is left is rounded to the nearest ROUNDED, each number by itself. Tables of other months,
   departments and sectors are made of the same cases: whoever takes one from the other gets a
   number that is out by up to four, whichever way they are cut, and so never a group of fewer than
   FEWEST, nor what one more case did between two days.

Middles of durations are shown of FEWEST or more, nine tenths of MANY or more, and so on: where at
least one of them may have taken longer. Shares are told in steps of which each stands for FEWEST
numbers or more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import accumulate

FEWEST = 5
ROUNDED = 5
MANY = 10
# Steps of a share, in hundredths.
STEPS = (5, 10, 20, 25, 50)

Cell = tuple[int, int]
Shown = list[list[int | None]]


def with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    """The same rows, each with its total at its end, and a last one of the totals of columns."""
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]] if rows else []


def safe(counts: Sequence[Sequence[int]]) -> Shown:
    """What may be shown of counts: rows with their totals, and the totals below. None is hidden.

    counts: as many of each row, without totals.
    """
    whole = with_totals(counts)
    hidden = hidden_in(whole)
    return [
        [None if (y, x) in hidden else rounded(count) for x, count in enumerate(row)]
        for y, row in enumerate(whole)
    ]


def alone(count: int) -> int | None:
    """What may be shown of a count that is no part of a total."""
    return None if count < FEWEST else rounded(count)


def rounded(count: int) -> int:
    """To the nearest ROUNDED; what is shown is never fewer than FEWEST."""
    return (count + ROUNDED // 2) // ROUNDED * ROUNDED


def hidden_in(whole: Sequence[Sequence[int]]) -> set[Cell]:
    """The cells, as row and column, that stay hidden of a table with its totals."""
    counts = {(y, x): count for y, row in enumerate(whole) for x, count in enumerate(row)}
    hidden = {cell for cell, count in counts.items() if count < FEWEST}
    last = max(counts, default=(0, 0))
    # What is hidden once more gives no other away, so that each is looked at until it follows not.
    left = sorted(hidden)
    while left:
        if follows(left[-1], hidden):
            left.append(_smallest_beside(left[-1], counts, hidden, last))
            hidden.add(left[-1])
        else:
            left.pop()
    return hidden


def _smallest_beside(cell: Cell, counts: Mapping[Cell, int], hidden: Set[Cell], last: Cell) -> Cell:
    """The smallest number in its row or column that is shown, or else in the table; parts first."""
    shown = counts.keys() - hidden
    beside = [each for each in shown if each[0] == cell[0] or each[1] == cell[1]]
    return min(beside or shown, key=lambda each: (_is_total(each, last), counts[each], each))


def _is_total(cell: Cell, last: Cell) -> bool:
    return cell[0] == last[0] or cell[1] == last[1]


def follows(cell: Cell, hidden: Set[Cell]) -> bool:
    """Whether a hidden number can be taken from those that are shown."""
    rows, columns = {cell[0]}, set[int]()
    while cell[1] not in columns:
        before = len(rows) + len(columns)
        columns |= {x for y, x in hidden if y in rows and (y, x) != cell}
        rows |= {y for y, x in hidden if x in columns and (y, x) != cell}
        if len(rows) + len(columns) == before:
            return True
    return False


def middle(counts: Mapping[int, int], share: int, fewest: int = FEWEST) -> int | None:
    """The least duration that so many in a hundred did not exceed; None of fewer than `fewest`.

    counts: how many took so long, by the duration.
    """
    known = sum(counts.values())
    if known < fewest:
        return None
    durations = sorted(counts)
    reached = zip(durations, accumulate(counts[each] for each in durations), strict=True)
    # The last duration reaches every share.
    return next(duration for duration, so_far in reached if so_far * 100 >= share * known)


def fewest_for(share: int) -> int:
    """Of how many a middle may be shown: one of them, or more, is beyond the share. Pure."""
    return max(FEWEST, -(-100 // (100 - share)))


def at_least(part: int, of: int) -> int | None:
    """How many in a hundred a part is at least, in the finest steps that may be shown.

    Each step stands for FEWEST numbers or more, and "all of them" is part of the last one: that
    nobody was left out would tell of whoever might have been. None of too few.
    """
    step = next((each for each in STEPS if of * each >= FEWEST * 100), None)
    if step is None:
        return None
    return min(part * 100 // of // step * step, 100 - step)
