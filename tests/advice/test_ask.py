"""Asking a question: what the form refuses, what it keeps, what comes of it."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from activity import links
from activity.models import Event, Link, Notification
from advice.intake import actions
from advice.intake.models import Contact, Enquiry, Message, Note
from tests.advice.factories import (
    CANARIES,
    CANARY_WORDS,
    began,
    canary,
    employer,
    enquiry,
    typed,
)

pytestmark = pytest.mark.django_db
TOO_QUICK = "drawn just now"


def send(client, **answers):
    return client.post("/advice/ask/", typed(**answers))


def test_the_form_costs_at_most_six_queries_and_writes_nothing(
    client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        assert client.get("/advice/ask/").status_code == 200
    assert not Enquiry.objects.exists()
    assert "sessionid" not in client.cookies


def test_a_question_alone_is_enough(client):
    assert send(client).url == "/advice/ask/sent/"
    enquiry = Enquiry.objects.get()
    assert (enquiry.status, enquiry.provider, enquiry.topic) == ("queued", None, None)
    assert enquiry.employer_must_not_know
    assert enquiry.due_at == enquiry.first_reply_due_at > enquiry.received_at
    assert enquiry.messages.get().words == CANARY_WORDS
    assert enquiry.contact.name == ""
    assert not Notification.objects.exists()


def test_the_topic_sends_it_to_the_provider_that_leads(client):
    send(client, topic="WRK-2")
    assert Enquiry.objects.get().provider.slug == "local-partnerships"


def test_who_asks_stands_in_a_table_of_its_own(client):
    typed_contact = {**CANARIES, "employer": CANARIES["employer_name"], "sector": "nhs"}
    send(client, **typed_contact)
    contact = Contact.objects.get()
    assert {name: getattr(contact, name) for name in CANARIES} == CANARIES
    assert contact.sector == "nhs"


def test_an_employer_that_we_know_is_found_by_its_name(client):
    body = employer()
    send(client, employer="leicester TRUST")
    contact = Contact.objects.get()
    assert (contact.employer, contact.employer_name) == (body, "")


def test_one_event_and_one_message_without_a_word_of_it(client):
    send(client, **CANARIES, topic="STF-1")
    event = Event.objects.get()
    assert (event.kind, event.actor_kind) == ("enquiry.receive", "link")
    assert event.data == {"topic": "STF-1", "channel": "form"}
    told = Notification.objects.get()
    assert (told.kind, told.address, told.ids) == ("enquiry.receive", CANARIES["email"], {})


def test_this_browser_gets_the_private_link_and_may_read_at_once(client):
    send(client, email="jo@home.example")
    page = client.get("/advice/ask/sent/").content.decode()
    assert Enquiry.objects.get().reference in page
    path = page.split('href="/advice/e/')[1].split('"')[0]
    private = client.get(f"/advice/e/{path}").content.decode()
    assert CANARY_WORDS in private
    assert "Add to it" in private


def test_the_token_is_nowhere_on_our_side(client):
    send(client)
    token = client.get("/advice/ask/sent/").content.decode().split("/advice/e/")[1].split("/")[0]
    assert Link.objects.get().token_hash == links._hash(token)
    assert token not in str(dict(client.session))


def test_without_an_address_the_page_says_that_the_link_is_the_only_way(client):
    send(client)
    assert "only way back" in client.get("/advice/ask/sent/").content.decode()


def test_the_sent_page_of_another_browser_is_the_form(client):
    assert client.get("/advice/ask/sent/").url == "/advice/ask/"


def test_pressed_twice_it_is_asked_once(client):
    answers = typed(email="jo@home.example")
    assert client.post("/advice/ask/", answers).url == "/advice/ask/sent/"
    assert client.post("/advice/ask/", answers).url == "/advice/ask/sent/"
    assert Enquiry.objects.count() == Message.objects.count() == 1
    assert Notification.objects.count() == 1


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"question": ""}, "Write what you want to ask"),
        ({"question": " \n\x00\x07 "}, "Write what you want to ask"),
        ({"question": "word " * 512}, "Your answer is 512 words. Take out 12."),
        ({"topic": "NONE-9"}, "Choose one of the answers"),
        ({"topic": "a\x00b"}, "Some letters here cannot be read. Type the answer again"),
        ({"sector": "circus"}, "Choose one of the answers"),
        ({"employer_may_know": "perhaps"}, "Choose one of the answers"),
        ({"employer_may_know": ""}, "Choose no or yes"),
        ({"email": "not an address"}, "Enter an e-mail address like name@example.org"),
        ({"email": "a b\x00@c.example"}, "Enter an e-mail address like name@example.org"),
        ({"name": "n" * 101}, "1 letter too long"),
        ({"telephone": "0" * 41}, "1 letter too long"),
        ({"safe_ways": "s" * 202}, "2 letters too long"),
        ({"employer": "e" * 201}, "1 letter too long"),
        ({"began": "nonsense"}, "Press the button once more"),
        ({"began": TOO_QUICK}, "Press the button once more"),
        ({"began": began(3 * 24 * 3600)}, "Press the button once more"),
        ({"website": "https://spam.example"}, "Press the button once more"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_loses_nothing(client, answers, sentence):
    if answers.get("began") == TOO_QUICK:
        answers = {"began": began(0.5)}
    response = send(client, **{"safe_ways": "after six", **answers})
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "after six" in page or "safe_ways" in answers
    assert CANARY_WORDS in page or "question" in answers
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("days", [None, 3])
def test_a_page_open_for_long_is_sent_by_pressing_once_more(client, days):
    wrong = "nonsense" if days is None else began(days * 24 * 3600)
    page = send(client, began=wrong).content.decode()
    fresh = page.split('name="began" value="')[1].split('"')[0]
    assert fresh != wrong


def test_a_trap_filled_in_by_a_browser_is_emptied(client):
    page = send(client, website="Jo").content.decode()
    assert 'name="website" value=""' in page


def test_html_is_words(client):
    send(client, question="<script>alert(1)</script> & more")
    page = client.get("/advice/ask/sent/").content.decode()
    private = client.get("/advice/e/" + page.split("/advice/e/")[1].split('"')[0])
    assert b"&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in private.content
    assert b"<script>alert(1)" not in private.content


def test_control_letters_are_taken_out_and_lines_stay(client):
    send(client, question="one\r\ntwo\x08\u202e three")
    assert Message.objects.get().words == "one\ntwo three"


def test_an_address_that_looks_like_work_needs_a_tick(client):
    page = send(client, email="jo@trust.nhs.uk").content.decode()
    assert "This looks like your employer" in page
    assert "Nobody but me reads this address" in page
    assert send(client, email="jo@trust.nhs.uk", address_is_private="on").status_code == 302
    assert Contact.objects.get().address_is_private


def test_no_tick_lets_mail_go_to_the_employer_itself(client):
    employer()
    answers = {"email": "jo@post.leicester.example", "address_is_private": "on"}
    assert "we write nothing there" in send(client, **answers).content.decode()
    assert not Enquiry.objects.exists()


def test_an_address_at_another_body_is_no_danger(client):
    employer()
    employer("Devon Council", "devon.example")
    answers = {"email": "jo@leicester.example", "employer": "Devon Council"}
    assert send(client, **answers).status_code == 302


def test_whose_employer_may_know_may_use_any_address(client):
    employer()
    answers = {"email": "jo@leicester.example", "employer_may_know": "yes"}
    assert send(client, **answers).status_code == 302
    assert not Enquiry.objects.get().employer_must_not_know


@pytest.mark.slow
def test_a_network_that_floods_us_is_slowed_down_and_keeps_its_words(client):
    for _ in range(30):
        assert send(client).status_code == 302
    page = send(client).content.decode()
    assert "Many questions came from your network" in page
    assert CANARY_WORDS in page
    assert Enquiry.objects.count() == 30


def test_references_follow_one_another(client):
    send(client)
    send(client)
    first, second = Enquiry.objects.order_by("pk")
    assert first.reference[:9] == second.reference[:9]
    assert int(second.reference[-6:]) == int(first.reference[-6:]) + 1
    assert first.reference.startswith("ENQ-")


def test_the_form_and_the_adviser_are_told_that_mail_goes_at_any_hour(client):
    """Safe times are words that no machine reads: no page may promise that mail keeps to them."""
    page = client.get("/advice/ask/").content.decode()
    assert "Anything else that makes it safe to reach you?" in page
    assert "It does not hold back our mail." in page
    assert "at any hour" in page
    answers = {"email": "jo@home.example", "safe_ways": "never before noon"}
    send(client, **answers)
    told = Notification.objects.get(kind="enquiry.receive")
    assert told.try_at <= told.created_at + datetime.timedelta(seconds=1)


def test_an_error_of_the_database_that_is_no_second_press_is_not_hidden(monkeypatch):
    taken = enquiry().reference
    monkeypatch.setattr(actions, "next_reference", lambda kind: taken)
    with pytest.raises(IntegrityError, match="reference"), transaction.atomic():
        enquiry()


def test_what_is_said_of_a_row_to_a_programmer_names_nobody():
    made = canary()
    rows = [made.contact, made.messages.get(), Note(enquiry=made)]
    said = [str(row) for row in rows]
    names = ["contact", "message", "note"]
    assert said == [f"{name} of {made.pk}" for name in names]
