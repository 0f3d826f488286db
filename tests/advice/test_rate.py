"""Saying how it went: by the enquirer alone, read by the lead alone, changed until it is closed."""

import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role
from activity.actors import System
from activity.models import Event
from activity.workflow import MovedOn
from advice.answers import actions as answers
from advice.intake import actions as intake
from advice.intake.models import Enquiry, Outcome, Rating, Went
from advice.queue import actions as queue
from tests.advice.factories import (
    advice_lead,
    adviser,
    again,
    employer,
    held,
    holder,
    let_go,
    link,
    provider,
    somebody,
)

pytestmark = pytest.mark.django_db

CANARY = "The canary was not helped"


@pytest.fixture
def user():
    return adviser()


@pytest.fixture
def answered(user):
    return reply(held(user, email="jo@home.example"), user)


def reply(made, user):
    write = {"words": "Yes", "once": uuid.uuid4(), "seen": made.revision}
    return let_go(answers.reply(enquiry=made, by=again(user), **write))


def close(made, outcome=Outcome.HELPED):
    return queue.close(enquiry=made, outcome=outcome, seen=made.revision, by=again(made.adviser))


def press(client, made, went="not", words=CANARY, seen=None, token=None):
    token = token or link(client, made)
    form = {"went": went, "words": words, "seen": made.revision if seen is None else seen}
    return client.post(f"/advice/e/{token}/rate/", form)


def test_the_page_asks_one_question_in_words(client, answered):
    token = link(client, answered)
    assert f"/advice/e/{token}/rate/" in client.get(f"/advice/e/{token}/").content.decode()
    page = client.get(f"/advice/e/{token}/rate/").content.decode()
    assert page.count('type="radio"') == 5
    for label in Went.labels:
        assert str(label) in page
    assert not Rating.objects.exists()


def test_what_was_said_is_kept_and_shown_to_them(client, answered):
    token = link(client, answered)
    assert press(client, answered, token=token).url == f"/advice/e/{token}/"
    said = Rating.objects.get()
    assert (said.answer, said.went, said.words) == (answered.messages.last(), "not", CANARY)
    assert (
        "You said of this: It did not help." in client.get(f"/advice/e/{token}/").content.decode()
    )
    assert Event.objects.get(kind="enquiry.rate").data == {}
    assert Enquiry.objects.get().revision == answered.revision


def test_it_is_changed_until_it_is_closed(client, answered):
    press(client, answered)
    press(client, answered, "solved", "")
    assert Rating.objects.values_list("went", "words").get() == ("solved", "")
    page = client.get(f"/advice/e/{link(client, answered)}/rate/").content.decode()
    assert re.search(r'value="solved"[^>]*checked', page)
    closed = close(answered)
    assert press(client, closed, "not").status_code == 409
    assert Rating.objects.get().went == "solved"


def test_who_said_nothing_before_can_say_it_once_it_is_closed(client, answered):
    closed = close(answered)
    assert press(client, closed, "partly").status_code == 302
    assert Rating.objects.get().went == "partly"


def test_each_answer_has_its_own(client, user, answered):
    press(client, answered, "not")
    back = intake.add(enquiry=answered, words="?", once=uuid.uuid4(), by=holder(answered))
    assert press(client, back, "solved").status_code == 409
    press(client, reply(back, user), "solved")
    assert list(Rating.objects.order_by("answer").values_list("went", flat=True)) == [
        "not",
        "solved",
    ]


def test_an_old_page_rates_nothing(client, answered):
    assert press(client, answered, seen=0).status_code == 409
    assert not Rating.objects.exists()


def test_there_is_nothing_to_rate_before_an_answer_or_without_one(client, user):
    made = held(user)
    for each in (made, close(made, Outcome.NOT_REACHED)):
        token = link(client, each)
        assert client.get(f"/advice/e/{token}/rate/").status_code == 409
        assert "Say how it went" not in client.get(f"/advice/e/{token}/").content.decode()
        with pytest.raises(MovedOn):
            intake.rate(enquiry=each, went=Went.NOT, words="", seen=each.revision, by=holder(each))


def test_nobody_but_the_enquirer_rates(client, answered):
    for by in (holder(answered, proved=False), holder(held(adviser()))):
        with pytest.raises(PermissionDenied):
            intake.rate(enquiry=answered, went=Went.NOT, words="", seen=answered.revision, by=by)
    token = link(client, answered, proved=False, address="jo@home.example")
    assert client.get(f"/advice/e/{token}/rate/").url == f"/link/{token}/code/"
    page = press(client, answered, token=token)
    assert (page.status_code, CANARY in page.content.decode()) == (403, True)


@pytest.mark.parametrize(
    ("went", "words"),
    [("", "x"), ("splendid", "x"), ("5", ""), ("solved", "word " * 201)],
)
def test_wrong_answers_get_a_sentence_and_keep_what_was_typed(client, answered, went, words):
    page = press(client, answered, went, words)
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert not Rating.objects.exists()


def test_strange_letters_are_taken_out_or_escaped(client, user, answered):
    press(client, answered, "solved", "<script>\x00\u202e</script>")
    client.force_login(advice_lead())
    page = client.get(reverse("advice:enquiry", args=[answered.reference])).content.decode()
    assert "&lt;script&gt;" in page
    assert "\x00" not in Rating.objects.get().words


def test_the_lead_of_the_provider_reads_it_and_whoever_answered_does_not(client, user, answered):
    press(client, answered)
    other = provider("co-operatives-uk")
    pages = {}
    for reader in (advice_lead(), user, adviser()):
        client.force_login(reader)
        page = client.get(reverse("advice:enquiry", args=[answered.reference]))
        pages[reader] = (CANARY in page.content.decode(), page.status_code)
    assert list(pages.values()) == [(True, 200), (False, 200), (False, 200)]
    for stranger in (
        adviser(other),
        advice_lead(other),
        somebody(),
        somebody(Role.REVIEWER, employer()),
        System("outbox"),
    ):
        assert not Rating.objects.visible_to(stranger).exists()


def test_the_enquirer_reads_their_own_with_proof(answered):
    intake.rate(
        enquiry=answered, went=Went.NOT, words="", seen=answered.revision, by=holder(answered)
    )
    assert Rating.objects.visible_to(holder(answered)).count() == 1
    for stranger in (holder(answered, proved=False), holder(held(adviser()))):
        assert not Rating.objects.visible_to(stranger).exists()


def test_totals_name_every_answer_those_that_nobody_gave_too(user):
    for went in (Went.SOLVED, Went.SOLVED, Went.NOT):
        made = reply(held(user), user)
        intake.rate(enquiry=made, went=went, words="", seen=made.revision, by=holder(made))
    totals = Rating.objects.visible_to(advice_lead()).totals()
    assert totals == {"solved": 2, "mostly": 0, "partly": 0, "little": 0, "not": 1}


def test_the_database_keeps_one_of_five_for_an_answer(answered):
    intake.rate(
        enquiry=answered, went=Went.NOT, words="", seen=answered.revision, by=holder(answered)
    )
    with pytest.raises(IntegrityError, match="rating_is_one_of_ours"), transaction.atomic():
        Rating.objects.update(went="5")
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(answer=answered.messages.last(), went="not")


def test_a_rating_is_named_by_its_answer_alone_and_its_page_costs_at_most_eight(
    client, user, answered, django_assert_max_num_queries
):
    press(client, answered)
    said = Rating.objects.get()
    assert str(said) == f"rating of answer {said.answer_id}"
    token = link(client, answered)
    for name in ("", "rate/"):
        with django_assert_max_num_queries(8):
            assert client.get(f"/advice/e/{token}/{name}").status_code == 200
    for reader in (advice_lead(), user):
        client.force_login(reader)
        with django_assert_max_num_queries(10):
            client.get(reverse("advice:enquiry", args=[answered.reference]))
