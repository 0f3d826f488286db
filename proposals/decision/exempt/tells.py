"""What in a text would tell whose proposal it speaks of, or who is in its team."""

from __future__ import annotations

from collections.abc import Iterable

from proposals.draft.models import Member, Proposal, VersionAnswer

# A shorter name is in too many other words.
LEAST_LETTERS = 4


def given_away(text: str, proposal: Proposal) -> str:
    """The first word or name in a text that tells of the team or its employer; "" for none."""
    employer = proposal.employer
    names = [proposal.reference, proposal.title, employer.name, *employer.other_names]
    return found_in(text, [*names, *people_of(proposal)])


def found_in(text: str, names: Iterable[str]) -> str:
    """The first of these names that stands in a text, whatever its letters' case. Pure."""
    plain = _plain(text)
    long = (name for name in names if len(name) >= LEAST_LETTERS)
    return next((name for name in long if _plain(name) in plain), "")


def people_of(proposal: Proposal) -> list[str]:
    """Those who are or were in the team, and those whom its versions name as its leaders."""
    members = Member.objects.filter(proposal=proposal).values_list("user__name", flat=True)
    typed = VersionAnswer.objects.filter(version__proposal=proposal, section="team")
    found = list(members)
    for question, answer in typed.values_list("question", "typed"):
        if question == "T1_name":
            found.append(answer)
        elif question == "T2":
            found += [row.get("name", "") for row in answer]
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
