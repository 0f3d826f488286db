"""The draft of a reply: kept as it is typed, read by its author alone, lost by nothing."""

import json
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import User
from advice.answers import drafts
from advice.answers.forms import ReplyForm
from advice.answers.models import ReplyDraft
from advice.answers.replies import saving
from advice.intake import actions as intake
from advice.intake.models import Message
from advice.queue import actions as queue
from tests.advice.factories import (
    advice_lead,
    adviser,
    again,
    gone,
    held,
    holder,
    link,
    provider,
)
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
CANARY = "Half a canary"
SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def user(client):
    user = adviser()
    client.force_login(user)
    return user


def at(made, name="reply"):
    return reverse(f"advice:{name}", args=[made.reference])


def typed(made, words=CANARY, **also):
    return {"words": words, "seen": made.revision, "once": str(uuid.uuid4()), **also}


def save(client, made, words=CANARY, **also):
    return client.post(at(made), typed(made, words, **also), **SCRIPT)


def hand_over(made, to, by):
    fields = {"reason": "why", "once": uuid.uuid4(), "seen": made.revision}
    return queue.hand_over(enquiry=made, to=to, **fields, by=again(by))


def test_what_is_typed_saves_itself_and_is_there_again(client, user):
    made = held(user)
    for words in (CANARY, f"{CANARY} and a half"):
        answer = save(client, made, words, used="LEG-2.1", find="lock")
        assert answer.json()["said"].startswith("Saved at ")
        assert answer.json()["seen"] == str(made.revision)
    assert ReplyDraft.objects.get().words == f"{CANARY} and a half"
    for name in ("reply", "wait"):
        read = client.get(at(made, name))
        assert read.context["form"]["words"].value() == f"{CANARY} and a half"
        assert read.context["form"]["used"].value() == "LEG-2.1"
    made.refresh_from_db()
    assert (made.revision, made.messages.count()) == (1, 1)


def test_by_its_button_it_is_kept_and_by_another_thrown_away(client, user):
    made = held(user)
    assert client.post(at(made), typed(made, press="save")).url == at(made, "enquiry")
    page = client.get(at(made, "enquiry")).content.decode()
    assert "Draft reply" in page
    assert CANARY not in page
    assert client.post(at(made), typed(made, press="discard")).url == at(made, "enquiry")
    assert not ReplyDraft.objects.exists()


@pytest.mark.parametrize(
    "words", ["", "\x00\x07", "\u202eback", "<b>x</b>", "w" * 100_000, "word " * 1500]
)
def test_a_draft_takes_whatever_is_typed(client, user, words):
    made = held(user)
    assert save(client, made, words).status_code == 200
    kept = ReplyDraft.objects.get().words
    assert "\x00" not in kept
    assert "\u202e" not in kept
    assert len(kept) == len(words.replace("\x00\x07", "").replace("\u202e", ""))
    assert b"<b>x" not in client.get(at(made)).content


def test_a_save_after_another_provider_got_it_says_so_and_keeps_nothing(rf, user):
    made = held(user)
    request = rf.post(at(made), typed(made))
    request.user = adviser(provider("co-operatives-uk"))
    answer = saving.autosave(request, made, ReplyForm(request.POST))
    assert answer.status_code == 403
    assert "another provider has this enquiry" in json.loads(answer.content)["said"]
    assert not ReplyDraft.objects.exists()


def test_sending_it_ends_it_and_a_late_save_does_not_bring_it_back(client, user):
    made = held(user)
    save(client, made)
    client.post(at(made), typed(made))
    assert not ReplyDraft.objects.exists()
    late = save(client, made)
    assert late.status_code == 409
    assert "nobody can reply" in late.json()["said"]
    assert not ReplyDraft.objects.exists()


def test_saving_says_that_something_came_and_the_guard_still_stops_the_reply(client, user):
    made = held(user)
    intake.add(enquiry=made, words="One thing more", once=uuid.uuid4(), by=holder(made))
    told = save(client, made).json()
    assert "Something new has happened" in told["said"]
    assert told["seen"] == str(made.revision)
    response = client.post(at(made), typed(made))
    assert response.status_code == 409
    read = response.content.decode()
    assert "One thing more" in read
    assert "kept as your draft" in read
    assert ReplyDraft.objects.get().words == CANARY
    form = response.context["form"]
    drawn = {name: form[name].value() for name in ("words", "seen", "once")}
    assert client.post(at(made), drawn).status_code == 302


@pytest.mark.parametrize("also", [{}, {"press": "save"}])
def test_what_can_be_sent_no_more_is_kept_too(client, user, also):
    made = held(user)
    intake.withdraw(enquiry=made, seen=made.revision, by=holder(made))
    response = client.post(at(made), typed(made, **also))
    assert response.status_code == 409
    assert CANARY in response.content.decode()
    assert ReplyDraft.objects.exists() == (not also)


def test_its_author_alone_reads_it_after_a_hand_over(client, user):
    colleague = adviser()
    made = held(user)
    save(client, made)
    hand_over(made, colleague, user)
    assert CANARY in client.get(at(made, "enquiry")).content.decode()
    for reader in (colleague, advice_lead()):
        client.force_login(reader)
        page = client.get(at(made, "enquiry")).content.decode()
        assert "Draft reply" in page
        assert CANARY not in page
    client.force_login(colleague)
    assert CANARY not in client.get(at(made)).content.decode()


def test_another_provider_learns_nothing_of_it_nor_can_its_author_read_on(client, user):
    made = held(user)
    save(client, made)
    other = adviser(provider("co-operatives-uk"))
    made = hand_over(made, provider("co-operatives-uk"), user)
    queue.claim(enquiry=made, seen=made.revision, by=again(other))
    assert save(client, made).status_code == 404
    assert not ReplyDraft.objects.visible_to(again(user)).exists()
    client.force_login(other)
    page = client.get(at(made)).content.decode()
    assert CANARY not in page


def test_the_enquirer_never_meets_it(client, user):
    made = held(user)
    save(client, made)
    client.logout()
    token = link(client, made)
    for name in ("mine", "add", "withdraw"):
        with gone():
            page = client.get(reverse(f"advice:{name}", args=[token])).content.decode()
        assert CANARY not in page
    client.force_login(user)
    assert "ENQ-" not in client.get("/search/?q=half+canary").content.decode()


def test_whoever_may_not_write_saves_nothing(client, user):
    made = held(user)
    theirs = User.objects.get(pk=user.pk)
    client.force_login(adviser(provider("co-operatives-uk")))
    assert save(client, made).status_code == 404
    made.provider = provider("co-operatives-uk")
    made.save(update_fields=["provider"])
    with pytest.raises(PermissionDenied):
        drafts.save(enquiry=made, words="x", used="", by=theirs)
    drafts.keep_refused(enquiry=made, words="x", used="", by=theirs)
    assert not ReplyDraft.objects.exists()


def test_an_answered_enquiry_costs_no_more_than_it_may(client, user, django_assert_max_num_queries):
    made = held(user)
    client.post(at(made), typed(made))
    client.get(at(made, "enquiry"))
    with django_assert_max_num_queries(10):
        client.get(at(made, "enquiry"))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_replies_at_once_one_goes_and_the_other_is_kept(client):
    user = adviser()
    made = held(user)
    texts = ["The first half", "The second half"]

    def press(words):
        own = type(client)()
        own.force_login(user)
        return own.post(at(made), typed(made, words)).status_code

    codes = at_once(*[lambda words=words: press(words) for words in texts])
    assert sorted(codes) == [302, 409]
    said = Message.objects.get(author=user).words
    assert {said, ReplyDraft.objects.get().words} == set(texts)
