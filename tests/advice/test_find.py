"""A lost link: the same answer for any address, and a new link where it is safe."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.core.signing import dumps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity import clock, delivery, links
from activity.models import Notification
from advice import tasks
from advice.intake import finding
from advice.intake.models import Contact, Enquiry, LostLink
from tests.advice.factories import CANARY_WORDS, employer, enquiry
from tests.advice.test_workflow import Scene

pytestmark = pytest.mark.django_db

JO = "jo@home.example"


def form(address, **more):
    began = dumps(
        ["0c4c1d0a-2010-5417-9c0e-5a11ad71ce00", clock.now().timestamp() - 60], salt="advice.find"
    )
    return {"email": address, "began": began, **more}


def press(client, address, **more):
    return client.post("/advice/find/", form(address, **more))


@pytest.fixture
def asked():
    made = enquiry(email=JO)
    Notification.objects.all().delete()
    return made


def test_the_answer_is_the_same_for_any_address(client, asked):
    body = employer()
    enquiry(email="ann@leicester.example", employer=body)
    answers = set()
    for address in (JO, "nobody@home.example", "ann@leicester.example"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = press(client, address)
        shown = client.get(answer.url).content.decode()
        asked_of = [query["sql"].split(" VALUES")[0].split(" WHERE")[0] for query in queries]
        answers.add((answer.status_code, answer.url, clean(shown), tuple(asked_of)))
    assert len(answers) == 1


def clean(page):
    """Without what differs on every page: its token and nonce."""
    return page.split("<main")[1].split("</main>")[0]


def test_nothing_is_looked_up_while_they_wait(client, asked):
    press(client, JO)
    assert LostLink.objects.get().address == JO
    assert not Notification.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_new_link_comes_by_quiet_mail_and_the_old_one_still_works(client):
    made = enquiry(email=JO)
    old = links.issue("advice.mine", made, address=JO)
    Notification.objects.all().delete()
    press(client, JO.upper())
    tasks.send_lost_links()
    assert not LostLink.objects.exists()
    delivery.deliver_waiting()
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([JO], "A message is waiting for you")
    token = message.body.split("/advice/e/")[1].split("/")[0]
    assert token != old
    for each in (token, old):
        client.post(f"/advice/e/{each}/", {"open-link": "yes"})
        page = client.get(f"/advice/e/{each}/").content.decode()
        assert made.reference in page
        assert CANARY_WORDS not in page


def test_an_address_that_we_do_not_know_gets_nothing(client, asked):
    press(client, "nobody@home.example")
    assert finding.send_all() == 1
    assert not Notification.objects.exists()


def test_where_the_employer_reads_the_link_is_held(client):
    enquiry(email="jo@leicester.example", employer=employer())
    Notification.objects.all().delete()
    press(client, "jo@leicester.example")
    finding.send_all()
    delivery.deliver_waiting()
    assert Notification.objects.get().held_because == "employer-domain"
    assert mail.outbox == []


def test_each_question_has_its_mail_up_to_five_and_neither_old_ones_nor_spam(client):
    year_ago = clock.now() - datetime.timedelta(days=366)
    made = [enquiry(email=JO) for _each in range(6)]
    Enquiry.objects.filter(pk=made[0].pk).update(created_at=year_ago)
    spam = Scene("spam").enquiry
    Contact.objects.filter(enquiry=spam).update(email=JO)
    Notification.objects.all().delete()
    press(client, JO)
    finding.send_all()
    told = Notification.objects.filter(kind="enquiry.find").values_list("subject_id", flat=True)
    assert sorted(told) == [each.pk for each in made[1:]]


def test_one_address_is_looked_up_three_times_an_hour(client, asked):
    for _press in range(5):
        assert press(client, JO).url == "/advice/find/sent/"
    assert LostLink.objects.count() == finding.ASKS_AN_ADDRESS
    with time_machine.travel(clock.now() + datetime.timedelta(hours=1)):
        press(client, JO)
    assert LostLink.objects.count() == finding.ASKS_AN_ADDRESS + 1


def test_one_network_asks_ten_times_an_hour(client):
    for number in range(10):
        assert press(client, f"a{number}@home.example").status_code == 302
    page = press(client, "last@home.example").content.decode()
    assert "Try again in an hour" in page
    assert "last@home.example" in page


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "Enter the address that you gave"),
        ("\x00", "Enter the address that you gave"),
        ("<b>@x", "Enter an e-mail address like"),
        ("a" * 100_000 + "@home.example", "Enter an e-mail address"),
    ],
)
def test_a_wrong_address_gets_a_sentence(client, address, sentence):
    assert sentence in press(client, address).content.decode()
    assert not LostLink.objects.exists()


def test_a_robot_is_slowed_down(client):
    assert "Press the button once more" in press(client, JO, website="x").content.decode()
    assert not LostLink.objects.exists()


@pytest.mark.parametrize("path", ["/advice/find/", "/advice/find/sent/"])
def test_the_pages_cost_at_most_four_queries(client, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert client.get(path).status_code == 200


def test_what_waits_to_be_looked_up_names_no_address():
    waits = LostLink.objects.create(address=JO)
    assert str(waits) == f"lost link {waits.pk}"
