"""A link that was forwarded: a new browser sees where a question stands; words need a code."""

import datetime

import pytest
import time_machine
from django.test import Client

from activity import clock, delivery, links
from activity.models import LinkCode, Notification
from advice.intake.models import Contact
from tests.advice.factories import CANARY_WORDS, enquiry

pytestmark = pytest.mark.django_db

JO = "jo@home.example"


@pytest.fixture
def token():
    made = enquiry(email=JO)
    Notification.objects.all().delete()
    return links.issue("advice.mine", made, address=JO)


def opened(token):
    browser = Client()
    browser.post(f"/advice/e/{token}/", {"open-link": "yes"})
    return browser


def page(browser, token):
    return browser.get(f"/advice/e/{token}/").content.decode()


def type_code(browser, token, code):
    return browser.post(f"/link/{token}/code/", {"code": code})


def mailed_code(browser, token):
    """The digits that came by mail after this browser asked for them."""
    browser.post(f"/link/{token}/code/", {"send-code": "yes"})
    row = Notification.objects.filter(kind="link.code", sent_at=None).latest("created_at")
    assert row.address == JO
    return links.make_code(links.find(token, "advice.mine"))


def test_of_two_browsers_only_the_one_that_typed_the_code_reads(token):
    mine, theirs = opened(token), opened(token)
    code = mailed_code(mine, token)
    assert type_code(mine, token, code).url == f"/advice/e/{token}/"
    assert CANARY_WORDS in page(mine, token)
    assert "In line for a person" in page(theirs, token)
    assert CANARY_WORDS not in page(theirs, token)
    assert type_code(theirs, token, code).status_code == 200
    assert CANARY_WORDS not in page(theirs, token)
    for verb in ("add", "withdraw"):
        assert theirs.get(f"/advice/e/{token}/{verb}/").url == f"/link/{token}/code/"


def test_five_wrong_tries_end_a_code(token):
    browser = opened(token)
    code = mailed_code(browser, token)
    wrong = "000000" if code != "000000" else "111111"
    for _try in range(links.CODE_TRIES):
        assert "not right or has ended" in type_code(browser, token, wrong).content.decode()
    assert type_code(browser, token, code).status_code == 200
    assert LinkCode.objects.get().tries == links.CODE_TRIES
    assert CANARY_WORDS not in page(browser, token)


def test_a_code_ends_after_half_an_hour(token):
    browser = opened(token)
    code = mailed_code(browser, token)
    with time_machine.travel(clock.now() + datetime.timedelta(minutes=31)):
        assert type_code(browser, token, code).status_code == 200
    assert CANARY_WORDS not in page(browser, token)


def test_a_code_goes_to_nobody_but_the_address_of_the_link(token):
    browser = opened(token)
    fields = {"send-code": "yes", "address": "thief@else.example", "email": "thief@else.example"}
    browser.post(f"/link/{token}/code/", fields)
    assert list(Notification.objects.values_list("address", flat=True)) == [JO]


def test_an_address_that_was_taken_back_gets_no_code(token):
    link = links.find(token, "advice.mine")
    links.ask_for_code(link)
    link_row = Notification.objects.get()
    Contact.objects.filter(enquiry=link.subject_id).update(email="other@home.example")
    delivery.deliver_waiting()
    link_row.refresh_from_db()
    assert link_row.held_because == "address-taken-back"
    assert opened(token).get(f"/link/{token}/code/").status_code == 403


def test_a_link_without_an_address_says_that_whoever_has_it_reads():
    token = links.issue("advice.mine", enquiry())
    assert "Whoever has the link can read this" in page(opened(token), token)
