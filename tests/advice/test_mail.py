"""Mail about an enquiry: what it says, to whom, and when it is not sent at all."""

import pytest
from django.core import mail

from activity import delivery, links, outbox
from activity.models import Notification
from tests.advice.factories import CANARIES, CANARY_WORDS, canary, employer, enquiry

pytestmark = [pytest.mark.django_db(transaction=True)]


def deliver():
    delivery.deliver_waiting()
    return mail.outbox


def assert_silent(message, *also):
    whole = f"{message.subject}\n{message.body}\n{message.from_email}"
    for secret in (*CANARIES.values(), CANARY_WORDS, "canar", "Whether we need a ballot", *also):
        assert secret not in whole


def test_a_secret_enquirer_gets_a_quiet_mail():
    made = canary()
    (message,) = deliver()
    assert message.subject == "A message is waiting for you"
    assert_silent(message, made.reference, "Mutuals", "ENQ", "question", "adviser", "advice line")
    assert "<" not in message.from_email


def test_the_link_in_it_opens_the_private_page(client):
    canary()
    (message,) = deliver()
    path = "/advice/e/" + message.body.split("/advice/e/")[1].split()[0]
    assert client.get(path).status_code == 200
    assert client.post(path, {"open-link": "yes"}).status_code == 302
    assert b"Read what was said" in client.get(path).content


def test_a_code_names_nobody_and_goes_nowhere_where_the_employer_reads():
    body = employer()
    for address in ("jo@home.example", "jo@leicester.example"):
        made = enquiry(employer=body, email=address)
        Notification.objects.filter(kind="enquiry.receive").delete()
        token = links.issue("advice.mine", made, address=address)
        links.ask_for_code(links.find(token, "advice.mine"))
    (message,) = deliver()
    assert (message.to, message.subject) == (["jo@home.example"], "Your code")
    assert_silent(message, "Mutuals")
    assert Notification.objects.get(address="jo@leicester.example").held_because == (
        "employer-domain"
    )


def test_whose_employer_may_know_reads_what_it_is_about():
    made = canary(employer_must_not_know=False)
    (message,) = deliver()
    assert message.subject == f"We have your question {made.reference}"
    assert "A person will answer by" in message.body
    assert_silent(message)


def test_nothing_is_sent_to_where_the_employer_reads():
    body = employer()
    made = enquiry(email="jo@mail.leicester.example", employer=body)
    assert deliver() == []
    held = Notification.objects.get()
    assert (held.held_because, held.sent_at) == ("employer-domain", None)
    assert held.subject_id == made.pk


def test_nothing_is_sent_to_any_employer_when_theirs_is_not_known():
    employer()
    enquiry(email="jo@leicester.example")
    assert deliver() == []


def test_the_guard_holds_whoever_asks_for_the_mail():
    body = employer()
    made = enquiry(employer=body)
    outbox.tell("enquiry.reply", made, ["jo@leicester.example"])
    assert deliver() == []


def test_mail_goes_there_when_the_employer_may_know():
    enquiry(email="jo@leicester.example", employer=employer(), employer_must_not_know=False)
    assert len(deliver()) == 1


@pytest.mark.parametrize("kind", ["enquiry.reply", "enquiry.wait", "enquiry.send_again"])
def test_what_the_enquirer_is_told_says_nothing_of_the_answer(kind):
    made = canary(email="jo@home.example", employer_must_not_know=False)
    Notification.objects.all().delete()
    outbox.tell(kind, made, ["jo@home.example"], due_on=made.due_at.date())
    (message,) = deliver()
    assert_silent(message)
    assert "/advice/e/" in message.body
