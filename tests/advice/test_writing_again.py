"""Writing again: soon after an answer it goes on, later it is a new question that follows."""

import datetime
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from activity import links
from activity.models import Notification
from activity.worktime import UK
from advice.answers import actions as answers
from advice.intake import actions as intake
from advice.intake.models import Enquiry, Outcome
from advice.queue import actions as queue
from tests.advice.factories import (
    CANARIES,
    CANARY_WORDS,
    adviser,
    again,
    held,
    holder,
    link,
    provider,
)

pytestmark = pytest.mark.django_db

BEGAN = datetime.datetime(2027, 4, 6, 10, tzinfo=UK)
LAST = datetime.datetime(2027, 5, 5, 17, tzinfo=UK)
TOO_LATE = datetime.datetime(2027, 5, 6, 0, 1, tzinfo=UK)


@pytest.fixture
def moved():
    with time_machine.travel(BEGAN, tick=False) as traveller:
        yield traveller


def closed(user, **fields):
    """Answered at once and closed six days later."""
    made = held(user, **CANARIES, **fields)
    write = {"words": "Yes", "once": uuid.uuid4(), "seen": made.revision}
    made = answers.reply(enquiry=made, by=again(user), **write)
    return close(made, user)


def close(made, user):
    outcome = {"outcome": Outcome.HELPED, "seen": made.revision}
    return queue.close(enquiry=made, by=again(user), **outcome)


def press(client, token, words="And then?", once=None):
    form = {"words": words, "once": str(once or uuid.uuid4())}
    return client.post(f"/advice/e/{token}/add/", form)


def test_within_twenty_working_days_of_the_answer_it_goes_on(moved, client):
    user = adviser()
    made = closed(user)
    moved.move_to(LAST)
    token = link(client, made)
    assert "Write again" in client.get(f"/advice/e/{token}/").content.decode()
    assert press(client, token).url == f"/advice/e/{token}/"
    made.refresh_from_db()
    assert (made.status, made.adviser, made.outcome) == ("with-adviser", user, "")
    assert made.clock_from == LAST
    assert Notification.objects.filter(kind="enquiry.add", user=user).count() == 1


def test_the_time_runs_from_the_answer_and_not_from_its_closing(moved):
    user = adviser()
    made = held(user)
    write = {"words": "Yes", "once": uuid.uuid4(), "seen": made.revision}
    made = answers.reply(enquiry=made, by=again(user), **write)
    moved.move_to(datetime.datetime(2027, 5, 4, 10, tzinfo=UK))
    made = close(made, user)
    moved.move_to(TOO_LATE)
    with pytest.raises(PermissionDenied, match="follows this one"):
        intake.add(enquiry=made, words="x", once=uuid.uuid4(), by=holder(made))


def test_what_was_closed_without_an_answer_goes_on_from_its_closing(moved):
    user = adviser()
    made = held(user)
    moved.move_to(datetime.datetime(2027, 5, 4, 10, tzinfo=UK))
    made = close(made, user)
    moved.move_to(TOO_LATE)
    back = intake.add(enquiry=made, words="x", once=uuid.uuid4(), by=holder(made))
    assert back.status == "with-adviser"


@pytest.mark.parametrize("is_closed", [True, False])
def test_where_its_adviser_left_it_goes_to_the_queue_of_the_provider(moved, is_closed):
    user = adviser()
    made = held(user)
    write = {"words": "Yes", "once": uuid.uuid4(), "seen": made.revision}
    made = answers.reply(enquiry=made, by=again(user), **write)
    made = close(made, user) if is_closed else made
    user.appointments.update(ends_on="2027-04-06")
    moved.move_to(datetime.datetime(2027, 4, 7, 10, tzinfo=UK))
    back = intake.add(enquiry=made, words="x", once=uuid.uuid4(), by=holder(made))
    assert (back.status, back.adviser, back.provider) == ("queued", None, made.provider)


def test_later_it_is_a_new_question_with_its_link_on_the_same_page(moved, client):
    made = closed(adviser(), topic="STF-1")
    moved.move_to(TOO_LATE)
    token = link(client, made)
    page = client.get(f"/advice/e/{token}/").content.decode()
    assert "Ask again" in page
    assert "Later it becomes a new question" not in page
    assert "so this is a new question" in client.get(f"/advice/e/{token}/add/").content.decode()
    shown = client.post(
        f"/advice/e/{token}/add/", {"words": "And then?", "once": uuid.uuid4()}, follow=True
    )
    new = Enquiry.objects.get(follows=made)
    assert shown.redirect_chain == [("/advice/ask/sent/", 302)]
    assert new.reference in shown.content.decode()
    assert (new.status, new.adviser, new.topic) == ("queued", None, made.topic)
    assert new.provider == made.topic.lead
    for name in CANARIES:
        assert getattr(new.contact, name) == getattr(made.contact, name)
    assert new.employer_must_not_know
    assert Notification.objects.filter(kind="enquiry.receive", subject_id=new.pk).count() == 1
    made.refresh_from_db()
    assert made.status == "closed"


def test_both_pages_name_the_other_to_the_enquirer_with_proof_alone(moved, client):
    made = closed(adviser())
    moved.move_to(TOO_LATE)
    new = ask_again(made)
    pages = {
        (each, proved): client.get(
            f"/advice/e/{link(client, each, proved=proved, address=CANARIES['email'])}/"
        ).content.decode()
        for each in (made, new)
        for proved in (True, False)
    }
    for each, other in ((made, new), (new, made)):
        assert other.reference in pages[each, True]
        assert other.reference not in pages[each, False]


def ask_again(made, once=None, words="And then?"):
    return intake.ask_again(enquiry=made, words=words, once=once or uuid.uuid4(), by=holder(made))


def test_advisers_read_of_the_other_only_where_they_may_open_it(moved, client):
    user = adviser()
    made = closed(user)
    moved.move_to(TOO_LATE)
    new = ask_again(made)
    other = adviser(provider("co-operatives-uk"))
    Enquiry.objects.filter(pk=new.pk).update(provider=provider("co-operatives-uk"))
    for reader, mine, theirs in ((user, made, new), (other, new, made)):
        client.force_login(reader)
        page = client.get(reverse("advice:enquiry", args=[mine.reference])).content.decode()
        assert theirs.reference not in page
    Enquiry.objects.filter(pk=new.pk).update(provider=made.provider)
    client.force_login(user)
    for each, other in ((made, new), (new, made)):
        page = client.get(reverse("advice:enquiry", args=[each.reference])).content.decode()
        assert reverse("advice:enquiry", args=[other.reference]) in page


def test_pressed_twice_it_is_asked_again_once(moved, client):
    made = closed(adviser())
    moved.move_to(TOO_LATE)
    token, once = link(client, made), uuid.uuid4()
    for _press in range(2):
        assert press(client, token, once=once).status_code == 302
    assert Enquiry.objects.filter(follows=made).count() == 1
    assert Enquiry.objects.get(follows=made).messages.count() == 1


def test_nobody_else_asks_again_for_them(moved, client):
    made = closed(adviser())
    moved.move_to(TOO_LATE)
    for by in (holder(made, proved=False), holder(held(adviser()))):
        with pytest.raises(PermissionDenied):
            intake.ask_again(enquiry=made, words="x", once=uuid.uuid4(), by=by)
    token = links.issue("advice.mine", made, address=CANARIES["email"])
    assert press(client, token).status_code == 403
    assert not Enquiry.objects.filter(follows=made).exists()


@pytest.mark.parametrize("words", ["", "\x00", "word " * 501])
def test_wrong_words_ask_nothing(moved, client, words):
    made = closed(adviser())
    moved.move_to(TOO_LATE)
    page = press(client, link(client, made), words)
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert not Enquiry.objects.filter(follows=made).exists()


def test_what_they_write_is_shown_as_they_wrote_it(moved, client):
    made = closed(adviser())
    moved.move_to(TOO_LATE)
    new = ask_again(made, words="<b>\u202eRight</b>" + CANARY_WORDS)
    page = client.get(f"/advice/e/{link(client, new)}/").content.decode()
    assert "<b>" not in page.split("<main")[1]
    assert CANARY_WORDS in page
