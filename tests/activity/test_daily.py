"""The daily mail: nothing is lost, nothing is told twice, and secrecy holds for every part of it."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.models import User
from activity import daily, notices, outbox, subjects, tasks
from activity.account_adapter import SUBJECTS
from activity.kinds import How
from activity.models import Notification
from tests.at_once import at_once
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
KIND, OTHER, SILENT, FIXED = (
    "proposal.begin",
    "mentorship.answer",
    "proposal.withdraw",
    "proposal.decided",
)
# A Monday at noon; its daily mail is Tuesday's.
MONDAY = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
TUESDAY = datetime.datetime(2026, 3, 3, 8, tzinfo=datetime.UTC)


@pytest.fixture
def person() -> User:
    user = UserFactory(email="amira@home.example")
    notices.choose(user, {KIND: How.DAY, OTHER: How.DAY, SILENT: How.OFF})
    return user


@pytest.fixture
def time():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def as_subject():
    """Say something else of users as what messages speak of, for one test."""
    yield lambda **words: subjects.register(
        subjects.Subject(**({"model": User, "address": lambda *_: "/start/"} | words))
    )
    for subject in SUBJECTS:
        subjects.register(subject)


def tell(person, kind=KIND) -> Notification:
    return outbox.tell(kind, person, [person])[0]


def again(message: Notification) -> Notification:
    message.refresh_from_db()
    return message


def everything() -> None:
    """What the worker does by itself in a minute."""
    tasks.sweep()
    tasks.send_daily_mails()


# --- Secrecy ----------------------------------------------------------------------------------


def test_a_guard_is_asked_for_every_part_when_the_mail_leaves(person, time, postbox, as_subject):
    kept, told = tell(person), tell(person, OTHER)
    everything()
    as_subject(guard=lambda message, _: "conflict" if message.kind == KIND else None)
    time.move_to(TUESDAY)
    everything()
    (mail,) = postbox.mails
    assert mail["Subject"] == "A message is waiting for you"
    assert again(kept).held_because == "conflict"
    assert again(told).sent_at is not None


def test_no_mail_says_that_there_is_something_which_may_not_be_told(
    person, time, postbox, as_subject
):
    tell(person)
    everything()
    as_subject(guard=lambda *_: "employer-domain")
    time.move_to(TUESDAY)
    everything()
    assert postbox.mails == []


def test_one_quiet_part_makes_the_whole_mail_quiet(person, time, postbox, as_subject):
    as_subject(quiet=lambda message, _: message.kind == KIND)
    tell(person)
    tell(person, OTHER)
    everything()
    time.move_to(TUESDAY)
    everything()
    (mail,) = postbox.mails
    assert (mail["Subject"], mail["From"]) == ("2 messages are waiting for you", "portal@localhost")
    words = mail.get_content()
    assert words.startswith("You have 2 new messages. Sign in where you usually do")
    assert "Mutuals" not in words


def test_the_mail_says_how_many_wait_and_where_and_nothing_else(person, time, postbox):
    messages = outbox.tell(KIND, person, [person], due_on=datetime.date(2026, 4, 2))
    messages[0].reference = "RTP-2026-0042"
    messages[0].save()
    tell(person, OTHER)
    everything()
    time.move_to(TUESDAY)
    everything()
    (mail,) = postbox.mails
    words = mail["Subject"] + mail.get_content()
    assert "2 messages are waiting for you in your inbox" in words
    assert "http://127.0.0.1:8000/inbox/" in words
    for secret in ("RTP", "April", "assessment", "Assessment", "mentor"):
        assert secret not in words


def test_a_closed_account_gets_no_daily_mail(person, time, postbox):
    message = tell(person)
    everything()
    User.objects.update(is_active=False)
    time.move_to(TUESDAY)
    everything()
    assert again(message).held_because == "account-closed"
    assert postbox.mails == []


# --- Nothing lost -----------------------------------------------------------------------------


def test_what_waits_for_the_daily_mail_comes_in_one_mail_at_eight(person, time, postbox):
    first, second = tell(person), tell(person, OTHER)
    everything()
    time.move_to(TUESDAY - datetime.timedelta(seconds=1))
    everything()
    assert postbox.mails == []
    time.move_to(TUESDAY)
    everything()
    everything()
    (mail,) = postbox.to("amira@home.example")
    assert mail["Message-ID"] in [f"<{first.pk}@localhost>", f"<{second.pk}@localhost>"]
    assert again(first).sent_at == again(second).sent_at == TUESDAY


def test_what_is_off_is_in_the_inbox_and_not_mailed(person, time, postbox):
    message = tell(person, SILENT)
    everything()
    assert again(message).held_because == "not-wanted"
    assert list(Notification.objects.inbox_of(person).unread()) == [message]
    assert postbox.mails == []


def test_what_cannot_wait_comes_at_once_whatever_was_written_down(person, time, postbox):
    person.notice_choices.create(kind=FIXED, how=How.OFF)
    tell(person, FIXED)
    everything()
    assert len(postbox.mails) == 1


def test_what_can_wait_but_not_be_off_waits_whatever_was_written_down(person, time, postbox):
    person.notice_choices.filter(kind=KIND).update(how=How.OFF)
    message = tell(person)
    everything()
    assert (again(message).held_at, again(message).put_off_to) == (None, TUESDAY)


def test_what_no_longer_waits_when_its_mail_is_made_comes_by_itself(person, time, postbox):
    tell(person)
    other = tell(person, OTHER)
    everything()
    person.notice_choices.filter(kind=KIND).delete()
    time.move_to(TUESDAY)
    assert daily.deliver_due() == 1
    (mail,) = postbox.mails
    assert mail["Subject"] == "A message is waiting for you"
    assert again(other).sent_at == TUESDAY
    tasks.sweep()
    assert len(postbox.mails) == 2


def test_somebody_without_an_account_is_told_at_once(person, time, postbox):
    outbox.tell(KIND, person, ["amira@home.example"])
    everything()
    assert len(postbox.mails) == 1


def test_what_was_read_meanwhile_is_not_mailed(person, time, postbox):
    read, unread = tell(person), tell(person)
    everything()
    Notification.objects.filter(pk=read.pk).update(read_at=MONDAY)
    time.move_to(TUESDAY)
    everything()
    (mail,) = postbox.mails
    assert mail["Subject"] == "A message is waiting for you"
    assert again(read).held_because == "read-already"
    assert again(unread).sent_at == TUESDAY


@pytest.mark.parametrize(
    ("to", "held", "mails"), [(How.NOW, "", 1), (How.OFF, "not-wanted", 0), (How.DAY, "", 0)]
)
def test_a_choice_changed_while_a_message_waits_holds_for_it(
    person, time, postbox, to, held, mails
):
    notices.choose(person, {SILENT: How.DAY})
    message = tell(person, SILENT)
    everything()
    notices.choose(person, {SILENT: to})
    everything()
    assert again(message).held_because == held
    assert len(postbox.mails) == mails
    time.move_to(TUESDAY)
    everything()
    assert len(postbox.mails) == (0 if to == How.OFF else 1)


def test_a_mail_server_that_is_away_loses_nothing(person, time, postbox, settings):
    first, second = tell(person), tell(person)
    everything()
    time.move_to(TUESDAY)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    everything()
    assert {again(first).failure, again(second).failure} == {"line-ConnectionRefusedError"}
    settings.EMAIL_PORT = port
    time.shift(datetime.timedelta(minutes=1))
    everything()
    (mail,) = postbox.mails
    assert mail["Subject"] == "2 messages are waiting for you"


def test_three_days_without_a_mail_server_are_counted_from_the_daily_mail(person, time, postbox):
    # Maundy Thursday's message comes after Easter: five days later.
    time.move_to(datetime.datetime(2026, 4, 2, 9, tzinfo=datetime.UTC))
    message = tell(person)
    everything()
    postbox.refuse["amira@home.example"] = "450 later"
    time.move_to(datetime.datetime(2026, 4, 7, 7, tzinfo=datetime.UTC))
    everything()
    assert (again(message).failed_at, message.attempts) == (None, 1)


def test_an_address_refused_for_good_is_shown_for_every_part(person, time, postbox):
    postbox.refuse["amira@home.example"] = "550 no such person"
    tell(person)
    tell(person)
    everything()
    time.move_to(TUESDAY)
    everything()
    assert Notification.objects.undelivered().count() == 2


def test_a_mistake_of_ours_in_one_part_keeps_no_other_back(person, time, postbox, as_subject):
    def broken(message, record):
        if message.kind == KIND:
            raise KeyError("a guard's mistake")

    bad, good = tell(person), tell(person, OTHER)
    everything()
    as_subject(guard=broken)
    time.move_to(TUESDAY)
    everything()
    assert again(bad).failure == "ours-KeyError"
    assert again(good).sent_at is not None


def test_a_mistake_of_ours_in_the_words_holds_up_nobody_behind(person, time, postbox, as_subject):
    def broken(message, record):
        if record.pk == person.pk:
            raise KeyError("a quiet mistake")
        return False

    other = UserFactory(email="jo@home.example")
    notices.choose(other, {KIND: How.DAY})
    bad, good = tell(person), tell(other)
    everything()
    as_subject(quiet=broken)
    time.move_to(TUESDAY)
    everything()
    assert again(bad).failure == "ours-KeyError"
    assert again(good).sent_at is not None


def test_each_person_has_a_mail_of_their_own(person, time, postbox):
    other = UserFactory(email="jo@home.example")
    notices.choose(other, {KIND: How.DAY})
    tell(person)
    tell(other)
    everything()
    time.move_to(TUESDAY)
    assert daily.deliver_due() == 2
    assert {mail["To"] for mail in postbox.mails} == {"amira@home.example", "jo@home.example"}


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_mail(postbox):
    user = UserFactory(email="amira@home.example")
    notices.choose(user, {KIND: How.DAY})
    for _ in range(5):
        tell(user)
    Notification.objects.update(put_off_to=MONDAY)
    assert sorted(at_once(*[daily.deliver_due] * 4)) == [0, 0, 0, 1]
    (mail,) = postbox.mails
    assert mail["Subject"] == "5 messages are waiting for you"


# --- Eight in the morning ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "mailed"),
    [
        ("2026-03-02 07:59", "2026-03-02"),  # a Monday
        ("2026-03-02 08:00", "2026-03-03"),
        ("2026-03-06 12:00", "2026-03-09"),  # over a weekend
        ("2026-03-27 18:00", "2026-03-30"),  # over the change to summer time
        ("2026-04-02 09:00", "2026-04-07"),  # over Good Friday and Easter Monday
        ("2026-12-24 09:00", "2026-12-29"),  # Boxing Day is a Saturday: its Monday is kept
    ],
)
def test_it_comes_at_eight_uk_time_on_a_working_day(told, mailed):
    at = datetime.datetime.fromisoformat(told).replace(tzinfo=LONDON)
    expected = datetime.datetime.fromisoformat(f"{mailed} 08:00").replace(tzinfo=LONDON)
    assert notices.next_daily_mail(at) == expected


def test_a_way_that_a_kind_does_not_have_is_refused(person):
    with pytest.raises(ValueError, match="cannot come"):
        notices.choose(person, {FIXED: How.OFF})
    assert not person.notice_choices.filter(kind=FIXED).exists()
