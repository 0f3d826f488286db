"""Asking the enquirer something: the clock stands still, and runs on when they write."""

import datetime
import uuid

import pytest
import time_machine
from django.urls import reverse

from activity import clock
from activity.models import Notification
from activity.worktime import UK
from advice.answers import actions as answers
from advice.intake import actions as intake
from tests.advice.factories import adviser, again, gone, held, holder, link

pytestmark = pytest.mark.django_db


def uk(*parts):
    return datetime.datetime(*parts, tzinfo=UK)


def wait(made, user, words="Which trust?"):
    write = {"words": words, "once": uuid.uuid4(), "seen": made.revision}
    return answers.wait(enquiry=made, by=again(user), **write)


def add(made, words="This one"):
    return intake.add(enquiry=made, words=words, once=uuid.uuid4(), by=holder(made))


def test_the_page_asks_and_the_enquirer_is_told_by_when(client):
    user = adviser()
    with time_machine.travel(uk(2027, 4, 6, 10, 0), tick=False):
        made = held(user, email="jo@home.example")
        client.force_login(user)
        address = reverse("advice:wait", args=[made.reference])
        assert b"we wait for 20 working days" in client.get(address).content
        form = {"words": "Which trust?", "seen": made.revision, "once": str(uuid.uuid4())}
        assert client.post(address, form).status_code == 302
    made.refresh_from_db()
    assert made.status == "waiting-for-enquirer"
    told = Notification.objects.get(kind="enquiry.wait")
    assert told.due_on == datetime.date(2027, 5, 5)


def test_the_enquirer_sees_the_question_and_answers(client):
    user = adviser()
    made = wait(held(user), user)
    token = link(client, made)
    with gone():
        page = client.get(f"/advice/e/{token}/").content.decode()
    assert "Waiting for you" in page
    assert "Which trust?" in page
    response = client.post(f"/advice/e/{token}/add/", {"words": "This", "once": uuid.uuid4()})
    assert response.url == f"/advice/e/{token}/"
    made.refresh_from_db()
    assert (made.status, made.adviser) == ("with-adviser", user)
    assert Notification.objects.get(kind="enquiry.add").user == user


def test_the_time_waited_is_given_back():
    user = adviser()
    with time_machine.travel(uk(2027, 4, 6, 10, 0), tick=False):
        made = held(user)
    assert made.due_at == uk(2027, 4, 8, 10, 0)
    with time_machine.travel(uk(2027, 4, 6, 12, 0), tick=False):
        made = wait(made, user)
    with time_machine.travel(uk(2027, 4, 7, 12, 0), tick=False):
        made = add(made)
    assert made.due_at == uk(2027, 4, 9, 10, 0)
    assert made.first_reply_due_at == uk(2027, 4, 8, 10, 0)


def test_words_after_an_answer_begin_the_clock_anew():
    user = adviser()
    with time_machine.travel(uk(2027, 4, 6, 10, 0), tick=False):
        made = held(user)
        write = {"words": "Yes", "once": uuid.uuid4(), "seen": made.revision}
        made = answers.reply(enquiry=made, by=again(user), **write)
    with time_machine.travel(uk(2027, 4, 12, 11, 0), tick=False):
        made = add(made)
    assert (made.clock_from, made.due_at) == (uk(2027, 4, 12, 11, 0), uk(2027, 4, 14, 11, 0))
    assert made.status == "with-adviser"


def test_words_while_we_have_it_do_not_move_the_clock():
    user = adviser()
    made = held(user)
    due_at = made.due_at
    assert add(made).due_at == due_at
    assert clock.now() < due_at


def test_what_waits_is_not_late():
    user = adviser()
    with time_machine.travel(uk(2027, 4, 6, 10, 0), tick=False):
        made = wait(held(user), user)
    later = uk(2027, 5, 6, 10, 0)
    assert made not in type(made).objects.late(later)


def test_while_they_are_waited_for_no_button_stands_out_and_the_page_says_what_the_job_does(client):
    user = adviser()
    made = held(user, email="jo@home.example", employer_must_not_know=False)
    client.force_login(user)
    page = client.get(reverse("advice:wait", args=[made.reference])).content.decode()
    assert "Send the question" in page
    assert "we mail them that we need one thing from them" in page
    assert "we remind them once, and then it closes by itself" in page
    wait(made, user)
    page = client.get(reverse("advice:enquiry", args=[made.reference])).content.decode()
    page = page.split("<main")[1].split("</main>")[0]
    assert 'class="govuk-button govuk-button--secondary"' in page
    assert 'class="govuk-button"' not in page


def test_a_second_question_leaves_the_time_of_the_first_reply():
    user = adviser()
    made = held(user)
    first = wait(made, user).first_replied_at
    made = add(made)
    assert wait(made, user, "And since when?").first_replied_at == first
