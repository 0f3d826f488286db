"""The mark of a form, sent with somebody else's: nothing is shown, overwritten, lost or broken."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from activity.models import Event
from activity.workflow import MovedOn
from advice.answers import actions as answers
from advice.intake.models import Enquiry, Message, Note
from advice.queue import actions as queue
from tests.advice.factories import (
    adviser,
    again,
    canary,
    held,
    link,
    provider,
    somebody,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = adviser()
    client.force_login(user)
    return user


def there(made, name):
    return reverse(f"advice:{name}", args=[made.reference])


def marks_of(made):
    """The marks that the rows of an enquiry carry: none of them may open or stop anything."""
    return [made.once, *made.messages.values_list("once", flat=True), *noted(made)]


def noted(made):
    return made.notes.values_list("once", flat=True)


@pytest.fixture
def theirs():
    """An enquiry of another provider, with words, a reply and a note."""
    other = adviser(provider("co-operatives-uk"))
    made = held(other, topic="LEG-1")
    answers.note(enquiry=made, words="their note", once=uuid.uuid4(), by=again(other))
    return answers.reply(
        enquiry=made, words="their reply", once=uuid.uuid4(), seen=made.revision, by=again(other)
    )


@pytest.mark.parametrize("name", ["reply", "wait"])
def test_words_to_the_enquirer_with_marks_of_another_are_sent_as_what_they_are(
    client, user, theirs, name
):
    before = list(theirs.messages.values("pk", "words", "once"))
    for mark in marks_of(theirs):
        mine = held(user)
        form = {"words": "mine", "once": str(mark), "seen": mine.revision}
        assert client.post(there(mine, name), form).status_code == 302
        assert mine.messages.last().words == "mine"
    assert list(theirs.messages.values("pk", "words", "once")) == before


def test_notes_with_marks_of_another_are_noted_as_what_they_are(client, user, theirs):
    mine = held(user)
    for number, mark in enumerate(marks_of(theirs)):
        form = {"words": f"note {number}", "once": str(mark)}
        page = client.post(there(mine, "note"), form, follow=True)
        assert page.status_code == 200
        assert b"their note" not in page.content
    assert mine.notes.count() == len(marks_of(theirs))
    assert theirs.notes.get().words == "their note"


def test_a_hand_over_with_the_mark_of_another_goes_through(client, user, theirs):
    for mark in marks_of(theirs):
        mine, colleague = held(user), adviser()
        form = {"reason": "why", "once": str(mark), "seen": mine.revision}
        response = client.post(there(mine, "hand_over"), {**form, "colleague": colleague.email})
        assert response.status_code == 302
        assert mine.notes.get().words == "why"


def test_added_words_with_marks_of_another_or_of_a_reply_are_added(client, user, theirs):
    mine = held(user)
    mine = answers.reply(
        enquiry=mine, words="ours", once=uuid.uuid4(), seen=mine.revision, by=again(user)
    )
    token = link(client, mine)
    marks = [*marks_of(theirs), *marks_of(mine)]
    for number, mark in enumerate(marks):
        form = {"words": f"more {number}", "once": str(mark)}
        assert client.post(f"/advice/e/{token}/add/", form).status_code == 302
    assert mine.messages.filter(author=None, words__startswith="more").count() == len(marks)
    assert theirs.messages.count() == 2


@pytest.mark.parametrize("name", ["reply", "wait"])
def test_words_changed_on_the_way_back_are_never_said_to_be_sent(client, user, name):
    mine = held(user)
    form = {"words": "first", "once": str(uuid.uuid4()), "seen": mine.revision}
    client.post(there(mine, name), form)
    page = client.post(there(mine, name), {**form, "words": "second thoughts"})
    assert page.status_code == 409
    assert b"second thoughts" in page.content
    assert mine.messages.last().words == "first"


def test_a_note_changed_on_the_way_back_is_another_note(client, user):
    mine, once = held(user), str(uuid.uuid4())
    for words in ("first", "second", "second"):
        client.post(there(mine, "note"), {"words": words, "once": once})
    assert list(mine.notes.values_list("words", flat=True)) == ["first", "second"]


def test_added_words_changed_on_the_way_back_are_added(client):
    made, once = canary(email=""), str(uuid.uuid4())
    token = link(client, made)
    for words in ("first", "second", "second", "first"):
        client.post(f"/advice/e/{token}/add/", {"words": words, "once": once})
    assert list(made.messages.values_list("words", flat=True))[1:] == ["first", "second"]


def test_a_note_on_what_went_to_another_provider_meanwhile_is_refused(user):
    mine = held(user)
    stale = Enquiry.objects.get(pk=mine.pk)
    to = {"to": provider("co-operatives-uk"), "reason": "why", "once": uuid.uuid4()}
    queue.hand_over(enquiry=mine, **to, seen=mine.revision, by=again(user))
    with pytest.raises(MovedOn):
        answers.note(enquiry=stale, words="too late", once=uuid.uuid4(), by=again(user))
    assert not Note.objects.filter(words="too late").exists()
    assert not Event.objects.filter(kind="enquiry.note").exists()


def test_a_note_by_somebody_who_does_not_answer_for_it_is_refused(user):
    mine = held(user)
    for by in (adviser(provider("co-operatives-uk")), somebody()):
        with pytest.raises(PermissionDenied):
            answers.note(enquiry=mine, words="w", once=uuid.uuid4(), by=by)
    assert not Note.objects.exists()


def test_who_may_hand_over_and_to_whom_is_judged_on_the_enquiry_as_it_is(user):
    mine, colleague = held(user), adviser()
    stale = Enquiry.objects.get(pk=mine.pk)
    to = {"to": provider("co-operatives-uk"), "reason": "why", "once": uuid.uuid4()}
    moved = queue.hand_over(enquiry=mine, **to, seen=mine.revision, by=again(user))
    other = adviser(provider("co-operatives-uk"))
    moved = queue.claim(enquiry=moved, seen=moved.revision, by=other)
    # Its adviser now, from a page of before, with a mark of now: never back to the old provider.
    to = {"to": colleague, "reason": "why", "once": uuid.uuid4()}
    with pytest.raises(PermissionDenied):
        queue.hand_over(enquiry=stale, **to, seen=moved.revision, by=again(other))
    moved.refresh_from_db()
    assert (moved.provider.slug, moved.adviser) == ("co-operatives-uk", other)


def test_a_claim_keeps_the_provider_of_the_enquiry_as_it_is(user):
    mine = held(user, topic=None)
    stale = Enquiry.objects.get(pk=mine.pk)
    to = {"to": provider("co-operatives-uk"), "reason": "why", "once": uuid.uuid4()}
    moved = queue.hand_over(enquiry=mine, **to, seen=mine.revision, by=again(user))
    other = adviser(provider("co-operatives-uk"))
    claimed = queue.claim(enquiry=stale, seen=moved.revision, by=other)
    assert claimed.provider.slug == "co-operatives-uk"
    assert Message.objects.filter(enquiry=claimed).count() == 1


def test_handing_over_twice_to_a_colleague_is_once(client, user):
    mine, colleague = held(user), adviser()
    form = {"reason": "why", "once": str(uuid.uuid4()), "seen": mine.revision}
    for _ in range(2):
        response = client.post(there(mine, "hand_over"), {**form, "colleague": colleague.email})
    assert response.status_code == 302
    assert Note.objects.count() == 1
