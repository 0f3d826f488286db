"""Whom a case suits best: who knows such services, and has time. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User

# More cases of one sector than this make nobody know it better.
KNOWS_WELL = 3


@dataclass(frozen=True)
class Candidate:
    """A reviewer who may take a case.

    open_cases: that they answer for now. known: of the same sector that they answer for, or did; of
    the same sectors where several cases are given at once.
    """

    person: User
    open_cases: int
    known: int
    sectors: int = 1

    @property
    def why(self) -> str:
        """What speaks for and against them, in a sentence."""
        has = ngettext("Has %(n)d open case", "Has %(n)d open cases", self.open_cases)
        knows = ngettext("%(n)d of this sector so far", "%(n)d of this sector so far", self.known)
        if self.sectors > 1:
            knows = _("%(n)d of these sectors so far")
        return f"{has % {'n': self.open_cases}}; {knows % {'n': self.known}}."


def ranked(found: Iterable[Candidate]) -> list[Candidate]:
    """The best first: a case of the sector makes up for one that is open, up to a few."""
    return sorted(
        found,
        key=lambda each: (
            each.open_cases - min(each.known, KNOWS_WELL),
            each.open_cases,
            str(each.person).casefold(),
            each.person.pk,
        ),
    )
