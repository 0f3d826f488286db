"""What in a public text would tell whose proposal it speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from proposals.draft.models import Member, Proposal

# A shorter name is in too many other words.
LEAST_LETTERS = 4


def given_away(text: str, proposal: Proposal) -> str:
    """The first word or name in a text that tells of the team or its employer; "" for none."""
    employer = proposal.employer
    names = [proposal.reference, proposal.title, employer.name, *employer.other_names]
    return found_in(text, [*names, *_people(proposal)])


def found_in(text: str, names: Iterable[str]) -> str:
    """The first of these names that stands in a text, whatever its letters' case. Pure."""
    plain = _plain(text)
    long = (name for name in names if len(name) >= LEAST_LETTERS)
    return next((name for name in long if _plain(name) in plain), "")


def _people(proposal: Proposal) -> list[str]:
    members = Member.objects.filter(proposal=proposal)
    return list(members.values_list("user__name", flat=True))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
