"""Example proposals, one a status that a step leads to, for the embedded database only."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from accounts.models import Organisation, User
from proposals.decision import actions as decision
from proposals.decision.models import Outcome
from proposals.draft import actions as draft
from proposals.draft.actions.writing import mark_of
from proposals.draft.models import Member, MemberRole, Proposal, ReasonCode, Signature
from proposals.draft.questions import Answers, topics
from proposals.review import actions as review

People = Mapping[str, User]

# Title, sector, and how many steps of the way it has gone.
EXAMPLES = (
    ("Example: Wolds community nursing", "community-health", 0),
    ("Example: Tees podiatry", "community-health", 1),
    ("Example: Fenland library service", "libraries", 2),
    ("Example: Solent youth work", "youth", 3),
    ("Example: Peak housing support", "housing-support", 4),
    ("Example: Mersey learning disability day service", "learning-disability", 5),
    ("Example: Downs early years", "early-years", 6),
    ("Example: Calder leisure centres", "leisure", 7),
)
# The one that waits for signatures has somebody in its team who has only that to do.
WITH_A_THIRD_SIGNER = 1
DESCRIBED = (
    "We visit people at home and see them in seven clinics across the district. Most are over "
    "seventy-five and live with more than one long-term condition. They come to us from general "
    "practice and from hospital, and some find their own way. We dress wounds, manage medicines, "
    "and help people stay out of hospital."
)
BETTER = (
    "People will wait two weeks instead of five for a first visit by the end of the second year, "
    "because seven rotas become one and the team that knows the district makes it. Carers will "
    "have one number to ring at any hour. We will publish waits and falls for each clinic every "
    "three months, so that anybody can see whether we keep this."
)


def load(people: People) -> list[Proposal]:
    """Make the example proposals; a second time changes nothing.

    people: the example people by key: lead, editor, signer, reviewer, and two decision makers.
    """
    if Proposal.objects.filter(title__startswith="Example: ").exists():
        return []
    employer = Organisation.objects.employers().filter(ends_on=None).order_by("name").first()
    if employer is None:
        return []
    return [_example(title, sector, far, employer, people) for title, sector, far in EXAMPLES]


def _example(title: str, sector: str, far: int, employer: Organisation, people: People) -> Proposal:
    proposal = draft.create(title=title, employer=employer, by=people["lead"])
    others = ("editor", "signer") if far == WITH_A_THIRD_SIGNER else ("editor",)
    for key in others:
        Member.objects.create(proposal=proposal, user=people[key], role=MemberRole.EDITOR)
    for topic in topics():
        answers = _answers(title, sector, employer)[topic.key]
        for page in topic.pages:
            section = proposal.sections.filter(key=topic.key).first()
            seen = mark_of(section.answers if section else {}, page)
            form = page.form(answers)
            draft.save_page(proposal, topic, page, form, seen=seen, by=people["lead"])
    for step in WAY[:far]:
        proposal.refresh_from_db()
        step(Proposal.objects.get(pk=proposal.pk), people)
    return proposal


def _ask(proposal: Proposal, people: People) -> None:
    signers = list(Member.objects.current().filter(proposal=proposal))
    draft.ask_sign_off(
        proposal=proposal, signers=signers, seen=proposal.revision, by=people["lead"]
    )


def _submit(proposal: Proposal, people: People) -> None:
    for asked in Signature.objects.missing().filter(proposal=proposal).select_related("user"):
        draft.sign(
            proposal=proposal,
            asked=asked.key,
            typed_name=asked.user.name,
            typed_role="Nurse",
            by=asked.user,
        )
    proposal.refresh_from_db()
    draft.submit(proposal=proposal, seen=proposal.revision, by=people["lead"])


def _begin(proposal: Proposal, people: People) -> None:
    for key in ("reviewer", "decision_maker", "second_decision_maker"):
        review.declare(proposal=proposal, is_conflict=False, by=people[key])
    review.begin(proposal=proposal, seen=proposal.revision, by=people["reviewer"])


def _recommend(proposal: Proposal, people: People) -> None:
    reject = "leisure" in proposal.sector
    ground = decision.Ground(
        code=ReasonCode.objects.filter(code="RC-Q01").latest("pk"),
        evidence="No figure for falls is given, and today's is 4 in 1,000 visits.",
        remedy="A target for falls that is no worse than today's, with a date.",
    )
    decision.recommend(
        proposal=proposal,
        outcome=Outcome.REJECTED if reject else Outcome.APPROVED,
        good="One rota for seven clinics is worked out in detail, with dates and owners.",
        grounds=[ground] if reject else [],
        seen=proposal.revision,
        by=people["reviewer"],
    )


def _countersign(proposal: Proposal, people: People) -> None:
    decision.countersign(proposal=proposal, seen=proposal.revision, by=people["decision_maker"])


def _decide(proposal: Proposal, people: People) -> None:
    decision.decide(proposal=proposal, seen=proposal.revision, by=people["second_decision_maker"])


def _release(proposal: Proposal, people: People) -> None:
    decision.release(proposal=proposal, seen=proposal.revision, by=people["second_decision_maker"])


WAY: tuple[Callable[[Proposal, People], None], ...] = (
    _ask,
    _submit,
    _begin,
    _recommend,
    _countersign,
    _decide,
    _release,
)


def _answers(title: str, sector: str, employer: Organisation) -> dict[str, Answers]:
    return {
        "service": {
            "S1": title,
            "S2": employer.slug,
            "S3": sector,
            "S5": DESCRIBED,
            "S9": "2,400",
            "S9_how": "2025, counted from the appointment system",
            "S10": "no",
        },
        "people": {
            "U1_headcount": "94",
            "U1_fte": "81.5",
            "U2_transfer": "80",
            "U2_second": "4",
            "U2_stay": "5",
            "U2_unsure": "5",
        },
        "model": {"M1": "undecided", "M3": "community"},
        "quality": {
            "Q4": BETTER,
            "Q5": "Records could arrive late. We run both systems side by side for a month.",
        },
        "money": _money(),
    }


def _money() -> Answers:
    """Worked case A of the guide."""
    lines = {
        "F4": ("2,352,000", "2,304,960", "2,258,861", "2,213,684", "2,169,410"),
        "F5": ("2,300,000", "2,200,000", "2,110,000", "2,040,000", "1,980,000"),
        "F6": ("25,000",) * 5,
    }
    cells = {
        f"{line}_{year}": typed for line, row in lines.items() for year, typed in enumerate(row, 1)
    }
    source = {"F4_source": "The finance department's medium-term plan"}
    return {"F1": "2024", "F3": "2,400,000", "F7": "90,000"} | source | cells
