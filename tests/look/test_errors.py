"""Pages for what goes wrong."""

import logging

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path

from mutuals_portal import errors

pytestmark = pytest.mark.django_db


def refuse(request):
    raise PermissionDenied("Only an <administrator> sees this.")


def refuse_in_silence(request):
    raise PermissionDenied


def doubt(request):
    raise SuspiciousOperation


def fail(request):
    raise ZeroDivisionError


urlpatterns = [
    path("refuse/", refuse),
    path("silence/", refuse_in_silence),
    path("doubt/", doubt),
    path("fail/", fail),
    path("", include("mutuals_portal.urls")),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
ours = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture
def careless():
    return Client(raise_request_exception=False)


def test_404_sends_people_to_sign_in(client):
    response = client.get("/nothing/?q=1")
    assert response.status_code == 404
    text = response.content.decode()
    assert "We cannot find that page" in text
    assert 'href="/accounts/sign-in/?next=/nothing/"' in text


@ours
@pytest.mark.parametrize("address", ["/refuse/", "/nothing/"])
def test_what_was_typed_into_a_page_that_closed_is_shown_to_copy(careless, address):
    words = {"words": "My <words>", "once": "a mark", "password": "hush"}
    text = careless.post(address, words).content.decode()
    assert "My &lt;words&gt;" in text
    assert "a mark" not in text
    assert "hush" not in text
    assert "What you wrote" not in careless.get(address, words).content.decode()


@ours
def test_403_gives_the_reason_and_blames_no_role_for_it(careless):
    response = careless.get("/refuse/")
    assert response.status_code == 403
    text = response.content.decode()
    assert "Only an &lt;administrator&gt; sees this." in text
    assert "You cannot do this" in text
    assert "gives out roles" not in text


@ours
def test_403_without_a_reason_is_for_the_role(careless):
    text = careless.get("/silence/").content.decode()
    assert "Your role cannot do this" in text
    assert "ask whoever gives out roles" in text


@ours
def test_400_says_to_go_back(careless):
    response = careless.get("/doubt/")
    assert response.status_code == 400
    assert "We could not read that request" in response.content.decode()


@ours
def test_500_has_a_code_that_is_in_the_log(careless, caplog, django_assert_num_queries):
    with caplog.at_level(logging.ERROR), django_assert_num_queries(0):
        response = careless.get("/fail/")
    assert response.status_code == 500
    code = next(
        record.args[0] for record in caplog.records if record.name == "mutuals_portal.errors"
    )
    assert f"<strong>{code}</strong>" in response.content.decode()


@ours
def test_500_shows_what_was_typed_and_the_way_on(careless):
    page = careless.post("/fail/", {"text": "<b>Two years</b>", "password": "hush-hush"})
    words = page.content.decode()
    assert "&lt;b&gt;Two years&lt;/b&gt;" in words
    assert "hush-hush" not in words
    assert 'href="/"' in words


def test_500_is_shown_though_what_was_typed_cannot_be_read(caplog):
    too_many = RequestFactory().post("/", {f"name{n}": "x" for n in range(2_000)})
    response = errors.broken(too_many)
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()
    assert "What was typed cannot be read" in caplog.text


def test_500_is_words_when_its_page_is_broken(monkeypatch):
    monkeypatch.setattr(errors, "render_to_string", lambda *args: 1 / 0)
    response = errors.broken(RequestFactory().get("/"))
    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/plain")
    assert "Something broke on our side" in response.content.decode()


def test_a_form_without_a_token_keeps_what_was_typed():
    strict = Client(enforce_csrf_checks=True)
    typed = {"email": "a@example.org", "name": "<b>Amina</b>", "password1": "hush-hush-hush"}
    response = strict.post("/accounts/sign-up/", typed)
    assert response.status_code == 403
    text = response.content.decode()
    assert "&lt;b&gt;Amina&lt;/b&gt;" in text
    assert "hush-hush-hush" not in text


@ours
@pytest.mark.parametrize("address", ["/nothing/", "/refuse/", "/doubt/", "/fail/"])
def test_every_error_has_one_heading(careless, address):
    assert careless.get(address).content.decode().count("<h1") == 1
