"""What a vote opens and closes: signing and submitting, and the next vote."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from activity import clock
from activity.actors import Actor
from activity.dates import in_words
from activity.workflow import YES, Answer, because
from proposals.ballot.counting import months_after
from proposals.ballot.models import LIVE, Ballot, Status
from proposals.draft import rules
from proposals.draft.models import Proposal, Section
from proposals.draft.models import Status as Stands
from proposals.draft.models.proposal import WITH_THE_TEAM
from proposals.draft.questions import Stage
from proposals.draft.remembered import remembered

# Where a proposal may still be voted on.
VOTED_IN = (*WITH_THE_TEAM, Stands.SUBMITTED, Stands.ASSESSING, Stands.CHANGES_REQUESTED)
# The answer by which a team says that a vote shows what staff want.
BY_BALLOT = "ballot"
# Under which name a query of a proposal reads the facts below.
VOTES = "votes_of_staff"


@remembered
def ballots(proposal: Proposal) -> list[Ballot]:
    """Every vote of a proposal with its result, the first one first."""
    found = Ballot.objects.filter(proposal=proposal).select_related("result")
    return list(found.order_by("number"))


def live(proposal: Proposal) -> Ballot | None:
    """The vote that is neither closed nor called off, if there is one."""
    return next((each for each in ballots(proposal) if each.status in LIVE), None)


def last_closed(proposal: Proposal) -> Ballot | None:
    """The vote that closed last: its result is the one that counts."""
    closed = [each for each in ballots(proposal) if each.counts]
    return max(closed, key=lambda each: (each.closes_at, each.number), default=None)


def again_on(ballot: Ballot) -> datetime.date:
    """The first day on which another vote may be begun after one that said no."""
    return months_after(timezone.localdate(ballot.closes_at), ballot.again_months or 0)


def facts() -> JSONObject:
    """What decides whether a proposal may go on, as a column of a query that finds proposals.

    last: of the vote whose result counts, whether it said yes, when it closed, and how many months
    later another may be held; null where there is none. is_planned: whether one is set up whose
    last day is still to come. evidence: what the team says will show that staff support it.
    """
    mine = Ballot.objects.filter(proposal=OuterRef("pk"))
    closed = mine.filter(status=Status.CLOSED, replaced_at=None).order_by("-closes_at", "-number")
    said = JSONObject(is_yes="result__is_yes", closed="closes_at", months="again_months")
    staff = Section.objects.filter(proposal=OuterRef("pk"), key="staff")
    return JSONObject(
        last=Subquery(closed.values(said=said)[:1]),
        is_planned=Exists(mine.live().filter(closes_at__gt=clock.now())),
        evidence=Subquery(staff.values("answers__U6")[:1]),
    )


def _facts(proposal: Proposal) -> dict[str, Any]:
    """The same of one proposal; no query where its own has read them."""
    if VOTES not in proposal.__dict__:
        found = Proposal.objects.filter(pk=proposal.pk).annotate(**{VOTES: facts()})
        proposal.__dict__[VOTES] = found.values_list(VOTES, flat=True).get()
    known: dict[str, Any] = proposal.__dict__[VOTES]
    return known


def said_no(proposal: Proposal) -> str:
    """That the last vote said no, and when another may be held, in a sentence or two; or ""."""
    last = _facts(proposal)["last"]
    if last is None or last["is_yes"]:
        return ""
    closed_on = timezone.localdate(datetime.datetime.fromisoformat(last["closed"]))
    again = months_after(closed_on, last["months"])
    if again <= clock.today():
        said = _("The vote of staff that closed on %(closed)s said no. Hold another vote first.")
    else:
        said = _(
            "The vote of staff that closed on %(closed)s said no. Another may be set up from "
            "%(again)s, and must say yes first."
        )
    return said % {"closed": in_words(closed_on), "again": in_words(again)}


def said_yes(proposal: Proposal) -> bool:
    """Whether the last vote that closed said yes."""
    last = _facts(proposal)["last"]
    return last is not None and bool(last["is_yes"])


def in_the_way(proposal: Proposal, stage: Stage) -> str:
    """Why people cannot be asked to sign, or a proposal not be submitted, for want of a vote; or "".

    A vote that said no stands in the way of both until a later one says yes. A team that says that
    a secret ballot shows what staff want submits once one said yes, or once one is set up whose
    days are still to come: its dated plan.
    """
    known = _facts(proposal)
    no = said_no(proposal)
    if no or stage != Stage.SUBMIT or known["last"] is not None or known["is_planned"]:
        return no
    if known["evidence"] != BY_BALLOT:
        return ""
    return _(
        "You say that a secret ballot shows that staff support this. Hold it, or set it up with its "
        "days, on the page of the vote."
    )


def can_enter(actor: Actor, proposal: Proposal, opened_on: datetime.date | None = None) -> Answer:
    """Whether the actor may enter the result of a vote held elsewhere, which opened on that day.

    A vote held here that said no is not undone by another that opened too soon after it.
    """
    answer = _may_be_voted_on(actor, proposal)
    here = [each for each in ballots(proposal) if each.counts and not each.is_elsewhere]
    no = next((each for each in here[::-1] if not each.result.is_yes), None)
    if answer and no is not None and opened_on is not None and opened_on < again_on(no):
        said = _("After the vote that said no, another may open from %(day)s.")
        return because(said % {"day": in_words(again_on(no))})
    return answer


def can_begin(actor: Actor, proposal: Proposal) -> Answer:
    """Whether the actor may set up a vote now."""
    answer = _may_be_voted_on(actor, proposal)
    last = last_closed(proposal)
    is_no = last is not None and not last.result.is_yes
    if answer and last is not None and is_no and clock.today() < again_on(last):
        return because(said_no(proposal))
    return answer


def _may_be_voted_on(actor: Actor, proposal: Proposal) -> Answer:
    answer = rules.only_the_lead(actor, proposal)
    if not answer:
        return answer
    if proposal.status not in VOTED_IN:
        return because(_("Staff vote while the proposal is written or assessed."))
    if live(proposal) is not None:
        return because(_("There is a vote already. One at a time."))
    return YES
