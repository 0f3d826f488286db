"""Example proposals, one a status that a step or a job leads to, for the embedded database only."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, User
from activity import clock, notices
from activity.actors import Actor
from activity.models import Event
from activity.models.events import describe
from activity.references import next_reference
from proposals.ballot import examples as ballots
from proposals.ballot.models import Choice
from proposals.decision import actions as decision
from proposals.decision.exempt import actions as exempting
from proposals.decision.models import Outcome
from proposals.draft import actions as draft
from proposals.draft import lapsing
from proposals.draft.models import (
    Area,
    Member,
    MemberRole,
    Proposal,
    ReasonCode,
    ScopeRule,
    Signature,
    Status,
)
from proposals.draft.questions import Answers
from proposals.employer import escalating
from proposals.employer import examples as employer
from proposals.employer.models import Heard
from proposals.example_documents import add_letter, add_notes
from proposals.review import actions as review
from proposals.review import assigning, concerning, requests
from proposals.review.cases.actions import save_view
from proposals.review.gates import examples as gates
from proposals.review.models import About

People = Mapping[str, User]

# One a status that a step leads to, in the order of the way.
SERVICES = Path(__file__).with_name("examples.json")
# The one that waits for signatures has somebody in its team who has only that to do.
WITH_A_THIRD_SIGNER = 1
# Each of two warnings waits for a working day: over Christmas, or Easter, for some days.
NO_WORKING_DAYS = 14
# A draft whose team wrote this much and no more.
FORGOTTEN = {
    "S1": "Example: Valley school meals",
    "S2": "leicestershire-county-council",
    "S3": "schools-support",
    "S5": "We cook in eleven kitchens for twenty-six primary schools.",
}
REJECTED = "leisure"
VIEW = "Example: nobody answers for it"
SAID_NO_TO = "Do you want this service to be run by its staff as a mutual from April next year?"
# What reviewers ask of the one that they sent back: section, page, and what would satisfy them.
ASKED = (
    (
        "quality",
        "worse",
        "Say how long a result takes today and in the new laboratory, and where the figures are "
        "from.",
    ),
    (
        "staff",
        "worries",
        "Four people are unsure. Say what each group of them asked, and your answer.",
    ),
)
ANSWERED_WITHIN = datetime.timedelta(weeks=4)
# Of the service that is exempt: what its team said of limits, and what officials said of it.
LIMITED = {"S10": "yes", "S10_which": "Holding people by powers that only the police have."}
EXEMPT = {
    "area": Area.POLICING,
    "why": "Only somebody with police powers may hold a person and decide to let them go, so the "
    "work in the suites cannot leave the force. Care by nurses and the upkeep of the suites do not "
    "need these powers: they are covered.",
    "public_why": "Example: holding people by police powers. Health care and upkeep beside it are "
    "covered.",
}
LOOKED_AT_AFTER = datetime.timedelta(weeks=104)


# Of the service that is still a draft, these sections are not begun.
NOT_BEGUN = ("workforce", "assets", "award", "support")
# Answers about money that are amounts, and grow with the service.
AMOUNTS = (
    "F3",
    "F4",
    "F5",
    "F6",
    "F7",
    "F8",
    "F9",
    "F11_opening",
    "F11_lowest",
    "F11_closing",
    "F13",
)


@dataclass(frozen=True)
class Service:
    """What a team says of its service.

    indicators: name, unit, direction, source and period of each, `figures` (now, years 1 to 5, the
    least that is acceptable), and a reason where one is needed. size: of worked case A of the
    guide, in per cent.
    """

    title: str
    employer: str
    sector: str
    described: str
    users: str
    counted: str
    staff: dict[str, str]
    form: str
    run_for: str
    better: str
    worse: str
    indicators: list[dict[str, str]]
    signs_as: str
    size: int


def _read() -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(SERVICES.read_text("utf-8"))
    return facts


def services() -> list[Service]:
    """The services of the examples, made up."""
    return [Service(**words) for words in _read()["services"]]


def load(people: People) -> list[Proposal]:
    """Make the example proposals, once the bodies are there; a second time changes nothing.

    people: the example people by key: lead, editor, signer, reviewer, and two decision makers.
    """
    if Proposal.objects.filter(title__startswith="Example: ").exists():
        return []
    made = [
        leicester(people),
        *(_example(service, far, people) for far, service in enumerate(services())),
        _lapsed(people),
        _sent_back(people),
        _too_dear(people),
        _exempt(people),
    ]
    _concern(
        Proposal.objects.get(status=Status.CHANGES_REQUESTED, title__startswith="Example: "), people
    )
    assessing = Proposal.objects.get(status=Status.ASSESSING, title__startswith="Example: ")
    employer.answered(assessing, people["reviewer"])
    gates.answered(assessing, people["reviewer"], gates.OPEN_STILL, only=("A", "B", "C", "F"))
    save_view(name=VIEW, filters="lead=nobody", is_shared=True, by=people["reviewer"])
    return made


def leicester(people: People) -> Proposal:
    """The draft of which every section is answered, after one of the twelve pathfinders.

    Its staff voted, and said yes.
    """
    facts = _read()["leicester"]
    carried = leicester_answers()
    proposal = _draft(facts["title"], facts["employer"], carried, ("editor",), people)
    add_notes(proposal, people["editor"])
    add_letter(proposal, people["lead"])
    asked = carried["staff"]
    votes = [Choice.FOR] * 10 + [Choice.AGAINST]
    ballots.held(proposal, asked["U8"], votes, people["lead"], int(asked["U1_headcount"]))
    return proposal


def leicester_answers() -> Answers:
    """Its answers; the money is worked case A of the guide, of which twelve people buy most."""
    facts = _read()["leicester"]
    return {**facts["answers"], "money": _money(100, facts["money"])}


def _too_dear(people: People) -> Proposal:
    """A whole draft after worked case B of the guide: its headline looks good, and it saves nothing.

    Its staff voted, and said no.
    """
    facts = _read()
    service = Service(**facts["too_dear"])
    carried = answers(service)
    carried["money"] = _money(service.size, facts["money"]["too_dear"])
    carried["award"] |= {"P1": "11,080,000", "P5_amount": "920,000"}
    proposal = _draft(service.title, service.employer, carried, ("editor",), people)
    votes = [Choice.FOR] * 17 + [Choice.AGAINST] * 23 + [Choice.BLANK]
    ballots.held(proposal, SAID_NO_TO, votes, people["lead"], int(service.staff["headcount"]))
    return proposal


def _exempt(people: People) -> Proposal:
    """One that a decision maker proposed to be exempt, and another confirmed."""
    service = Service(**_read()["exempt"])
    carried = answers(service)
    carried["service"] |= LIMITED
    draft_of = _draft(service.title, service.employer, carried, ("editor",), people)
    for step in (_ask, _submit):
        step(Proposal.objects.get(pk=draft_of.pk), service, people)
    proposal = Proposal.objects.get(pk=draft_of.pk)
    by, other = people["decision_maker"], people["second_decision_maker"]
    for official in (by, other):
        review.declare(proposal=proposal, is_conflict=False, by=official)
    asked = exempting.ask_exempt(
        proposal=proposal,
        rule=ScopeRule.objects.filter(exempts=True).latest("pk"),
        department=Organisation.objects.get(slug="home-office"),
        review_on=clock.today() + LOOKED_AT_AFTER,
        seen=proposal.revision,
        by=by,
        **EXEMPT,
    )
    return exempting.confirm_exempt(
        proposal=proposal, asked=asked.pk, seen=proposal.revision, by=other
    )


def _lapsed(people: People) -> Proposal:
    """A draft that was begun long ago, warned of twice, and set aside today."""
    days = lapsing.days_in_force(clock.today())
    began = clock.now() - datetime.timedelta(days=days.lapse + NO_WORKING_DAYS)
    proposal = Proposal.objects.create(
        reference=next_reference("RTP"),
        title=FORGOTTEN["S1"],
        employer=Organisation.objects.get(slug=FORGOTTEN["S2"]),
        sector=FORGOTTEN["S3"],
        created_at=began,
        status_at=began,
    )
    Member.objects.create(
        proposal=proposal, user=people["lead"], role=MemberRole.LEAD, employed=True, joined_at=began
    )
    proposal.sections.create(
        key="service", answers=FORGOTTEN, saved_at=began, saved_by=people["lead"]
    )
    happened: list[tuple[str, Actor, datetime.datetime, dict[str, object]]] = [
        ("proposal.create", people["lead"], began, {})
    ]
    at = began
    for number, gone in enumerate((days.warn, days.warn_again - days.warn), 1):
        at = notices.may_remind_from(at + datetime.timedelta(days=gone))
        day = lapsing.lapses_on(timezone.localdate(at), number, days)
        data: dict[str, object] = {"number": number, "lapses_on": day}
        happened.append((lapsing.WARNING, lapsing.LAPSING, at, data))
    for kind, by, at, data in happened:
        Event.objects.create(**describe(kind, proposal, by=by, data=data), at=at)
    return draft.lapse(proposal=proposal, seen=proposal.revision, by=lapsing.LAPSING)


def _sent_back(people: People) -> Proposal:
    """One about which reviewers asked two things; its team has replied to the first."""
    begun = _example(Service(**_read()["sent_back"]), WAY.index(_recommend), people)
    proposal = Proposal.objects.get(pk=begun.pk)
    for section, page, wanted in ASKED:
        requests.draft(
            proposal=proposal,
            section=section,
            page=page,
            wanted=wanted,
            once=uuid.uuid4(),
            by=people["reviewer"],
        )
    moved = requests.ask_changes(
        proposal=proposal,
        answer_by=clock.today() + ANSWERED_WITHIN,
        shown=requests.mark_of(list(proposal.request_drafts.all())),
        seen=proposal.revision,
        by=people["reviewer"],
    )
    first = moved.requests.get(number=1)
    reply = "The laboratory has given us its times for the last year; they are on the page now."
    requests.answer(request=first, reply=reply, seen=first.revision, by=people["editor"])
    return moved


def _concern(proposal: Proposal, people: People) -> None:
    """One whose employer is silent: somebody in the team says so, and a reviewer takes it up."""
    employer.ask(proposal, people["reviewer"])
    concerning.concern(
        proposal=proposal,
        about=About.SILENT,
        text="Nobody above us will say who could talk to us about it. We have asked twice, in writing.",
        once=uuid.uuid4(),
        by=people["editor"],
    )
    escalating.start(proposal=proposal, by=people["reviewer"])


def _example(service: Service, far: int, people: People) -> Proposal:
    others = ("editor", "signer") if far == WITH_A_THIRD_SIGNER else ("editor",)
    carried = answers(service)
    if far == 0:
        carried = {key: typed for key, typed in carried.items() if key not in NOT_BEGUN}
    proposal = _draft(service.title, service.employer, carried, others, people)
    if far:
        add_notes(proposal, people["editor"])
    for step in WAY[:far]:
        step(Proposal.objects.get(pk=proposal.pk), service, people)
    return proposal


def _draft(
    title: str, body: str, carried: dict[str, Answers], others: Iterable[str], people: People
) -> Proposal:
    employer = Organisation.objects.get(slug=body)
    proposal = draft.create(title=title, employer=employer, carried=carried, by=people["lead"])
    for key in others:
        Member.objects.create(
            proposal=proposal, user=people[key], role=MemberRole.EDITOR, employed=True
        )
    return proposal


def _ask(proposal: Proposal, service: Service, people: People) -> None:
    signers = list(Member.objects.current().filter(proposal=proposal))
    draft.ask_sign_off(
        proposal=proposal, signers=signers, seen=proposal.revision, by=people["lead"]
    )


def _submit(proposal: Proposal, service: Service, people: People) -> None:
    for asked in Signature.objects.missing().filter(proposal=proposal).select_related("user"):
        draft.sign(
            proposal=proposal,
            asked=asked.key,
            typed_name=asked.user.name,
            typed_role=service.signs_as,
            by=asked.user,
        )
    proposal.refresh_from_db()
    draft.submit(proposal=proposal, seen=proposal.revision, by=people["lead"])


def _begin(proposal: Proposal, service: Service, people: People) -> None:
    for key in ("reviewer", "decision_maker", "second_decision_maker"):
        review.declare(proposal=proposal, is_conflict=False, by=people[key])
    review.begin(proposal=proposal, seen=proposal.revision, by=people["reviewer"])


def _recommend(proposal: Proposal, service: Service, people: People) -> None:
    reviewer = people["reviewer"]
    assigning.assign(proposal=proposal, to=reviewer, shown="", by=reviewer)
    employer.answered(proposal, reviewer)
    reject = service.sector == REJECTED
    gates.answered(proposal, reviewer, gates.NOT_PASSED if reject else {})
    ground = decision.Ground(
        code=ReasonCode.objects.filter(code="RC-Q01").latest("pk"),
        evidence="No figure for accidents is given, and today's is 4 in 1,000 visits.",
        remedy="A target for accidents that is no worse than today's, with a date.",
    )
    decision.recommend(
        proposal=proposal,
        outcome=Outcome.REJECTED if reject else Outcome.APPROVED,
        good="What will get better is worked out in detail, with dates and owners.",
        grounds=[ground] if reject else [],
        heard=Heard.ANSWERED,
        seen=proposal.revision,
        by=reviewer,
    )


def _countersign(proposal: Proposal, service: Service, people: People) -> None:
    decision.countersign(proposal=proposal, seen=proposal.revision, by=people["decision_maker"])


def _decide(proposal: Proposal, service: Service, people: People) -> None:
    decision.decide(proposal=proposal, seen=proposal.revision, by=people["second_decision_maker"])


def _release(proposal: Proposal, service: Service, people: People) -> None:
    decision.release(proposal=proposal, seen=proposal.revision, by=people["second_decision_maker"])


WAY: tuple[Callable[[Proposal, Service, People], None], ...] = (
    _ask,
    _submit,
    _begin,
    _recommend,
    _countersign,
    _decide,
    _release,
)


def answers(service: Service) -> dict[str, Answers]:
    """All answers of a service: its own, and where it has none, what teams like it say."""
    own: dict[str, Answers] = {
        "service": {
            "S1": service.title,
            "S2": service.employer,
            "S3": service.sector,
            "S5": service.described,
            "S9": service.users,
            "S9_how": service.counted,
            "S10": "no",
        },
        "staff": {
            "U1_headcount": service.staff["headcount"],
            "U1_fte": service.staff["fte"],
            "U2_transfer": service.staff["transfer"],
            "U2_second": service.staff["second"],
            "U2_stay": service.staff["stay"],
            "U2_unsure": service.staff["unsure"],
        },
        "employer": {"C2_amount": _pounds(2_400_000, service.size)},
        "model": {"M1": service.form, "M3": service.run_for},
        "quality": {
            "Q1": [_indicator(**each) for each in service.indicators],
            "Q4": service.better,
            "Q5": service.worse,
        },
        "workforce": _workforce(service),
        "award": {
            "P1": _pounds(10_630_000, service.size),
            "P5_amount": _pounds(453_000, service.size),
        },
        "money": _money(service.size),
    }
    shared: dict[str, Answers] = _read()["shared"]
    return {key: shared.get(key, {}) | own.get(key, {}) for key in {**shared, **own}}


def _indicator(figures: str, reason: str = "", **words: str) -> dict[str, str]:
    cells = ["baseline", *(f"year_{year}" for year in range(1, 6)), "minimum"]
    return {**words, **dict(zip(cells, figures.split(), strict=True)), "reason": reason}


def _workforce(service: Service) -> Answers:
    staff = service.staff
    pay = _pounds(1_700_000, service.size)
    group = {"headcount": staff["headcount"], "fte": staff["fte"], "pay": pay}
    routes = [{"group": "Most of us", "route": "tupe", "length": "", "after": ""}]
    if staff["second"] != "0":
        routes.append(
            {
                "group": "A few specialists",
                "route": "secondment",
                "length": "2 years",
                "after": "They choose whether to stay",
            }
        )
    pensions = [{"scheme": "lgps", "members": staff["transfer"]}]
    return {"W1": [{"group": "All staff", **group}], "W2": routes, "W4": pensions}


def _pounds(amount: int, size: int) -> str:
    return f"{amount * size // 100:,}"


def _money(size: int, differs: Answers | None = None) -> Answers:
    """Worked case A of the guide for a service of this size, in per cent of that one.

    differs: answers of another case, where they are not those of case A.
    """
    saves: Answers = _read()["money"]["saves"]
    typed = {**saves, **(differs or {})}
    return {name: _scaled(name, answer, size) for name, answer in typed.items()}


def _scaled(name: str, answer: Any, size: int) -> Any:
    if isinstance(answer, dict):
        return {place: _scaled(name, text, size) for place, text in answer.items()}
    if name in AMOUNTS:
        return _pounds(int(answer.replace(",", "")), size)
    return answer
