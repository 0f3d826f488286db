"""Making an account: a name, an address read in private, a password."""

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC

from accounts.forms import is_work_address
from accounts.models import Organisation, User
from activity.models import Notification
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
TYPED = {"name": "Amina Yusuf", "email": "amina@example.org", "password1": PASSWORD}


def sign_up(client, **changes):
    return client.post("/accounts/sign-up/", TYPED | changes)


def errors(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def test_the_page_says_why_the_address_is_private(client):
    text = client.get("/accounts/sign-up/").content.decode()
    assert "An e-mail address that you read in private" in text
    assert "your employer may be able to read it" in text


def test_signing_up_makes_an_account_that_waits_for_its_address(client):
    response = sign_up(client, name="  Amina\u202e \x00 Yusuf ")
    assert response["Location"] == "/accounts/confirm/"
    user = User.objects.get()
    assert (user.name, user.email) == ("Amina Yusuf", "amina@example.org")
    assert not EmailAddress.objects.get().verified
    assert Notification.objects.get().kind == "account.confirm"


def test_the_link_confirms_only_when_the_button_is_pressed(client):
    sign_up(client)
    address = EmailAddress.objects.get()
    link = f"/accounts/confirm/{EmailConfirmationHMAC(address).key}/"
    assert "Confirm this address" in client.get(link).content.decode()
    address.refresh_from_db()
    assert not address.verified
    client.post(link)
    address.refresh_from_db()
    assert address.verified


def test_an_ended_link_says_so(client):
    text = client.get("/accounts/confirm/none/").content.decode()
    assert "This link has ended" in text


def test_an_address_that_has_an_account_gets_the_same_answer(client, amina):
    known = sign_up(client)
    client.logout()
    unknown = sign_up(client, email="new@example.org")
    assert known["Location"] == unknown["Location"] == "/accounts/confirm/"
    assert Notification.objects.filter(kind="account.exists").count() == 1


def test_a_work_address_is_questioned_and_may_be_kept(client):
    response = sign_up(client, email="amina@essex.gov.uk")
    assert errors(response) == {
        "email": [
            "This looks like your employer’s address. "
            "Use another, or tell us that nobody else reads it."
        ]
    }
    assert 'name="read_by_me_alone"' in response.content.decode()
    assert sign_up(client, email="amina@essex.gov.uk", read_by_me_alone="on").status_code == 302


@pytest.mark.parametrize(
    ("address", "work"),
    [
        ("a@example.org", False),
        ("a@gov.uk.example.org", False),
        ("a@essex.gov.uk", True),
        ("a@NHS.net", True),
        ("a@notnhs.net", False),
        ("a@parliament.uk", True),
        ("a@cardiff.gov.wales", True),
        ("a@sub.circle.example", True),
        ("a@advice.example", False),
        ("no address", False),
        ("", False),
    ],
)
def test_which_addresses_look_like_work(address, work):
    Organisation.objects.create(slug="c", name="C", kind="other", mail_domains=["circle.example"])
    Organisation.objects.create(
        slug="a", name="A", kind="advice-provider", mail_domains=["advice.example"]
    )
    assert is_work_address(address) is work


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "Use at least 10 characters"),
        ("password1234", "Choose a password that is harder to guess"),
        ("amina@example.org", "Choose a password that is not like your name or your address"),
        ("83649264826482", "Use letters too, not only numbers"),
    ],
)
def test_a_refused_password_says_what_to_do(client, password, sentence):
    response = sign_up(client, password1=password)
    assert sentence in response.content.decode()
    assert response.content.decode().count(f'value="{password}"') == (password == TYPED["email"])


def test_empty_answers_say_what_to_enter(client):
    response = client.post("/accounts/sign-up/", {})
    assert errors(response) == {
        "name": ["Enter your name"],
        "email": ["Enter an address that you read in private"],
        "password1": ["Enter a password"],
    }
