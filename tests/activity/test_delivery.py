"""Mail leaves at least once, is never lost, and gives up only when it must."""

import datetime
import smtplib

import pytest
import time_machine
from django.core.mail.backends.smtp import EmailBackend

from accounts.models import User
from activity import clock, delivery, outbox, subjects
from activity.account_adapter import SUBJECTS
from activity.models import Notification
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

KIND = "account.password_changed"
NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)


@pytest.fixture
def person():
    return UserFactory(email="amira@home.example")


@pytest.fixture
def user_subject():
    """Put back what a test registers for users."""
    yield subjects
    for subject in SUBJECTS:
        subjects.register(subject)


def tell(person, **more) -> Notification:
    return outbox.tell(KIND, person, [person], **more)[0]


def again(message: Notification) -> Notification:
    message.refresh_from_db()
    return message


def test_a_mail_arrives_once_with_its_own_id(person, postbox):
    message = tell(person)
    assert delivery.deliver_waiting() == 1
    assert delivery.deliver_waiting() == 0
    (mail,) = postbox.to("amira@home.example")
    assert mail["Message-ID"] == f"<{message.pk}@localhost>"
    assert mail["Subject"] == "Your password was changed"
    assert "http://127.0.0.1:8000/accounts/me/" in mail.get_content()
    assert again(message).sent_at is not None
    assert message.attempts == 1


def test_nothing_of_the_mail_is_kept(person, postbox):
    message = tell(person)
    delivery.deliver_waiting()
    row = " ".join(str(value) for value in Notification.objects.values_list().get())
    assert "password was" not in row
    assert "http" not in row
    assert str(message) == KIND


def test_what_is_only_for_the_inbox_is_not_mailed(person, postbox):
    outbox.tell("case.message", person, [person])
    assert delivery.deliver_waiting() == 0
    assert postbox.mails == []


def test_one_connection_carries_many_mails(person, postbox, monkeypatch):
    for _ in range(3):
        tell(person)
    opened = []
    real = delivery.get_connection
    monkeypatch.setattr(delivery, "get_connection", lambda **more: opened.append(1) or real(**more))
    assert delivery.deliver_waiting() == 3
    assert len(opened) == 1


def test_an_address_refused_for_good_fails_at_once_and_stops_nobody_else(person, postbox):
    other = UserFactory(email="jo@home.example")
    postbox.refuse["amira@home.example"] = "550 no such person amira@home.example"
    refused, fine = tell(person), tell(other)
    delivery.deliver_waiting()
    assert again(refused).failed_at is not None
    assert refused.failure == "smtp-550"
    assert again(fine).sent_at is not None


def test_a_mail_whose_words_are_refused_for_good_fails_at_once(person, postbox):
    postbox.refuse_data = "554 no"
    message = tell(person)
    delivery.deliver_waiting()
    assert again(message).failure == "smtp-554"
    assert message.failed_at is not None


def test_a_temporary_refusal_is_tried_again_by_the_timetable(person, postbox):
    postbox.refuse["amira@home.example"] = "450 later"
    with time_machine.travel(NOON, tick=False) as traveller:
        message = tell(person)
        waits = []
        for _ in range(7):
            delivery.deliver_waiting()
            waits.append((again(message).try_at - clock.now()) // datetime.timedelta(minutes=1))
            traveller.move_to(message.try_at)
        assert waits == [1, 2, 5, 15, 60, 60, 60]
        assert (message.failed_at, message.failure) == (None, "smtp-450")
        postbox.refuse.clear()
        delivery.deliver_waiting()
    assert again(message).sent_at is not None


def test_after_three_days_it_gives_up_and_says_so(person, postbox):
    postbox.refuse["amira@home.example"] = "450 later"
    with time_machine.travel(NOON, tick=False) as traveller:
        message = tell(person)
        traveller.shift(datetime.timedelta(hours=71, minutes=59, seconds=30))
        delivery.deliver_waiting()
    assert again(message).failed_at is not None
    assert list(Notification.objects.undelivered()) == [message]


def test_a_mail_server_that_is_away_stops_the_run_and_loses_nothing(person, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    first, second = tell(person), tell(person)
    assert delivery.deliver_waiting() == 1
    assert again(first).failure == "line-ConnectionRefusedError"
    assert again(second).attempts == 0
    assert Notification.objects.filter(failed_at=None, sent_at=None).count() == 2


def test_a_message_about_something_gone_is_held(person, postbox):
    message = outbox.tell(KIND, person, ["a@home.example"])[0]
    person.delete()
    delivery.deliver_waiting()
    assert again(message).held_because == "record-gone"
    assert postbox.mails == []


def test_nobody_whose_account_is_closed_gets_mail(person, postbox):
    message = tell(person)
    person.is_active = False
    person.save()
    delivery.deliver_waiting()
    assert again(message).held_because == "account-closed"


def test_a_guard_is_asked_when_the_mail_leaves(person, postbox, user_subject):
    message = tell(person)
    subjects.register(
        subjects.Subject(
            model=type(person), address=lambda *_: "/", guard=lambda *_: "employers-domain"
        )
    )
    delivery.deliver_waiting()
    assert again(message).held_because == "employers-domain"
    assert postbox.mails == []


def test_a_guard_holds_a_mail_before_its_link_is_made(person, postbox, user_subject):
    made = []
    message = tell(person)
    subjects.register(
        subjects.Subject(
            model=type(person),
            address=lambda *_: "/",
            guard=lambda *_: "employers-domain",
            prepare=lambda *_: made.append(1) or {},
        )
    )
    delivery.deliver_waiting()
    assert again(message).held_because == "employers-domain"
    assert made == []


def test_quiet_mail_gives_nothing_away(person, postbox, user_subject):
    subjects.register(
        subjects.Subject(model=type(person), address=lambda *_: "/start/", quiet=lambda *_: True)
    )
    tell(person, due_on=datetime.date(2027, 4, 2))
    delivery.deliver_waiting()
    (mail,) = postbox.mails
    assert mail["Subject"] == "A message is waiting for you"
    assert mail["From"] == "portal@localhost"
    assert "It needs you by 2 April 2027." in mail.get_content()
    assert "password" not in mail.get_content()
    assert "/start/" not in mail.get_content()
    assert "http://127.0.0.1:8000/inbox/" in mail.get_content()


def test_a_link_made_for_a_quiet_mail_stays(person, postbox, user_subject):
    subjects.register(
        subjects.Subject(
            model=type(person),
            address=lambda *_: "/start/",
            quiet=lambda *_: True,
            prepare=lambda *_: {"path": "/join/x/"},
        )
    )
    tell(person)
    delivery.deliver_waiting()
    (mail,) = postbox.mails
    assert "http://127.0.0.1:8000/join/x/" in mail.get_content()


@pytest.mark.parametrize("broken", ["address", "guard", "prepare"])
def test_a_mistake_of_ours_holds_up_nobody_behind_it(person, postbox, user_subject, broken):
    def wrong(notification, record):
        if record.pk == person.pk:
            raise KeyError("a name in a template")
        return {"address": "/", "guard": None, "prepare": {}}[broken]

    words = {"address": lambda *_: "/", broken: wrong}
    subjects.register(subjects.Subject(model=type(person), **words))
    bad, good = tell(person), tell(UserFactory(email="jo@home.example"))
    delivery.deliver_waiting()
    assert again(bad).failure == "ours-KeyError"
    assert again(good).sent_at is not None


def test_a_line_that_drops_while_closing_is_no_error(person, postbox, monkeypatch):
    def dropped(connection):
        smtp_close(connection)
        raise smtplib.SMTPServerDisconnected

    smtp_close = EmailBackend.close
    monkeypatch.setattr(EmailBackend, "close", dropped)
    tell(person)
    assert delivery.deliver_waiting() == 1
    assert len(postbox.mails) == 1


def test_which_failures_are_for_good():
    refused = smtplib.SMTPRecipientsRefused
    assert delivery.is_permanent(refused({"a": (550, b"")}))
    assert not delivery.is_permanent(refused({"a": (450, b"")}))
    assert delivery.is_permanent(UnicodeError())
    assert not delivery.is_permanent(smtplib.SMTPAuthenticationError(535, b""))
    assert not delivery.is_permanent(TimeoutError())
    assert delivery.failure_code(refused({"a": (450, b"")})) == "smtp-450"
    assert delivery.failure_code(smtplib.SMTPSenderRefused(501, b"", "a")) == "smtp-501"


@pytest.mark.parametrize("part", ["prepare", "address"])
def test_a_mistake_in_the_database_is_noted_and_the_mail_behind_it_leaves(
    person, postbox, user_subject, part
):
    def wrong(notification, record):
        return User.objects.raw("SELECT no_such_column FROM accounts_user")[0]

    parts = {"address": lambda notification, record: "/", part: wrong}
    user_subject.register(subjects.Subject(model=User, **parts))
    first = tell(person)
    outbox.tell_address("account.unknown", "jo@home.example")
    delivery.deliver_waiting()
    assert again(first).failure == "ours-ProgrammingError"
    assert len(postbox.to("jo@home.example")) == 1
