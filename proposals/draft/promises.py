"""What a team promises if it is approved: worked out from its answers, and frozen with them.

A commitment keeps its key in every version, so that changes of it show, and so that results can be
held against it later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from activity.amounts import pounds
from proposals.draft.codes import HIGHER
from proposals.draft.models import Version
from proposals.draft.questions import Answers

# The name under which a version holds its commitments; versions from before have none.
FROZEN = "promises"
PENCE = "pence"
YEARS = 5


class Kind(StrEnum):
    """What a commitment is about, in the order in which pages show them."""

    MONEY = "money"
    INDICATOR = "indicator"


@dataclass(frozen=True)
class Commitment:
    """One thing that the team undertakes, with the figures that results are compared with.

    key: the same in every version. name: in a few words. says: in a whole sentence. unit: what the
    figures count; "pence" for money. direction: "higher" or "lower" is better. baseline: the figure
    of `period`; for a saving it is what staying in-house would save, which is nothing. targets:
    year, from 1 to 5, -> the figure for it. minimum: the least good one that is acceptable, or "".
    Figures are decimal numbers as text, so that nothing that reads them rounds them.
    """

    key: str
    kind: str
    name: str
    says: str
    unit: str
    direction: str
    baseline: str
    period: str
    targets: dict[int, str]
    minimum: str = ""

    @property
    def cells(self) -> list[str]:
        """The targets of years 1 to 5 as a page shows them, "" where there is none."""
        return [self.shown(self.targets.get(year, "")) for year in range(1, YEARS + 1)]

    @property
    def about(self) -> str:
        """Its unit, the period of the figure for now, and what is better, in words."""
        if self.kind == Kind.MONEY:
            return _("pounds; more is better")
        better = _("more is better") if self.direction == HIGHER else _("less is better")
        told = {"unit": self.unit, "period": self.period, "better": better}
        return _("%(unit)s; now: %(period)s; %(better)s") % told

    @property
    def now(self) -> str:
        """Where the service is now, as a page shows it."""
        return "" if self.kind == Kind.MONEY else self.shown(self.baseline)

    @property
    def limit(self) -> str:
        """The least good figure that is acceptable, as a page shows it."""
        return self.shown(self.minimum)

    def shown(self, figure: str) -> str:
        """A figure as people write it: with thousands, and pounds for pence."""
        if not figure:
            return ""
        if self.unit == PENCE:
            return pounds(int(figure))
        return written(Decimal(figure))


Read = Callable[[Answers], list[Commitment]]
_readers: dict[str, Read] = {}


def register(topic: str, read: Read) -> None:
    """Make known what the answers of a topic promise. Parts to the right of this bring their own."""
    _readers[topic] = read


def promised(typed: Mapping[str, Answers]) -> list[Commitment]:
    """What these answers promise, money first: only what is answered in full. typed: by topic."""
    found = [each for topic, read in _readers.items() for each in read(typed.get(topic, {}))]
    return sorted(found, key=lambda each: list(Kind).index(Kind(each.kind)))


def frozen(commitments: list[Commitment]) -> list[dict[str, Any]]:
    """Commitments as a version holds them."""
    return [
        asdict(each) | {"targets": {str(year): text for year, text in each.targets.items()}}
        for each in commitments
    ]


def promised_in(version: Version) -> list[Commitment] | None:
    """What a version promises, in the words of that day; None if it is from before promises were frozen."""
    kept = version.content.get(FROZEN)
    return None if kept is None else [_thawed(each) for each in kept]


def _thawed(kept: dict[str, Any]) -> Commitment:
    targets = {int(year): text for year, text in kept["targets"].items()}
    return Commitment(**kept | {"targets": targets})


def plain(figure: Decimal) -> str:
    """A figure as it is frozen: 1200, 4.5."""
    return f"{figure.normalize():f}"


def written(figure: Decimal) -> str:
    """A figure as people write it: 1,200, 4.5."""
    return f"{figure.normalize():,f}"


def listed(parts: list[str]) -> str:
    """Parts of a sentence, the last one after "and"."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(parts)s and %(last)s") % {"parts": ", ".join(parts[:-1]), "last": parts[-1]}
