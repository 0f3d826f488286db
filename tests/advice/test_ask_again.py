"""A question that was sent, gone back to, changed and sent again: nothing new is ever lost."""

import datetime

import pytest
from django.core import mail

from activity import delivery
from activity.models import Event, Link, Notification
from advice.answers import actions as answers
from advice.intake import actions as intake
from advice.intake.models import Contact, Enquiry
from advice.queue import actions as queue
from tests.advice.factories import adviser, again, holder, typed

pytestmark = pytest.mark.django_db

CHANGED = "May we leave, and keep our pensions?"


def words_of(enquiry):
    return list(enquiry.messages.values_list("words", flat=True))


def send_twice(client, first=None, **changed):
    """Send a form, go back, change it, send it again; the first answers are `first`."""
    form = typed(**{"question": "May we leave?", **(first or {})})
    assert client.post("/advice/ask/", form).status_code == 302
    return client.post("/advice/ask/", {**form, **changed}, follow=True)


def test_changed_words_are_added_and_the_page_says_so(client):
    page = send_twice(client, question=CHANGED).content.decode()
    enquiry = Enquiry.objects.get()
    assert words_of(enquiry) == ["May we leave?", CHANGED]
    assert (enquiry.status, enquiry.revision) == ("queued", 1)
    assert "What you changed was added to it" in page
    assert enquiry.reference in page


def test_changed_words_pressed_twice_and_changed_back_are_added_once(client):
    form = typed(question="May we leave?")
    for words in ("May we leave?", CHANGED, CHANGED, "May we leave?"):
        client.post("/advice/ask/", {**form, "question": words})
    assert words_of(Enquiry.objects.get()) == ["May we leave?", CHANGED]


def test_its_adviser_is_told_of_changed_words(client):
    form = typed(question="May we leave?")
    client.post("/advice/ask/", form)
    made, user = Enquiry.objects.get(), adviser()
    queue.claim(enquiry=made, seen=0, by=user)
    client.post("/advice/ask/", {**form, "question": CHANGED})
    assert Notification.objects.get(kind="enquiry.add").user == user


def test_no_becomes_yes_only_when_they_say_so_and_yes_becomes_no_at_once(client):
    send_twice(client, {"employer_may_know": "yes"}, employer_may_know="no")
    assert Enquiry.objects.get().employer_must_not_know
    assert Event.objects.get(kind="enquiry.correct").data == {"facts": ["employer_must_not_know"]}


def test_how_to_reach_them_is_corrected(client):
    send_twice(client, {"telephone": "0116"}, telephone="0117", safe_ways="after six")
    contact = Contact.objects.get()
    assert (contact.telephone, contact.safe_ways) == ("0117", "after six")
    event = Event.objects.get(kind="enquiry.correct")
    assert event.data == {"facts": ["telephone", "safe_ways"]}


def test_an_address_given_later_gets_the_receipt(client):
    page = send_twice(client, email="jo@home.example").content.decode()
    assert Notification.objects.get(kind="enquiry.receive").address == "jo@home.example"
    assert "We also write to the address you gave" in page


def test_an_address_that_was_taken_back_gets_no_mail_and_opens_nothing(client):
    send_twice(client, {"email": "wrong@work.example"}, email="jo@home.example")
    while delivery.deliver_next(delivery.Post()):
        pass
    assert [sent.to for sent in mail.outbox] == [["jo@home.example"]]
    assert Notification.objects.get(address="wrong@work.example").held_because
    assert Link.objects.get(address="wrong@work.example").revoked_at
    assert Contact.objects.get().email == "jo@home.example"


def test_the_topic_is_corrected_while_nobody_has_it(client):
    send_twice(client, {"topic": "STF-1"}, topic="WRK-2")
    enquiry = Enquiry.objects.get()
    assert (enquiry.topic.code, enquiry.provider.slug) == ("WRK-2", "local-partnerships")


def test_the_topic_stays_once_an_adviser_has_it(client):
    form = typed(topic="STF-1")
    client.post("/advice/ask/", form)
    queue.claim(enquiry=Enquiry.objects.get(), seen=0, by=adviser())
    client.post("/advice/ask/", {**form, "topic": "WRK-2"})
    assert Enquiry.objects.get().topic.code == "STF-1"
    assert not Event.objects.filter(kind="enquiry.correct").exists()


def test_one_that_is_over_stays_over_and_changed_words_are_another(client):
    form = typed(question="May we leave?")
    client.post("/advice/ask/", form)
    made = Enquiry.objects.get()
    intake.withdraw(enquiry=made, seen=0, by=holder(made))
    for _ in range(2):  # pressed twice
        page = client.post("/advice/ask/", {**form, "question": CHANGED}, follow=True)
    assert Enquiry.objects.count() == 2
    first, second = Enquiry.objects.order_by("pk")
    assert (first.status, words_of(first)) == ("withdrawn", ["May we leave?"])
    assert (second.status, words_of(second)) == ("queued", [CHANGED])
    assert second.reference in page.content.decode()
    assert "a new question with a reference of its own" in page.content.decode()


def answered_and_left_for_an_hour() -> Enquiry:
    """The only enquiry, with a reply that nobody but the enquirer may read."""
    made, user = Enquiry.objects.get(), adviser()
    Enquiry.objects.update(created_at=made.created_at - datetime.timedelta(minutes=61))
    held = queue.claim(enquiry=made, seen=0, by=user)
    answers.reply(
        enquiry=held, words="A secret reply", once=made.once, seen=held.revision, by=again(user)
    )
    return made


def test_after_an_hour_somebody_else_may_sit_there_so_nothing_is_shown_or_changed(client):
    form = typed(question="May we leave?", email="jo@home.example")
    client.post("/advice/ask/", form)
    made = answered_and_left_for_an_hour()
    other = client_without_session(client)
    form |= {"question": "x", "email": "boss@work.example"}
    page = other.post("/advice/ask/", form, follow=True).content.decode()
    assert made.reference not in page
    private = other.get("/advice/e/" + page.split('href="/advice/e/')[1].split('"')[0])
    assert b"A secret reply" not in private.content
    assert made.contact.email == Contact.objects.get(enquiry=made).email == "jo@home.example"


def test_after_an_hour_the_same_form_as_it_was_shows_nothing_either(client):
    form = typed(question="May we leave?", email="jo@home.example")
    client.post("/advice/ask/", form)
    made = answered_and_left_for_an_hour()
    other = client_without_session(client)
    page = other.post("/advice/ask/", form, follow=True).content.decode()
    assert made.reference not in page
    assert "a new question with a reference of its own" in page
    private = other.get("/advice/e/" + page.split('href="/advice/e/')[1].split('"')[0])
    assert b"A secret reply" not in private.content
    assert words_of(made) == ["May we leave?", "A secret reply"]


def client_without_session(client):
    return type(client)()
