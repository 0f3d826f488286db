"""A colleague reads a reply before it goes: who is asked, who reads it, and who never learns of it."""

import uuid

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role
from activity import delivery
from activity.models import Event, Notification
from advice.answers import actions as answers
from advice.answers import drafts
from advice.answers.checks import actions
from advice.answers.checks.models import ReplyCheck, Verdict
from advice.intake import actions as intake
from advice.queue import actions as queue
from tests.advice.factories import (
    advice_lead,
    adviser,
    again,
    employer,
    gone,
    held,
    holder,
    link,
    provider,
    somebody,
)
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
CANARY = "Canary draft"
SONG = "The canary says: shorter"


@pytest.fixture
def user(client):
    user = adviser()
    client.force_login(user)
    return user


def at(made, name="check"):
    return reverse(f"advice:{name}", args=[made.reference])


def written(user, words=CANARY, **fields):
    made = held(user, **fields)
    drafts.save(enquiry=made, words=words, used="", by=again(user))
    return made


def ask(made, user, colleague, once=None):
    once = once or uuid.uuid4()
    return actions.ask_check(enquiry=made, colleague=colleague, once=once, by=again(user))


def say(asked, by, verdict=Verdict.CHANGE, said=SONG):
    return actions.check(asked=asked, verdict=verdict, said=said, by=again(by))


def test_asked_read_and_told(client, user):
    colleague, made = advice_lead(), written(user)
    page = client.get(at(made, "ask_check")).content.decode()
    assert CANARY in page
    assert "Only you and whom you ask" in page
    form = {"colleague": colleague.email, "once": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post(at(made, "ask_check"), form).url == at(made, "enquiry")
    (told,) = Notification.objects.filter(kind="enquiry.ask_check")
    assert (told.user, told.ids) == (colleague, {})
    assert "is asked to read it" in client.get(at(made, "enquiry")).content.decode()
    assert "has not been read yet" in client.get(at(made)).content.decode()
    client.force_login(colleague)
    read = client.get(at(made)).content.decode()
    assert CANARY in read
    assert "May eight canaries" in read
    for _ in range(2):
        sent = {"verdict": "change", "said": SONG}
        assert client.post(at(made), sent).url == at(made)
    assert SONG in client.get(at(made)).content.decode()
    assert Notification.objects.get(kind="enquiry.check").user == user
    assert Event.objects.get(kind="enquiry.check").data == {"verdict": "change"}
    client.force_login(user)
    for name in ("reply", "check", "wait"):
        assert SONG in client.get(at(made, name)).content.decode()
    assert "has read it" in client.get(at(made, "enquiry")).content.decode()


def test_its_mail_leads_to_the_reading_and_says_no_word_of_it(user):
    colleague, made = adviser(), written(user)
    ask(made, user, colleague)
    delivery.deliver_waiting()
    (message,) = mail.outbox
    assert at(made) in message.body
    assert "anary" not in message.subject + message.body


def test_what_is_typed_now_is_kept_on_the_way_to_asking(client, user):
    made = held(user)
    words = {"words": CANARY, "seen": made.revision, "once": str(uuid.uuid4()), "press": "ask"}
    assert client.post(at(made, "reply"), words).url == at(made, "ask_check")
    assert "Nobody else of Employee Ownership" in client.get(at(made, "ask_check")).content.decode()
    other = held(user)
    assert b"There is no draft to read yet" in client.get(at(other, "ask_check")).content


@pytest.mark.parametrize("who", ["myself", "elsewhere", "no role", "nobody", "\x00", "x" * 100_000])
def test_only_a_colleague_of_the_provider_is_asked(client, user, who):
    people = {
        "myself": user,
        "elsewhere": adviser(provider("co-operatives-uk")),
        "no role": somebody(Role.REVIEWER, employer()),
    }
    made = written(user)
    adviser()
    email = people[who].email if who in people else who
    sent = client.post(at(made, "ask_check"), {"colleague": email, "once": str(uuid.uuid4())})
    assert b"There is a problem" in sent.content
    assert b"Choose a colleague from the list" in sent.content or who == "\x00"
    if who in people:
        with pytest.raises(PermissionDenied):
            ask(made, user, people[who])
    assert not ReplyCheck.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose whether to send it"),
        ({"verdict": "open"}, "Choose whether to send it"),
        ({"verdict": "change"}, "Write what should change"),
        ({"verdict": "change", "said": "\x00\u202e"}, "Write what should change"),
        ({"verdict": "send", "said": "w " * 50_000}, "Take out 49500."),
    ],
)
def test_what_is_wrong_is_told(client, user, typed, sentence):
    colleague, made = adviser(), written(user)
    ask(made, user, colleague)
    client.force_login(colleague)
    assert sentence in client.post(at(made), typed).content.decode()
    assert ReplyCheck.objects.get().is_open


def test_nobody_else_reads_the_draft_nor_what_was_said(client, user):
    colleague, made = adviser(), written(user)
    say(ask(made, user, colleague), colleague)
    for reader in (adviser(), advice_lead()):
        client.force_login(reader)
        assert client.get(at(made)).status_code == 404
        assert client.post(at(made), {"verdict": "send"}).status_code == 404
        page = client.get(at(made, "enquiry")).content.decode()
        assert CANARY not in page
        assert SONG not in page
        with pytest.raises(PermissionDenied):
            say(ReplyCheck.objects.get(), reader)
    client.force_login(adviser(provider("co-operatives-uk")))
    for name in ("check", "ask_check"):
        assert client.get(at(made, name)).status_code == 404
    client.force_login(somebody(Role.REVIEWER, employer()))
    assert client.get(at(made)).status_code == 403


def test_the_enquirer_meets_no_word_of_it_on_page_mail_or_in_search(client, user):
    colleague, made = adviser(), written(user, email="jo@home.example")
    say(ask(made, user, colleague), colleague)
    words = {"words": "The true reply", "once": uuid.uuid4(), "seen": made.revision}
    answers.reply(enquiry=made, **words, by=again(user))
    client.logout()
    token = link(client, made)
    with gone():
        delivery.deliver_waiting()
        pages = [client.get(reverse(f"advice:{name}", args=[token])) for name in ("mine", "add")]
        client.force_login(user)
        pages.append(client.get("/search/?q=canary+shorter"))
    read = "".join(page.content.decode() for page in pages)
    read += "".join(f"{message.subject} {message.body}" for message in mail.outbox)
    assert "The true reply" in read
    for secret in (SONG, CANARY, colleague.name):
        assert secret not in read
    for row in (*Event.objects.values(), *Notification.objects.values()):
        assert "anary" not in str(row)


def test_once_the_enquiry_is_elsewhere_both_read_it_no_more(client, user):
    colleague, made = adviser(), written(user)
    asked = ask(made, user, colleague)
    queue.hand_over(
        enquiry=made,
        to=provider("co-operatives-uk"),
        reason="why",
        once=uuid.uuid4(),
        seen=made.revision,
        by=again(user),
    )
    for reader in (user, colleague):
        client.force_login(reader)
        assert client.get(at(made)).status_code == 404
    with pytest.raises(PermissionDenied):
        say(asked, colleague)


def test_a_reply_that_was_sent_is_asked_about_no_longer(client, user):
    colleague, made = adviser(), written(user)
    ask(made, user, colleague)
    words = {"words": CANARY, "once": uuid.uuid4(), "seen": made.revision}
    answers.reply(enquiry=made, **words, by=again(user))
    client.force_login(colleague)
    assert b"It is no longer asked" in client.get(at(made)).content
    assert client.post(at(made), {"verdict": "send"}).status_code == 409
    client.force_login(user)
    assert client.get(at(made, "ask_check")).status_code == 409


def test_asked_anew_the_one_before_is_asked_no_longer(user):
    made, first, second = written(user), adviser(), adviser()
    before, now = ask(made, user, first), ask(made, user, second)
    before.refresh_from_db()
    assert (before.verdict, now.is_open) == ("taken-back", True)


def test_without_a_draft_or_an_open_enquiry_nobody_is_asked(user):
    colleague = adviser()
    for made in (held(user), written(user)):
        if made.reply_drafts.exists():
            intake.withdraw(enquiry=made, seen=made.revision, by=holder(made))
        with pytest.raises(actions.MovedOn):
            ask(made, user, colleague)
    with pytest.raises(PermissionDenied, match="has this one"):
        ask(written(user), colleague, user)


def test_the_database_refuses_what_cannot_be(user):
    colleague, made = adviser(), written(user)
    asked = ask(made, user, colleague)
    for wrong in ({"colleague": user}, {"verdict": "change"}, {"verdict": "send"}, {"said": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReplyCheck.objects.filter(pk=asked.pk).update(**wrong)


def test_its_pages_cost_no_more_than_they_may(client, user, django_assert_max_num_queries):
    colleague, made = adviser(), written(user)
    say(ask(made, user, colleague), colleague)
    for name in ("check", "ask_check"):
        client.get(at(made, name))
        with django_assert_max_num_queries(8):
            client.get(at(made, name))
    for name in ("reply", "enquiry"):
        with django_assert_max_num_queries(10):
            client.get(at(made, name))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_verdict_and_the_sending_at_once():
    user, colleague = adviser(), adviser()
    made = written(user)
    asked = ask(made, user, colleague)
    words = {"words": CANARY, "once": uuid.uuid4(), "seen": made.revision}
    said, sent = at_once(
        lambda: say(asked, colleague),
        lambda: answers.reply(enquiry=made, **words, by=again(user)),
    )
    asked.refresh_from_db()
    assert type(sent).__name__ == "Enquiry"
    assert asked.verdict == ("change" if isinstance(said, ReplyCheck) else "taken-back")
