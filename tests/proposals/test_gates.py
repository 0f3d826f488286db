"""Gates A to F: answered with evidence about one version, kept, confirmed again, never told outside."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from activity import clock
from activity.models import Event
from activity.workflow import MovedOn
from proposals.ballot import actions as elsewhere
from proposals.ballot.counting import Count
from proposals.decision import actions as decision
from proposals.draft.models import GateCode, Section, Status
from proposals.draft.questions import topic
from proposals.review import actions as review
from proposals.review.gates import actions
from proposals.review.gates.actions import Given
from proposals.review.gates.models import GateResult
from proposals.review.gates.pointing import PAGES
from proposals.review.gates.standing import gates_of
from tests.factories import somebody
from tests.proposals import ballots, builders, documents, officials
from tests.proposals.reviewing import one_of, reviewers_write

CANARY = "Canary <b>evidence</b>"


@pytest.fixture
def case(stored, people, staff):
    return stored(builders.proposal_at, Status.ASSESSING, people, staff)


def address(case, key=""):
    names = {"": "proposals:gates"}
    return reverse(names.get(key, "proposals:gate"), args=[case.reference, *([key] if key else [])])


def sent(found="yes", evidence="The table.", seen=0, version=1, **more):
    return {"found": found, "evidence": evidence, "seen": seen, "version": version, **more}


def answer(case, by, gate="A", found="yes", seen=0, version=1, **more):
    given = Given(found, more.pop("evidence", "The table."), **more)
    pressed = {"gate": gate, "given": given, "seen": seen, "version": version}
    return actions.answer(proposal=case, by=by, **pressed)


def text_of(client, path, status=200):
    page = client.get(path)
    assert page.status_code == status, path
    return page.content.decode()


def second_version(case, people, staff, **typed):
    """Sent back, changed and sent as version 2. typed: by section."""
    asked = builders.ask_changes(case, staff)
    for key, given in typed.items():
        section = Section.objects.get(proposal=case, key=key)
        section.answers |= given
        section.save()
    return builders.resubmit(asked, people)


def state(case, code):
    version = case.versions.select_related("scheme").latest()
    return next(each for each in gates_of(case, version) if each.gate.code == code)


@reviewers_write
def test_reviewers_of_the_case_answer_and_its_officials_read(
    client, people, staff, case, who, read, written
):
    client.force_login(one_of(case, who, people, staff))

    for key in ("", "b"):
        page = client.get(address(case, key))
        assert page.status_code == read
    assert (b"Save this answer" in page.content) == (who == "reviewer")
    assert client.post(address(case, "b"), sent()).status_code == written
    assert client.post(address(case, "b"), sent() | {"press": "still"}).status_code in (
        written,
        409,
    )
    assert GateResult.objects.count() == (who == "reviewer")


def test_there_are_six_gates_and_no_other_address(client, staff, case):
    client.force_login(staff.reviewer)

    words = text_of(client, address(case))

    assert [code for code in "ABCDEFG" if f"{code}. " in words] == list("ABCDEF")
    assert words.count("Not answered") == 6
    assert f'href="{address(case)}"' in text_of(client, address(case).replace("gates/", ""))
    for key in ("g", "ab", "1"):
        assert client.get(address(case, key)).status_code == 404


def test_each_gate_is_about_pages_that_are_asked():
    asked = [(section, page) for pages in PAGES.values() for section, page in pages]
    assert [each for each in asked if topic(each[0]).page(each[1]) is None] == []
    assert set(PAGES) == set(GateCode)


def test_an_answer_is_kept_with_its_evidence_and_a_changed_mind_beside_it(
    client, people, staff, case
):
    client.force_login(staff.reviewer)
    rests = ["page:quality/indicators", "promise:indicator:falls"]
    typed = sent("no", CANARY, near=rests, page="page:support/risks")

    assert client.post(address(case, "e"), typed).url == address(case)

    kept = GateResult.objects.get()
    assert (kept.gate, kept.found, kept.evidence, kept.number) == ("E", "no", CANARY, 1)
    assert (kept.version, kept.by) == (case.versions.get(), staff.reviewer)
    assert kept.points_at == [*rests, "page:support/risks"]
    client.post(address(case, "e"), sent("not-yet", "Asked.", seen=1))
    page = text_of(client, address(case, "e"))
    for words in ("Canary &lt;b&gt;evidence", "Promise: Falls", "Asked.", "Risks"):
        assert words in page
    assert page.index("Asked.") < page.index("Canary")
    assert page.count("On version 1") == 2
    told = Event.objects.of(case).filter(kind="case.gate").values_list("data", flat=True)
    assert [each["found"] for each in told] == ["no", "not-yet"]
    assert "Canary" not in str(list(told))
    case_page = text_of(client, address(case).replace("gates/", ""))
    assert case_page.index("Gate E is not passed yet.") < case_page.index("Gate E is not passed.")


def test_a_result_is_never_changed(case, staff):
    kept = answer(case, staff.reviewer)
    for change in (lambda: kept.delete(), lambda: kept.save()):
        with pytest.raises(InternalError), transaction.atomic():
            change()


LACKING = [
    ({"found": ""}, "Choose yes, no or not yet"),
    ({"found": "perhaps"}, "Choose yes, no or not yet"),
    ({"evidence": " "}, "Say what shows it"),
    ({"near": ["page:money/today"]}, "Choose from what this version holds"),
    ({"page": "page:no/such"}, "Choose a page from the list"),
    ({"seen": "x"}, "This page did not load whole"),
    ({"version": ""}, "This page did not load whole"),
]


def test_what_an_answer_lacks_is_said_and_what_was_typed_stays(client, staff, case):
    client.force_login(staff.reviewer)
    for changed, words in LACKING:
        typed = sent(evidence="Kept words.") | changed
        page = client.post(address(case, "a"), typed).content.decode()
        assert words in page, changed
        assert ("Kept words." in page) == ("evidence" not in changed)
    assert not GateResult.objects.exists()


def test_evidence_points_at_documents_and_the_employers_answer_of_that_very_version(
    client, people, staff
):
    draft = builders.draft_of(people)
    document = documents.add(draft, people.lead, "plan.pdf", title="Exit plan")
    signed = builders.sign_all(builders.ask_to_sign(draft, people))
    builders.draft.submit(proposal=signed, seen=signed.revision, by=people.lead)
    builders.declare_none(signed, staff.reviewer, staff.countersigner)
    case = builders.again(signed)
    review.begin(proposal=case, seen=case.revision, by=staff.reviewer)
    case = builders.again(case)
    client.force_login(staff.reviewer)
    assert 'value="employer"' not in text_of(client, address(case, "f"))
    with pytest.raises(ValidationError):
        answer(case, staff.reviewer, points_at=("employer",))
    case = builders.hear_employer(case)

    marks = (f"document:{document.key}", "employer")
    answer(case, staff.reviewer, "F", points_at=marks)

    page = text_of(client, address(case, "f"))
    assert page.count("Document: Exit plan") == 2
    assert "The employer&#x27;s answer about version 1" in page
    # A new version without either: the evidence is carried over, and what is gone is not.
    document.taken_out_at = case.created_at
    document.save(update_fields=["taken_out_at"])
    case = second_version(case, people, staff)
    done = client.post(address(case, "f"), {"press": "still", "seen": 1, "version": 2})
    assert done.url == address(case)
    kept = GateResult.objects.latest("number")
    assert (kept.version.number, kept.evidence, kept.points_at) == (2, "The table.", [])
    assert (kept.by, kept.again.number) == (staff.reviewer, 1)
    page = text_of(client, address(case, "f"))
    assert "confirmed again with the evidence from before" in page
    assert page.count("Document: Exit plan") == 1


def test_results_about_an_earlier_version_do_not_count_until_confirmed(client, people, staff, case):
    answer(case, staff.reviewer, "B", "not-yet")
    assert state(case, "B").found == "not-yet"
    case = second_version(case, people, staff)
    client.force_login(staff.reviewer)

    page = text_of(client, address(case).replace("gates/", ""))
    assert page.count("To confirm again") == 1
    assert page.count("Not answered") == 5
    page = text_of(client, address(case))
    assert "To confirm again" in page
    assert "It was “not yet” on version 1." in page
    assert "Still “not yet”, with the same evidence" in text_of(client, address(case, "b"))
    assert state(case, "B").found == ""
    # From a page of the version before, nothing is kept of this one.
    for press in ({}, {"press": "still"}):
        old = client.post(address(case, "b"), sent(evidence="Typed words.", seen=1) | press)
        assert old.status_code == 409
        assert "Typed words." in old.content.decode()
    for _time in range(2):
        pressed = {"press": "still", "seen": 1, "version": 2}
        assert client.post(address(case, "b"), pressed).status_code == 302
    assert GateResult.objects.count() == 2
    assert state(case, "B").found == "not-yet"
    again = client.post(address(case, "b"), {"press": "still", "seen": 2, "version": 2})
    assert again.status_code == 409


def test_facts_that_turned_against_a_yes_ask_for_it_anew(client, people, staff, case):
    answer(case, staff.reviewer, "D")
    case = second_version(case, people, staff, money=builders.CASE_B)
    client.force_login(staff.reviewer)

    page = text_of(client, address(case, "d"))
    assert "The facts are others now" in page
    assert "Still “yes”" not in page
    pressed = client.post(
        address(case, "d"), {"press": "still", "seen": 1, "version": 2}, follow=True
    )
    assert "The facts are others now. Answer the gate anew." in pressed.content.decode()
    assert GateResult.objects.count() == 1
    # A yes against them is given with a sentence, and that holds for what does not change.
    answer(case, staff.reviewer, "D", seen=1, version=2, despite="The price falls.")
    case = second_version(case, people, staff)
    again = actions.confirm(proposal=case, gate="D", seen=2, version=3, by=staff.reviewer)
    assert (again.despite, again.against) == ("The price falls.", ["saving"])


def test_a_yes_against_the_facts_needs_a_sentence_and_is_marked(client, people, staff, case):
    case = second_version(case, people, staff, money=builders.CASE_B)
    client.force_login(staff.reviewer)
    page = text_of(client, address(case, "d"))
    assert "Against a yes" in page
    assert "−£21,085, against £11,298,915 for staying in-house." in page
    typed = sent(version=2)

    page = client.post(address(case, "d"), typed).content.decode()
    assert "Say why it is a yes all the same" in page
    with pytest.raises(ValidationError):
        answer(case, staff.reviewer, "D", version=2)
    with pytest.raises(ValidationError):
        answer(case, staff.reviewer, "A", version=2, despite="No need.")
    assert not GateResult.objects.exists()
    # What was typed under a yes goes with it.
    client.post(address(case, "d"), typed | {"found": "no", "despite": "Not said."})
    assert GateResult.objects.get().despite == ""
    client.post(address(case, "d"), typed | {"seen": 1, "despite": "The price falls."})

    assert "A yes despite the facts" in text_of(client, address(case))
    client.force_login(staff.countersigner)
    page = text_of(client, address(case, "d"))
    assert "The price falls." in page
    assert "Save this answer" not in page


def test_of_two_who_answer_one_gate_the_second_keeps_what_they_typed(client, staff, case):
    other = somebody(Role.REVIEWER)
    builders.declare_none(case, other)
    answer(case, other, "C", "not-yet", evidence="Theirs.")
    client.force_login(staff.reviewer)
    mine = sent(evidence="Mine, at length.", near=["page:staff/talks"])

    page = client.post(address(case, "c"), mine)

    assert page.status_code == 409
    words = page.content.decode()
    assert f"{other} answered this gate with “not yet” while you were writing." in words
    for kept in ("Mine, at length.", "Theirs.", 'name="seen" value="1"'):
        assert kept in words
    assert page.context["form"]["near"].value() == ["page:staff/talks"]
    assert GateResult.objects.count() == 1
    client.post(address(case, "c"), mine | {"seen": 1})
    assert list(GateResult.objects.values_list("number", "by")) == [
        (1, other.pk),
        (2, staff.reviewer.pk),
    ]


def test_pressed_twice_an_answer_is_kept_once(client, staff, case):
    client.force_login(staff.reviewer)
    for _time in range(2):
        assert client.post(address(case, "a"), sent()).status_code == 302
    assert GateResult.objects.count() == 1


def test_gates_stand_from_the_recommendation_on_and_open_when_it_is_sent_back(
    client, people, staff, case
):
    client.force_login(staff.reviewer)
    ready = builders.recommend(case, staff)
    assert "Save this answer" not in text_of(client, address(case, "a"))
    with pytest.raises(MovedOn):
        answer(ready, staff.reviewer, seen=1)
    assert client.post(address(case, "a"), sent(seen=1)).status_code == 409
    decision.send_back(
        proposal=ready, comment="Again.", seen=ready.revision, by=staff.countersigner
    )

    answer(builders.again(ready), staff.reviewer, seen=1, found="no")

    assert state(ready, "A").found == "no"
    with pytest.raises(PermissionDenied):
        answer(builders.again(ready), staff.decider, seen=2)


@pytest.mark.slow
def test_pages_of_gates_cost_at_most_ten_queries(client, staff, case):
    case = builders.to_recommend(case, staff)
    client.force_login(staff.reviewer)
    client.get(address(case))
    for key in ("", *"abcdef"):
        with CaptureQueriesContext(connection) as captured:
            text_of(client, address(case, key))
        asked = [query["sql"] for query in captured]
        assert len(asked) <= 10, (key, [each[:120] for each in asked])
        assert len(asked) == len(set(asked)), sorted(asked)


def test_an_answer_of_the_employer_or_a_vote_that_comes_later_asks_for_it_again(
    client, people, staff, case
):
    asked = officials.asked(case)
    for code in "CD":
        answer(asked, staff.reviewer, code, evidence="The table.")
    ours = {"cost": "ours", "cost-ours": "2,500,000", "cost-source": "The ledger"}
    officials.answered(asked, officials.facts(**ours))
    count = Count(eligible=80, cast=20, votes_for=20, votes_against=0, votes_blank=0)
    day = clock.today() - datetime.timedelta(days=2)
    held = {"question": ballots.QUESTION, "opened_on": day, "closed_on": day, "run_by": "Civica"}
    elsewhere.enter(proposal=builders.again(case), count=count, **held, by=people.lead)
    case = builders.again(case)
    client.force_login(staff.reviewer)

    page = text_of(client, address(case))
    assert "The employer has answered since." in page
    assert "A vote of staff has not said yes since." in page
    assert text_of(client, address(case).replace("gates/", "")).count("To confirm again") == 2
    assert (state(case, "C").found, state(case, "D").found) == ("", "")
    page = text_of(client, address(case, "c"))
    assert "25% voted: 20 of 80. At least 50% must." in page
    assert "The facts are others now" in page
    answer(case, staff.reviewer, "C", seen=1, despite="All of them.", points_at=("vote:1",))
    page = text_of(client, address(case, "c"))
    assert f'href="{address(case).replace("gates/", "")}">Vote 1 of staff</a>' in page
    with pytest.raises(ValidationError):
        actions.confirm(proposal=case, gate="D", seen=1, version=1, by=staff.reviewer)
    answer(case, staff.reviewer, "D", "no", seen=1)
    assert (state(case, "C").found, state(case, "D").found) == ("yes", "no")
