"""What a case says of the last vote of staff, read along with the case itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from proposals.ballot.models import Ballot, Status

READ = (
    *("eligible", "cast", "votes_for", "votes_against"),
    *("least_turnout", "least_share", "is_yes"),
)


@dataclass(frozen=True)
class LastVote:
    """The vote that closed last. number: of it; words: how it went; is_ours: held in the portal."""

    number: int
    words: str
    is_ours: bool


def last_vote() -> Subquery:
    """A column of a query of proposals: the result that `in_words` says, its rules too, or null."""
    columns = {name: F(f"result__{name}") for name in READ}
    mine = Ballot.objects.filter(proposal=OuterRef("pk"))
    closed = mine.filter(status=Status.CLOSED, replaced_at=None)
    read = JSONObject(number="number", is_elsewhere="is_elsewhere", **columns)
    return Subquery(closed.order_by("-closes_at", "-number").values(read=read)[:1])


def in_words(read: dict[str, Any] | None) -> LastVote | None:
    """The last vote as a case shows it; None where staff have not voted."""
    if read is None:
        return None
    numbers = {
        "cast": read["cast"],
        "eligible": read["eligible"],
        "yes": read["votes_for"],
        "valid": read["votes_for"] + read["votes_against"],
    }
    said = _("Staff said yes. %(cast)d of %(eligible)d voted; %(yes)d of %(valid)d said yes.")
    if not read["is_yes"]:
        said = _(
            "Staff did not say yes. %(cast)d of %(eligible)d voted; %(yes)d of %(valid)d said yes."
        )
    return LastVote(read["number"], said % numbers, not read["is_elsewhere"])
