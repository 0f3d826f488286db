"""The phone screen: begun, typed, kept, found, ended; and what nobody else learns of it."""

import datetime
import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Interest, Tie
from activity import clock
from activity.models import Event, Notification
from advice.intake import calling
from advice.intake.models import Call, Enquiry, PhoneNote, ProviderInterest
from advice.tasks import forget_calls
from tests.advice.factories import (
    advice_lead,
    adviser,
    employer,
    enquiry,
    held,
    provider,
    somebody,
)

pytestmark = pytest.mark.django_db
ALL_CALLS = "/advice/call/"
WORDS = "Pension if we leave?"


@pytest.fixture
def user(client):
    user = adviser()
    client.force_login(user)
    return user


@pytest.fixture
def call(client, user):
    client.post(ALL_CALLS)
    return Call.objects.get()


def address(call):
    return f"/advice/call/{call.public_id}/"


def typed(call, **answers):
    call.refresh_from_db()
    return {"employer_may_know": "no", "then": "keep", "seen": call.revision, **answers}


def press(client, call, button="end", **answers):
    return client.post(address(call), typed(call, press=button, **answers))


def autosave(client, call, **answers):
    return client.post(
        address(call), typed(call, **answers), headers={"Accept": "application/json"}
    )


@pytest.mark.parametrize("make", [advice_lead, somebody])
def test_who_takes_no_calls_is_refused(client, call, make):
    client.force_login(make())
    for path in (ALL_CALLS, address(call)):
        assert client.get(path).status_code == client.post(path).status_code == 403
    assert client.post(f"{address(call)}find/").status_code == 403


def test_the_call_of_another_adviser_is_not_found(client, call):
    press(client, call, "save", name="Wilhelmina", question=WORDS)
    client.force_login(adviser())
    for answer in (
        client.get(address(call)),
        client.post(address(call), {"press": "end", "question": "x"}),
        client.post(f"{address(call)}find/", {"name": "x"}),
    ):
        assert answer.status_code == 404
        assert "Wilhelmina" not in answer.content.decode()
    assert "not saved" not in client.get("/advice/desk/").content.decode()
    assert not Enquiry.objects.exists()


def test_signed_out_meanwhile_nothing_typed_is_lost(client, call):
    client.logout()
    page = client.post(address(call), typed(call, press="end", question=WORDS))
    assert page.status_code == 403
    assert WORDS in page.content.decode()
    answer = autosave(client, call, question=WORDS)
    assert answer.status_code == 403
    assert "you were signed out" in answer.json()["said"]


def test_to_read_begins_nothing_and_begun_twice_it_is_one(client, user):
    client.get(ALL_CALLS)
    assert not Call.objects.exists()
    assert client.post(ALL_CALLS).url == client.post(ALL_CALLS).url == address(Call.objects.get())


def test_the_page_costs_at_most_ten_queries_and_writes_nothing(
    client, call, django_assert_max_num_queries
):
    enquiry(telephone="0116 496 0999", name="Jo Clay", words=WORDS)
    said = {"question": WORDS, "topic": "LEG-2"}
    press(client, call, "save", telephone="0116 496 0999", name="Clay", **said)
    with django_assert_max_num_queries(10) as queries:
        page = client.get(address(call)).content.decode()
    assert not [each for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    found = ("1 earlier contact.", "1 open question", "1 answer on this topic.")
    for words in (WORDS, "Began at", "Say first:", *found):
        assert words in page


def test_typed_text_is_kept_by_itself_right_or_wrong_and_listed_on_the_desk(client, call):
    answer = autosave(client, call, name="Jo", email="jo@", question="Pen")
    assert answer.json() == {"said": answer.json()["said"], "seen": 1}
    assert answer.json()["said"].startswith("Saved at ")
    call.refresh_from_db()
    assert call.typed == {"name": "Jo", "email": "jo@", "question": "Pen"}
    page = client.get(address(call)).content.decode()
    assert 'value="jo@"' in page
    assert "There is a problem" not in page
    assert "You have a call that is not saved" in client.get("/advice/desk/").content.decode()


def test_two_windows_write_over_nothing(client, call):
    stale = typed(call, question="From the second window", press="save")
    autosave(client, call, question="From the first")
    told = client.post(address(call), stale, headers={"Accept": "application/json"})
    assert told.status_code == 409
    assert "in another window" in told.json()["said"]
    for button in ("save", "end"):
        page = client.post(address(call), {**stale, "press": button})
        assert page.status_code == 409
        assert "From the first" in page.content.decode()
        assert "From the second window" in page.content.decode()
    call.refresh_from_db()
    assert call.typed == {"question": "From the first"}
    assert press(client, call, "save", question="Both").status_code == 302


def test_a_text_whose_answer_was_lost_does_not_clash_with_itself(client, call):
    first = typed(call, question="Pen")
    script = {"Accept": "application/json"}
    client.post(address(call), first, headers=script)
    lost = "question=Pen&employer_may_know=no&then=keep"
    again = client.post(
        address(call), {**first, "question": "Pension", "sent": lost}, headers=script
    )
    assert again.json()["seen"] == 2


def test_kept_it_is_with_me_at_once_and_says_how_it_came(client, user, call):
    page = press(client, call, question=WORDS, told="Ask the scheme.", telephone="0116 496 0999")
    made = Enquiry.objects.get()
    assert page.url == reverse("advice:enquiry", args=[made.reference])
    assert (made.status, made.adviser, made.channel) == ("with-adviser", user, "phone")
    assert (made.provider, made.received_at) == (provider(), call.began_at)
    assert made.contact.whole_telephone == "+441164960999"
    assert made.messages.get().words == WORDS
    note = made.phone_notes.get()
    assert (note.words, note.rang, note.reached, note.minutes) == (
        "Ask the scheme.",
        "they",
        True,
        1,
    )
    kinds = Event.objects.values_list("kind", "actor_kind")
    assert list(kinds) == [
        ("enquiry.receive", "user"),
        ("enquiry.keep", "user"),
        ("enquiry.phone_note", "user"),
    ]
    told = client.get(page.url).content.decode()
    for words in (WORDS, "Ask the scheme.", "They rang on", "said this on the telephone", "Phone,"):
        assert words in told
    call.refresh_from_db()
    assert (call.typed, call.enquiry) == ({}, made)
    assert client.get(address(call)).url == page.url
    assert "not saved" not in client.get("/advice/desk/").content.decode()


def test_nobody_is_turned_away_on_the_line_for_what_the_adviser_holds(client, user, call):
    for _ in range(8):
        held(user)
    press(client, call, question=WORDS)
    assert Enquiry.objects.get(channel="phone").adviser == user


def test_into_the_queue_it_goes_to_whoever_leads_on_its_topic(client, call):
    page = press(client, call, question=WORDS, then="queue", topic="WRK-2", told="Nothing yet.")
    made = Enquiry.objects.get()
    assert (made.status, made.provider.slug, made.adviser) == ("queued", "local-partnerships", None)
    assert page.url == "/advice/desk/"
    assert "in the queue of Local Partnerships" in client.get(page.url).content.decode()
    assert client.get(address(call)).url == "/advice/desk/"
    assert client.get(reverse("advice:enquiry", args=[made.reference])).status_code == 404


@pytest.mark.parametrize("whose", ["adviser", "provider"])
def test_whom_an_interest_keeps_from_the_caller_keeps_no_call(client, user, call, whose):
    body = employer()
    if whose == "adviser":
        tie = {"tie": Tie.WORK, "declared_at": clock.now()}
        Interest.objects.create(user=user, organisation=body, **tie)
    else:
        tie = {"provider": provider(), "starts_on": datetime.date(2011, 1, 4)}
        ProviderInterest.objects.create(organisation=body, **tie)
    page = press(client, call, question=WORDS, employer=body.name)
    assert page.url == "/advice/desk/"
    assert "others take it" in client.get(page.url).content.decode()
    made = Enquiry.objects.get()
    assert (made.status, made.adviser) == ("queued", None)
    assert made.provider is None
    assert client.get(address(call)).url == "/advice/desk/"


def test_answered_on_the_call_it_is_closed_in_one_press_and_mails_nobody(client, user, call):
    refused = press(client, call, question=WORDS, then="answered")
    assert "Choose what came of it" in refused.content.decode()
    assert not Enquiry.objects.exists()
    email = {"email": "jo@home.example"}
    press(client, call, question=WORDS, then="answered", outcome="signposted", **email)
    made = Enquiry.objects.get()
    assert (made.status, made.outcome, made.adviser) == ("closed", "signposted", user)
    assert made.first_replied_at is not None
    assert not Notification.objects.exists()
    assert not Enquiry.objects.in_hand_of(user).exists()


def test_whoever_gives_an_address_gets_the_private_link(client, call):
    press(client, call, question=WORDS, email="jo@home.example")
    assert Notification.objects.get().kind == "enquiry.receive"


@pytest.mark.parametrize("status", ["waiting-for-enquirer", "with-adviser", "queued", "closed"])
def test_the_same_matter_joins_the_earlier_enquiry_as_a_phone_note(client, user, call, status):
    from tests.advice.test_workflow import Scene  # noqa: PLC0415  puts one into any status

    made = Scene(status).enquiry
    said = made.messages.count()
    body = employer()
    answers = {"name": "Jo", "telephone": "0116 496 0999", "may_ring": "no", "employer": body.name}
    page = press(client, call, made.reference, question="It is me again", told="Yes.", **answers)
    assert page.url == reverse("advice:enquiry", args=[made.reference])
    made.refresh_from_db()
    woken = {"waiting-for-enquirer": "with-adviser"}
    assert made.status == woken.get(status, status)
    note = made.phone_notes.get()
    for words in ("It is me again", "Yes.", "Name: Jo", "May we ring you: No", body.name):
        assert words in note.words
    assert made.messages.count() == said
    assert Enquiry.objects.count() == 1
    told = Notification.objects.filter(kind="enquiry.add").count()
    assert told == (status == "waiting-for-enquirer")


def test_a_call_joins_no_enquiry_that_its_adviser_may_not_read(client, call):
    others = enquiry("WRK-2")
    page = press(client, call, others.reference, question=WORDS)
    assert page.status_code == 404
    assert WORDS in page.content.decode()
    with pytest.raises(calling.PermissionDenied):
        calling.join(call=call, enquiry=others, words="w", typed={}, by=call.adviser)
    assert not PhoneNote.objects.exists()
    assert press(client, call, "ENQ-\x00", question=WORDS).status_code == 404
    call.refresh_from_db()
    assert call.typed == {"question": WORDS}


def test_nothing_said_joins_nothing(client, call):
    made = enquiry()
    page = press(client, call, made.reference)
    assert "Write what they said" in page.content.decode()
    assert not PhoneNote.objects.exists()


@pytest.mark.parametrize("button", ["end", "join"])
def test_pressed_twice_it_is_saved_once_and_another_text_is_not_lost(client, call, button):
    made = enquiry()
    button = made.reference if button == "join" else button
    answers = typed(call, press=button, question=WORDS)
    first, second = client.post(address(call), answers), client.post(address(call), answers)
    assert first.url == second.url
    assert PhoneNote.objects.count() == 1
    for late in (button, "save"):
        page = client.post(address(call), {**answers, "press": late, "question": "And this"})
        assert page.status_code == 409
        assert "And this" in page.content.decode()
    told = client.post(address(call), answers, headers={"Accept": "application/json"})
    assert (told.status_code, told.json()["said"][:9]) == (409, "Not saved")
    assert PhoneNote.objects.count() == 1


def test_without_what_they_ask_it_is_kept_and_says_what_is_missing(client, call):
    page = press(client, call, told="Ring the scheme", email="jo@", telephone="0" * 42)
    words = page.content.decode()
    for sentence in ("Write what they ask", "name@example.org", "2 letters too long"):
        assert sentence in words
    assert "Ring the scheme" in words
    call.refresh_from_db()
    assert call.typed["told"] == "Ring the scheme"
    assert not Enquiry.objects.exists()


HOSTILE = "<script>alert(1)</script>\x00 \u202eevil\u2066"


def test_hostile_text_in_every_field_is_kept_escaped_and_takes_no_page_down(client, call):
    every = dict.fromkeys(["name", "telephone", "email", "question", "told", "employer"], HOSTILE)
    every |= dict.fromkeys(["safe_ways", "say_we_are", "topic", "sector", "outcome"], HOSTILE)
    every |= dict.fromkeys(["then", "employer_may_know", "ring_from", "ring_days"], HOSTILE)
    for button in ("save", "find", "end"):
        press(client, call, button, **{**every, "seen": 0})
    page = client.get(address(call)).content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert client.post(f"{address(call)}find/", every).status_code == 200
    assert (
        client.post(address(call), {"seen": "x" * 90, "sent": ["%00=" * 9] * 9}).status_code == 409
    )


def test_a_hundred_thousand_letters_are_kept_and_too_many_words_are_counted(client, call):
    page = press(client, call, question="word " * 20_000)
    assert "Your answer is 20000 words. Take out 19000." in page.content.decode()
    call.refresh_from_db()
    assert len(call.typed["question"]) == 100_000


def test_a_call_left_open_lasted_until_the_last_word(user):
    began = datetime.datetime(2026, 11, 26, 9, tzinfo=datetime.UTC)
    minute = datetime.timedelta(minutes=1)
    call = Call(adviser=user, began_at=began, saved_at=began + 4 * minute)
    assert calling.minutes_of(call, began + 4.5 * minute) == 5
    assert calling.minutes_of(call, began + 24 * 60 * minute) == 4
    assert calling.minutes_of(Call(began_at=began, saved_at=began), began) == 1
    assert calling.minutes_of(Call(began_at=began, saved_at=began), began + 29 * minute) == 29
    long = Call(began_at=began, saved_at=began + 900 * minute)
    assert calling.minutes_of(long, long.saved_at) == 600


def test_calls_that_nobody_saved_are_deleted_after_a_week(client, call):
    press(client, call, "save", question=WORDS)
    moved = datetime.timedelta(days=6, hours=23)
    Call.objects.update(saved_at=call.saved_at - moved)
    forget_calls()
    assert Call.objects.exists()
    Call.objects.update(saved_at=call.saved_at - moved - datetime.timedelta(hours=2))
    forget_calls()
    assert not Call.objects.exists()


def test_what_is_left_of_a_saved_call_is_deleted_after_two_days(client, call):
    press(client, call, question=WORDS)
    forget_calls()
    assert Call.objects.filter(typed={}).exists()
    Call.objects.update(ended_at=call.began_at - datetime.timedelta(days=3))
    forget_calls()
    assert not Call.objects.exists()
    assert Enquiry.objects.exists()


def test_the_database_keeps_no_words_of_a_call_that_ended(client, call):
    press(client, call, question=WORDS)
    with pytest.raises(IntegrityError, match="call_ends_as_an_enquiry"), transaction.atomic():
        Call.objects.update(typed={"question": WORDS})


def test_whoever_lost_the_role_saves_nothing(client, user, call):
    user.appointments.update(ends_on="2012-01-01")
    said = calling.Said(WORDS, "", calling.Enquirer())
    for lost in (
        lambda: calling.begin(by=user),
        lambda: calling.end(call=call, said=said, typed={}, by=user),
    ):
        with pytest.raises(calling.PermissionDenied):
            lost()
    assert str(call) == f"call {call.pk}"


def test_events_and_rows_beside_the_words_hold_none(client, call):
    press(client, call, name="Wilhelmina", question=WORDS, told="Secret")
    rows = json.dumps(list(Event.objects.values("kind", "data")), default=str)
    rows += json.dumps(list(Call.objects.values()), default=str)
    for words in ("Wilhelmina", WORDS, "Secret"):
        assert words not in rows
