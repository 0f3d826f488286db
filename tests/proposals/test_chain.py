"""The chain of a decision where its actions refuse, and what a record's own name may say."""

import uuid

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from activity import clock
from activity.workflow import MovedOn
from proposals.ballot.models import Result, Vote
from proposals.decision import actions as decision
from proposals.decision.models import Deferral, Outcome, Recall, Recommendation
from proposals.draft.models import Status, VersionDocument, VersionPdf, Withdrawal
from proposals.employer import escalating
from proposals.employer.models import AnswerDraft
from proposals.figures import reckoning
from proposals.ideas.actions import call_edit
from proposals.money.results import result_words
from proposals.reference import load
from proposals.review import actions as review
from proposals.review import triage
from proposals.review.cases.actions import save_view
from proposals.review.models import Concern
from tests.proposals import ballots, builders, documents, ideas, officials


def money(**changes):
    return builders.MONEY | changes


@pytest.mark.parametrize(
    ("outcome", "grounds", "terms"),
    [
        (Outcome.REJECTED, 0, 0),
        (Outcome.APPROVED, 1, 0),
        (Outcome.APPROVED, 0, 1),
        (Outcome.APPROVED_WITH_CONDITIONS, 0, 0),
        (Outcome.REJECTED, 1, 1),
    ],
)
def test_advice_has_what_its_outcome_needs_and_nothing_else(
    stored, people, staff, outcome, grounds, terms
):
    case = stored(
        builders.hear_employer, stored(builders.proposal_at, Status.ASSESSING, people, staff)
    )

    with pytest.raises(ValidationError):
        decision.recommend(
            proposal=case,
            outcome=outcome,
            good="The rotas.",
            heard="answered",
            grounds=[builders.ground()] * grounds,
            terms=[builders.term()] * terms,
            seen=case.revision,
            by=staff.reviewer,
        )

    assert builders.again(case).status == Status.ASSESSING
    assert not Recommendation.objects.exists()


def test_one_request_to_take_a_decision_back_is_open_at_a_time(stored, people, staff):
    case = stored(builders.proposal_at, Status.DECIDED, people, staff)
    asked = {"proposal": case, "reason": "A figure.", "seen": case.revision}
    decision.ask_recall(**asked, by=staff.decider)

    with pytest.raises(MovedOn):
        decision.ask_recall(**asked, by=staff.fourth)

    assert Recall.objects.get().asked_by == staff.decider


@pytest.mark.parametrize("status", [Status.COUNTERSIGNED, Status.APPROVED])
def test_there_is_nothing_to_take_back_before_a_decision_or_after_its_letter(
    stored, people, staff, status
):
    case = stored(builders.proposal_at, status, people, staff)

    with pytest.raises(MovedOn):
        decision.ask_recall(proposal=case, reason="x", seen=case.revision, by=staff.fourth)

    assert not Recall.objects.exists()


def test_a_letter_is_not_there_to_preview_before_a_recommendation(stored, client, people, staff):
    case = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    client.force_login(staff.reviewer)

    assert client.get(reverse("proposals:case_letter", args=[case.reference])).status_code == 404


def test_no_record_says_names_or_words_where_it_is_logged(stored, people, staff):
    case = stored(builders.proposal_at, Status.DECIDED, people, staff, Outcome.REJECTED)
    decision.ask_recall(proposal=case, reason="Canary", seen=case.revision, by=staff.decider)
    said = builders.said("Canary")
    review.write_note(proposal=case, **said, colleagues=[staff.decider], by=staff.reviewer)
    review.write_to_team(proposal=case, **builders.said("Canary"), by=staff.reviewer)
    conditional = builders.proposal_at(
        Status.RECOMMENDED, builders.team(), staff, Outcome.APPROVED_WITH_CONDITIONS
    )
    builders.draft.invite(
        proposal=case,
        name="Canary",
        email="c@home.example",
        role="viewer",
        once=None,
        by=people.lead,
    )
    typed = {"grounds-0-evidence": "Canary", "to_team": "Canary", "to_reviewers": "Canary"}
    other = officials.submitted(builders.team(), staff)
    said = {"question": "scope", "is_fine": False, "words": "Canary", "once": uuid.uuid4()}
    triage.answer(proposal=other, **said, by=staff.reviewer)
    triage.note_duplicate(proposal=other, other=case.reference, by=staff.reviewer)
    builders.ask_exempt(other, staff.countersigner, why="Canary", public_why="Canary")
    asked = officials.checked(other, staff.reviewer, checked_how="Canary")
    escalating.start(proposal=other, by=staff.reviewer)
    officials.answered(other, position=officials.OBJECTION | typed)
    Concern.objects.create(
        proposal=other, by=people.lead, about="badly", text="Canary", day=clock.today()
    )
    AnswerDraft.objects.create(invitation=asked, position={"to_team": "Canary"})
    Withdrawal.objects.create(proposal=conditional, reason="staff", words="Canary", by=people.lead)
    case.changes.create(number=1, section="service", page="name", by=people.lead, after=["Canary"])
    version, about = case.versions.latest(), {"section": "quality", "page": "worse"}
    VersionPdf.objects.create(version=version, data=b"Canary", sha256="0" * 64)
    other = builders.team()
    document = documents.add(builders.draft_of(other), other.lead, "Canary.pdf", title="Canary")
    VersionDocument.objects.create(version=version, document=document)
    worded = about | {"wanted": "Canary"}
    case.requests.create(number=1, version=version, **worded, asked_by=staff.reviewer)
    case.request_drafts.create(**worded, by=staff.reviewer)
    chain = case.recommendations.get()
    Deferral.objects.create(proposal=case, recommendation=chain, by=staff.decider)
    voting = builders.team()
    ballot = ballots.ready(ballots.begin(builders.draft_of(voting), voting.lead))
    Vote.objects.create(ballot=ballot, choice="for", group="Canary")
    Result.objects.create(
        ballot=ballot,
        eligible=40,
        cast=1,
        votes_for=1,
        votes_against=0,
        votes_blank=0,
        least_turnout=50,
        least_share=50,
        is_yes=False,
        closed_at=clock.now(),
    )
    save_view(name="Canary", filters="q=Canary", is_shared=True, by=staff.reviewer)
    today = clock.today()
    asked = {"title": "Youth", "words": "Tell us.", "opens_on": today, "closes_on": today}
    ideas.idea(call=call_edit(call=None, **asked, by=ideas.coordinator()))
    reckoning.reckon()
    secret = {case.title, conditional.title, "Canary", "@", "Person", "rotas", "finance"}

    for model in apps.get_app_config("proposals").get_models():
        rows = list(model.objects.all())
        assert rows, model
        said = " ".join(str(row) for row in rows)
        assert not [word for word in secret if word in said], model


def test_figures_without_a_base_year_or_a_cost_in_house_still_come_to_something(db):
    scheme = load()

    nameless = result_words(money(F1=""), scheme)
    assert [line[1] for line in nameless["lines"]] == [""] * 5
    free = result_words(money(F4=builders.years(*[0] * 5)), scheme)
    assert free["percent"] is None
    assert free["saving"].net < 0
