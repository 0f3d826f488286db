"""Advance, pause, resume and end: by their pages, each a new public entry."""

import datetime

import pytest

from accounts.models import Role
from activity import clock
from activity.models import Event
from pathfinders.journey import actions
from pathfinders.register.choices import Status
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db

VERBS = ["advance", "pause", "resume", "end"]


def parts(name: str, day: datetime.date) -> dict[str, str]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def words(verb: str, seen: int = 0) -> dict[str, object]:
    """What a coordinator types on the page of a verb."""
    today = clock.today()
    typed = {"seen": seen, "reason": "The contract is signed."}
    if verb == "advance":
        typed |= parts("on", today) | {"source": "Return of June"}
    if verb == "pause":
        typed |= parts("until", today + datetime.timedelta(days=30))
    if verb == "end":
        typed |= parts("on", today) | {"source": "Letter", "how": "merged"}
        typed |= {"staff": "All moved.", "service": "Goes on.", "assets": "Not known"}
    return typed


def address(record, verb: str) -> str:
    return f"/pathfinders/{record.reference}/{verb}/"


def ready_for(verb: str, coordinator, **fields):
    record = factories.entry(**fields)
    if verb == "resume":
        until = clock.today() + datetime.timedelta(days=9)
        actions.pause(record, by=coordinator, seen=0, until=until, reason="Waits.")
        record.refresh_from_db()
    return record


@pytest.mark.parametrize(
    ("verb", "after"),
    [
        ("advance", Status.FIRST_YEAR),
        ("pause", Status.PAUSED),
        ("resume", Status.IMPLEMENTATION),
        ("end", Status.MERGED),
    ],
)
def test_each_verb_moves_it_and_writes_an_entry(as_, coordinator, verb, after):
    record = ready_for(verb, coordinator)
    browser = as_(coordinator)
    before = record.entries.count()
    assert browser.get(address(record, verb)).status_code == 200
    record.refresh_from_db()
    reply = browser.post(address(record, verb), words(verb, record.revision))
    assert reply.url == record.get_absolute_url()
    record.refresh_from_db()
    assert record.status == after
    assert record.entries.count() == before + 1
    assert record.entries.last().reason == "The contract is signed."
    event = Event.objects.of(record).last()
    assert (event.kind, event.after) == (f"pathfinder.{verb}", after)
    assert browser.get(record.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("verb", VERBS)
def test_looking_moves_nothing(as_, coordinator, verb):
    record = ready_for(verb, coordinator)
    as_(coordinator).get(address(record, verb))
    before = record.status
    record.refresh_from_db()
    assert record.status == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_stranger_finds_no_private_entry_and_the_wrong_role_is_refused(as_, coordinator, verb):
    private = ready_for(verb, coordinator, published=False)
    public = ready_for(verb, coordinator)
    browser = as_(factories.person(Role.DECISION_MAKER))
    for send in (browser.get, lambda url: browser.post(url, words(verb))):
        assert send(address(private, verb)).status_code == 404
        assert send(address(public, verb)).status_code == 403


@pytest.mark.parametrize("verb", VERBS)
def test_pressed_twice_the_second_hears_that_it_moved_on(as_, coordinator, verb):
    record = ready_for(verb, coordinator)
    browser = as_(coordinator)
    browser.post(address(record, verb), words(verb, record.revision))
    again = browser.post(address(record, verb), words(verb, record.revision))
    assert again.status_code == 409
    assert "The contract is signed." in again.content.decode()


def test_a_page_drawn_before_it_left_and_came_back_is_refused(as_, coordinator):
    record = ready_for("resume", coordinator)
    back = actions.resume(record, by=coordinator, seen=record.revision, reason="On.")
    assert back.status == Status.IMPLEMENTATION
    old_page = as_(coordinator).post(address(record, "advance"), words("advance", 0))
    assert old_page.status_code == 409
    record.refresh_from_db()
    assert record.status == Status.IMPLEMENTATION


@pytest.mark.parametrize("verb", VERBS)
def test_empty_says_what_to_enter_and_moves_nothing(as_, coordinator, verb):
    record = ready_for(verb, coordinator)
    page = as_(coordinator).post(address(record, verb), {"seen": record.revision})
    html = page.content.decode()
    assert page.status_code == 200
    assert "There is a problem" in html
    assert "This field is required" not in html
    before = record.status
    record.refresh_from_db()
    assert record.status == before


@pytest.mark.parametrize(
    ("verb", "change", "sentence"),
    [
        ("advance", parts("on", datetime.date(2999, 1, 1)), "Enter a date on or before"),
        ("advance", parts("on", datetime.date(1999, 1, 1)), "Enter a date on or after"),
        ("advance", {"on-day": "31", "on-month": "4"}, "does not exist"),
        ("advance", {"source": "x" * 301}, "1 letter too long"),
        ("advance", {"reason": "x" * 510}, "10 letters too long"),
        ("advance", {"reason": "\x00\x01"}, "Enter what shows that it is there"),
        ("pause", parts("until", datetime.date(2020, 1, 1)), "Enter a date on or after"),
        ("end", {"how": "lost"}, "Choose one of the answers"),
        ("end", {"staff": " "}, "Enter what became of it"),
    ],
    ids=str,
)
def test_what_cannot_be_read_gets_a_sentence_and_stays(as_, coordinator, verb, change, sentence):
    record = ready_for(verb, coordinator)
    kept = {"reason": "<b>Kept</b> words"} if "reason" not in change else {}
    page = as_(coordinator).post(address(record, verb), words(verb) | kept | change)
    html = page.content.decode()
    assert sentence in html
    if kept:
        assert "&lt;b&gt;Kept&lt;/b&gt; words" in html
    record.refresh_from_db()
    assert record.status == Status.IMPLEMENTATION


def test_an_end_tells_everybody_what_became_of_it(client, as_, coordinator):
    record = factories.entry()
    as_(coordinator).post(address(record, "end"), words("end"))
    html = client.get(record.get_absolute_url()).content.decode()
    assert "What became of it" in html
    assert "All moved." in html
    assert "Merged" in html


def test_the_journey_shows_rest_and_stages_in_order(client, coordinator):
    record = factories.entry(Status.EARLY_THINKING)
    actions.advance(
        record, by=coordinator, seen=0, on=clock.today(), source="Visit", reason="Options are on."
    )
    record.refresh_from_db()
    until = clock.today() + datetime.timedelta(days=9)
    actions.pause(record, by=coordinator, seen=1, until=until, reason="Waits.")
    line = client.get(record.get_absolute_url()).context["timeline"]
    assert [moment.status for moment in line][:3] == ["early-thinking", "appraisal", "paused"]
    assert [moment.is_done for moment in line] == [True, True, False, False, False, False]
    assert line[2].is_now


def test_one_that_joined_without_a_stage_can_rest_and_end(client, coordinator):
    record = factories.entry(Status.ESTABLISHED, stage_known=False, announced_on=clock.today())
    until = clock.today() + datetime.timedelta(days=9)
    actions.pause(record, by=coordinator, seen=0, until=until, reason="Waits.")
    line = client.get(record.get_absolute_url()).context["timeline"]
    assert [moment.status for moment in line] == ["paused"]


@pytest.mark.parametrize("verb", VERBS)
def test_it_costs_at_most_6_queries(as_, coordinator, verb, django_assert_max_num_queries):
    record = ready_for(verb, coordinator)
    browser = as_(coordinator)
    with django_assert_max_num_queries(6):
        browser.get(address(record, verb))


def test_a_broken_form_on_an_entry_that_moved_says_so(as_, coordinator):
    entry = factories.entry(Status.ESTABLISHED)
    browser = as_(coordinator)
    assert browser.post(f"{entry.get_absolute_url()}advance/", {"seen": "x"}).status_code == 409
    assert browser.post(f"{entry.get_absolute_url()}resume/", {"seen": "x"}).status_code == 409
