"""Which officials are at a case. The team never learns of it, nor an official with a conflict."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from activity import clock, presence
from activity.presence import Someone
from proposals.draft.models import ConflictDeclaration, Member, Proposal
from proposals.draft.models.proposal import OFFICIALS, ProposalQuerySet

CASE = "proposal.case"
SPOTS = ("case", "version", "read", "messages", "ask", "notes")


def _open_to(user: User) -> ProposalQuerySet:
    """Those whose pages open: also to know who is there, one declares that there is no conflict."""
    declared = ConflictDeclaration.objects.filter(proposal=OuterRef("pk"), user=user)
    return Proposal.objects.of_officials(user).filter(Exists(declared))


def _may_be_seen() -> Q:
    declared = ConflictDeclaration.objects.filter(
        proposal=OuterRef("subject_id"), user=OuterRef("user"), is_conflict=False
    )
    member = Member.objects.current().filter(proposal=OuterRef("subject_id"), user=OuterRef("user"))
    role = Appointment.objects.current(clock.today()).filter(
        user=OuterRef("user"), role__in=OFFICIALS
    )
    return Q(Exists(declared)) & Q(Exists(role)) & ~Q(Exists(member))


def _says(someone: Someone, mine: str) -> str:
    words = _("%(who)s is looking at this case")
    if someone.is_writing and someone.spot == "notes":
        words = _("%(who)s is writing a note")
    if someone.is_writing and someone.spot == "messages":
        words = _("%(who)s is writing to the team")
    return words % {"who": someone.who}


PLACE = presence.Place(CASE, _open_to, _may_be_seen, lambda: SPOTS, _says)
