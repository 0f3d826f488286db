"""The figures: who reads them, what moves them and what must not, and that events say the same."""

import csv
import datetime
import io
from collections import Counter

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from activity import clock
from activity.figures import sheet
from activity.figures.months import month_in_words
from activity.models import Event
from proposals.decision import actions as decision
from proposals.decision.models import Recall
from proposals.draft.models import ConflictDeclaration, Proposal, Status
from proposals.figures import reckoning, stretches
from proposals.figures.models import Cut, Figure, Measure, Reckoning, Stage, Stretch
from tests.factories import OrganisationFactory, somebody
from tests.proposals import builders

FIGURES, FILE = reverse("proposals:figures"), reverse("proposals:figures_csv")
OFFICES = (Role.REVIEWER, Role.DECISION_MAKER, Role.COORDINATOR)


@pytest.fixture
def fens(db):
    return OrganisationFactory(kind="department", name="Ministry of Fens", slug="fens")


def ended(count, then, *, body, sector="youth", on=None, took=7):
    """So many cases that ended so, as the figures know them, without the way there."""
    day = on or clock.today()
    rows = builders.many(count, status=then)
    Proposal.objects.filter(pk__in=[row.pk for row in rows]).update(employer=body, sector=sector)
    Stretch.objects.bulk_create(
        Stretch(
            proposal=row,
            stage=Stage.BEING_DECIDED,
            submitted_on=day - datetime.timedelta(30),
            since_on=day - datetime.timedelta(10),
            until_on=day,
            days=took,
            then=then,
            decision_days=took + 15 if then in stretches.DECISIONS else None,
        )
        for row in rows
    )


def read(client, address=FIGURES, **asked):
    """What the page says in its tables, by table, row and column; and the whole page."""
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return {
        (key, label, name): cell
        for key, table in answer.context["tables"].items()
        for label, cells in table.rows
        for name, cell in zip(table.names, cells, strict=True)
    }


def file(client, **asked):
    answer = client.get(FILE, asked)
    assert answer.streaming
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def exact():
    """Every figure that there is, exact."""
    names = ("measure", "cut", "department", "sector", "month", "key", "days", "count")
    return set(Figure.objects.values_list(*names))


def test_officials_and_coordinators_read_them_and_nobody_else(client, people, staff):
    for address in (FIGURES, FILE):
        assert client.get(address).status_code == 302
        for who in (people.lead, somebody(Role.ADVISER), somebody(Role.OBSERVER)):
            client.force_login(who)
            assert client.get(address).status_code == 403
        client.logout()
    for role in OFFICES:
        client.force_login(somebody(role))
        assert client.get(FIGURES).status_code == 200
        assert client.get(FILE).status_code == 200
        assert client.post(FIGURES).status_code == 405


def test_a_decision_moves_no_figure_before_its_letter(client, stored, people, staff, fens):
    """Page, file and exact counts stay the same from countersigning to recall, and then move."""
    case = stored(builders.proposal_at, Status.RECOMMENDED, people, staff)
    Proposal.objects.filter(pk=case.pk).update(employer=fens, sector="youth")
    # With these, one more of either kind would come to be shown.
    ended(4, Status.APPROVED, body=fens)
    client.force_login(somebody(Role.COORDINATOR))
    seen = []

    def look():
        reckoning.reckon()
        seen.append((exact(), read(client), read(client, department="fens"), file(client)))

    look()
    decision.countersign(proposal=case, seen=case.revision, by=staff.countersigner)
    look()
    case = builders.again(case)
    decided = decision.decide(proposal=case, seen=case.revision, by=staff.decider)
    look()
    case = builders.again(case)
    decision.ask_recall(proposal=case, reason="A figure.", seen=case.revision, by=staff.decider)
    asked = Recall.objects.get(decision=decided)
    decision.recall(proposal=case, asked=asked.pk, seen=case.revision, by=staff.fourth)
    look()
    case = builders.again(case)
    decision.decide(proposal=case, seen=case.revision, by=staff.decider)
    look()
    assert all(each == seen[0] for each in seen)

    case = builders.again(case)
    decision.release(proposal=case, seen=case.revision, by=staff.fourth)
    look()

    month = month_in_words(clock.today())
    for before, after in zip(seen[0][1:3], seen[-1][1:3], strict=True):
        assert before["outcomes", month, "Approved"] is None
        assert after["outcomes", month, "Approved"] == 5
    assert seen[-1][0] != seen[0][0]
    assert seen[-1][3] != seen[0][3]


def journeys(people, staff):
    """A case for each way that the figures tell, brought there by its people."""
    builders.proposal_at(Status.REJECTED, people, staff)
    builders.proposal_at(Status.EXEMPT, people, staff)
    builders.withdraw(builders.proposal_at(Status.SUBMITTED, people, staff), people)
    builders.resubmit(builders.proposal_at(Status.CHANGES_REQUESTED, people, staff), people)
    builders.submit_again(builders.proposal_at(Status.SUBMITTED, people, staff), people, staff)
    back = builders.proposal_at(Status.RECOMMENDED, people, staff)
    decision.send_back(proposal=back, comment="No.", seen=back.revision, by=staff.decider)
    builders.proposal_at(Status.DRAFT, people, staff)


def kept():
    return sorted(
        Stretch.objects.values_list(
            "proposal",
            "stage",
            "submitted_on",
            "since_on",
            "until_on",
            "days",
            "then",
            "decision_days",
        ),
        key=str,
    )


def test_events_say_what_the_steps_wrote_down_and_so_do_the_counts(stored, people, staff):
    stored(journeys, people, staff)
    by_steps = kept()
    assert len(by_steps) == 15

    call_command("reckon_figures")

    assert kept() == by_steps
    month = clock.today().replace(day=1)
    of_all = Figure.objects.filter(cut=Cut.OF_ALL)
    counted = Counter({(row.measure, row.key): 0 for row in of_all})
    for row in of_all:
        assert row.month == (None if row.measure == Measure.OPEN else month)
        assert (row.days, row.department, row.sector) == (0, None, "")
        counted[row.measure, row.key] += row.count
    events = Event.objects.exclude(after="").filter(subject_type="proposals.proposal")
    to = Counter(events.values_list("after", flat=True))
    for outcome in ("rejected", "exempt", "withdrawn"):
        assert counted["outcome", outcome] == to[outcome] == 1
    assert counted["took", "decision"] == 2
    assert counted["took", "being-decided"] == 2
    assert counted["reason", "RC-S01"] == 1
    now = Counter(
        stretches.stage_of(status) for status in Proposal.objects.values_list("status", flat=True)
    )
    for stage in Stage:
        assert counted["open", stage] == now[stage]
    for cut in Cut:
        same = Figure.objects.filter(cut=cut).values_list("measure", "key", "count")
        assert sum(count for *_key, count in same) == counted.total()


def test_working_days_are_those_of_the_events(stored, people, staff):
    case = stored(builders.proposal_at, Status.APPROVED, people, staff)
    moves = dict.fromkeys(("submit", "begin"), datetime.date(2026, 3, 2))
    moves |= {"recommend": datetime.date(2026, 4, 7), "release": datetime.date(2026, 4, 13)}
    with pgtrigger.ignore("activity.Event:append_only"):
        for step, day in moves.items():
            at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(23, 30)))
            Event.objects.filter(kind=f"proposal.{step}").update(at=at)

    reckoning.reckon_again()

    # Good Friday and Easter Monday of 2026 are the third and the sixth of April.
    took = {row.stage: (row.days, row.until_on) for row in case.stretches.all()}
    assert took == {
        "submitted": (0, datetime.date(2026, 3, 2)),
        "assessing": (24, datetime.date(2026, 4, 7)),
        "being-decided": (4, datetime.date(2026, 4, 13)),
    }
    of_all = Figure.objects.filter(cut=Cut.OF_ALL, measure=Measure.TOOK)
    assert set(of_all.values_list("key", "month", "days")) == {
        ("submitted", datetime.date(2026, 3, 1), 0),
        ("assessing", datetime.date(2026, 4, 1), 24),
        ("being-decided", datetime.date(2026, 4, 1), 4),
        ("decision", datetime.date(2026, 4, 1), 28),
    }


def test_open_cases_are_counted_by_how_long_they_stand(db):
    today = datetime.date(2026, 11, 26)
    assert reckoning.first_day(5, today) == datetime.date(2026, 11, 19)
    ages = [0, 6, 7, 8, 40]
    rows = builders.many(len(ages))
    since = [clock.today() - datetime.timedelta(days) for days in ages]
    Stretch.objects.bulk_create(
        Stretch(proposal=row, stage=Stage.SUBMITTED, submitted_on=day, since_on=day)
        for row, day in zip(rows, since, strict=True)
    )
    reckoning.reckon()
    of_all = Figure.objects.filter(cut=Cut.OF_ALL).values_list("days", "count")
    bands = Counter()
    for day in since:
        days = stretches._days(day, clock.today())
        bands[sum(days > band for band in reckoning.BANDS)] += 1
    assert dict(of_all) == bands


def test_they_are_reckoned_once_a_day_and_a_month_that_is_over_stays(
    monkeypatch, stored, people, staff
):
    stored(builders.proposal_at, Status.ASSESSING, people, staff)
    Stretch.objects.all().delete()
    reckoning.reckon_if_new_day()
    assert Stretch.objects.count() == 2
    first = exact()
    Stretch.objects.all().delete()
    reckoning.reckon_if_new_day()
    assert exact() == first

    then = clock.now() + datetime.timedelta(40)
    monkeypatch.setattr(clock, "now", lambda: then)
    Reckoning.objects.update(day=timezone.localdate(then) - datetime.timedelta(1))
    reckoning.reckon_if_new_day()
    # What stands open is counted anew, what ended in the months before is left.
    assert exact() == {row for row in first if row[0] != "open"}
    assert Reckoning.objects.count() == 2


@pytest.mark.slow
def test_filters_narrow_to_no_group_of_fewer_than_five(client, fens):
    """Whoever may not open a case reads the same as all others, and finds it by no filter."""
    council = OrganisationFactory(department=fens)
    other = OrganisationFactory(kind="department", name="Board of Bogs", slug="bogs")
    ended(7, Status.APPROVED, body=fens)
    ended(5, Status.APPROVED, body=council, sector="fire")
    ended(1, Status.REJECTED, body=council, sector="fire")
    ended(6, Status.APPROVED, body=other)
    ended(2, Status.APPROVED, body=OrganisationFactory(kind="county"))
    reckoning.reckon()
    barred = somebody(Role.REVIEWER)
    ConflictDeclaration.objects.bulk_create(
        ConflictDeclaration(proposal=case, user=barred, is_conflict=True)
        for case in Proposal.objects.all()
    )
    month = month_in_words(clock.today())
    approved = ("outcomes", month, "Approved")
    for who in (barred, somebody(Role.COORDINATOR)):
        client.force_login(who)
        found = read(client)
        assert (found[approved], found["outcomes", month, "Rejected"]) == (20, None)
        # What follows from the sums beside it is hidden: else 2 would be 20 less 12 less 6.
        totals = {label: cell for (key, label, name), cell in found.items() if key == "departments"}
        assert totals == {
            "Board of Bogs": None,
            "Ministry of Fens": 15,
            "Other departments, or none": None,
            "All": 20,
        }
        assert read(client, department="fens")[approved] == 10
        assert read(client, department="fens", sector="fire")[approved] == 5
        assert read(client, sector="youth")[approved] == 15
        alone = read(client, department="bogs", sector="fire")
        assert not [cell for cell in alone.values() if cell is not None]
        assert not [cell for cell in read(client, sector="probation").values() if cell]


def test_what_cannot_be_read_of_filters_says_so_and_shows_nothing(client, fens):
    client.force_login(somebody(Role.REVIEWER))
    reckoning.reckon()
    now, before = f"{clock.today():%Y-%m}", f"{clock.today() - datetime.timedelta(40):%Y-%m}"
    for asked, said in (
        ({"department": "no-such"}, "Choose a department from the list"),
        ({"sector": "x\x00"}, "Choose a sector from the list"),
        ({"since": "2026-11-26"}, "Choose the first month from the list"),
        ({"since": now, "until": before}, "The last month must not be before the first"),
    ):
        page = client.get(FIGURES, asked).content.decode()
        assert said in page, asked
        assert "Where open cases stand" not in page
        assert client.get(FILE, asked).url.startswith(f"{FIGURES}?")
    months = client.get(FIGURES, {"since": before, "until": now}).context["tables"]["halves"].rows
    assert [label for label, _cells in months][-1] == month_in_words(clock.today())
    assert len(months) in (2, 3)


def test_the_file_says_what_the_page_says_and_holds_no_formula(client, fens):
    fens.name = '=HYPERLINK("http://x.example","Fens, Größe")'
    fens.save()
    ended(9, Status.REJECTED, body=fens)
    ended(3, Status.APPROVED, body=fens)
    reckoning.reckon()
    client.force_login(somebody(Role.REVIEWER))
    shown = client.get(FIGURES, {"department": "fens"}).context["tables"]

    head, *lines = file(client, department="fens")

    assert head[:4] == ["Department", "Sector", "From", "Until"]
    assert {line[0] for line in lines} == {f"'{fens.name}"}
    assert len(lines) == sum(len(t.rows) * len(t.names) for t in shown.values())
    month = month_in_words(clock.today())
    numbers = {tuple(line[4:7]): line[7] for line in lines}
    assert numbers["Outcomes by month", month, "Rejected"] == "10"
    assert numbers["Outcomes by month", month, "Approved"] == "Hidden"
    # Without a filter the name is a row, and is no formula there either.
    everything = file(client)
    assert [f"'{fens.name}"] == sorted({line[5] for line in everything if "HYPERLINK" in line[5]})
    for cell in ("=1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "＝1"):
        assert sheet.plain(cell) == f"'{cell}"
    assert [sheet.plain(cell) for cell in ("Up to 5 days", "", 5)] == ["Up to 5 days", "", 5]


@pytest.mark.slow
def test_the_page_costs_the_same_of_many_cases(client, fens):
    client.force_login(somebody(Role.REVIEWER))
    words = client.get(FIGURES).content.decode()
    assert "The figures have not been reckoned yet" in words

    def cost():
        reckoning.reckon()
        with CaptureQueriesContext(connection) as captured:
            assert "Where open cases stand" in client.get(FIGURES).content.decode()
        return len(captured)

    ended(1, Status.REJECTED, body=fens)
    at_one = cost()
    ended(30, Status.REJECTED, body=fens, took=3)
    ended(30, Status.APPROVED, body=OrganisationFactory(department=fens), sector="fire")
    assert cost() == at_one <= 10
    page = client.get(FIGURES).content.decode()
    assert "Half took at most" in page
    assert "Last reckoned" in page
