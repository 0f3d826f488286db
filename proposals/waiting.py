"""What waits for a team or an official on the page that everybody lands on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import cover
from accounts.models import Role, User
from activity import clock, counting
from activity.actors import holds, roles_of
from activity.waiting import MOST, Beginning, Elsewhere, Item, Thing
from proposals.decision.models import Decision, Recall, Recommendation
from proposals.decision.rules import BARRING
from proposals.draft.models import (
    ConflictDeclaration,
    Exemption,
    Member,
    MemberRole,
    Proposal,
    Signature,
    Status,
)
from proposals.draft.models.proposal import (
    BEING_DECIDED,
    DECIDED_OUTCOMES,
    OFFICIALS,
    REVIVABLE,
    WITH_OFFICIALS,
    ProposalQuerySet,
    nobody_answers,
)
from proposals.draft.steps import SIGNED_IN
from proposals.draft.words import outside_label
from proposals.ideas.models import Idea
from proposals.ideas.models import Status as IdeaStatus
from proposals.review import queue

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
# Nobody is in so many teams that what waits for others is more than this.
LOOKED_AT = 100
# Who has a case while it needs nothing of an official who asks.
ELSEWHERE: dict[str | Promise, tuple[Status, ...]] = {
    gettext_lazy("the team"): (Status.CHANGES_REQUESTED,),
    gettext_lazy("reviewers"): (Status.SUBMITTED, Status.ASSESSING),
    gettext_lazy("decision makers"): BEING_DECIDED,
}


def for_anybody(user: User) -> Iterator[Thing]:
    """Their teams' proposals, and the cases that an official can move on: a query each."""
    if holds(user, *OFFICIALS):
        yield from _cases(user)
    if holds(user, Role.COORDINATOR):
        yield from _ideas(user)
        yield Beginning(
            _("Read how long cases take, and how they end"), reverse("proposals:figures")
        )
    yield from _of_their_teams(user)
    if not roles_of(user):
        yield Beginning(_("Start a proposal"), reverse("proposals:new"))


def _ideas(user: User) -> Iterator[Item]:
    """One line for all ideas that wait for an answer, as many share them."""
    new = Idea.objects.visible_to(user).filter(status=IdeaStatus.NEW)
    count = counting.counts({"new": new})["new"]
    if count:
        words = ngettext("%(n)s idea", "%(n)s ideas", count) % {"n": counting.in_words(count)}
        yield Item(words, reverse("proposals:ideas"), _("Answer them"))


def _of_their_teams(user: User) -> Iterator[Item | Elsewhere]:
    asked = Signature.objects.current().filter(proposal=OuterRef("pk"))
    missing = asked.filter(signed_at=None)
    mine = Member.objects.current().filter(proposal=OuterRef("pk"), user=user)
    found = Proposal.objects.of_team(user).annotate(
        to_sign=Exists(missing.filter(user=user)),
        to_submit=Q(Exists(mine.filter(role=MemberRole.LEAD)), Exists(asked), ~Exists(missing))
        & Q(status__in=SIGNED_IN.values()),
        to_answer=Q(
            ~Exists(mine.filter(role=MemberRole.VIEWER)),
            ~Exists(asked),
            status=Status.CHANGES_REQUESTED,
        ),
        to_write=Q(~Exists(mine.filter(role=MemberRole.VIEWER)), status=Status.DRAFT),
        to_revive=Q(
            Exists(mine.filter(role=MemberRole.LEAD)),
            status=Status.LAPSED,
            status_at__gte=_midnight(clock.today() - REVIVABLE),
        ),
    )
    lately = clock.now() - LETTER_IS_NEWS
    news = Q(status__in=[*DECIDED_OUTCOMES, Status.EXEMPT], status_at__gt=lately)
    needs = Q(to_sign=True) | Q(to_submit=True) | Q(to_answer=True) | Q(to_write=True) | news
    needs |= Q(to_revive=True)
    waits = Q(status__in=[Status.AWAITING_SIGN_OFF, *WITH_OFFICIALS])
    found = found.annotate(needs=ExpressionWrapper(needs, BooleanField())).filter(needs | waits)
    rows: list[Any] = list(
        found.order_by("-needs", "-to_sign", "-to_submit", "-to_answer", "-status_at", "pk")[
            :LOOKED_AT
        ]
    )
    for proposal in [row for row in rows if row.needs][:MOST]:
        name, needed = _team_needs(proposal)
        path = reverse(f"proposals:{name}", args=[proposal.reference])
        yield Item(
            title=proposal.title,
            path=path,
            needed=needed,
            reference=proposal.reference,
            status=proposal.outside_status,
            label=outside_label(proposal),
            due_on=proposal.revivable_until if proposal.to_revive else None,
        )
    yield from _with_others([row for row in rows if not row.needs])


def _midnight(day: datetime.date) -> datetime.datetime:
    """When a day begins here."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _with_others(rows: list[Any]) -> Iterator[Elsewhere]:
    """A team's proposals that need nothing of this person."""
    to_sign = sum(row.status in SIGNED_IN.values() for row in rows)
    yield Elsewhere(to_sign, _("colleagues"))
    yield Elsewhere(len(rows) - to_sign, _("the Cabinet Office"))


def _team_needs(proposal: Any) -> tuple[str, str]:
    """The page and the words of what is needed; annotated above."""
    if proposal.to_sign:
        return "sign", _("Read this text and sign it")
    if proposal.to_submit and proposal.status == Status.CHANGES_REQUESTED:
        return "resubmit", _("Send the new version")
    if proposal.to_submit:
        return "submit", _("Submit it")
    if proposal.to_answer:
        return "requests", _("Answer what the reviewers ask")
    if proposal.to_write:
        return "tasks", _("Go on writing")
    if proposal.to_revive:
        return "revive", _("Bring it back, or leave it")
    return "letter", _("Read the letter")


def _cases(user: User) -> Iterator[Item | Elsewhere]:
    needed = _needed_of(user)
    for case in _first_for(user, needed):
        name, words = _case_needs(case, needed)
        path = reverse(f"proposals:{name}", args=[case.reference])
        yield Item(
            title=case.title,
            path=path,
            needed=str(words),
            reference=case.reference,
            due_on=case.due_on,
            status=case.status,
            label=case.get_status_display(),
        )
    yield from _cases_with_others(user, needed)


def _first_for(user: User, needed: dict[Status, str | Promise]) -> list[Any]:
    """The cases to show: first those that they answer for, then those that no reviewer does.

    In one query, each part of it by its own index.
    """
    waits = _open_to(user).filter(status__in=needed).order_by("due_on", "pk")
    mine = waits.filter(lead_reviewer=user)
    theirs = _covered_for(user)
    # Where a reviewer reads, one is enough; who countersigns or decides is another person anyway.
    decided = [status for status in needed if status not in NEEDED[Role.REVIEWER]]
    others = nobody_answers()
    if decided:
        others |= Q(status__in=decided) & ~Q(lead_reviewer=user) & ~theirs
    parts = ((mine, 0), (waits.filter(theirs), 0), (waits.filter(others), 1))
    first, *more = (part.annotate(rank=Value(rank))[:MOST] for part, rank in parts)
    found: Any = first.union(*more, all=True)
    order = sorted(found, key=lambda each: (each.rank, each.due_on, each.pk))
    return order[:MOST]


def _covered_for(user: User) -> Q:
    """Which cases somebody sees to for a colleague who is away."""
    return Q(lead_reviewer__in=cover.covered_by(user, clock.today()).values("user"))


def _cases_with_others(
    user: User, needed: dict[Status, str | Promise]
) -> Iterator[Item | Elsewhere]:
    """Open cases of officials that this person's roles do not move now; conflicts are no part."""
    cases = Proposal.objects.of_officials(user)
    left = {
        str(whom): [status for status in statuses if status not in needed]
        for whom, statuses in ELSEWHERE.items()
    }
    asked = {whom: cases.filter(status__in=statuses) for whom, statuses in left.items() if statuses}
    asked["official"] = asked["others"] = cases.none()
    asked["exempt"] = queue.to_confirm(cases, user)
    asked["again"] = asked["overdue"] = cases.none()
    if holds(user, Role.DECISION_MAKER):
        near = Exemption.objects.of_officials(user).near(clock.today())
        asked["again"] = cases.filter(pk__in=near.values("proposal"))
        due = near.filter(review_on__lte=clock.today())
        asked["overdue"] = cases.filter(pk__in=due.values("proposal"))
    if holds(user, Role.REVIEWER):
        led = cases.filter(~nobody_answers(), status__in=NEEDED[Role.REVIEWER])
        others = led.exclude(Q(lead_reviewer=user) | _covered_for(user))
        asked |= {"official": cases.without_official(), "others": others}
    found = counting.counts(asked)
    yield from _of_many(found.pop("exempt"), "exempt", _("Confirm or refuse an exemption"))
    yield from _to_look_at(found.pop("again"), found.pop("overdue"))
    yield from _of_many(found.pop("official"), "official", _("Find the employer's official"))
    yield Elsewhere(found.pop("others"), _("other reviewers"))
    yield from (Elsewhere(count, whom) for whom, count in found.items())


def _to_look_at(count: int, due: int) -> Iterator[Item]:
    """One line for all exemptions whose day is near, and how many of them have reached it."""
    if count:
        words = ngettext("%(n)s exemption", "%(n)s exemptions", count)
        title = words % {"n": counting.in_words(count)}
        if due:
            title = _("%(all)s, %(due)s due") % {"all": title, "due": counting.in_words(due)}
        yield Item(title, reverse("proposals:exemptions"), _("Look at it again"))


def _of_many(count: int, chosen: str, needed: str) -> Iterator[Item]:
    """One line for all cases of a queue, as many people share them."""
    if count:
        words = ngettext("%(n)s case", "%(n)s cases", count) % {"n": counting.in_words(count)}
        yield Item(words, f"{reverse('proposals:work')}?queue={chosen}", needed)


def _case_needs(case: Any, needed: dict[Status, str | Promise]) -> tuple[str, str | Promise]:
    """The page and the words of what a case needs; annotated below."""
    if not case.declared:
        return "declare", _("Say whether you have a conflict")
    if case.to_answer:
        return "recall", _("Answer a request to take the decision back")
    return "case", needed[Status(case.status)]


def _needed_of(user: User) -> dict[Status, str | Promise]:
    """Where a case needs one of this person's roles, and for what."""
    found: dict[Status, str | Promise] = {}
    for role, needs in NEEDED.items():
        if holds(user, role):
            found |= needs
    return found


def _open_to(user: User) -> ProposalQuerySet:
    """Cases that this person can move: no earlier link of theirs bars them from the next one.

    Whoever made a link may still answer a request to take the decision back, but their own.
    """
    declared = ConflictDeclaration.objects.filter(proposal=OuterRef("pk"), user=user)
    asked = Recall.objects.open().filter(decision__proposal=OuterRef("pk"))
    barred = Q(Exists(asked.filter(asked_by=user)))
    for status, links in BARRING.items():
        chain = Recommendation.objects.standing().filter(proposal=OuterRef("pk"))
        made = reduce(or_, (Q(**{link: user}) for link in links))
        barred |= Q(Exists(chain.filter(made)), status=status)
    # A letter that goes out by itself needs nobody before its day has passed.
    timed = Decision.objects.standing().filter(proposal=OuterRef("pk"))
    barred |= Q(Exists(timed.filter(release_on__gte=clock.today())), status=Status.DECIDED)
    return (
        Proposal.objects.of_officials(user)
        .annotate(declared=Exists(declared), to_answer=Exists(asked.exclude(asked_by=user)))
        .filter(Q(to_answer=True) | ~barred)
    )
