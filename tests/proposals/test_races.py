"""Two people press at once, on two real connections: one goes through, the other is told."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role, User
from activity.models import Notification
from activity.workflow import MovedOn, revision_known_to
from proposals import reference
from proposals.decision import actions as decision
from proposals.draft import actions as draft
from proposals.draft.actions.writing import mark_of
from proposals.draft.models import Proposal, Section, Status
from proposals.draft.questions import topic
from proposals.money.workbook import layout
from proposals.money.workbook.actions import bring_in, seen_of
from proposals.money.workbook.differences import typed_boxes
from proposals.review import actions as review
from proposals.review import requests
from proposals.review.gates import actions as gates
from tests.at_once import at_once
from tests.factories import somebody
from tests.proposals import builders

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def one_of_two(results):
    [lost] = [result for result in results if isinstance(result, Exception)]
    assert isinstance(lost, MovedOn)


@pytest.fixture
def cast(stored):
    stored(reference.load)
    return stored(builders.team), stored(builders.officials)


def test_one_of_two_submits_goes_through(cast):
    people, staff = cast
    proposal = builders.sign_all(builders.proposal_at(Status.AWAITING_SIGN_OFF, people, staff))
    seen = proposal.revision

    def press():
        return draft.submit(proposal=proposal, seen=seen, by=people.lead)

    one_of_two(at_once(press, press))
    assert proposal.versions.count() == 1


def test_one_of_two_countersigners_goes_through(stored, cast):
    people, staff = cast
    proposal = stored(builders.proposal_at, Status.RECOMMENDED, people, staff)

    def press(person):
        return lambda: decision.countersign(proposal=proposal, seen=proposal.revision, by=person)

    one_of_two(at_once(press(staff.countersigner), press(staff.fourth)))
    assert proposal.recommendations.get().countersigned_at is not None


def test_withdrawing_and_beginning_at_once_leave_one_of_them(stored, cast):
    people, staff = cast
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    seen = proposal.revision

    one_of_two(
        at_once(
            lambda: draft.withdraw(proposal=proposal, reason="team", seen=seen, by=people.lead),
            lambda: review.begin(proposal=proposal, seen=seen, by=staff.reviewer),
        )
    )


def test_of_two_people_who_confirm_an_exemption_at_once_one_does(stored, cast):
    people, staff = cast
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    asked = builders.ask_exempt(proposal, staff.decider)

    def press(person):
        return lambda: builders.confirm_exempt(proposal, asked, person)

    one_of_two(at_once(press(staff.countersigner), press(staff.reviewer)))
    assert builders.again(proposal).status == Status.EXEMPT
    assert Notification.objects.filter(kind="proposal.decided", user=people.lead).count() == 1


def test_confirming_an_exemption_and_withdrawing_at_once_leave_one_of_them(stored, cast):
    people, staff = cast
    proposal = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    asked = builders.ask_exempt(proposal, staff.decider)

    one_of_two(
        at_once(
            lambda: builders.withdraw(proposal, people),
            lambda: builders.confirm_exempt(proposal, asked, staff.reviewer),
        )
    )
    asked.refresh_from_db()
    is_exempt = builders.again(proposal).status == Status.EXEMPT
    assert (asked.confirmed_at is not None, asked.overtaken_at is None) == (is_exempt, is_exempt)


def test_two_presses_of_one_page_at_once_begin_one_draft_and_write_one_note(stored, cast):
    people, staff = cast
    case = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    begun = {"title": "Tees podiatry", "employer": case.employer, "once": uuid.uuid4()}
    said = builders.said("Year 3?")

    drafts = at_once(*[lambda: draft.create(**begun, by=people.lead)] * 2)
    notes = at_once(*[lambda: review.write_note(proposal=case, **said, by=staff.reviewer)] * 2)

    assert drafts[0] == drafts[1]
    assert notes[0] == notes[1]
    assert Proposal.objects.count() == 2
    assert case.notes.count() == 1


def test_of_two_who_answer_one_gate_at_once_one_does(stored, cast):
    people, staff = cast
    case = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    other = somebody(Role.REVIEWER)
    builders.declare_none(case, other)

    def press(person, found):
        given = gates.Given(found, "The table.")
        pressed = {"gate": "D", "given": given, "seen": 0, "version": 1}
        return lambda: gates.answer(proposal=case, by=person, **pressed)

    results = at_once(press(staff.reviewer, "yes"), press(other, "no"))

    [lost] = [result for result in results if isinstance(result, Exception)]
    assert isinstance(lost, gates.Overtaken)
    assert case.gate_results.get() in results


def recommending(case, staff):
    """A press on the page of a case as it stood when it could be recommended."""
    said = {"outcome": "approved", "good": "The rotas.", "heard": "answered"}
    return lambda: decision.recommend(proposal=case, seen=case.revision, by=staff.reviewer, **said)


def test_a_conflict_that_is_declared_while_recommending_ends_in_one_state(stored, cast):
    people, staff = cast
    case = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    case = builders.to_recommend(case, staff)

    recommended, _ = at_once(
        recommending(case, staff),
        lambda: review.declare(proposal=case, is_conflict=True, by=staff.reviewer),
    )

    case = builders.again(case)
    is_refused = isinstance(recommended, PermissionDenied)
    assert case.status == (Status.ASSESSING if is_refused else Status.RECOMMENDED)
    assert case.recommendations.exists() is not is_refused
    assert not Proposal.objects.visible_to(User.objects.get(pk=staff.reviewer.pk)).exists()


def test_a_recommendation_of_version_1_as_version_2_arrives_is_none(stored, cast):
    people, staff = cast
    case = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    read = builders.to_recommend(case, staff)
    asked = builders.reply_all(builders.ask_changes(read, staff), people)
    signed = builders.sign_all(builders.ask_to_sign(asked, people))
    seen = revision_known_to(people.lead, signed)

    sent, recommended = at_once(
        lambda: requests.resubmit(proposal=signed, seen=seen, by=people.lead),
        recommending(read, staff),
    )

    assert not isinstance(sent, Exception), sent
    assert isinstance(recommended, MovedOn)
    case = builders.again(case)
    assert case.status == Status.ASSESSING
    assert case.versions.count() == 2
    assert not case.recommendations.exists()


def test_a_team_that_withdraws_as_it_is_decided_has_withdrawn(stored, cast):
    """It reads "being decided" before and after: a decision it cannot know stands in no way."""
    people, staff = cast
    case = stored(builders.proposal_at, Status.COUNTERSIGNED, people, staff)
    seen = revision_known_to(people.lead, case)

    decided, withdrawn = at_once(
        lambda: decision.decide(proposal=case, seen=case.revision, by=staff.decider),
        lambda: draft.withdraw(proposal=case, reason="team", seen=seen, by=people.lead),
    )

    assert not isinstance(withdrawn, Exception), withdrawn
    is_refused = isinstance(decided, MovedOn)
    assert is_refused or not isinstance(decided, Exception), decided
    case = builders.again(case)
    assert case.status == Status.WITHDRAWN
    assert case.decisions.exists() is not is_refused
    with pytest.raises(MovedOn):
        decision.release(proposal=case, seen=case.revision, by=staff.decider)


def test_of_a_recommendation_and_a_gate_that_turns_to_no_at_once_one_goes_through(stored, cast):
    people, staff = cast
    case = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    case = builders.to_recommend(case, staff)
    pressed = {"gate": "D", "given": gates.Given("no", "It rose."), "seen": 1, "version": 1}

    one_of_two(
        at_once(
            recommending(case, staff),
            lambda: gates.answer(proposal=case, by=staff.reviewer, **pressed),
        )
    )
    is_recommended = builders.again(case).status == Status.RECOMMENDED
    assert case.gate_results.filter(found="no").exists() is not is_recommended


def test_two_signers_at_once_both_sign(stored, cast):
    people, staff = cast
    proposal = stored(builders.proposal_at, Status.AWAITING_SIGN_OFF, people, staff)

    def press(asked):
        return lambda: draft.sign(
            proposal=proposal, asked=asked.key, typed_name="A", typed_role="Nurse", by=asked.user
        )

    results = at_once(*[press(row) for row in proposal.signatures.select_related("user")])

    assert not [result for result in results if isinstance(result, Exception)]
    assert not proposal.signatures.missing().exists()


def test_of_two_saves_of_one_page_the_second_meets_the_first(stored, cast):
    people, _staff = cast
    proposal = stored(builders.draft_of, people)
    service = topic("service")
    page = service.page("description")
    seen = mark_of(Section.objects.get(proposal=proposal, key="service").answers, page)

    def press(person, text):
        return lambda: draft.save_page(
            proposal, service, page, page.form({"S5": text}), seen=seen, by=person
        )

    results = at_once(press(people.lead, "Mine"), press(people.editor, "Theirs"))

    [clash] = [result for result in results if isinstance(result, Exception)]
    assert isinstance(clash, draft.Clash)
    assert clash.section.answers["S5"] in ("Mine", "Theirs")


def test_a_save_that_races_the_request_for_signatures_never_changes_a_signed_text(stored, cast):
    people, _staff = cast
    proposal = stored(builders.draft_of, people)
    service = topic("service")
    page = service.page("limits")
    seen = mark_of(Section.objects.get(proposal=proposal, key="service").answers, page)

    results = at_once(
        lambda: builders.ask_to_sign(proposal, people),
        lambda: draft.save_page(
            proposal, service, page, page.form({"S10": "yes"}), seen=seen, by=people.editor
        ),
    )

    # Either the save came first and left a gap, so that nobody was asked; or it came too late.
    fresh = builders.again(proposal)
    kept = Section.objects.get(proposal=proposal, key="service").answers["S10"]
    assert (fresh.status, kept) in ((Status.DRAFT, "yes"), (Status.AWAITING_SIGN_OFF, "no"))
    assert sum(isinstance(result, Exception) for result in results) == 1


def test_one_workbook_that_is_brought_in_twice_at_once_changes_the_draft_once(stored, cast):
    people, _staff = cast
    proposal = stored(builders.draft_of, people)
    answers = Section.objects.get(proposal=proposal, key="money").answers
    brought = typed_boxes(answers, layout.boxes()) | {"F5_1": "2,250,000", "F9_pay_1": "1"}
    seen = seen_of(answers)

    def press():
        return bring_in(proposal, brought, seen=seen, by=people.lead)

    assert sorted(len(done) for done in at_once(press, press)) == [0, 2]
    assert proposal.changes.count() == 2
