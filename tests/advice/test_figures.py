"""The figures of the line: who reads them, what they count, and that no enquiry is found in them."""

import csv
import datetime
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from activity import clock
from activity.figures.months import month_in_words
from advice.figures import reckoning
from advice.figures.courses import Move, course_of
from advice.figures.models import By, Course, Figure, Measure, Reckoning
from advice.intake.models import AdvicePolicy, Enquiry, Status, Topic, TopicGroup
from tests.advice.factories import (
    CANARIES,
    CANARY_WORDS,
    advice_lead,
    adviser,
    canary,
    employer,
    enquiry,
    provider,
    somebody,
)

pytestmark = pytest.mark.django_db
FIGURES, FILE = reverse("advice:figures"), reverse("advice:figures_csv")
# A Monday in winter: the clocks of London are those of UTC.
MONDAY = datetime.datetime(2026, 11, 16, 9, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def courses(count, *, on=None, took=3, in_time=True, **fields):
    """So many enquiries that went so, as the figures know them, without the way there."""
    first, day = enquiry(), on or clock.today()
    rows = [
        Enquiry(
            **{
                each.attname: getattr(first, each.attname)
                for each in Enquiry._meta.concrete_fields
                if each.name not in ("id", "reference", "once")
            },
            reference=f"ENQ-{first.pk}-{number}",
        )
        for number in range(count - 1)
    ]
    made = [first, *Enquiry.objects.bulk_create(rows)]
    said = {"topic": "STF", "provider": provider().slug, "channel": "form", "hour": 10} | fields
    said |= {"came_on": day, "replied_on": day, "reply_hours": took, "in_time": in_time}
    said |= {"resolved_on": day, "resolve_hours": took + 5} | fields
    Course.objects.bulk_create(Course(enquiry=each, **said) for each in made)


def count():
    """Count the courses as they are, without reading events."""
    reckoning._count(reckoning._months_of(Course.objects.all()))


def read(client, **asked):
    """What the page says in its tables, by table, row and column."""
    answer = client.get(FIGURES, asked)
    assert answer.status_code == 200
    return {
        (number, label, name): cell
        for number, section in enumerate(answer.context["sections"])
        for label, cells in section.table.rows
        for name, cell in zip(section.table.names, cells, strict=True)
    }


def file(client, **asked):
    answer = client.get(FILE, asked)
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def went(*moves, replied=None, status=Status.CLOSED, received=MONDAY):
    """The course of an enquiry that came on Monday at nine and moved so: after, and when."""
    found = Enquiry(
        pk=1,
        status=status,
        received_at=received,
        policy=AdvicePolicy(),
        first_replied_at=replied,
        first_reply_due_at=MONDAY + datetime.timedelta(days=2),
    )
    path = [Status.QUEUED, *(after for after, _at in moves)]
    steps = [Move(path[n], after, at) for n, (after, at) in enumerate(moves)]
    return course_of(found, steps)


class TestWhoReads:
    def test_leads_and_coordinators_and_nobody_else(self, client):
        for address in (FIGURES, FILE):
            assert client.get(address).status_code == 302
            others = (adviser(), somebody(), somebody(Role.ADVICE_LEAD, employer()))
            for who in (*others, somebody(Role.REVIEWER, employer())):
                client.force_login(who)
                assert client.get(address).status_code == 403
            client.logout()
        for who in (advice_lead(), somebody(Role.COORDINATOR, employer())):
            client.force_login(who)
            assert client.get(FIGURES).status_code == 200
            assert client.get(FILE).status_code == 200
            assert client.post(FIGURES).status_code == 405
        # A coordinator's navigation has no room for it.
        assert FIGURES in client.get(reverse("pathfinders:programme")).content.decode()

    def test_no_name_word_or_employer_is_on_page_or_in_file(self, client):
        for _ in range(6):
            found = canary(topic="STF-1")
        reckoning.reckon()
        client.force_login(advice_lead(provider("co-operatives-uk")))
        for by in By.values:
            text = client.get(FIGURES, {"by": by}).content.decode()
            text += str(file(client, by=by))
            for secret in (*CANARIES.values(), CANARY_WORDS, found.reference):
                assert secret not in text
        # Nor in what they are made of.
        for row in (*Course.objects.values(), *Figure.objects.values()):
            assert not set(CANARIES.values()) & set(map(str, row.values()))

    def test_every_provider_reads_the_same_numbers_of_all(self, client):
        courses(7)
        courses(12, provider="co-operatives-uk")
        courses(2, provider="local-partnerships")
        count()
        seen = []
        readers = [advice_lead(), advice_lead(provider("co-operatives-uk"))]
        for who in (*readers, somebody(Role.COORDINATOR, employer())):
            client.force_login(who)
            seen.append((read(client, by="provider"), file(client, by="provider")))
        assert seen[0] == seen[1] == seen[2]
        # Not even that nobody has none: 2 would be 20 less the other two.
        came = {name: n for (at, name, of), n in seen[0][0].items() if (at, of) == (0, "Came in")}
        assert came == {
            "Co-operatives UK": 10,
            "Employee Ownership Association": 5,
            "Local Partnerships": None,
            "Nobody's yet": None,
            "All": 20,
        }


class TestHowOneWent:
    def test_hours_are_working_ones_in_full_upwards(self):
        replied = MONDAY + 26 * HOUR + datetime.timedelta(minutes=1)
        course = went(
            (Status.WITH_ADVISER, MONDAY + HOUR), (Status.ANSWERED, replied), replied=replied
        )
        assert (course.reply_hours, course.resolve_hours, course.in_time) == (11, 11, True)
        assert course.replied_on == course.resolved_on == datetime.date(2026, 11, 17)
        assert (course.hour, course.came_on) == (9, datetime.date(2026, 11, 16))
        assert course.taken_up_on is None

    def test_what_waited_or_rested_is_left_out_and_closing_an_answer_changes_nothing(self):
        day = datetime.timedelta(days=1)
        course = went(
            (Status.WITH_ADVISER, MONDAY + HOUR),
            (Status.WAITING_FOR_ENQUIRER, MONDAY + 2 * HOUR),
            (Status.WITH_ADVISER, MONDAY + day),
            (Status.ANSWERED, MONDAY + day + HOUR),
            (Status.WITH_ADVISER, MONDAY + 2 * day),
            (Status.ANSWERED, MONDAY + 2 * day + 3 * HOUR),
            (Status.CLOSED, MONDAY + 4 * day),
            replied=MONDAY + 2 * HOUR,
        )
        assert (course.reply_hours, course.resolve_hours) == (2, 2 + 1 + 3)
        assert course.resolved_on == datetime.date(2026, 11, 18)
        assert course.taken_up_on == datetime.date(2026, 11, 18)

    def test_one_that_is_open_again_is_not_resolved(self):
        course = went(
            (Status.WITH_ADVISER, MONDAY),
            (Status.ANSWERED, MONDAY + HOUR),
            (Status.WITH_ADVISER, MONDAY + 2 * HOUR),
            replied=MONDAY + 80 * HOUR,
            status=Status.WITH_ADVISER,
        )
        assert (course.resolved_on, course.resolve_hours, course.in_time) == (None, None, False)
        assert course.taken_up_on == datetime.date(2026, 11, 16)

    @pytest.mark.parametrize("status", ["spam", "merged", "withdrawn"])
    def test_what_is_no_question_is_in_no_figure(self, status):
        assert went((status, MONDAY), status=status) is None

    @pytest.mark.parametrize(
        ("at", "hour"),
        [
            (MONDAY - datetime.timedelta(minutes=1), None),
            (MONDAY + 8 * HOUR, None),
            (MONDAY + 7 * HOUR, 16),
            (MONDAY - datetime.timedelta(days=1), None),
            # Ten in London while it is nine in UTC.
            (datetime.datetime(2026, 6, 15, 9, tzinfo=datetime.UTC), 10),
            (datetime.datetime(2026, 12, 25, 10, tzinfo=datetime.UTC), None),
        ],
    )
    def test_the_hour_of_arrival_is_londons_while_the_line_is_open(self, at, hour):
        assert went(received=at, status=Status.QUEUED).hour == hour


class TestCounting:
    def test_a_small_table_by_hand(self, client):
        """20 in three hours, 4 of them late; 8 of 30 hours: the numbers are those of the page."""
        courses(16)
        courses(4, in_time=False, hour=None)
        courses(8, took=30, in_time=False, taken_up_on=clock.today(), hour=None)
        count()
        client.force_login(advice_lead())
        found, month = read(client), month_in_words(clock.today())
        assert [found[0, month, str(each.label)] for each in Measure] == [30, 30, 30, 10]
        shares = ["Half within", "8 of 10 within", "19 of 20 within"]
        assert [found[1, month, name] for name in shares] == [3, 30, 30]
        assert [found[2, month, name] for name in shares] == [8, 35, 35]
        # 16 of 28 are 57 in a hundred, told in steps of 20.
        assert found[1, month, "In time, per cent at least"] == 40
        by_hour = read(client, by="hour")
        assert by_hour[0, "10am", "Came in"] == 15
        assert by_hour[0, "Line was closed", "Came in"] == 10
        assert [by_hour[1, "10am", name] for name in shares] == [3, 3, None]
        lines = {tuple(line[3:6]): line[6] for line in file(client)[1:]}
        assert lines["How many enquiries", month, "Taken up again"] == "10"
        assert lines["Working hours to a first reply", month, "8 of 10 within"] == "30"

    def test_few_are_hidden_wherever_they_stand(self, client):
        courses(4, topic="GOV", channel="phone", hour=11, took=7)
        courses(9)
        count()
        client.force_login(advice_lead())
        for by, few in (("topic", "Running it"), ("channel", "Phone"), ("hour", "11am")):
            cells = [cell for key, cell in read(client, by=by).items() if key[1] == few]
            assert cells == [None] * len(cells)
            assert len(cells) == 11
        page = client.get(FIGURES, {"by": "topic"}).content.decode()
        assert "Hidden" in page
        assert "Too few" in page

    def test_none_reads_like_few(self, client):
        client.force_login(advice_lead())
        reckoning.reckon()
        none = [(read(client, by=by), file(client, by=by)) for by in By.values]
        courses(4, provider="co-operatives-uk")
        count()
        assert [(read(client, by=by), file(client, by=by)) for by in By.values] == none
        # Also beside others: a row is there whether or not anything was in it.
        courses(9)
        count()
        with_few = [sorted(read(client, by=by).items(), key=str) for by in By.values]
        Course.objects.filter(provider="co-operatives-uk").delete()
        count()
        labels = [[key for key, _cell in each] for each in with_few]
        assert [sorted(read(client, by=by), key=str) for by in By.values] == labels

    def test_events_are_read_once_a_day_and_what_moved_is_read_again(self, monkeypatch):
        found = enquiry()
        reckoning.reckon_if_new_day()
        assert set(Figure.objects.values_list("by", "measure", "count")) == {
            (by, "came", 1) for by in By.values
        }
        second = enquiry(topic="GOV-1")
        reckoning.reckon_if_new_day()
        assert Course.objects.get().enquiry == found
        then = clock.now() + datetime.timedelta(days=1)
        monkeypatch.setattr(clock, "now", lambda: then)
        other = TopicGroup.objects.get(code="WRK")
        Topic.objects.filter(code="STF-1").update(group=other)
        reckoning.reckon_if_new_day()
        assert {each.enquiry: each.topic for each in Course.objects.all()} == {
            found: "WRK",
            second: "GOV",
        }
        came = Figure.objects.filter(by=By.TOPIC).values_list("key", "count")
        assert dict(came) == {"WRK": 1, "GOV": 1}
        assert Reckoning.objects.last().day == timezone.localdate(then)

    def test_a_command_reckons_all_again_and_the_worker_daily(self):
        from advice.tasks import reckon_figures  # noqa: PLC0415

        enquiry()
        reckon_figures()
        Course.objects.all().delete()
        call_command("reckon_figures")
        assert Course.objects.count() == 1
        assert str(Course.objects.get()).startswith("course of")
        assert str(Figure.objects.first()).startswith("came of")


class TestPage:
    def test_every_number_is_said_in_words_before_it_is_shown(self, client):
        client.force_login(advice_lead())
        assert "have not been reckoned yet" in client.get(FIGURES).content.decode()
        courses(20)
        count()
        page = client.get(FIGURES).content.decode()
        meaning, table = page.index("What the numbers mean"), page.index("<table")
        assert meaning < table
        for name in ("Came in", "First replies", "Resolved", "Taken up again", "Half within"):
            assert meaning < page.index(name, meaning) < table
        assert "2 working days" in page
        assert "<svg" in page
        months = {"since": f"{clock.today() - datetime.timedelta(300):%Y-%m}"}
        before = f"{clock.today() - datetime.timedelta(200):%Y-%m}"
        empty = client.get(FIGURES, months | {"until": before}).content.decode()
        assert "Fewer than 5 enquiries in these months: not shown." in empty

    def test_what_cannot_be_read_says_so_and_shows_nothing(self, client):
        client.force_login(advice_lead())
        courses(9)
        count()
        for asked, said in (
            ({"by": "name\x00"}, "Choose what to show by from the list"),
            ({"since": "2026-11-26"}, "Choose the first month from the list"),
            (
                {"since": f"{clock.today():%Y-%m}", "until": "2026-01"},
                "The last month must not be before the first",
            ),
        ):
            page = client.get(FIGURES, asked).content.decode()
            assert said in page, asked
            assert "What the numbers mean" not in page
            assert client.get(FILE, asked).url.startswith(f"{FIGURES}?")

    def test_a_name_that_would_be_a_formula_is_none_in_the_file(self, client):
        body = provider()
        body.name = '=HYPERLINK("http://x.example","Größe")'
        body.save()
        courses(20)
        count()
        client.force_login(advice_lead())
        rows = {line[4] for line in file(client, by="provider")}
        assert f"'{body.name}" in rows

    @pytest.mark.slow
    def test_it_costs_the_same_of_many(self, client):
        client.force_login(advice_lead())

        def cost(by):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(FIGURES, {"by": by}).status_code == 200
            return len(captured)

        courses(1)
        count()
        at_one = [cost(by) for by in By.values]
        courses(100, took=9)
        courses(99, hour=12, topic="FIN")
        count()
        assert [cost(by) for by in By.values] == at_one
        assert max(at_one) <= 10
