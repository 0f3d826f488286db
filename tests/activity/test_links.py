"""Links without an account: one purpose, one record, and a press before anything opens."""

import datetime

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

from activity import clock, delivery, links
from activity.models import Link, LinkCode, Notification
from mutuals_portal.urls import urlpatterns as portal
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
ADDRESS = "amira@home.example"


@links.link_page("test.read")
def read(request, token):
    return HttpResponse(f"read by {request.holder.address}, proved {request.holder.proved}")


@links.link_page("test.write", proof=True)
def write(request, token):
    return HttpResponse("written")


urlpatterns = [
    *portal,
    path("test/read/<str:token>/", read, name="test_read"),
    path("test/write/<str:token>/", write, name="test_write"),
]


@pytest.fixture(autouse=True)
def purposes(settings, monkeypatch):
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(links, "_purposes", {})
    links.register(links.Purpose("test.read", "test_read", HOUR, "Read it?", "Read it"))
    links.register(links.Purpose("test.write", "test_write", HOUR, "Write?", "Write", once=True))


@pytest.fixture
def reader() -> Client:
    return Client()


def issue(purpose="test.read", address=ADDRESS) -> str:
    return links.issue(purpose, UserFactory(), address=address)


def open_link(reader: Client, address: str) -> HttpResponse:
    return reader.post(address, {"open-link": "yes"}, follow=True)


def test_only_the_hash_is_kept():
    token = issue()
    link = Link.objects.get()
    assert token not in " ".join(str(value) for value in Link.objects.values_list().get())
    assert len(token) >= 43
    assert str(link) == f"test.read of accounts.user {link.subject_id}"


def test_a_get_opens_nothing_and_a_press_does(reader):
    address = links.path("test.read", issue())
    page = reader.get(address)
    assert "Read it?" in page.content.decode()
    assert "read by" not in page.content.decode()
    assert reader.get(address).content == page.content or "Read it?" in page.content.decode()
    assert open_link(reader, address).content.decode() == f"read by {ADDRESS}, proved False"


def test_a_press_on_something_else_opens_nothing(reader):
    page = reader.post(links.path("test.read", issue()), {"other": ""})
    assert "Read it?" in page.content.decode()


WORDS = "Nurses from <b>two</b> wards."
TYPED = {"words": WORDS, "once": "a mark", "code": "123456", "password": "hush"}


@pytest.mark.parametrize("way_in", ["never opened", "without proof", "ended"])
def test_what_was_typed_after_the_way_in_ended_is_shown_to_copy(reader, way_in):
    token = issue("test.write")
    address = links.path("test.write", token)
    if way_in == "without proof":
        open_link(reader, address)
    if way_in == "ended":
        Link.objects.update(revoked_at=clock.now())
    page = reader.post(address, TYPED)
    text = page.content.decode()
    assert page.status_code == (404 if way_in == "ended" else 403)
    assert "Nurses from &lt;b&gt;two&lt;/b&gt; wards." in text
    assert "Nothing that you did on that page was applied" in text
    assert (f'href="{address}"' in text) == (way_in != "ended")
    assert not [secret for secret in ("a mark", "123456", "hush") if secret in text]
    assert 'name="words"' not in text  # shown, and sent by nothing
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "same-origin")


def test_pages_behind_a_link_tell_no_other_site_where_they_are(reader):
    page = reader.get(links.path("test.read", issue()))
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "no-store"


@pytest.mark.parametrize("end", ["expired", "revoked", "unknown", "other purpose"])
def test_an_ended_link_says_one_thing(reader, end):
    token = issue()
    address = links.path("test.read", token)
    if end == "revoked":
        user = UserFactory._meta.model.objects.get()
        links.revoke(user, purpose="test.read", address=ADDRESS.upper())
        links.revoke(user, purpose="test.read")
    if end == "unknown":
        address = links.path("test.read", "x" * 43)
    if end == "other purpose":
        address = links.path("test.write", token)
    with time_machine.travel(clock.now() + (2 * HOUR if end == "expired" else 0 * HOUR)):
        page = reader.get(address)
    assert page.status_code == 404
    assert "This link has ended" in page.content.decode()


def test_a_link_for_one_use_is_used_once():
    token = issue("test.write")
    link = links.find(token, "test.write")
    assert links.use(link)
    assert not links.use(link)
    assert links.find(token, "test.write") is None


def test_another_browser_is_asked_for_a_code(reader, postbox):
    token = issue("test.write")
    address = links.path("test.write", token)
    asked = open_link(reader, address)
    assert asked.redirect_chain[-1][0] == f"/link/{token}/code/"
    reader.post(asked.redirect_chain[-1][0], {"send-code": "yes"})
    assert not LinkCode.objects.exists()
    delivery.deliver_waiting()
    (mail,) = postbox.to(ADDRESS)
    code = mail.get_content().split("Your code is ")[1][:6]
    page = reader.post(f"/link/{token}/code/", {"code": f"{code[:3]} {code[3:]}"}, follow=True)
    assert page.content == b"written"


def test_the_browser_that_was_there_from_the_start_needs_no_code(reader, rf):
    token = issue("test.write")
    request = rf.get("/")
    request.session = reader.session
    links.grant(request, token, proved=True)
    links.grant(request, token, proved=False)
    request.session.save()
    reader.cookies["sessionid"] = request.session.session_key
    assert reader.get(links.path("test.write", token)).content == b"written"


def test_a_link_that_was_never_mailed_needs_no_code(reader):
    assert open_link(reader, links.path("test.write", issue("test.write", ""))).content == (
        b"written"
    )


def test_five_tries_and_no_more(reader):
    token = issue("test.write")
    link = links.find(token, "test.write")
    code = links.make_code(link)
    wrong = "000000" if code != "000000" else "111111"
    assert [links.check_code(link, wrong) for _ in range(5)] == [False] * 5
    assert not links.check_code(link, code)
    assert str(LinkCode.objects.get()) == f"code of link {link.pk}"


def test_a_code_ends_after_half_an_hour_and_with_the_next_one():
    link = links.find(issue("test.write"), "test.write")
    first, second = links.make_code(link), links.make_code(link)
    assert not links.check_code(link, first) or first == second
    with time_machine.travel(clock.now() + datetime.timedelta(minutes=31)):
        assert not links.check_code(link, second)
    assert links.check_code(link, second)
    assert not links.check_code(link, second)


@pytest.mark.parametrize("typed", ["", "12", "abcdef", "1" * 13, "\x00"])
def test_a_wrong_code_is_answered_with_what_to_do(reader, typed):
    token = issue("test.write")
    page = reader.post(f"/link/{token}/code/", {"code": typed})
    assert page.status_code == 200
    assert "govuk-error-summary" in page.content.decode()


def test_codes_are_not_sent_without_end(reader):
    token = issue("test.write")
    pages = [
        reader.post(f"/link/{token}/code/", {"send-code": "yes"}, follow=True) for _ in range(8)
    ]
    assert Notification.objects.filter(kind="link.code").count() == 5
    words = [page.content.decode() for page in pages]
    said = [
        ("We have sent you a code" in each, "We have sent five codes already" in each)
        for each in words
    ]
    assert said == [(True, False)] * 5 + [(False, True)] * 3


def test_the_page_asks_for_a_code_once_one_was_sent_and_offers_one_before(reader):
    token = issue("test.write")
    address, link = f"/link/{token}/code/", links.find(token, "test.write")

    def asks():
        words = reader.get(address).content.decode()
        assert ("Get a code first" in words) is ("Send me a code" in words)
        assert ("Type the code we sent you" in words) is ("Send a new code" in words)
        assert ('name="code"' in words) is ("Send a new code" in words)
        return 'name="code"' in words

    assert not asks()
    sent = reader.post(address, {"send-code": "yes"}, follow=True)
    assert 'name="code"' in sent.content.decode()  # while its mail is on its way
    code = links.make_code(link)
    assert asks()
    with time_machine.travel(clock.now() + datetime.timedelta(minutes=31)):
        assert not asks()
    assert links.check_code(link, code)
    assert not asks()


def test_there_is_no_code_for_a_link_that_ended(reader):
    assert reader.get(f"/link/{'x' * 43}/code/").status_code == 404


def test_the_page_for_a_code_is_kept_by_no_cache(reader, django_assert_max_num_queries):
    address = reverse("activity:link_code", args=[issue()])
    with django_assert_max_num_queries(4):
        page = reader.get(address)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "same-origin"
