"""All cases: who sees them, what narrows them, and what an address that was typed may hold."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Interest, OrganisationKind, Role, Tie
from activity import clock
from proposals.draft.models import ConflictDeclaration, Member, Proposal, Status
from proposals.draft.models.proposal import ENDED, WITH_OFFICIALS
from proposals.review import queue
from tests.factories import OrganisationFactory, somebody
from tests.proposals import builders

pytestmark = pytest.mark.django_db
CASES = reverse("proposals:cases")


@pytest.fixture
def reviewer(client):
    official = somebody(Role.REVIEWER)
    client.force_login(official)
    return official


@pytest.fixture
def see(client):
    """The titles of a page of all cases, in its order."""

    def titles(**asked):
        page = client.get(CASES, asked)
        assert page.status_code == 200
        return [case.title for case in page.context["page"].rows]

    return titles


def one(title, *, status=Status.ASSESSING, **also):
    """A case of that title, with these columns."""
    (row,) = builders.many(1, status=status)
    Proposal.objects.filter(pk=row.pk).update(title=title, **also)
    return builders.again(row)


def day(text):
    return timezone.make_aware(datetime.datetime.fromisoformat(text))


def test_only_reviewers_and_decision_makers_see_all_cases_and_nothing_is_sent_to_it(client):
    assert client.get(CASES).status_code == 302
    for role in Role:
        client.force_login(somebody(role))
        allowed = role in (Role.REVIEWER, Role.DECISION_MAKER)
        assert client.get(CASES).status_code == (200 if allowed else 403), role
    client.force_login(somebody(Role.REVIEWER))
    assert client.post(CASES).status_code == 405


@pytest.mark.slow
def test_a_case_in_conflict_and_a_draft_are_neither_shown_nor_counted(client, reviewer, see):
    declared, tied, own, ended = (
        one(f"Canary {n}", status=status)
        for n, status in enumerate([Status.ASSESSING] * 3 + [Status.REJECTED])
    )
    for case in (declared, ended):
        ConflictDeclaration.objects.create(proposal=case, user=reviewer, is_conflict=True)
    Interest.objects.create(
        user=reviewer, organisation=tied.employer, tie=Tie.WORK, declared_at=clock.now()
    )
    Member.objects.create(proposal=own, user=reviewer, role="viewer", employed=True)
    builders.many(1, status=Status.DRAFT)
    builders.many(1, status=Status.AWAITING_SIGN_OFF)
    one("Heron", lead_reviewer=reviewer)

    assert see() == ["Heron"]
    assert see(show="archive") == []
    page = client.get(CASES, {"show": "archive", "sector": ""}).content.decode()
    assert "Open (1)" in page
    assert "Archive (0)" in page
    assert "No case has ended yet." in page
    for asked in ({"employer": tied.employer.name}, {"lead": "nobody"}, {"due": "soon"}):
        words = client.get(CASES, asked).content.decode()
        assert "Canary" not in words, asked
    assert "There is 1 without filters." in client.get(CASES, {"lead": "nobody"}).content.decode()


def test_open_cases_stand_by_due_date_and_the_archive_newest_first(reviewer, see):
    today = clock.today()
    for days in (3, -2, 0):
        one(f"Due {days}", due_on=today + datetime.timedelta(days))
    for status in ENDED:
        one(status.value, status=status, submitted_at=day("2026-03-01") - day_of(status))

    assert see() == ["Due -2", "Due 0", "Due 3"]
    assert see(show="archive") == [status.value for status in ENDED]


def day_of(status):
    return datetime.timedelta(list(ENDED).index(status))


@pytest.mark.slow
def test_each_filter_leaves_what_it_says(reviewer, see):
    today = clock.today()
    colleague = somebody(Role.REVIEWER)
    ministry = OrganisationFactory(kind=OrganisationKind.DEPARTMENT, slug="dhsc")
    trust = OrganisationFactory(
        name="Solent NHS Trust", department=ministry, other_names=["Portsmouth PCT"]
    )
    soon = queue.soon(today)
    late = today - datetime.timedelta(1)
    one("Avocet", employer=trust, sector="libraries", due_on=late, lead_reviewer=reviewer)
    one("Bittern", employer=ministry, sector="fire", due_on=soon, lead_reviewer=colleague)
    one("Curlew", status=Status.SUBMITTED, sector="fire", due_on=soon + datetime.timedelta(1))
    one("Dunlin", status=Status.CHANGES_REQUESTED, due_on=late, submitted_at=day("2026-01-05"))

    for asked, found in (
        ({"status": "assessing"}, "AB"),
        ({"status": ["submitted", "changes-requested"]}, "DC"),
        ({"sector": "fire"}, "BC"),
        ({"department": "dhsc"}, "AB"),
        ({"employer": "solent"}, "A"),
        ({"employer": "portsmouth pct"}, "A"),
        ({"employer": "!!"}, ""),
        ({"lead": "me"}, "A"),
        ({"lead": "nobody"}, "DC"),
        ({"lead": colleague.email}, "B"),
        ({"due": "late"}, "A"),
        ({"due": "soon"}, "B"),
        ({"since": "5 1 2026", "until": "5/1/2026"}, "D"),
        ({"until": "4 January 2026"}, ""),
        ({"sector": "fire", "lead": colleague.email, "due": "soon"}, "B"),
        ({"sector": "fire", "due": "late"}, ""),
    ):
        assert "".join(title[0] for title in see(**asked)) == found, asked


def test_me_is_whoever_opens_the_address(client, reviewer, see):
    other = somebody(Role.REVIEWER)
    one("Avocet", lead_reviewer=reviewer)
    one("Bittern", lead_reviewer=other, status=Status.APPROVED)

    assert see(lead="me") == ["Avocet"]
    client.force_login(other)
    assert see(lead="me") == []
    assert see(lead="me", show="archive") == ["Bittern"]


def test_filters_are_links_that_take_one_off(client, reviewer):
    one("Avocet", sector="fire")
    asked = {"status": ["assessing", "submitted"], "sector": "fire", "since": "1 2 2026"}
    chips = client.get(CASES, asked).context["chips"]

    assert {chip.label: chip.address for chip in chips} == {
        "Submitted": "?status=assessing&sector=fire&since=1+2+2026",
        "Assessing": "?status=submitted&sector=fire&since=1+2+2026",
        "Fire and rescue": "?status=assessing&status=submitted&since=1+2+2026",
        "Submitted from 1 February 2026": "?status=assessing&status=submitted&sector=fire",
    }


def test_where_nothing_matches_each_filter_can_be_taken_off_and_the_other_shelf_is_told(
    client, reviewer
):
    one("Avocet", sector="fire", status=Status.APPROVED)
    one("Bittern", sector="libraries")
    page = client.get(CASES, {"sector": "fire", "due": "late", "lead": "nobody"})
    words = page.content.decode()

    assert "Nothing matches these filters" in words
    for address in ("?due=late&amp;lead=nobody", "?sector=fire&amp;due=late"):
        assert f'href="{address}"' in words
    assert "There is 1 without filters." in words
    # Late is a filter of open cases alone, so the archive is counted without it.
    assert 'href="?sector=fire&amp;lead=nobody&amp;show=archive">Archive (1)' in words
    assert 'show=archive">See what matches in the archive (1)</a>' in words


WRONG = [
    ({"since": "31 2 2026"}, "31 February does not exist"),
    ({"since": "soon"}, "Enter the date with day, month and year, like 31 3 2027"),
    ({"until": "1 1 2999"}, "Enter a date on or before"),
    ({"since": "2 1 2026", "until": "1 1 2026"}, "The last day must not be before the first"),
    ({"status": "draft"}, "Choose statuses from the list"),
    ({"status": "approved"}, "Choose statuses from the list"),
    ({"sector": "'; --"}, "Choose a sector from the list"),
    ({"department": "nowhere"}, "Choose a department from the list"),
    ({"lead": "stranger@home.example"}, "Choose from the list who answers for it"),
    ({"due": "never"}, "Only open cases are late or due soon"),
    ({"due": "late", "show": "archive"}, "Only open cases are late or due soon"),
    ({"show": "drafts"}, "Choose open cases or the archive above the list"),
    ({"employer": "x" * 101}, "Your answer is 1 letter too long"),
]


def test_a_filter_that_cannot_be_read_gets_a_sentence_and_narrows_nothing(client, reviewer):
    somebody(Role.ADVISER, organisation=None)
    one("Avocet")
    one("Bittern", status=Status.REJECTED)

    for asked, sentence in WRONG:
        words = client.get(CASES, asked).content.decode()
        assert "There is a problem" in words, asked
        assert sentence in words, asked
        assert ("Bittern" if asked.get("show") == "archive" else "Avocet") in words, asked
        for name in ("since", "until", "employer"):
            assert f'value="{asked.get(name, "")}"' in words or not asked.get(name), asked


HOSTILE = ["\x00", "\u202eevil", "<script>evil", "'\"%_\\", "x" * 10_000, "🦆" * 90]


@pytest.mark.slow
def test_whatever_is_typed_is_answered_with_a_page(client, reviewer):
    one("Avocet")
    for typed in HOSTILE:
        asked = dict.fromkeys(("q", "status", "sector", "department", "employer", "lead"), typed)
        asked |= dict.fromkeys(("due", "since", "until", "after"), typed)
        for show in ("open", "archive", typed):
            page = client.get(CASES, asked | {"show": show})
            assert page.status_code == 200
            assert "<script>evil" not in page.content.decode()


def test_pages_of_both_shelves_leave_nothing_out(client, reviewer):
    for status in (Status.ASSESSING, Status.REJECTED):
        builders.many(60, status=status)
    for show in ("open", "archive"):
        found, after = [], f"?show={show}"
        while after:
            page = client.get(CASES + after)
            found += [case.pk for case in page.context["page"].rows]
            following = re.search(r'href="(\?[^"]+)"[^>]*rel="next"', page.content.decode())
            after = following and following[1].replace("&amp;", "&")
        assert len(found) == len(set(found)) == 60


def test_what_is_due_is_marked_and_a_clock_that_stands_still_is_not_late(client, reviewer):
    today = clock.today()
    late = today - datetime.timedelta(1)
    for title, status, due_on in (
        ("Avocet", Status.ASSESSING, late),
        ("Bittern", Status.ASSESSING, today),
        ("Curlew", Status.ASSESSING, today + datetime.timedelta(30)),
        ("Dunlin", Status.CHANGES_REQUESTED, late),
        ("Egret", Status.APPROVED, late),
    ):
        one(title, status=status, due_on=due_on)

    rows = (
        client.get(CASES).context["rows"] + client.get(CASES, {"show": "archive"}).context["rows"]
    )

    assert {case.title: urgency for case, urgency in rows} == {
        "Avocet": "late",
        "Bittern": "soon",
        "Curlew": "",
        "Dunlin": "",
        "Egret": "",
    }


@pytest.mark.parametrize("show", ["open", "archive"])
def test_every_filter_at_once_costs_at_most_eight_queries(client, reviewer, show):
    status = WITH_OFFICIALS[0] if show == "open" else ENDED[0]
    case = one("Avocet", status=status, sector="fire", lead_reviewer=reviewer)
    asked = {"show": show, "status": status.value, "sector": "fire", "lead": "me", "q": "nursing"}
    asked |= {"employer": case.employer.name, "since": "1 1 2020", "until": "1 1 2025"}

    for filters in ({"show": show}, asked, asked | {"q": "the of"}):
        client.get(CASES, filters)
        with CaptureQueriesContext(connection) as captured:
            client.get(CASES, filters)
        asked_for = [query["sql"] for query in captured]
        assert len(asked_for) <= 8, asked_for
        assert len(asked_for) == len(set(asked_for))
