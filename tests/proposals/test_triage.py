"""Triage: what officials find before an assessment begins; no team ever reads of it."""

import json
import uuid
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organisation
from activity.models import Event, Notification
from activity.workflow import MovedOn
from proposals.draft import freezing
from proposals.draft.models import Proposal, SchemeVersion, Section, Status
from proposals.draft.questions import personal_questions
from proposals.review import actions as review
from proposals.review import checks, triage
from proposals.review.likeness import areas_in, is_like, likely
from proposals.review.models import Duplicate, TriageAnswer
from proposals.review.scoping import State, rules_found
from tests.proposals import builders
from tests.proposals.reviewing import one_of, reviewers_write
from tests.proposals.test_pages import all_addresses

CANARY = "Canary <b>words</b>"


@pytest.fixture
def case(stored, people, staff):
    return stored(builders.proposal_at, Status.SUBMITTED, people, staff)


def address(name, case):
    return reverse(f"proposals:{name}", args=[case.reference])


def sent(question, answer="fine", words="", once=None):
    once = once or uuid.uuid4()
    typed = {"answer": answer, "words": words, "once": once}
    return {"task": question, **{f"{question}-{name}": each for name, each in typed.items()}}


def another(case, **changes):
    """A second case as submitted, made without its steps."""
    [row] = builders.many(1)
    Proposal.objects.filter(pk=row.pk).update(**changes)
    return Proposal.objects.get(pk=row.pk)


@reviewers_write
def test_reviewers_of_the_case_answer_and_its_officials_read(
    client, people, staff, case, who, read, written
):
    client.force_login(one_of(case, who, people, staff))

    page = client.get(address("triage", case))

    assert page.status_code == read
    assert (b"Save this answer" in page.content) == (who == "reviewer")
    done = client.post(address("triage", case), sent("complete"))
    assert done.status_code == written
    other = another(case)
    noted = client.post(address("triage", case), {"press": "note", "other": other.reference})
    assert noted.status_code == written
    assert TriageAnswer.objects.count() == Duplicate.objects.count() == (who == "reviewer")


@pytest.mark.slow
def test_the_team_reads_and_is_told_nothing_of_it(client, people, staff, case):
    other = another(case, title="Canary district nursing")
    Notification.objects.all().delete()
    client.force_login(staff.reviewer)
    client.post(address("triage", case), sent("scope", "not-fine", CANARY))
    client.post(address("triage", case), {"press": "note", "other": other.reference})
    assert "Canary district nursing" in client.get(address("case", case)).content.decode()

    assert not Notification.objects.exists()
    client.force_login(people.lead)
    for page in [*all_addresses(case), address("history", case)]:
        words = client.get(page).content.decode()
        assert "Canary" not in words, page
        assert "riage" not in words, page
    assert "Canary" not in str(list(Event.objects.values("kind", "data")))


def test_an_answer_is_kept_with_who_gave_it_and_once(client, staff, case):
    client.force_login(staff.reviewer)
    page = client.get(address("triage", case)).content.decode()
    assert page.count("Not answered") == 3
    key = uuid.uuid4()
    for _time in range(2):
        done = client.post(address("triage", case), sent("complete", once=key))
        assert done.url == address("triage", case)

    given = TriageAnswer.objects.get()
    assert (given.question, given.is_fine, given.by) == ("complete", True, staff.reviewer)
    page = client.get(address("triage", case)).content.decode()
    assert page.count("Not answered") == 2
    assert "Nothing stands in the way" in page
    client.post(address("triage", case), sent("complete", "not-fine", CANARY))
    page = client.get(address("triage", case)).content.decode()
    assert "Nothing stands in the way" not in page
    assert "Canary &lt;b&gt;words" in page
    assert Event.objects.of(case).filter(kind="case.triage").count() == 2


def test_what_is_not_fine_is_said_and_what_was_typed_stays(client, staff, case):
    client.force_login(staff.reviewer)
    page = client.post(address("triage", case), sent("scope", "not-fine")).content.decode()
    assert "There is a problem" in page
    assert page.count("Say what you found") == 2
    assert 'href="#id_scope-words"' in page
    page = client.post(address("triage", case), sent("scope", "", CANARY)).content.decode()
    assert "Choose yes or no" in page
    assert "Canary &lt;b&gt;words" in page
    assert client.post(address("triage", case), {"task": "no-such"}).status_code == 409
    assert not TriageAnswer.objects.exists()


def test_begin_says_what_is_open_and_goes_ahead(client, staff, case):
    client.force_login(staff.reviewer)
    page = client.get(address("begin", case)).content.decode()
    assert "Triage has not answered: Is it complete? Is there another" in page
    client.post(address("triage", case), sent("complete"))
    client.post(address("triage", case), sent("duplicate"))
    client.post(address("triage", case), sent("scope", "not-fine", CANARY))
    page = client.get(address("begin", case)).content.decode()
    assert "Triage has not answered" not in page
    assert "Is it in scope? Canary &lt;b&gt;words" in page

    assert client.post(address("begin", case), {"seen": case.revision}).status_code == 302
    # From then on it is read, and answered no longer.
    page = client.get(address("triage", case)).content.decode()
    assert "Canary &lt;b&gt;words" in page
    assert "Save this answer" not in page
    assert client.post(address("triage", case), sent("scope")).status_code == 409


def test_it_costs_ten_queries_whatever_is_found(client, staff, case):
    client.force_login(staff.reviewer)
    for number in range(5):
        same = {
            "employer": case.employer,
            "sector": case.sector,
            "title": f"Wolds nursing {number}",
        }
        other = another(case, **same)
        client.post(address("triage", case), sent("complete", "not-fine", str(number)))
        if number < 2:
            triage.note_duplicate(proposal=case, other=other.reference, by=staff.reviewer)
    for name, most in (("triage", 10), ("case", 10)):
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address(name, case))
        assert page.status_code == 200
        assert len(captured) <= most, name


def found(case, reader, areas=("Leicester",)):
    return [(each.case, each.why) for each in likely(case, reader, areas)]


def place(case, area):
    """As submitted there; what its team writes since counts for nothing."""
    text = json.dumps({"sections": {"service": {"S7": [{"area": area}]}}})
    scheme = SchemeVersion.objects.get()
    case.versions.create(number=1, scheme=scheme, text=text, sha256="0" * 64)
    Section.objects.create(proposal=case, key="service", answers={"S7": [{"area": "Leicester"}]})


def test_cases_that_may_be_of_the_same_service_are_found_with_why(client, staff, case):
    successor = builders.OrganisationFactory()
    Organisation.objects.filter(pk=case.employer_id).update(successor=successor)
    same = another(case, employer=successor, sector=case.sector, title="Something else")
    like = another(case, title="Wolds district nursing")
    place(like, "Leicester")
    elsewhere = another(case, title="Wolds nursing")
    place(elsewhere, "Fenland")
    own = another(case, employer=case.employer, title="Nursing of the Wolds")
    another(case, title="Wolds rubbish collection", sector="environment")

    assert found(case, staff.reviewer) == [
        (own, "The same employer and a like title"),
        (like, "A like title, in Leicester"),
        (same, "The same employer and sector"),
    ]
    client.force_login(staff.reviewer)
    page = client.get(address("triage", case)).content.decode()
    for each in (own, like, same):
        assert each.reference in page
    assert elsewhere.reference not in page
    assert "No duplicates found" not in page


def test_a_case_that_is_closed_to_the_reader_is_neither_found_nor_noted(client, staff, case):
    other = another(case, employer=case.employer, sector=case.sector, title="Canary nursing")
    [draft] = builders.many(1, status=Status.DRAFT)
    triage.note_duplicate(proposal=case, other=other.reference, by=staff.reviewer)
    review.declare(proposal=other, is_conflict=True, by=staff.reviewer)

    assert found(case, staff.reviewer) == []
    client.force_login(staff.reviewer)
    for name in ("triage", "case"):
        page = client.get(address(name, case)).content.decode()
        assert "Canary" not in page
        assert other.reference not in page
    assert "No duplicates found" in client.get(address("triage", case)).content.decode()
    for hidden in (other, draft, SimpleNamespace(reference="RTP-1999-0001"), case):
        for press in ("note", "undo"):
            typed = {"press": press, "other": hidden.reference}
            assert client.post(address("triage", case), typed).status_code == 403
    client.force_login(staff.decider)
    assert "Canary" in client.get(address("triage", case)).content.decode()


def test_it_is_noted_on_both_once_and_taken_back_from_either(client, staff, case):
    other = another(case, title="Wolds district nursing", sector="community-health")
    builders.declare_none(other, staff.reviewer)
    earlier = Proposal.objects.get(pk=case.pk)
    client.force_login(staff.reviewer)
    for at, to in ((case, other), (other, case), (case, other)):
        done = client.post(address("triage", at), {"press": "note", "other": to.reference})
        assert done.url == f"{address('triage', at)}#duplicate"

    noted = Duplicate.objects.get()
    assert (noted.proposal, noted.of, noted.noted_by) == (other, earlier, staff.reviewer)
    kinds = [event.kind for event in Event.objects.of(other)]
    assert kinds.count("case.note_duplicate") == 1
    with pytest.raises(PermissionDenied):
        triage.undo_duplicate(proposal=other, other=case.reference, by=staff.decider)
    for _time in range(2):
        client.post(address("triage", other), {"press": "undo", "other": case.reference})
    noted.refresh_from_db()
    assert noted.undone_by == staff.reviewer
    assert "Noted as of the same" not in client.get(address("case", case)).content.decode()
    triage.note_duplicate(proposal=case, other=other.reference, by=staff.reviewer)
    assert Duplicate.objects.standing().count() == 1


def test_the_door_takes_no_answer_of_somebody_else_or_too_late(staff, case):
    said = {"question": "scope", "is_fine": True, "words": "", "once": uuid.uuid4()}
    with pytest.raises(PermissionDenied):
        triage.answer(proposal=case, **said, by=staff.decider)
    review.begin(proposal=case, seen=case.revision, by=staff.reviewer)
    with pytest.raises(MovedOn):
        triage.answer(proposal=case, **said, by=staff.reviewer)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Wolds community nursing", "Wolds district nursing", True),
        ("Wolds community nursing", "Fens community midwives", False),
        ("The service", "The service", False),
        ("", "Wolds", False),
        ("Soar podiatry", "SOAR Podiatry and foot care", True),
    ],
)
def test_titles_are_alike_by_the_words_that_tell(one, other, alike):
    assert is_like(one, other) is is_like(other, one) is alike


def test_areas_are_read_out_of_whatever_was_typed():
    assert areas_in([{"area": "Leicester"}, {"area": ""}, {}, "x"]) == ["Leicester"]
    assert areas_in(None) == areas_in("x") == []


TRUST = {"slug": "trust", "name": "The trust", "kind": "nhs-trust"}
RULES = ["SC-STAFF", "SC-PUBLIC", "SC-EXEMPT", "SC-CONTROL", "SC-TESTS", "SC-BEGUN", "SC-CONTRACT"]


@pytest.mark.parametrize(
    ("typed", "employer", "saves", "look", "said"),
    [
        ({}, {}, True, set(), "saves money"),
        ({}, {}, None, set(), "not whole"),
        ({}, {}, False, {"SC-TESTS"}, "saves nothing"),
        ({"S10": "yes", "S10_which": "Guards"}, {}, True, {"SC-EXEMPT"}, "“Guards”"),
        ({"S10": "not-sure", "S10_doubt": "100% a base"}, {}, True, {"SC-EXEMPT"}, "“100% a base”"),
        ({}, {"kind": "police"}, True, {"SC-EXEMPT"}, "The employer's own work may be in one."),
        ({}, {"is_awaited": True}, True, {"SC-PUBLIC"}, "Nobody has checked"),
        ({"S12": "tendered"}, {}, True, {"SC-BEGUN"}, "being tendered"),
        ({"S12": "closed"}, {}, True, {"SC-BEGUN"}, "being closed"),
        ({"M6": "yes"}, {}, True, {"SC-CONTROL"}, "would own a part of it"),
    ],
)
def test_each_rule_of_scope_has_its_verdict_and_why(typed, employer, saves, look, said):
    body = Organisation(**TRUST | employer)
    sections = {"service": typed, "model": typed}

    rules = rules_found(sections, body, saves, {code: code for code in RULES})

    assert {each.rule for each in rules if each.state == State.LOOK} == look
    later = {each.rule for each in rules if each.state == State.LATER}
    assert later == {"SC-TESTS", "SC-CONTRACT"} - look
    assert said in " ".join(each.why for each in rules)
    assert all(each.why and each.label for each in rules)


def test_a_department_that_is_guarded_is_looked_at_too():
    mod = Organisation(slug="ministry-of-defence", name="Ministry of Defence", kind="department")
    body = Organisation(**TRUST, department=mod)
    [rule] = rules_found({}, body, True, {"SC-EXEMPT": "SC-EXEMPT"})
    assert rule.state == State.LOOK


@pytest.mark.parametrize(
    ("typed", "given", "wanted"),
    [
        ({}, {"money"}, []),
        ({}, set(), ["where the figures come from"]),
        ({"quality": {"Q2": "good"}}, {"money"}, ["inspection report"]),
        ({"quality": {"Q2": "good", "Q2_link": "https://x.example/"}}, {"money"}, []),
        ({"quality": {"Q2": "not-inspected"}}, {"money"}, []),
        ({"assets": {"A1": "yes"}}, {"money"}, ["buildings"]),
        ({"assets": {"A1": "yes"}}, {"money", "assets"}, []),
    ],
)
def test_a_document_is_missed_where_the_answers_let_expect_one(typed, given, wanted):
    found = checks.documents_wanted(typed, given)
    assert len(found) == len(wanted)
    assert all(part in each.words for part, each in zip(wanted, found, strict=True))


def test_what_is_missing_or_doubtful_is_said_by_page(stored, people):
    proposal = stored(builders.draft_of, people)
    for key, typed in (("quality", {"Q2": "good"}), ("model", {"M6": "yes"})):
        section = proposal.sections.get(key=key)
        section.answers |= typed
        section.save()
    proposal.sections.filter(key="employer").update(answers={})
    version = freezing.freeze(proposal)

    overview = checks.overview(version)

    missing = {each.where for each in checks.missing(overview, personal_questions())}
    assert "Employer and commissioner: Who pays now" in missing
    assert not [where for where in missing if where.startswith("Money")]
    doubts = checks.doubtful(overview, {"doubts": ["The headline looks good."]})
    assert "The headline looks good." in [each.words for each in doubts]
    assert any("no outside shareholders" in each.words for each in doubts)
