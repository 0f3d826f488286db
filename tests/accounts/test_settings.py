"""A person's own account: name, address, password, second step."""

import time

import html5lib
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.urls import reverse

from activity.models import Notification
from tests.accounts.conftest import PASSWORD

OPEN = [
    "account_signup",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "account_inactive",
]
OWN = [
    "accounts:me",
    "accounts:name",
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
]
# What a browser may fill in, by the field's name. A new code is typed, but may come from the app.
PURPOSE = {
    "name": "name",
    "email": "email",
    "login": "username",
    "password": "current-password",
    "oldpassword": "current-password",
    "password1": "new-password",
    "code": "one-time-code",
}


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def secret(amina):
    """The key of an app that she has set up."""
    key = "JBSWY3DPEHPK3PXP"
    TOTP.activate(amina, key)
    return key


def check_page(response):
    tree = html5lib.parse(response.content, namespaceHTMLElements=False)
    assert len(list(tree.iter("h1"))) == 1
    for field in tree.iter("input"):
        if field.get("name") in PURPOSE and field.get("type") != "hidden":
            assert field.get("autocomplete") == PURPOSE[field.get("name")]


@pytest.mark.django_db
@pytest.mark.parametrize("name", OPEN)
def test_page_for_everybody(client, name):
    check_page(client.get(reverse(name)))


@pytest.mark.parametrize("name", OWN)
def test_page_of_my_own(signed_in, name):
    response = signed_in.get(reverse(name))
    assert response.status_code == 200
    check_page(response)


@pytest.mark.parametrize("name", OWN)
@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in_or_away(client, name):
    assert client.get(reverse(name)).status_code == 302


def test_my_account_costs_at_most_five_queries(signed_in, settings, django_assert_max_num_queries):
    settings.TEST_CLOCK = False
    with django_assert_max_num_queries(5):
        signed_in.get("/accounts/me/")


def test_a_name_is_changed(signed_in, amina):
    response = signed_in.post("/accounts/me/name/", {"name": " Amina  Khan "}, follow=True)
    amina.refresh_from_db()
    assert amina.name == "Amina Khan"
    assert "Your name is changed" in response.content.decode()


def test_an_empty_name_keeps_the_old_one(signed_in, amina):
    response = signed_in.post("/accounts/me/name/", {"name": "\u202e"})
    assert "Enter your name" in response.content.decode()
    amina.refresh_from_db()
    assert amina.name == "Amina Yusuf"


def test_a_new_address_waits_for_its_link(signed_in, amina):
    typed = {"email": "new@example.org", "action_add": "yes"}
    text = signed_in.post("/accounts/me/email/", typed, follow=True).content.decode()
    assert "We have sent a link to new@example.org." in text
    assert "Keep the old address" in text
    amina.refresh_from_db()
    assert amina.email == "amina@example.org"
    assert Notification.objects.get().kind == "account.confirm"


def test_the_same_address_is_refused_in_words(signed_in):
    typed = {"email": "amina@example.org", "action_add": "yes"}
    text = signed_in.post("/accounts/me/email/", typed).content.decode()
    assert "This is the address that your account has already" in text


def test_the_second_step_is_set_up_and_asked_for(
    signed_in, amina, django_capture_on_commit_callbacks
):
    page = signed_in.get("/accounts/me/second-step/app/", follow=True)
    if "form" in page.context and "password" in page.context["form"].fields:
        page = signed_in.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    check_page(page)
    assert "data:" not in page.content.decode()
    secret = page.context["form"].secret
    wrong = signed_in.post("/accounts/me/second-step/app/", {"code": "000000"})
    assert "That code is not right or has ended" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        right = signed_in.post("/accounts/me/second-step/app/", {"code": code_of(secret)})
    right = signed_in.get(right["Location"])
    assert Notification.objects.get().kind == "account.second_step"
    check_page(right)
    assert len(right.context["unused_codes"]) == 10
    signed_in.post("/accounts/sign-out/")
    response = signed_in.post("/accounts/sign-in/", {"login": amina.email, "password": PASSWORD})
    assert response["Location"] == "/accounts/second-step/"


def test_a_code_opens_the_door(client, amina, secret):
    client.post("/accounts/sign-in/", {"login": amina.email, "password": PASSWORD})
    check_page(client.get("/accounts/second-step/"))
    response = client.post("/accounts/second-step/", {"code": code_of(secret)})
    assert response["Location"] == reverse("start")


def test_guessing_codes_stops_after_ten(client, amina, secret):
    client.post("/accounts/sign-in/", {"login": amina.email, "password": PASSWORD})
    for _ in range(10):
        client.post("/accounts/second-step/", {"code": "000000"})
    response = client.post("/accounts/second-step/", {"code": code_of(secret)})
    assert "Too many tries" in response.content.decode()


def test_the_second_step_is_turned_off_with_a_code(client, amina, secret):
    client.post("/accounts/sign-in/", {"login": amina.email, "password": PASSWORD})
    client.post("/accounts/second-step/", {"code": code_of(secret)})
    again = client.get(reverse("mfa_deactivate_totp"), follow=True)
    # The same code is good once: here the password is the other way to show who one is.
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    pages = ["mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes"]
    for response in [again, *(client.get(reverse(name)) for name in pages)]:
        assert response.status_code == 200
        check_page(response)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=amina, type="totp").exists()


def test_an_account_has_one_address(signed_in, amina):
    for number in range(2):
        typed = {"email": f"new{number}@example.org", "action_add": "yes"}
        signed_in.post("/accounts/me/email/", typed)
    assert EmailAddress.objects.filter(user=amina, verified=False).count() == 1


def test_who_signed_in_long_ago_is_asked_for_a_code_again(client, amina, secret):
    client.force_login(amina)
    page = client.get(reverse("mfa_reauthenticate"))
    assert "Enter a code from your app" in page.content.decode()
    check_page(page)
    wrong = client.post(reverse("mfa_reauthenticate"), {"code": "000000"})
    assert "That code is not right or has ended" in wrong.content.decode()


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("password/", "/accounts/me/"),
        ("email/", "/accounts/me/"),
        ("second-step/", "/accounts/me/"),
        ("second-step/app/", "/accounts/me/second-step/"),
    ],
)
def test_each_page_leads_back(signed_in, path, back):
    signed_in.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = signed_in.get(f"/accounts/me/{path}", follow=True).content.decode()
    assert f'href="{back}" class="govuk-back-link"' in page
