"""Messages that could not be delivered, for those who can put it right."""

import pytest
from django.core import mail

from accounts.models import Role
from activity import clock, outbox
from activity.models import Notification
from tests.factories import UserFactory, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed() -> Notification:
    user = UserFactory(email="gone@home.example")
    (message,) = outbox.tell("account.password_changed", user, [user])
    message.failed_at, message.failure, message.attempts = clock.now(), "smtp-550", 1
    message.save()
    return message


@pytest.mark.parametrize("role", [None, Role.REVIEWER, Role.ADVISER, Role.MENTOR])
def test_others_may_not_see_it(client, failed, role):
    client.force_login(somebody(role) if role else UserFactory())
    assert client.get("/activity/outbox/").status_code == 403
    assert client.post(f"/activity/outbox/{failed.pk}/resend/").status_code == 403


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR])
def test_failures_are_shown_and_sent_again(client, failed, role, postbox):
    client.force_login(somebody(role))
    page = client.get("/activity/outbox/").content.decode()
    assert "gone@home.example" in page
    assert "smtp-550" in page
    client.post(f"/activity/outbox/{failed.pk}/resend/")
    failed.refresh_from_db()
    assert (failed.failed_at, failed.attempts, failed.failure) == (None, 0, "")
    assert "Everything has been delivered" in client.get("/activity/outbox/").content.decode()


def test_pressed_twice_it_is_sent_again_once(client, failed):
    client.force_login(somebody(Role.ADMINISTRATOR))
    for _ in range(2):
        assert client.post(f"/activity/outbox/{failed.pk}/resend/").status_code == 302


def test_the_page_of_mail_in_files_is_for_this_computer_only(client, settings, tmp_path):
    settings.MAIL_DIR = tmp_path
    assert "No mail yet" in client.get("/activity/mail/").content.decode()
    assert client.get("/activity/mail/", REMOTE_ADDR="10.0.0.1").status_code == 404
    settings.EMBEDDED = False
    assert client.get("/activity/mail/").status_code == 404


def test_mail_in_files_is_shown_newest_first_and_escaped(client, settings, tmp_path):
    settings.MAIL_DIR = settings.EMAIL_FILE_PATH = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    for subject in ("First", "Second <b>"):
        mail.send_mail(subject, "Words\nhttp://127.0.0.1:8000/x/", None, ["a@home.example"])
    page = client.get("/activity/mail/").content.decode()
    assert "Second &lt;b&gt;" in page
    assert '<a href="http://127.0.0.1:8000/x/"' in page
