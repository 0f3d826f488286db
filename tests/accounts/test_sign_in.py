"""Signing in, signing out, and a forgotten password."""

import re

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from activity import delivery, outbox
from activity.models import Notification
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_signing_in_goes_where_one_was_going(client, amina):
    response = client.get("/accounts/me/")
    typed = {"login": amina.email, "password": PASSWORD, "next": "/accounts/me/"}
    assert response["Location"] == "/accounts/sign-in/?next=/accounts/me/"
    assert 'name="next" value="/accounts/me/"' in client.get(response["Location"]).content.decode()
    assert client.post("/accounts/sign-in/", typed)["Location"] == "/accounts/me/"


def test_signing_in_goes_to_what_waits(signed_in):
    response = signed_in.get("/accounts/sign-in/")
    assert response["Location"] == reverse("start")


@pytest.mark.parametrize("login", ["amina@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(client, amina, login):
    response = client.post("/accounts/sign-in/", {"login": login, "password": "wrong"})
    text = response.content.decode()
    assert "The e-mail address or the password is not right" in text
    assert f'value="{login}"' in text


def test_signing_out_takes_a_button(signed_in):
    assert "Sign out" in signed_in.get("/accounts/sign-out/").content.decode()
    assert signed_in.get("/accounts/me/").status_code == 200
    assert signed_in.post("/accounts/sign-out/")["Location"] == "/"
    assert signed_in.get("/accounts/me/").status_code == 302


def test_forgetting_gets_the_same_answer_for_any_address(client, amina):
    pages = []
    for address in (amina.email, "nobody@example.org"):
        response = client.post("/accounts/forgot/", {"email": address}, follow=True)
        assert response.redirect_chain == [("/accounts/forgot/sent/", 302)]
        pages.append(response.content)
    assert pages[0] == pages[1]
    kinds = set(Notification.objects.values_list("kind", flat=True))
    assert kinds == {"account.reset", "account.unknown"}


def test_a_reset_link_gives_a_new_password_once(client, amina):
    key = f"{user_pk_to_url_str(amina)}-{default_token_generator.make_token(amina)}"
    page = client.get(f"/accounts/reset/{key}/", follow=True)
    address = page.redirect_chain[-1][0]
    assert address.endswith("-set-password/")
    assert 'name="password2"' not in page.content.decode()
    response = client.post(address, {"password1": "another set of words"})
    assert response["Location"] == "/accounts/reset/done/"
    amina.refresh_from_db()
    assert amina.check_password("another set of words")
    assert "This link has ended" in client.get(f"/accounts/reset/{key}/").content.decode()


def test_the_old_password_does_not_work_after_a_change(signed_in, amina):
    typed = {"oldpassword": PASSWORD, "password1": "another set of words"}
    assert signed_in.post("/accounts/me/password/", typed)["Location"] == "/accounts/me/"
    amina.refresh_from_db()
    assert not amina.check_password(PASSWORD)
    assert "Your password is changed." in signed_in.get("/accounts/me/").content.decode()


def test_ten_failures_close_the_door_for_a_while_even_to_the_right_password(client, amina):
    for _ in range(10):
        client.post("/accounts/sign-in/", {"login": amina.email, "password": "wrong"})
    right = client.post("/accounts/sign-in/", {"login": amina.email, "password": PASSWORD})
    assert "Too many tries. Wait 15 minutes" in right.content.decode()
    assert client.get("/accounts/me/").status_code == 302


def test_at_most_six_mails_an_hour_go_to_an_address(client, amina):
    for _ in range(8):
        answer = client.post("/accounts/forgot/", {"email": amina.email})
        assert answer["Location"] == "/accounts/forgot/sent/"
    assert Notification.objects.filter(address=amina.email).count() == 6


def test_the_mail_for_a_forgotten_password_carries_a_link_that_works(client, amina, mailoutbox):
    client.post("/accounts/forgot/", {"email": amina.email})
    delivery.deliver_waiting()
    (mail,) = mailoutbox
    path = re.search(r"/accounts/reset/\S+", mail.body)[0]
    page = client.get(path, follow=True)
    assert "Choose a new password" in page.content.decode()


def test_other_mail_about_an_account_leads_to_the_account(amina, mailoutbox):
    outbox.tell("account.password_changed", amina, [amina.email])
    outbox.tell_address("account.unknown", "nobody@example.org")
    delivery.deliver_waiting()
    links = {mail.to[0]: re.search(r"http\S+", mail.body)[0] for mail in mailoutbox}
    assert links[amina.email].endswith("/accounts/me/")
    assert links["nobody@example.org"].endswith("/accounts/sign-up/")


def test_somebody_without_a_password_chooses_a_first_one(client, amina):
    amina.set_unusable_password()
    amina.save()
    client.force_login(amina)
    assert "Choose a password" in client.get("/accounts/me/password/first/").content.decode()
    client.post("/accounts/me/password/first/", {"password1": "another set of words"})
    amina.refresh_from_db()
    assert amina.check_password("another set of words")


def test_the_mail_to_a_new_account_carries_a_link_that_confirms_it(client, mailoutbox):
    typed = {"name": "Jo", "email": "jo@home.example", "password1": "another set of words"}
    client.post("/accounts/sign-up/", typed)
    delivery.deliver_waiting()
    (mail,) = mailoutbox
    client.post(re.search(r"/accounts/confirm/\S+", mail.body)[0])
    assert EmailAddress.objects.get(email="jo@home.example").verified
