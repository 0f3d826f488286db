"""Who of a team is at its draft. Officials are in another place, and neither learns of the other."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from activity import presence
from activity.presence import Someone
from proposals.draft.models import Member, Proposal
from proposals.draft.models.proposal import ProposalQuerySet
from proposals.draft.questions import Page, Topic, topic, topics

TEAM = "proposal.team"
TASKS = "tasks"


def spot_of(about: Topic, asked: Page) -> str:
    """The spot of one page of questions."""
    return f"{about.key}/{asked.key}"


def _spots() -> set[str]:
    return {TASKS} | {spot_of(about, asked) for about in topics() for asked in about.pages}


def _open_to(user: User) -> ProposalQuerySet:
    return Proposal.objects.of_team(user)


def _may_be_seen() -> Exists:
    return Exists(
        Member.objects.current().filter(proposal=OuterRef("subject_id"), user=OuterRef("user"))
    )


def _says(someone: Someone, mine: str) -> str:
    about = topic(someone.spot.split("/")[0])
    words = _("%(who)s is in “%(section)s”")
    if about is None:
        words = _("%(who)s is at the list of sections")
    if someone.spot == mine:
        words = _("%(who)s has this page open")
        if someone.is_writing:
            words = _("%(who)s is writing here")
    return words % {"who": someone.who, "section": about.title if about else ""}


PLACE = presence.Place(TEAM, _open_to, _may_be_seen, _spots, _says)
