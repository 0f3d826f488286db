"""Two at once, with real connections: one succeeds, nobody waits, nothing is done twice."""

import uuid
from collections.abc import Iterable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from activity.models import Event, Notification
from advice.answers import actions as answers
from advice.intake import actions as intake
from advice.intake.actions import Enquirer
from advice.intake.models import AdvicePolicy, Enquiry, Message, Note
from advice.queue import actions as queue
from tests.advice.factories import advice_lead, adviser, again, enquiry, held, holder, provider
from tests.at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def kinds(results: Iterable[Any]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_two_advisers_claim_one_enquiry():
    made = enquiry()
    first, second = adviser(), adviser()
    results = at_once(
        lambda: queue.claim(enquiry=made, seen=0, by=first),
        lambda: queue.claim(enquiry=made, seen=0, by=second),
    )
    assert kinds(results) == ["Enquiry", "MovedOn"]
    assert Event.objects.filter(kind="enquiry.claim").count() == 1
    (winner,) = [each for each in results if isinstance(each, Enquiry)]
    made.refresh_from_db()
    assert made.adviser == winner.adviser


def test_a_claim_as_a_lead_reassigns_leaves_one_of_them():
    made, colleague, lead = enquiry(), adviser(), advice_lead()
    user, body = adviser(), provider()
    Enquiry.objects.filter(pk=made.pk).update(provider=body)
    to = {"to": colleague, "reason": "She knows.", "once": uuid.uuid4()}
    results = at_once(
        lambda: queue.claim(enquiry=made, seen=made.revision, by=again(user)),
        lambda: queue.hand_over(enquiry=made, seen=made.revision, by=again(lead), **to),
    )
    assert kinds(results) == ["Enquiry", "MovedOn"]
    made.refresh_from_db()
    is_claimed = isinstance(results[0], Enquiry)
    assert made.adviser == (user if is_claimed else colleague)
    assert Event.objects.filter(kind="enquiry.claim").exists() is is_claimed
    assert Note.objects.filter(enquiry=made).exists() is not is_claimed
    assert Notification.objects.filter(user=colleague).exists() is not is_claimed


def test_sixteen_claimers_share_the_queue_without_a_duplicate():
    for _ in range(60):
        enquiry()
    claimers = [adviser() for _ in range(16)]

    def take_all(user):
        taken = []
        while found := queue.take_next(by=again(user)):
            taken.append(found.pk)
        return taken

    AdvicePolicy.objects.update(enquiries_each=1000)
    results = at_once(*[lambda user=user: take_all(user) for user in claimers])
    assert all(isinstance(result, list) for result in results), results
    taken = [pk for result in results for pk in result]
    assert len(taken) == len(set(taken)) == 60
    assert Event.objects.filter(kind="enquiry.claim").count() == 60
    assert not Enquiry.objects.filter(status="queued").exists()


def test_two_presses_of_one_adviser_do_not_pass_the_limit():
    AdvicePolicy.objects.update(enquiries_each=1)
    for _ in range(4):
        enquiry()
    user = adviser()
    results = at_once(*[lambda: queue.take_next(by=again(user)) for _ in range(4)])
    assert kinds(results) == ["Enquiry", *["PermissionDenied"] * 3]
    assert Enquiry.objects.in_hand_of(user).count() == 1


def test_one_reply_sent_twice_at_once_is_sent_once():
    user = adviser()
    mine = held(user, email="jo@home.example")
    once = uuid.uuid4()
    send = {"enquiry": mine, "words": "Yes.", "once": once, "seen": mine.revision}
    results = at_once(*[lambda: answers.reply(**send, by=again(user)) for _ in range(2)])
    assert kinds(results) == ["Enquiry", "Enquiry"]
    assert Message.objects.filter(author=user).count() == 1
    assert Notification.objects.filter(kind="enquiry.reply").count() == 1


def test_two_replies_at_once_are_one_reply_and_one_moved_on():
    user = adviser()
    mine = held(user)
    results = at_once(
        *[
            lambda: answers.reply(
                enquiry=mine, words="x", once=uuid.uuid4(), seen=mine.revision, by=again(user)
            )
            for _ in range(2)
        ]
    )
    assert kinds(results) == ["Enquiry", "MovedOn"]
    assert Message.objects.filter(author=user).count() == 1


def test_a_reply_and_a_withdrawal_at_once():
    user = adviser()
    mine = held(user)
    results = at_once(
        lambda: answers.reply(
            enquiry=mine, words="x", once=uuid.uuid4(), seen=mine.revision, by=again(user)
        ),
        lambda: intake.withdraw(enquiry=mine, seen=mine.revision, by=holder(mine)),
    )
    assert kinds(results) == ["Enquiry", "MovedOn"]


def test_one_form_pressed_many_times_at_once_asks_once():
    once = uuid.uuid4()
    who = Enquirer(email="jo@home.example")
    press = {"words": "May we?", "enquirer": who, "once": once}
    results = at_once(*[lambda: intake.receive(**press) for _ in range(4)])
    assert {result.pk for result in results} == {Enquiry.objects.get().pk}
    assert Message.objects.count() == Notification.objects.count() == 1


def test_words_added_while_an_adviser_claims_are_kept():
    made = enquiry()
    user = adviser()
    results = at_once(
        lambda: intake.add(enquiry=made, words="also", once=uuid.uuid4(), by=holder(made)),
        lambda: queue.claim(enquiry=made, seen=0, by=user),
    )
    assert "also" in made.messages.values_list("words", flat=True)
    assert not any(isinstance(each, PermissionDenied) for each in results)
    assert kinds(results) in (["Enquiry", "Enquiry"], ["Enquiry", "MovedOn"])


def test_one_form_sent_with_other_words_at_once_keeps_both():
    once = uuid.uuid4()
    texts = ["May we?", "May we leave?", "May we leave?", "May we stay?"]
    results = at_once(
        *[
            lambda words=words: intake.receive(words=words, enquirer=Enquirer(), once=once)
            for words in texts
        ]
    )
    (made,) = Enquiry.objects.all()
    assert {result.pk for result in results} == {made.pk}
    assert sorted(made.messages.values_list("words", flat=True)) == sorted(set(texts))


def test_a_changed_form_and_a_withdrawal_at_once_lose_no_words():
    once = uuid.uuid4()
    made = intake.receive(words="May we?", enquirer=Enquirer(), once=once)
    changed = {"words": "May we leave?", "enquirer": Enquirer(), "once": once}
    results = at_once(
        lambda: intake.receive(**changed),
        lambda: intake.receive(**changed),
        lambda: intake.withdraw(enquiry=made, seen=0, by=holder(made)),
    )
    assert kinds(results) in (["Enquiry"] * 3, ["Enquiry", "Enquiry", "MovedOn"])
    assert Message.objects.filter(words="May we leave?").count() == 1


def test_a_note_and_a_hand_over_at_once_leave_no_note_of_somebody_who_may_not_read():
    user = adviser()
    mine = held(user)
    to = {"to": provider("co-operatives-uk"), "reason": "why", "once": uuid.uuid4()}
    results = at_once(
        lambda: answers.note(enquiry=mine, words="note", once=uuid.uuid4(), by=again(user)),
        lambda: queue.hand_over(enquiry=mine, **to, seen=mine.revision, by=again(user)),
    )
    assert kinds(results) in (["Enquiry", "MovedOn"], ["Enquiry", "Note"])
    notes = list(Note.objects.order_by("pk").values_list("words", flat=True))
    assert notes in (["why"], ["note", "why"])


def test_one_hand_over_pressed_twice_at_once_is_one():
    user, colleague = adviser(), adviser()
    mine = held(user)
    to = {"to": colleague, "reason": "why", "once": uuid.uuid4()}
    results = at_once(
        *[
            lambda: queue.hand_over(enquiry=mine, **to, seen=mine.revision, by=again(user))
            for _ in range(2)
        ]
    )
    assert kinds(results) == ["Enquiry", "Enquiry"]
    assert Note.objects.count() == Notification.objects.filter(user=colleague).count() == 1
