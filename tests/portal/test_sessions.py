"""A session that is used goes on, and a form that comes after its end is not lost."""

import datetime

import pytest
import time_machine

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NINE = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
WORDS = "Nurses from <b>two</b> wards."


def minutes(n: int) -> datetime.timedelta:
    return datetime.timedelta(minutes=n)


def sign_in(client, user) -> None:
    client.post("/accounts/sign-in/", {"login": user.email, "password": "a long enough secret"})


@pytest.fixture
def user():
    user = UserFactory()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def test_somebody_who_goes_on_working_stays_signed_in(client, user):
    with time_machine.travel(NINE, tick=False) as time:
        sign_in(client, user)
        for _ in range(3):
            time.shift(minutes(50))
            assert client.get("/start/").status_code == 200


def test_somebody_who_does_nothing_for_an_hour_is_signed_out(client, user):
    with time_machine.travel(NINE, tick=False) as time:
        sign_in(client, user)
        time.shift(minutes(61))
        assert client.get("/start/").status_code == 302


def test_a_page_soon_after_another_does_not_write_the_session(client, user):
    with time_machine.travel(NINE, tick=False) as time:
        sign_in(client, user)
        time.shift(minutes(2))
        assert "sessionid" not in client.get("/start/").cookies


def test_what_was_typed_after_the_end_is_shown_to_copy(client):
    page = client.post("/proposals/new/", {"title": WORDS, "once": "mark", "password": "hush"})
    assert page.status_code == 403
    text = page.content.decode()
    assert "You were signed out" in text
    assert "Nurses from &lt;b&gt;two&lt;/b&gt; wards." in text
    assert 'href="/accounts/sign-in/?next=/proposals/new/"' in text
    assert "hush" not in text
    assert "mark" not in text.split("What you wrote, to copy")[1].split("<footer")[0]


def test_a_press_without_words_leads_to_the_sign_in_page(client):
    assert client.post("/proposals/new/", {"title": " "}).status_code == 302


def test_a_page_knows_how_long_its_session_lasts(client, user):
    with time_machine.travel(NINE, tick=False) as time:
        sign_in(client, user)
        time.shift(minutes(3))
        assert 'data-seconds="3420"' in client.get("/start/").content.decode()
        time.shift(minutes(3))
        assert 'data-seconds="3600"' in client.get("/start/").content.decode()


def test_staying_puts_the_end_off(client, user):
    with time_machine.travel(NINE, tick=False) as time:
        sign_in(client, user)
        time.shift(minutes(4))
        assert client.post("/accounts/stay/").content == b"3600"
        time.shift(minutes(58))
        assert client.get("/start/").status_code == 200


def test_nobody_stays_after_the_end_or_by_a_link(client, user):
    assert client.post("/accounts/stay/").status_code == 403
    client.force_login(user)
    assert client.get("/accounts/stay/").status_code == 405
