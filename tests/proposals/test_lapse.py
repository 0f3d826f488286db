"""A proposal that its team does not touch is warned of twice, lapses, and can be brought back."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from activity import clock, delivery, notices, outbox
from activity.actors import System
from activity.models import Event, Notification
from activity.transactions import in_one_piece
from activity.workflow import MovedOn
from activity.worktime import ENGLAND_AND_WALES, Pause, calendar_for, working_days_between
from mutuals_portal.celery import app
from proposals import reference, tasks
from proposals.draft import actions as draft
from proposals.draft import clocks, lapsing
from proposals.draft.actions.lapsing import go_on
from proposals.draft.actions.writing import mark_of
from proposals.draft.lapsing import LAPSING, Days, Due
from proposals.draft.models import Member, Proposal, SchemeVersion, Section, Status
from proposals.draft.questions import topic
from proposals.review import actions as review
from tests.at_once import at_once
from tests.proposals import builders
from tests.waiting import eventually

DAYS = Days(warn=150, warn_again=166, lapse=180)
UK = ZoneInfo("Europe/London")
# A Monday, and days after it on which people work.
BEGAN = datetime.datetime(2027, 1, 4, 10, tzinfo=UK)
FIRST = datetime.date(2027, 6, 3)
SECOND = datetime.date(2027, 6, 21)
LAST = datetime.date(2027, 7, 5)


@pytest.fixture
def moved():
    """The clock, stopped where a test puts it."""
    with time_machine.travel(BEGAN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def quiet(stored, moved, people):
    """A draft that its team last touched on the first day."""
    return stored(builders.draft_of, people)


def at(moved, day, hour=10, minute=0):
    moved.move_to(datetime.datetime.combine(day, datetime.time(hour, minute), UK))


def run_on(moved, *days):
    """Let the job run on these days; how many proposals it warned of or set aside."""
    acted = 0
    for day in days:
        at(moved, day)
        acted += draft.go_through_the_quiet()
    return acted


def told(kind):
    return Notification.objects.filter(kind=kind)


def save(proposal, by, text="Something new"):
    service = topic("service")
    page = service.page("description")
    kept = Section.objects.filter(proposal=proposal, key="service").first()
    seen = mark_of(kept.answers if kept else {}, page)
    return draft.save_page(proposal, service, page, page.form({"S5": text}), seen=seen, by=by)


def one(days):
    return datetime.timedelta(days=days)


class TestWhatComesNext:
    SINCE = datetime.date(2027, 1, 4)

    def test_a_warning_then_another_then_the_lapse(self):
        first, second = self.SINCE + one(150), self.SINCE + one(166)
        assert lapsing.next_due(self.SINCE, [], DAYS) == Due(1, first)
        assert lapsing.next_due(self.SINCE, [first], DAYS) == Due(2, second)
        assert lapsing.next_due(self.SINCE, [first, second], DAYS) == Due(
            None, self.SINCE + one(180)
        )

    @pytest.mark.parametrize("late", [0, 1, 40, 400])
    def test_a_warning_that_comes_late_puts_off_all_that_follows(self, late):
        first = self.SINCE + one(150 + late)
        second = lapsing.next_due(self.SINCE, [first], DAYS).on
        assert second - first == one(16)
        lapses = lapsing.next_due(self.SINCE, [first, second], DAYS).on
        assert lapses - second == one(14)
        assert lapses == lapsing.lapses_on(first, 1, DAYS) == lapsing.lapses_on(second, 2, DAYS)


def test_warned_twice_then_set_aside_each_once(moved, quiet, people):
    assert run_on(moved, FIRST - one(1)) == 0
    assert run_on(moved, FIRST, FIRST, FIRST + one(1)) == 1
    assert run_on(moved, SECOND, SECOND) == 1
    assert run_on(moved, LAST - one(3)) == 0
    assert run_on(moved, LAST, LAST) == 1

    quiet = builders.again(quiet)
    assert quiet.status == Status.LAPSED
    team = [people.lead, people.editor, people.viewer]
    assert [row.user for row in told("proposal.lapse_warning").order_by("created_at", "user")] == [
        *team,
        *team,
    ]
    assert [row.user for row in told("proposal.lapse").order_by("user")] == team
    event = Event.objects.of(quiet).last()
    assert (event.kind, event.actor_kind, event.actor_id) == ("proposal.lapse", "system", "lapsing")


def test_the_day_that_a_warning_names_is_the_day_of_the_lapse_or_before_it(moved, quiet):
    run_on(moved, FIRST)
    assert lapsing.announced(quiet) == FIRST + one(30)
    run_on(moved, SECOND)
    named = told("proposal.lapse_warning").latest("created_at").due_on
    assert named == lapsing.announced(quiet) == LAST


def test_a_worker_that_was_away_for_a_year_warns_twice_before_it_lapses(moved, quiet):
    away = datetime.date(2028, 6, 1)
    assert run_on(moved, away, away, away) == 1
    assert builders.again(quiet).status == Status.DRAFT
    assert run_on(moved, away + one(18), away + one(19)) == 1
    assert run_on(moved, away + one(32), away + one(33)) == 1
    assert builders.again(quiet).status == Status.LAPSED


@pytest.mark.parametrize(
    "touch",
    [
        lambda proposal, people: save(proposal, people.editor),
        lambda proposal, people: draft.invite(
            proposal=proposal,
            name="Jo",
            email="jo@home.example",
            role="editor",
            once=None,
            by=people.lead,
        ),
        lambda proposal, people: draft.say_of_oneself(
            proposal=proposal, employed=True, may_be_named=False, by=people.viewer
        ),
        lambda proposal, people: draft.names(proposal=proposal, hidden=False, by=people.lead),
        lambda proposal, people: draft.hand_over(
            member=Member.objects.get(user=people.editor), by=people.lead
        ),
        lambda proposal, people: builders.ask_to_sign(proposal, people),
    ],
)
def test_whatever_the_team_does_begins_the_days_again(moved, quiet, people, touch):
    run_on(moved, FIRST)
    at(moved, SECOND - one(1))
    touch(builders.again(quiet), people)

    assert run_on(moved, SECOND, LAST) == 0
    assert lapsing.announced(builders.again(quiet)) is None
    assert run_on(moved, SECOND + one(149)) == 1
    assert lapsing.announced(builders.again(quiet)) == SECOND + one(179)


def test_a_message_of_the_team_counts_and_one_of_an_official_does_not(stored, moved, people, staff):
    case = stored(builders.proposal_at, Status.CHANGES_REQUESTED, people, staff)
    at(moved, BEGAN.date() + one(100))
    since = lapsing.quiet_since(case)
    review.write_to_team(proposal=case, **builders.said("Well?"), by=staff.reviewer)
    review.write_note(proposal=case, **builders.said("Silent."), by=staff.reviewer)
    assert lapsing.quiet_since(case) == since
    review.write_to_officials(proposal=case, **builders.said("Soon."), by=people.lead)
    assert lapsing.quiet_since(case) == clock.now()


def test_reading_is_no_touch(moved, quiet, people, client):
    at(moved, FIRST - one(1))
    client.force_login(people.lead)
    for name in ("proposal", "tasks", "answers", "team"):
        assert client.get(reverse(f"proposals:{name}", args=[quiet.reference])).status_code == 200
    assert run_on(moved, FIRST) == 1


def test_only_those_that_wait_for_their_team(stored, moved, people, staff):
    stored(builders.proposal_at, Status.ASSESSING, people, staff)
    builders.proposal_at(Status.WITHDRAWN, people, staff)
    assert run_on(moved, FIRST, SECOND, LAST) == 0


def test_what_was_asked_to_sign_is_void_and_says_so(moved, quiet, people, client):
    asked = builders.ask_to_sign(quiet, people)
    run_on(moved, FIRST, SECOND, LAST)

    asked = builders.again(asked)
    assert asked.status == Status.LAPSED
    assert not asked.signatures.current().exists()
    client.force_login(people.editor)
    page = client.get(reverse("proposals:proposal", args=[asked.reference])).content.decode()
    assert "If anybody was asked to sign, that is void." in page
    revived = draft.revive(proposal=asked, seen=asked.revision, by=people.lead)
    assert revived.status == Status.DRAFT


def test_nobody_can_lapse_a_proposal_nor_another_job(moved, quiet, people):
    run_on(moved, FIRST, SECOND)
    at(moved, LAST)
    quiet = builders.again(quiet)
    for who in (people.lead, System("outbox")):
        with pytest.raises(PermissionDenied):
            draft.lapse(proposal=quiet, seen=quiet.revision, by=who)


def test_the_job_itself_cannot_lapse_what_was_not_warned_of(moved, quiet):
    at(moved, LAST)
    with pytest.raises(PermissionDenied):
        draft.lapse(proposal=quiet, seen=quiet.revision, by=LAPSING)


@pytest.mark.parametrize(
    ("day", "hour", "minute"),
    [
        (datetime.date(2027, 6, 5), 10, 0),  # a Saturday
        (datetime.date(2027, 8, 30), 10, 0),  # the summer bank holiday
        (datetime.date(2027, 6, 7), 7, 59),
        (datetime.date(2027, 6, 7), 18, 0),
    ],
)
def test_it_does_nothing_when_no_reminder_may_be_read(moved, quiet, day, hour, minute):
    at(moved, day, hour, minute)
    assert draft.go_through_the_quiet() == 0


def test_a_warning_that_could_not_be_sent_waits_for_the_next_morning(moved, quiet):
    run_on(moved, FIRST)
    friday = datetime.date(2027, 6, 4)
    at(moved, friday, 18, 1)

    assert delivery.deliver_waiting() == 3
    assert mail.outbox == []
    monday = datetime.datetime(2027, 6, 7, 8, tzinfo=UK)
    assert set(told("proposal.lapse_warning").values_list("try_at", flat=True)) == {monday}
    moved.move_to(monday)
    delivery.deliver_waiting()
    assert len(mail.outbox) == 3


def test_the_mail_is_quiet_and_says_by_when(moved, quiet, people):
    run_on(moved, FIRST)
    delivery.deliver_waiting()

    letter = next(each for each in mail.outbox if each.to == [people.lead.email])
    assert "It needs you by 3 July 2027." in letter.body
    assert quiet.reference not in letter.subject + letter.body
    assert quiet.title not in letter.subject + letter.body


def test_a_warning_that_was_heeded_before_it_left_is_held(moved, quiet, people):
    run_on(moved, FIRST)
    at(moved, FIRST, 11)
    save(quiet, people.lead)
    delivery.deliver_waiting()

    assert mail.outbox == []
    assert set(told("proposal.lapse_warning").values_list("held_because", flat=True)) == {"heeded"}


def test_the_team_reads_on_its_pages_when_it_lapses(moved, quiet, people, client):
    run_on(moved, FIRST)
    client.force_login(people.viewer)
    for name in ("proposal", "tasks"):
        page = client.get(reverse(f"proposals:{name}", args=[quiet.reference])).content.decode()
        assert "This will lapse on Saturday 3 July 2027" in page


def test_a_crash_between_warning_and_note_leaves_neither(moved, quiet, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    at(moved, FIRST)
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "tell", broken)
        with pytest.raises(RuntimeError):
            draft.go_through_the_quiet()
    assert not Event.objects.filter(kind=lapsing.WARNING).exists()
    assert run_on(moved, FIRST) == 1
    assert told("proposal.lapse_warning").count() == 3


class TestRevive:
    @pytest.fixture
    def lapsed(self, moved, quiet):
        run_on(moved, FIRST, SECOND, LAST)
        return builders.again(quiet)

    def test_the_lead_brings_it_back_on_the_last_day(self, moved, lapsed, people, client):
        at(moved, LAST + one(90))
        client.force_login(people.lead)
        address = reverse("proposals:revive", args=[lapsed.reference])
        assert "Bring this proposal back?" in client.get(address).content.decode()
        answer = client.post(address, {"seen": lapsed.revision})
        assert answer.url == reverse("proposals:proposal", args=[lapsed.reference])
        assert builders.again(lapsed).status == Status.DRAFT
        assert {row.user for row in told("proposal.revive")} == {
            people.lead,
            people.editor,
            people.viewer,
        }

    def test_the_day_after_it_is_refused_with_what_to_do_instead(
        self, moved, lapsed, people, client
    ):
        at(moved, LAST + one(91))
        client.force_login(people.lead)
        address = reverse("proposals:revive", args=[lapsed.reference])
        page = client.get(address).content.decode()
        assert "It could be brought back until 3 October 2027. Start a new proposal instead" in page
        assert client.post(address, {"seen": lapsed.revision}).status_code == 403
        assert builders.again(lapsed).status == Status.LAPSED

    def test_the_others_read_who_can(self, lapsed, people, client):
        client.force_login(people.editor)
        address = reverse("proposals:revive", args=[lapsed.reference])
        assert "Your team lead can do this." in client.get(address).content.decode()

    def test_its_days_begin_again(self, moved, lapsed, people):
        back = LAST + one(60)
        at(moved, back)
        draft.revive(proposal=lapsed, seen=lapsed.revision, by=people.lead)
        assert run_on(moved, back + one(149)) == 0
        assert run_on(moved, back + one(150)) == 1
        assert builders.again(lapsed).status == Status.DRAFT

    def test_nothing_is_written_in_it_while_it_is_away(self, lapsed, people):
        with pytest.raises(draft.Closed):
            save(lapsed, people.lead)

    def test_pressed_twice_it_comes_back_once(self, lapsed, people):
        draft.revive(proposal=lapsed, seen=lapsed.revision, by=people.lead)
        with pytest.raises(MovedOn):
            draft.revive(proposal=lapsed, seen=lapsed.revision, by=people.lead)


def test_a_case_comes_back_to_the_team_with_its_clock_still_standing(stored, moved, people, staff):
    case = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    promised = case.due_on
    asked_on = BEGAN.date() + one(7)
    at(moved, asked_on)
    case = builders.ask_changes(case, staff)
    asked_at = case.status_at
    # The second warning would be on a Saturday, so it comes on Monday.
    run_on(moved, *(asked_on + one(days) for days in (150, 166, 168, 180, 182)))
    case = builders.again(case)
    assert case.status == Status.LAPSED

    back_on = asked_on + one(202)
    at(moved, back_on)
    case = draft.revive(proposal=case, seen=case.revision, by=people.lead)

    assert case.status == Status.CHANGES_REQUESTED
    assert lapsing.warnings(case, asked_at)[0].data["number"] == 1
    assert told("proposal.lapse").count() == 3
    way = clocks.explained(case)
    assert way.pauses == (Pause(asked_on + one(1), back_on),)
    assert case.due_on == way.due_on > back_on
    assert promised < case.due_on
    # Five working days had gone by when it stopped, so 35 are left from the day it goes on.
    assert working_days_between(back_on, case.due_on, [], calendar_for(ENGLAND_AND_WALES)) == 35


def is_somebody_waiting_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]


class TestPauses:
    TODAY = datetime.date(2027, 3, 31)

    def day(self, number):
        return datetime.date(2027, 3, number)

    def test_the_day_it_stops_is_counted_and_the_day_it_goes_on_is_not(self):
        moves = [
            (Status.ASSESSING, self.day(1)),
            (Status.CHANGES_REQUESTED, self.day(3)),
            (Status.ASSESSING, self.day(5)),
        ]
        assert clocks.pauses_of(moves, self.TODAY) == [Pause(self.day(4), self.day(5))]

    def test_asked_and_answered_in_a_day_is_no_pause(self):
        moves = [(Status.CHANGES_REQUESTED, self.day(3)), (Status.ASSESSING, self.day(3))]
        assert clocks.pauses_of(moves, self.TODAY) == []

    def test_lapsed_and_brought_back_is_one_pause_and_a_lasting_one_ends_today(self):
        moves = [
            (Status.CHANGES_REQUESTED, self.day(3)),
            (Status.LAPSED, self.day(10)),
            (Status.CHANGES_REQUESTED, self.day(20)),
        ]
        assert clocks.pauses_of(moves, self.TODAY) == [Pause(self.day(4), self.day(31))]

    def test_there_is_no_clock_before_it_is_submitted(self):
        with pytest.raises(ValueError, match="submitted"):
            clocks.explained(Proposal())


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ("2027-06-04T08:00+01:00", "2027-06-04T08:00+01:00"),
        ("2027-06-04T17:59+01:00", "2027-06-04T17:59+01:00"),
        ("2027-06-04T07:59+01:00", "2027-06-04T08:00+01:00"),
        ("2027-06-04T18:00+01:00", "2027-06-07T08:00+01:00"),
        ("2027-06-05T07:00+01:00", "2027-06-07T08:00+01:00"),
        ("2027-03-25T18:00+00:00", "2027-03-30T08:00+01:00"),  # Easter, and the clocks change
    ],
)
def test_when_a_reminder_may_go(moment, then):
    read = datetime.datetime.fromisoformat
    assert notices.may_remind_from(read(moment)) == read(then)


def test_the_scheme_warns_twice_before_it_lapses(scheme):
    newest = SchemeVersion.objects.latest("starts_on")
    assert newest.warn_after_days < newest.warn_again_after_days < newest.lapse_after_days


def test_the_timetable_names_the_job(moved, quiet):
    app.loader.import_default_modules()
    names = {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks.go_through_the_quiet.name in names
    at(moved, FIRST)
    tasks.go_through_the_quiet()
    assert told("proposal.lapse_warning").count() == 3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture
    def people(self, stored):
        stored(reference.load)
        return stored(builders.team)

    def test_a_save_that_races_the_lapse_is_kept_or_told(self, moved, quiet, people):
        run_on(moved, FIRST, SECOND)
        at(moved, LAST)

        lapsed, saved = at_once(
            lambda: go_on(quiet, DAYS), lambda: save(builders.again(quiet), people.lead)
        )

        status = builders.again(quiet).status
        if isinstance(saved, draft.Closed):
            assert (lapsed, status) == (True, Status.LAPSED)
        else:
            assert (lapsed, status) == (False, Status.DRAFT)
            assert saved.answers["S5"] == "Something new"

    def test_the_save_that_came_first_is_never_lapsed_over(self, moved, quiet, people):
        """The lapse waits for the save's lock and judges what it finds then."""
        run_on(moved, FIRST, SECOND)
        at(moved, LAST)
        stale = builders.again(quiet)

        def job():
            try:
                return go_on(stale, DAYS)
            finally:
                connection.close()

        @in_one_piece
        def save_while_the_job_waits(threads):
            save(stale, people.lead)
            lapse = threads.submit(job)
            eventually(is_somebody_waiting_for_a_lock)
            return lapse

        with ThreadPoolExecutor(1) as threads:
            lapse = save_while_the_job_waits(threads)
        assert lapse.result() is False
        assert builders.again(quiet).status == Status.DRAFT

    def test_two_workers_warn_once(self, moved, quiet, people):
        at(moved, FIRST)
        assert sorted(at_once(*[lambda: go_on(quiet, DAYS)] * 2)) == [False, True]
        assert told("proposal.lapse_warning").count() == 3

    def test_of_two_presses_one_brings_it_back(self, moved, quiet, people):
        run_on(moved, FIRST, SECOND, LAST)
        lapsed = builders.again(quiet)

        def press():
            return draft.revive(proposal=lapsed, seen=lapsed.revision, by=people.lead)

        [lost] = [each for each in at_once(press, press) if isinstance(each, Exception)]
        assert isinstance(lost, MovedOn)
        assert builders.again(quiet).status == Status.DRAFT
