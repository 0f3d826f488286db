"""Putting off and waiting for somebody else: until a day, with a reason, while the clock runs."""

import datetime
import uuid

import pytest
from django.urls import reverse

from activity import clock
from activity.models import Event, Notification
from advice import tasks
from advice.intake import actions as intake
from advice.intake import clocks
from advice.intake.models import Enquiry, Note
from advice.queue import actions, lists
from tests.advice.factories import adviser, again, enquiry, held, holder, provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = adviser()
    client.force_login(user)
    return user


def page_of(made, name):
    return reverse(f"advice:{name}", args=[made.reference])


def typed(made, days=3, **more):
    day = clock.today() + datetime.timedelta(days=days)
    parts = {"until-day": day.day, "until-month": day.month, "until-year": day.year}
    said = {"reason": "Their director is away.", "once": uuid.uuid4(), "seen": made.revision}
    return {**parts, **said, **more}


def later(monkeypatch, days):
    at = clock.now() + datetime.timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr(clock, "today", lambda: at.date())


def views_with(made, user):
    return {view for view in lists.VIEWS if made in lists.rows_of(view, again(user))}


def test_what_is_put_off_comes_back_by_itself_and_its_clock_runs(client, user, monkeypatch):
    made, due = enquiry(), enquiry().due_at
    page = client.get(page_of(made, "snooze")).content.decode()
    assert "Its clock does not stop." in page
    once = typed(made)
    for _ in range(2):
        assert client.post(page_of(made, "snooze"), once).url == "/advice/desk/"
    made.refresh_from_db()
    assert (made.status, made.revision, made.due_at.date()) == ("queued", 1, due.date())
    assert "Put it off" in Note.objects.get().words
    assert "Their director is away." in Note.objects.get().words
    assert Event.objects.get(kind="enquiry.snooze").data.keys() == {"until"}
    assert views_with(made, user) == {"provider", "unassigned", "snoozed", "all"}
    Enquiry.objects.exclude(pk=made.pk).update(for_leads=True)
    assert actions.take_next(by=again(user)) is None
    tasks.offer_on()
    later(monkeypatch, 3)
    assert "snoozed" not in views_with(made, user)
    assert actions.take_next(by=again(user)) == made


def test_what_one_holds_leaves_the_desk_but_is_late_all_the_same(client, user):
    mine = held(user)
    client.post(page_of(mine, "snooze"), typed(mine))
    assert views_with(mine, user) == {"provider", "snoozed", "all"}
    client.get("/advice/desk/")  # which says once that it was put off
    assert mine.reference not in client.get("/advice/desk/").content.decode()
    Enquiry.objects.filter(pk=mine.pk).update(
        clock_from=clock.now() - datetime.timedelta(days=9),
        due_at=clock.now() - datetime.timedelta(days=1),
    )
    assert "late" in views_with(mine, user)


def test_words_of_the_enquirer_wake_it(client, user):
    mine = held(user)
    client.post(page_of(mine, "snooze"), typed(mine))
    intake.add(enquiry=mine, words="One more thing", once=uuid.uuid4(), by=holder(mine))
    assert "mine" in views_with(mine, user)


def test_whoever_waits_for_somebody_else_says_whom_and_the_clock_runs(client, user, monkeypatch):
    mine = held(user)
    due = mine.due_at
    page = client.get(page_of(mine, "wait_other")).content.decode()
    assert "Its clock does not stop" in page
    once = typed(mine, whom="The Treasury")
    for _ in range(2):
        client.post(page_of(mine, "wait_other"), once)
    mine.refresh_from_db()
    assert (mine.status, mine.is_running, mine.due_at) == ("waiting-for-other", True, due)
    assert Note.objects.get().words.startswith("Ask somebody else: The Treasury (")
    assert "Treasury" not in str(Event.objects.get(kind="enquiry.wait_other").data)
    assert views_with(mine, user) == {"mine", "provider", "waiting", "all"}
    assert clocks.stops_of(Event.objects.of(mine), after=mine.clock_from) == []
    tasks.offer_on()
    mine.refresh_from_db()
    assert mine.status == "waiting-for-other"
    later(monkeypatch, 3)
    tasks.offer_on()
    mine.refresh_from_db()
    assert (mine.status, mine.chase_on, mine.due_at) == ("with-adviser", None, due)
    assert Notification.objects.get(kind="enquiry.go_on").user == user
    tasks.offer_on()
    assert Notification.objects.filter(kind="enquiry.go_on").count() == 1


def test_one_goes_on_before_the_day_and_is_not_told(client, user):
    mine = held(user)
    client.post(page_of(mine, "wait_other"), typed(mine, whom="The Treasury"))
    assert "Go on with it" in client.get(page_of(mine, "enquiry")).content.decode()
    client.get(page_of(mine, "go_on"))
    client.post(page_of(mine, "go_on"), {"seen": 2})
    mine.refresh_from_db()
    assert (mine.status, mine.chase_on) == ("with-adviser", None)
    assert not Notification.objects.filter(kind="enquiry.go_on").exists()


@pytest.mark.parametrize("name", ["snooze", "wait_other"])
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"days": 0}, "Enter a day after today"),
        ({"days": -9}, "Enter a day after today"),
        ({"days": 61}, "Enter a day within 60 days"),
        ({"until-day": "31", "until-month": "2"}, "There is a problem"),
        ({"until-day": "\x00", "until-month": "<b>"}, "There is a problem"),
        ({"reason": "w " * 50_000}, "Take out"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_moves(client, user, name, wrong, sentence):
    mine = held(user)
    page = client.post(page_of(mine, name), typed(mine, **{"whom": "HMRC", **wrong}))
    assert page.status_code == 200
    assert sentence in page.content.decode()
    mine.refresh_from_db()
    assert mine.revision == 1


@pytest.mark.parametrize("name", ["snooze", "wait_other", "go_on"])
def test_strangers_and_colleagues_are_refused(client, user, name):
    mine = held(adviser())
    sent = typed(mine, whom="HMRC")
    assert client.post(page_of(mine, name), sent).status_code in (403, 409)
    client.force_login(adviser(provider("co-operatives-uk")))
    assert client.post(page_of(mine, name), sent).status_code == 404
    mine.refresh_from_db()
    assert mine.revision == 1
