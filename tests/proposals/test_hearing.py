"""A recommendation waits for the employer, until its time is over; made without it, it says so."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from activity import clock
from activity.workflow import MovedOn
from proposals import reference
from proposals.decision import actions as decision
from proposals.decision.models import Outcome, Recommendation
from proposals.draft.models import Status
from proposals.employer.hearing import has_had_its_time, heard
from proposals.employer.models import Heard
from tests.at_once import at_once
from tests.proposals import builders, officials

ANSWERED_BEFORE = "answered about an earlier version"
INSIDE = "Made without an answer of the employer."
IN_THE_LETTER = "Your employer was asked and had not answered when we judged it"


@pytest.fixture
def case(stored, people, staff):
    """Being assessed, with its gates passed, and nobody at its employer is asked."""
    begun = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    return stored(builders.answer_gates, begun, staff.reviewer)


@pytest.fixture
def asked(stored, case):
    return stored(officials.asked, case)


@pytest.fixture
def silent(asked):
    """The day after the employer's time is over."""
    with time_machine.travel(noon(asked.employer_due_on, 1), tick=False):
        yield asked


def noon(day, later=0):
    when = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    return when + datetime.timedelta(days=later)


def text_of(client, name, case):
    page = client.get(reverse(f"proposals:{name}", args=[case.reference]))
    return page.content.decode().replace("&#x27;", "'")


def typed(case, said):
    words = {"outcome": "approved", "good": "The rotas.", "seen": case.revision, "heard": said}
    return words | {
        f"{rows}-{part}_FORMS": "0"
        for rows in ("reasons", "conditions")
        for part in ("TOTAL", "INITIAL")
    }


def recommended(case, staff, said):
    return decision.recommend(
        proposal=case,
        outcome=Outcome.APPROVED,
        good="The rotas.",
        heard=said,
        seen=case.revision,
        by=staff.reviewer,
    )


def test_before_anybody_is_asked_nothing_is_recommended(client, case, staff):
    client.force_login(staff.reviewer)
    for name in ("case", "recommend"):
        assert "Find the employer's official first." in text_of(client, name, case)
    page = reverse("proposals:recommend", args=[case.reference])
    assert reverse("proposals:employer_case", args=[case.reference]) in text_of(
        client, "recommend", case
    )
    assert client.post(page, typed(case, "silent")).status_code == 403
    with pytest.raises(PermissionDenied, match="Find the employer's official first"):
        recommended(case, staff, "silent")
    assert not Recommendation.objects.exists()


def test_while_the_employer_may_answer_nothing_is_recommended(client, asked, staff):
    """Its last day is its own to the end."""
    due = asked.employer_due_on
    client.force_login(staff.reviewer)
    said = f"The employer may still answer, until {due.day} {due:%B %Y}."
    assert said in text_of(client, "recommend", asked)
    for day, is_open in ((due, False), (due + datetime.timedelta(1), True)):
        with time_machine.travel(noon(day)):
            assert has_had_its_time(builders.again(asked)).yes is is_open, day
    officials.answered(asked)
    assert has_had_its_time(builders.again(asked))


def test_silence_is_said_before_and_stays_with_the_recommendation_and_in_the_letter(
    client, silent, people, staff
):
    client.force_login(staff.reviewer)
    assert "The employer has not answered in the time that it had." in text_of(
        client, "recommend", silent
    )
    page = reverse("proposals:recommend", args=[silent.reference])
    assert client.post(page, typed(silent, "silent")).status_code == 302
    assert Recommendation.objects.get().heard == Heard.SILENT
    # What it rested on stays, though an answer comes later.
    officials.answered(silent)
    client.force_login(staff.countersigner)
    for name in ("case", "countersign"):
        assert INSIDE in text_of(client, name, silent)
    assert IN_THE_LETTER in text_of(client, "case_letter", silent)
    for action, who in (("countersign", "countersigner"), ("decide", "decider")):
        moved = builders.again(silent)
        getattr(decision, action)(proposal=moved, seen=moved.revision, by=getattr(staff, who))
    moved = builders.again(silent)
    decision.release(proposal=moved, seen=moved.revision, by=staff.decider)
    client.force_login(people.viewer)
    assert IN_THE_LETTER in text_of(client, "letter", silent)
    assert "Made without" not in text_of(client, "letter", silent)


def test_with_an_answer_nothing_is_said_of_silence(client, case, staff):
    heard_one = builders.hear_employer(case)
    client.force_login(staff.reviewer)
    assert "has not answered" not in text_of(client, "recommend", heard_one)
    moved = builders.recommend(heard_one, staff)
    for name, words in (("case", "Made with"), ("case_letter", "Your employer was asked")):
        assert words not in text_of(client, name, moved)


def test_an_answer_about_an_earlier_version_is_told_from_one_about_this(
    client, case, people, staff
):
    moved = builders.resubmit(builders.ask_changes(builders.hear_employer(case), staff), people)
    client.force_login(staff.reviewer)
    assert f"The employer {ANSWERED_BEFORE}" in text_of(client, "recommend", moved)
    assert heard(moved) == Heard.EARLIER
    moved = builders.recommend(moved, staff)
    assert "answer about an earlier version, and none about this one" in text_of(
        client, "case", moved
    )
    assert f"Your employer {ANSWERED_BEFORE}" in text_of(client, "case_letter", moved)


def test_once_asked_about_the_new_version_the_employer_has_time_again(case, people, staff):
    moved = builders.resubmit(builders.ask_changes(builders.hear_employer(case), staff), people)
    officials.checked(moved, staff.reviewer)
    assert not has_had_its_time(builders.again(moved))
    assert heard(moved) == Heard.EARLIER


def test_an_answer_that_came_while_the_page_was_open_is_not_passed_over(client, silent, staff):
    officials.answered(silent)
    builders.answer_gates(silent, staff.reviewer)
    client.force_login(staff.reviewer)
    page = reverse("proposals:recommend", args=[silent.reference])
    late = client.post(page, typed(silent, "silent"))
    assert late.status_code == 409
    assert "The rotas." in late.content.decode()
    assert not Recommendation.objects.exists()
    assert builders.again(silent).status == Status.ASSESSING


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_answered_and_recommended_at_once_one_knows_of_the_other():
    """Whichever comes first: no recommendation says "silent" after the answer was there."""
    reference.load()
    people, staff = builders.team(), builders.officials()
    with time_machine.travel(clock.now() - datetime.timedelta(weeks=6)):
        case = officials.asked(builders.proposal_at(Status.ASSESSING, people, staff))
        builders.answer_gates(case, staff.reviewer)
        officials.fill(officials.live(case), officials.facts(), officials.ACCEPTANCE)
    live = officials.live(case)
    made, sent = at_once(lambda: recommended(case, staff, "silent"), lambda: officials.send(live))
    assert sent.version == case.versions.latest()
    advice = Recommendation.objects.first()
    if isinstance(made, MovedOn):
        assert advice is None
    else:
        assert advice.at <= sent.sent_at
        assert builders.again(case).status == Status.RECOMMENDED
