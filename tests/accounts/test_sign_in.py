"""Signing in, signing out, and a forgotten password."""

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

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
