"""What was decided of like services: what a reader may know of, in words, and no more."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Interest, Role, Tie
from activity import clock
from proposals.decision.models import Condition, Outcome, Reason
from proposals.decision.precedents import MOST, of_like_services
from proposals.draft.models import Member, Proposal, Status
from proposals.review import actions as review
from tests.factories import somebody
from tests.proposals import builders

SECTOR = "community-health"


@pytest.fixture
def case(stored, people, staff):
    return stored(builders.proposal_at, Status.ASSESSING, people, staff)


def rejected(staff, **also):
    """Another team's case, rejected on one ground, its letter gone."""
    found = builders.proposal_at(Status.REJECTED, builders.team(), staff, Outcome.REJECTED)
    Proposal.objects.filter(pk=found.pk).update(**{"title": "Moor community nursing"} | also)
    return builders.again(found)


def add(count, status=Status.REJECTED, **row):
    """Decided cases as rows of a list."""
    found = [each.pk for each in builders.many(count, status=status)]
    Proposal.objects.filter(pk__in=found).update(**row)
    return list(Proposal.objects.filter(pk__in=found))


def references(case, reader):
    return [each.case.reference for each in of_like_services(case, reader)]


def address(case):
    return reverse("proposals:case_similar", args=[case.reference])


@pytest.mark.parametrize(
    ("who", "code"),
    [*(("reviewer", 200), ("decider", 200), ("lead", 404)), *(("barred", 404), ("silent", 302))],
)
def test_only_officials_who_declared_none_read_it(client, people, staff, case, who, code):
    barred = somebody("reviewer")
    review.declare(proposal=case, is_conflict=True, by=barred)
    others = {"barred": barred, "silent": somebody("reviewer")}
    client.force_login((vars(people) | vars(staff) | others)[who])
    assert client.get(address(case)).status_code == code


def test_an_outcome_is_shown_once_its_letter_has_gone_and_never_before(people, staff, case):
    for status in (Status.RECOMMENDED, Status.COUNTERSIGNED, Status.DECIDED, Status.SUBMITTED):
        add(1, status, sector=SECTOR, title=case.title)
    other = builders.proposal_at(Status.DECIDED, builders.team(), staff, Outcome.REJECTED)
    assert of_like_services(case, staff.reviewer) == []
    builders.decision.release(proposal=other, seen=other.revision, by=staff.decider)
    [found] = of_like_services(case, staff.reviewer)
    assert found.case == other
    assert found.why == "The same sector and a like title"
    assert found.reasons == [Reason.objects.get().code.wording]
    assert found.decided_at == builders.again(other).released_at


CLOSED = {
    "declared": lambda case, who: review.declare(proposal=case, is_conflict=True, by=who),
    "interest": lambda case, who: Interest.objects.create(
        user=who, organisation=case.employer, tie=Tie.WORK, declared_at=clock.now()
    ),
    "team": lambda case, who: Member.objects.create(proposal=case, user=who, role="viewer"),
}


@pytest.mark.parametrize("closed", CLOSED)
def test_a_case_that_is_closed_to_the_reader_is_not_there(client, people, staff, case, closed):
    other = rejected(staff, title="Canary community nursing")
    client.force_login(staff.reviewer)
    assert "Canary community nursing" in client.get(address(case)).content.decode()
    CLOSED[closed](other, staff.reviewer)
    page = client.get(address(case)).content.decode()
    assert "Canary" not in page
    assert other.reference not in page
    assert "No decision on a like service has gone out that you may read." in page
    client.force_login(staff.decider)
    assert other.reference in client.get(address(case)).content.decode()


def test_reasons_are_in_plain_words_and_no_words_of_officials(client, people, staff, case):
    other = rejected(staff)
    Reason.objects.update(evidence="Canary evidence", remedy="Canary remedy")
    held = builders.proposal_at(
        Status.APPROVED_WITH_CONDITIONS, builders.team(), staff, Outcome.APPROVED_WITH_CONDITIONS
    )
    Condition.objects.update(text="Canary condition")
    asked = builders.proposal_at(Status.SUBMITTED, builders.team(), staff)
    builders.confirm_exempt(
        asked, builders.ask_exempt(asked, staff.decider, why="Canary why"), staff.reviewer
    )
    client.force_login(staff.reviewer)
    page = html.unescape(client.get(address(case)).content.decode())
    assert Reason.objects.get().code.wording in page
    assert "Services in areas such as defence and security may be exempt." in page
    assert "1 condition, in its letter" in page
    assert "Canary" not in page
    assert all(each.reference in page for each in (other, held, asked))


def test_the_closest_come_first_and_ten_at_most(people, staff, case):
    [titled] = add(1, title="Wolds nursing", sector="libraries")
    add(1, title="Market town libraries", sector="libraries")
    sector = add(MOST + 5, sector=SECTOR)
    [both] = add(1, title="Wolds nursing", sector=SECTOR)
    found = of_like_services(case, staff.reviewer)
    assert [each.case for each in found[:2]] == [both, titled]
    assert [each.case.pk for each in found[2:]] == sorted(
        (each.pk for each in sector), reverse=True
    )[: MOST - 2]
    assert [each.reasons for each in found] == [[]] * MOST
    Proposal.objects.filter(pk=case.pk).update(sector="", title="The service of our team")
    assert of_like_services(builders.again(case), staff.reviewer) == []


def test_it_is_one_query_by_its_indexes_however_many_there_are(client, people, staff, case):
    statuses = (Status.WITHDRAWN, Status.REJECTED)
    for status in statuses:
        builders.many(500, status=status, also=lambda n: {"sector": ("youth", SECTOR)[n % 2]})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE proposals_proposal")
    client.force_login(staff.reviewer)
    client.get(address(case))
    with CaptureQueriesContext(connection) as asked:
        assert len(client.get(address(case)).context["precedents"]) == MOST
    assert len(asked) <= 8
    [sql] = [each["sql"] for each in asked if "UNION ALL" in each["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # the table is small
        cursor.execute("EXPLAIN " + sql)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "proposal_archive" in plan
    assert "proposal_words" in plan
    assert "Seq Scan on proposals_proposal" not in plan


def test_a_role_that_ended_finds_nothing(people, staff, case):
    rejected(staff)
    assert references(case, somebody(Role.ADMINISTRATOR)) == []
