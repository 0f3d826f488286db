"""How long it takes: what really passed between submission and letter, of proposals before."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proposals.draft.models import Proposal

# With fewer than these, one slow case would be a forecast.
FEWEST = 5
# The newest decisions alone: what was true years ago says little, and reading stays bounded.
LOOKED_AT = 1_000
HALF, MOST = 0.5, 0.8


@dataclass(frozen=True)
class Forecast:
    """What past proposals took, in working days. known: how many were looked at.

    half, most: half of them and four of five took so long at most; None where too few are known.
    """

    known: int
    half: int | None = None
    most: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether there are enough of them to say anything."""
        return self.half is not None

    @property
    def sentence(self) -> str:
        """What to expect, or that it is too early to say."""
        if self.half is None or self.most is None:
            words = _(
                "Past decisions: too few so far to say (%(known)d of the %(fewest)d we need)."
            )
            return words % {"known": self.known, "fewest": FEWEST}
        if self.half == self.most:
            words = ngettext(
                "Most take %(most)d working day.", "Most take %(most)d working days.", self.most
            )
        else:
            words = _("Most take %(half)d to %(most)d working days.")
        return words % {"half": self.half, "most": self.most}


def from_past(took: Sequence[int]) -> Forecast:
    """The forecast of these durations, in working days. Pure."""
    if len(took) < FEWEST:
        return Forecast(len(took))
    ordered = sorted(took)
    return Forecast(len(ordered), _share(ordered, HALF), _share(ordered, MOST))


def for_scheme(scheme: int) -> Forecast:
    """The forecast of the newest released decisions under one scheme, by its key. One query."""
    released = Proposal.objects.filter(scheme=scheme, released_at__isnull=False)
    took = released.order_by("-released_at").values_list("took_days", flat=True)
    return from_past([days for days in took[:LOOKED_AT] if days is not None])


def _share(ordered: Sequence[int], share: float) -> int:
    """The smallest duration that this share of them did not exceed."""
    return ordered[math.ceil(share * len(ordered)) - 1]
