"""Several at once: each is tried by itself, and says what became of it."""

import uuid

import pytest
from django.utils.html import escape

from activity import clock
from advice.intake.models import AdvicePolicy, Enquiry
from tests.advice.factories import CANARY_WORDS, advice_lead, adviser, enquiry, held, provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = adviser()
    client.force_login(user)
    return user


def press(client, verb, *made, **more):
    ticks = [f"{each.reference}:{each.revision}" for each in made]
    typed = {"tick": ticks, "once": uuid.uuid4(), **more}
    page = client.post(f"/advice/many/{verb}/", typed, follow=True)
    return " ".join(str(message) for message in page.context["messages"]), page


def test_several_are_taken_up_to_the_limit_and_each_says_what_became_of_it(client, user):
    AdvicePolicy.objects.update(enquiries_each=2)
    one, two, three = enquiry(), enquiry(None), enquiry()
    elsewhere = enquiry("WRK-2")
    page = client.get("/advice/many/claim/", {"tick": [one.reference, "ENQ-2020-999999"]})
    assert CANARY_WORDS in page.content.decode()
    assert "1 that you ticked is not found." in page.content.decode()
    said, _page = press(client, "claim", one, two, three, elsewhere)
    assert f"Done with 2: {one.reference}, {two.reference}." in said
    assert f"{three.reference} (You hold 2 of 2." in said
    assert f"{elsewhere.reference} (Local Partnerships has this one.)" in said
    assert set(Enquiry.objects.held_by(user)) == {one, two}


def test_what_moved_since_it_was_shown_is_left_out_and_the_others_go_on(client, user):
    one, two = enquiry(), enquiry()
    stale = Enquiry(reference=one.reference, revision=7)
    said, _page = press(client, "claim", stale, two)
    assert f"Done with 1: {two.reference}." in said
    assert f"{one.reference} (moved on since you ticked it)" in said


def test_several_are_handed_over_and_strangers_learn_nothing(client, user):
    mine, colleague = held(user), adviser()
    theirs = held(adviser(provider("co-operatives-uk")), topic="LEG-1", words="Canary of others")
    more = {"colleague": colleague.email, "reason": "Away next week."}
    shown = client.get(
        "/advice/many/hand-over/", {"tick": [mine.reference, theirs.reference]}
    ).content.decode()
    assert "Canary of others" not in shown
    said, _page = press(client, "hand-over", mine, theirs, **more)
    assert f"Done with 1: {mine.reference}." in said
    assert f"{theirs.reference} (not yours to move)" in said
    mine.refresh_from_db(), theirs.refresh_from_db()
    assert (mine.adviser, theirs.revision) == (colleague, 1)


def test_several_are_put_off_to_one_day(client, user):
    one, two = enquiry(), held(user)
    day = clock.today().replace(day=1)
    parts = {"until-day": "1", "until-month": str(day.month % 12 + 1)}
    parts["until-year"] = str(day.year + (day.month == 12))
    _said, page = press(client, "snooze", one, two, reason="Quiet week", **parts)
    assert page.redirect_chain
    assert Enquiry.objects.all().put_off().count() == 2


@pytest.mark.parametrize(
    ("verb", "typed", "sentence"),
    [
        ("hand-over", {}, "Choose one: a colleague or a queue"),
        (
            "hand-over",
            {"colleague": "\x00", "provider": "<b>", "reason": "r"},
            "There is a problem",
        ),
        ("snooze", {}, "Enter the day"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_moves(client, user, verb, typed, sentence):
    mine = held(user)
    more = {"reason": "r", **typed}
    _said, page = press(client, verb, mine, **more)
    assert sentence in page.content.decode()
    mine.refresh_from_db()
    assert mine.revision == 1


def test_nothing_ticked_or_no_verb_of_ours(client, user):
    for ticks in ([], ["\x00"], ["<b>"], ["RTP-2026-0001"], ["ENQ-2026-000001:x"]):
        page = client.get("/advice/many/claim/", {"tick": ticks}, follow=True)
        assert "Tick at least one enquiry." in page.content.decode()
    assert client.get("/advice/many/close/", {"tick": enquiry().reference}).status_code == 404


def test_whatever_is_pressed_leads_back_to_the_list_as_it_was_and_nowhere_else(client, user):
    mine = held(user, words="R&D and more")
    address = "/advice/queue/?view=mine&q=R%26D+more&topic=STF-1"
    page = client.get(address)
    said = page.context["list"]
    assert f'name="list" value="{escape(said)}"' in page.content.decode()
    assert client.get("/advice/many/claim/", {"list": said}).url == address
    further = f"{said}&after=a%26b&tick=x&ask=1&by=nobody;&next=//else.example"
    assert client.get("/advice/many/claim/", {"list": further}).url == f"{address}&after=a%26b"
    asks = client.get("/advice/many/hand-over/", {"list": said, "tick": mine.reference})
    assert asks.content.decode().count(f'href="{escape(address)}"') == 2
    _said, done = press(client, "claim", mine, list=asks.context["list"])
    assert done.redirect_chain[-1][0] == address
    hostile = (
        "",
        "//else.example/",
        "https://else.example",
        "view=leads\r\nX: y&sector=<b>",
        "q=\0",
    )
    for each in hostile:
        assert client.get("/advice/many/snooze/", {"list": each}).url == "/advice/queue/", each


def test_a_lead_is_offered_no_taking(client, user):
    held(user)
    client.force_login(advice_lead())
    page = client.get("/advice/queue/").content.decode()
    assert "/advice/many/hand-over/" in page
    assert ">Take</button>" not in page
