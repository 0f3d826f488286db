"""Who answers for a case: whom it could be given to, and giving it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts import cover
from accounts.models import Role, User
from accounts.people import holders
from activity import clock, outbox
from activity.models import Event
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from proposals.draft import readers, rules
from proposals.draft.models import Proposal
from proposals.draft.models.proposal import OFFICIALS, WITH_OFFICIALS
from proposals.review.ranking import Candidate, ranked


def reviewers(case: Proposal) -> QuerySet[User]:
    """Everybody who may be given a case: reviewers whom nothing bars from it."""
    return readers.free(case, Role.REVIEWER)


def candidates(case: Proposal) -> list[Candidate]:
    """Those who may be given a case and are not away, the best first, in one query."""
    return ranked(weighed(cover.here(reviewers(case), clock.today()), [case]))


def away(case: Proposal) -> list[User]:
    """Those who could have a case and are away, by name, each with `away_until`; in one query."""
    return list(cover.gone(reviewers(case), clock.today()).order_by("name", "pk"))


def weighed(people: QuerySet[User], cases: Sequence[Proposal]) -> list[Candidate]:
    """People with how many cases they have, and know of the sectors of these, in one query."""
    led = Proposal.objects.filter(lead_reviewer=OuterRef("pk")).order_by().values("lead_reviewer")
    sectors = {case.sector for case in cases}
    known = led.filter(sector__in=sectors).exclude(pk__in=[case.pk for case in cases])
    found: Any = people.annotate(
        open_cases=_number(led.filter(status__in=WITH_OFFICIALS)), known=_number(known)
    )
    return [Candidate(each, each.open_cases, each.known, len(sectors)) for each in found]


def barred(case: Proposal) -> list[User]:
    """Reviewers to whom the case is closed, by name; why is nobody's business."""
    everybody = holders(Role.REVIEWER, clock.today())
    return list(everybody.exclude(pk__in=reviewers(case).values("pk")).order_by("name", "pk"))


@in_one_piece
def assign(*, proposal: Proposal, to: User, shown: str, by: User) -> Proposal:
    """Let a reviewer answer for a case, and tell them. Pressed twice, it is given once.

    shown: the address of whoever answered for it on the page that asked, or "". Raises MovedOn when
    it is somebody else by now, or the case has left the officials; PermissionDenied for whoever is
    no official of it, and for somebody who may not have it.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    if not any(rules.official(by, fresh, role) for role in OFFICIALS):
        raise PermissionDenied
    if fresh.lead_reviewer_id == to.pk:
        return fresh
    if fresh.status not in WITH_OFFICIALS or shown != shown_of(fresh):
        raise MovedOn(fresh)
    if not reviewers(fresh).filter(pk=to.pk).exists():
        raise PermissionDenied
    fresh.lead_reviewer = to
    fresh.save(update_fields=["lead_reviewer"])
    Event.objects.write("case.assign", fresh, by=by, data={"user": to.pk})
    if to != by:
        outbox.tell("case.assign", fresh, [to])
    return fresh


def shown_of(case: Proposal) -> str:
    """What a page sends back of whoever answers for a case."""
    return case.lead_reviewer.email if case.lead_reviewer else ""


def _number(found: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(found.annotate(n=Count("pk")).values("n")), 0)
