"""What waits for a team or an official on the page that everybody lands on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from activity import clock
from activity.actors import holds, roles_of
from activity.waiting import MOST, Beginning, Item, Thing
from proposals.decision.models import Recommendation
from proposals.draft.models import ConflictDeclaration, Proposal, Signature, Status
from proposals.draft.models.proposal import DECIDED_OUTCOMES, OFFICIALS, ProposalQuerySet

# role -> where a case stands, and what it then needs of somebody in that role
NEEDED: dict[Role, dict[Status, str | Promise]] = {
    Role.REVIEWER: {
        Status.SUBMITTED: gettext_lazy("Begin assessment"),
        Status.ASSESSING: gettext_lazy("Read it and recommend"),
    },
    Role.DECISION_MAKER: {
        Status.RECOMMENDED: gettext_lazy("Countersign, or send back"),
        Status.COUNTERSIGNED: gettext_lazy("Decide"),
        Status.DECIDED: gettext_lazy("Release the letter"),
    },
}

# A letter waits to be read for so long; after that it is found on the proposal's own page.
LETTER_IS_NEWS = datetime.timedelta(days=30)


def for_anybody(user: User) -> Iterator[Thing]:
    """Their teams' proposals, and the cases that an official can move on: a query each."""
    if holds(user, *OFFICIALS):
        yield from _cases(user)
    yield from _of_their_teams(user)
    if not roles_of(user):
        yield Beginning(_("Start a proposal"), reverse("proposals:new"))


def _of_their_teams(user: User) -> Iterator[Item]:
    to_sign = Signature.objects.missing().filter(proposal=OuterRef("pk"), user=user)
    mine = Proposal.objects.of_team(user).annotate(to_sign=Exists(to_sign))
    lately = clock.now() - LETTER_IS_NEWS
    news = Q(status__in=DECIDED_OUTCOMES, status_at__gt=lately)
    mine = mine.filter(Q(to_sign=True) | Q(status=Status.DRAFT) | news)
    for proposal in mine.order_by("-to_sign", "-status_at", "pk")[:MOST]:
        name, needed = _team_needs(proposal)
        path = reverse(f"proposals:{name}", args=[proposal.reference])
        yield Item(proposal.title, path, needed, proposal.reference)


def _team_needs(proposal: Proposal) -> tuple[str, str]:
    if proposal.to_sign:  # type: ignore[attr-defined]  # annotated above
        return "sign", _("Read this text and sign it")
    if proposal.status == Status.DRAFT:
        return "tasks", _("Go on writing")
    return "letter", _("Read the letter")


def _cases(user: User) -> Iterator[Item]:
    declared = ConflictDeclaration.objects.filter(proposal=OuterRef("pk"), user=user)
    needed = _needed_of(user)
    cases = _open_to(user).filter(status__in=needed).annotate(declared=Exists(declared))
    for case in cases.order_by("due_on", "pk")[:MOST]:
        is_open: bool = case.declared  # type: ignore[attr-defined]  # annotated above
        name = "case" if is_open else "declare"
        words = needed[Status(case.status)] if is_open else _("Say whether you have a conflict")
        path = reverse(f"proposals:{name}", args=[case.reference])
        yield Item(case.title, path, str(words), case.reference, case.due_on)


def _needed_of(user: User) -> dict[Status, str | Promise]:
    """Where a case needs one of this person's roles, and for what."""
    found: dict[Status, str | Promise] = {}
    for role, needs in NEEDED.items():
        if holds(user, role):
            found |= needs
    return found


def _open_to(user: User) -> ProposalQuerySet:
    """Cases whose next link this person did not bar themselves from by making an earlier one."""
    chain = Recommendation.objects.standing().filter(proposal=OuterRef("pk"))
    recommended = Exists(chain.filter(by=user))
    countersigned = Exists(chain.filter(countersigned_by=user))
    return Proposal.objects.of_officials(user).filter(
        ~recommended, ~Q(countersigned, status=Status.COUNTERSIGNED)
    )
