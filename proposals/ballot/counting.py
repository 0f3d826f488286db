"""The arithmetic of a vote: its three measures, its verdict, and what may be told by groups. Pure."""

from __future__ import annotations

import calendar
import datetime
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Count:
    """The votes of a ballot, or of one group in it. eligible: how many could vote."""

    eligible: int
    cast: int
    votes_for: int
    votes_against: int
    votes_blank: int

    @property
    def valid(self) -> int:
        """Votes that were for or against."""
        return self.votes_for + self.votes_against

    @property
    def not_for(self) -> int:
        """Votes that were against or blank."""
        return self.votes_against + self.votes_blank


def is_yes(count: Count, *, least_turnout: int, least_share: int) -> bool:
    """Whether staff said yes: enough of them voted, and of the valid votes more than enough were for.

    least_turnout: per cent of all who could vote, reached by as much. least_share: per cent of the
    valid votes, passed by more. Worked out in whole numbers, so that nothing is rounded. Source:
    domain guide 3.3.
    """
    return all(reached(count, least_turnout=least_turnout, least_share=least_share))


def reached(count: Count, *, least_turnout: int, least_share: int) -> tuple[bool, bool]:
    """Whether enough voted, and whether enough of those who did said yes."""
    enough_voted = count.cast * 100 >= count.eligible * least_turnout and count.cast > 0
    return enough_voted, count.votes_for * 100 > count.valid * least_share


def share(part: int, whole: int) -> Fraction | None:
    """A part of a whole; None of nothing."""
    return Fraction(part, whole) if whole else None


def per_cent(part: int, whole: int, *, beside: int = -1) -> str:
    """A share in per cent as people read it, like "76"; "" of nothing.

    beside: a limit in per cent. A share that would be rounded to it, and is not it, gets as many
    decimals as set it apart: 49.8 where the limit is 50.
    """
    found = share(part, whole)
    if found is None:
        return ""
    exact = found * 100
    longer = (_rounded(exact, decimals) for decimals in itertools.count())
    return next(shown for shown in longer if exact == beside or Fraction(shown) != beside)


def _rounded(exact: Fraction, decimals: int) -> str:
    """Half rounds up."""
    whole = int(exact * 10**decimals + Fraction(1, 2))
    digits = f"{whole:0{decimals + 1}d}"
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits


def written_as(sizes: Mapping[str, int], least: int, rest: str) -> dict[str, str]:
    """How each group of a roll is written to codes and votes, so that none of few people is.

    sizes: group -> how many are in it; "" for those in none. Groups of fewer than `least` are
    written as one, named `rest`; as "" where even together they are fewer.
    """
    small = {group for group, size in sizes.items() if size < least or not group}
    together = sum(sizes[group] for group in small)
    name = rest if together >= least else ""
    return {group: name if group in small else group for group in sizes}


def told(groups: Mapping[str, Count], least: int) -> list[str]:
    """The groups whose numbers may be told, beside those of the whole.

    A group is told only where at least `least` of its votes were for and as many were not. What is
    left is known to whoever subtracts the told ones from the whole, so it must pass the same test,
    taken as one group; until it does, the smallest that is still told is left out too.
    """
    names = [name for name in groups if name and _is_safe([groups[name]], least)]
    by_size = sorted(names, key=lambda name: (groups[name].cast, name), reverse=True)
    while by_size and not _is_rest_safe(groups, by_size, least):
        by_size.pop()
    return [name for name in names if name in by_size]


def _is_rest_safe(groups: Mapping[str, Count], shown: Sequence[str], least: int) -> bool:
    rest = [count for name, count in groups.items() if name not in shown]
    return not any(count.eligible for count in rest) or _is_safe(rest, least)


def _is_safe(counts: Iterable[Count], least: int) -> bool:
    found = list(counts)
    said_yes = sum(count.votes_for for count in found)
    did_not = sum(count.not_for for count in found)
    return said_yes >= least and did_not >= least


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))
