"""Reminding whoever ticked cases wait for: a reviewer who answers, or whoever makes the next link."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.people import holders
from activity import clock
from activity.dates import in_words
from activity.models import Event
from activity.models.events import describe
from activity.once import key_of
from activity.transactions import in_one_piece
from activity.worktime import ENGLAND_AND_WALES, calendar_for, due_on
from proposals.decision.models import Recall, Recommendation
from proposals.decision.rules import BARRING, barred_by
from proposals.draft import several
from proposals.draft.models import Proposal, Status
from proposals.employer.hearing import has_had_its_time
from proposals.review import ticked
from proposals.review.ticked import Outcome, Ticked

KIND = "case.remind"
# A case is reminded of once in so many working days.
REST_DAYS = 2
# More people than this are nobody in particular: to remind all of them annoys most.
FEW = 5

TEAM = gettext_lazy("waits for its team, who are reminded by themselves")
EMPLOYER = gettext_lazy("waits for the employer, who is reminded by itself")
NOBODY = gettext_lazy("nobody who may open it answers for it: assign it first")
NO_ONE_MAY = gettext_lazy("there is nobody who may take the next step")
YOU = gettext_lazy("waits for you")


@dataclass(frozen=True)
class Known:
    """What is read once for all ticked cases, by their keys.

    reviewers: keys of those who hold the role, among those who answer. decision_makers: all of
    them. reminded_on: the last day on which somebody was reminded of it.
    """

    reviewers: set[int]
    decision_makers: Sequence[User]
    chains: Mapping[int, Recommendation]
    recalls: Mapping[int, Recall]
    reminded_on: Mapping[int, datetime.date]


@dataclass(frozen=True)
class Waits:
    """Whom a ticked case waits for. left: why nobody is reminded of it, or ""."""

    ticked: Ticked
    people: list[User] = field(default_factory=list)
    left: str = ""


def waits(rows: Sequence[Ticked], by: User) -> list[Waits]:
    """Who would be reminded of each ticked case by somebody, and if nobody, why; in five queries."""
    known = _known(rows)
    return [_waits(row, known, by) for row in rows]


def _known(rows: Sequence[Ticked]) -> Known:
    today = clock.today()
    cases = [row.case for row in rows]
    chains = Recommendation.objects.standing().filter(proposal__in=cases)
    recalls = Recall.objects.open().filter(decision__proposal__in=cases).select_related("decision")
    leads = holders(Role.REVIEWER, today).filter(pk__in={case.lead_reviewer_id for case in cases})
    return Known(
        reviewers=set(leads.values_list("pk", flat=True)),
        decision_makers=list(holders(Role.DECISION_MAKER, today)),
        chains={chain.proposal_id: chain for chain in chains},
        recalls={recall.decision.proposal_id: recall for recall in recalls},
        reminded_on=_reminded_on(cases),
    )


def _reminded_on(cases: Sequence[Proposal]) -> dict[int, datetime.date]:
    told = Event.objects.filter(
        kind=KIND,
        subject_type=Proposal._meta.label_lower,
        subject_id__in=[case.pk for case in cases],
    )
    rows: Any = told.order_by().values_list("subject_id").annotate(Max("at"))
    return {pk: timezone.localdate(at) for pk, at in rows}


def _waits(row: Ticked, known: Known, by: User) -> Waits:
    if left := _why_never(row) or _lately(known.reminded_on.get(row.case.pk)):
        return Waits(row, left=left)
    people = [person for person in _people(row, known) if person.pk not in row.barred]
    if not people:
        in_chain = row.case.status in BARRING
        return Waits(row, left=str(NO_ONE_MAY if in_chain else NOBODY))
    others = [person for person in people if person != by]
    if not others:
        return Waits(row, left=str(YOU))
    if len(others) > FEW:
        many = _("waits for any of %(n)d people, and for nobody in particular")
        return Waits(row, left=many % {"n": len(others)})
    return Waits(row, others)


def _why_never(row: Ticked) -> str:
    """Why nobody is reminded of a case, wherever they stand to it; "" if somebody may be."""
    if row.why_never:
        return row.why_never
    if row.case.status == Status.CHANGES_REQUESTED:
        return str(TEAM)
    return str(EMPLOYER) if _waits_for_employer(row.case) else ""


def _waits_for_employer(case: Proposal) -> bool:
    """Whether a reviewer has nothing to go on with: an official has time left, and did not answer."""
    is_asked = case.status == Status.ASSESSING and case.employer_due_on is not None
    return is_asked and not has_had_its_time(case)


def _lately(on: datetime.date | None) -> str:
    """That somebody was reminded too short a while ago; "" if not."""
    if on is None:
        return ""
    again = due_on(on, REST_DAYS, [], calendar_for(ENGLAND_AND_WALES))
    if again <= clock.today():
        return ""
    return _("reminded already; it can be done again on %(day)s") % {"day": in_words(again)}


def _people(row: Ticked, known: Known) -> list[User]:
    """Whoever can move a case on, whether or not it is closed to them by now."""
    case = row.case
    if case.status not in BARRING:
        lead = case.lead_reviewer
        return [lead] if lead and lead.pk in known.reviewers else []
    if recall := known.recalls.get(case.pk):
        return [person for person in known.decision_makers if person.pk != recall.asked_by_id]
    chain = known.chains.get(case.pk)
    made = barred_by(chain, Status(case.status)) if chain else set()
    return [person for person in known.decision_makers if person.pk not in made]


@in_one_piece
def remind_many(
    *, references: Collection[str], shown: Collection[str], once: uuid.UUID, by: User
) -> Outcome:
    """Remind whoever these cases wait for, each person once. Pressed twice, they are reminded once.

    shown, once: as `assign_many` has them. A case of which somebody was reminded less than two
    working days ago is left out, whoever reminded them.
    """
    rows = ticked.locked(references, by)
    press = str(key_of(once, by.pk, KIND))
    before = ticked.pressed(KIND, rows, press)
    found = [_seen(each, shown) for each in waits(rows, by) if each.ticked.case.pk not in before]
    _tell([each for each in found if not each.left], press, by)
    return Outcome(
        done=[row.case for row in rows if row.case.pk in before]
        + [each.ticked.case for each in found if not each.left],
        left=[(each.ticked.case, each.left) for each in found if each.left],
    )


def _seen(each: Waits, shown: Collection[str]) -> Waits:
    """The same, left out if its page showed it otherwise."""
    if each.left or each.ticked.mark in shown:
        return each
    return Waits(each.ticked, left=str(ticked.MOVED))


def _tell(found: Sequence[Waits], press: str, by: User) -> None:
    theirs: dict[User, list[Proposal]] = defaultdict(list)
    for each in found:
        for person in each.people:
            theirs[person].append(each.ticked.case)
    for person, cases in theirs.items():
        several.tell("case.remind", cases, person)
    Event.objects.bulk_create(
        Event(**describe(KIND, each.ticked.case, by=by, data=_data(each, press))) for each in found
    )


def _data(each: Waits, press: str) -> dict[str, Any]:
    return {"users": [person.pk for person in each.people], "press": press}
