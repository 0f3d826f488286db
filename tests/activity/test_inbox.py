"""What I was told, and nobody else's."""

import pytest
from django.urls import reverse

from activity import counting, keyset, outbox
from activity.models import Notification
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
INBOX = "/inbox/"


@pytest.fixture
def amira(client):
    user = UserFactory(name="Amira Cole")
    client.force_login(user)
    return user


def tell(user, n=1) -> list[Notification]:
    return [outbox.tell("account.password_changed", user, [user])[0] for _ in range(n)]


def test_a_stranger_is_asked_to_sign_in(client):
    page = client.get(INBOX)
    assert page.status_code == 302
    assert page.url.startswith(reverse("account_login"))


def test_an_empty_inbox_says_so(client, amira):
    assert "Nothing new. What you were told stays here." in client.get(INBOX).content.decode()


def test_i_see_what_i_was_told_and_not_what_others_were(client, amira):
    tell(amira)
    tell(UserFactory())
    page = client.get(INBOX).content.decode()
    assert page.count("Your password was changed") == 1
    assert "New" in page


def test_opening_marks_it_read_and_goes_there(client, amira):
    (message,) = tell(amira)
    answer = client.post(f"/inbox/{message.pk}/open/")
    message.refresh_from_db()
    assert message.read_at is not None
    assert answer.url == "/accounts/me/"
    read_at = message.read_at
    client.post(f"/inbox/{message.pk}/open/")
    message.refresh_from_db()
    assert message.read_at == read_at


def test_a_get_marks_nothing(client, amira):
    (message,) = tell(amira)
    client.get(INBOX)
    assert client.get(f"/inbox/{message.pk}/open/").status_code == 405
    message.refresh_from_db()
    assert message.read_at is None


def test_anothers_message_is_not_found(client, amira):
    (message,) = tell(UserFactory())
    assert client.post(f"/inbox/{message.pk}/open/").status_code == 404


def test_a_message_about_something_gone_is_not_found(client, amira):
    other = UserFactory()
    (message,) = outbox.tell("account.password_changed", other, [amira])
    other.delete()
    assert client.post(f"/inbox/{message.pk}/open/").status_code == 404


def test_everything_is_marked_read_at_once(client, amira):
    tell(amira, 3)
    client.post("/inbox/mark-read/")
    assert Notification.objects.unread().count() == 0


def test_the_number_of_unread_messages_stands_on_every_page(client, amira):
    tell(amira, 2)
    page = client.get(INBOX).content.decode()
    assert 'Inbox <span class="app-count">2</span>' in page


def test_unread_messages_past_the_bound_are_said_so(client, amira, monkeypatch):
    monkeypatch.setattr(counting, "MOST", 2)
    tell(amira, 3)
    assert 'Inbox <span class="app-count">2+</span>' in client.get(INBOX).content.decode()
    assert (
        'New in your inbox <span class="app-count">2+</span>'
        in client.get("/start/").content.decode()
    )


def test_a_long_inbox_has_pages(client, amira):
    tell(amira, keyset.ROWS + 1)
    first = client.get(INBOX)
    page = first.context["page"]
    assert len(page.rows) == keyset.ROWS
    assert len(client.get(INBOX, {"after": page.after}).context["page"].rows) == 1
