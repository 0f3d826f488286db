"""The queue by single keys alone, once they are turned on; and its pages in a browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from activity.saved import actions as saved
from advice.queue.models import QueueView
from tests.advice.factories import adviser, enquiry, held
from tests.browser import assert_accessible, assert_fits, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def test_the_queue_is_used_by_keys_alone_once_they_are_on(portal, page, line):
    user = adviser()
    mine = held(user, words="Mine to answer")
    enquiry(words="First in line"), enquiry(None)
    enquiry("WRK-2", words="Another provider's")
    kept = saved.save(QueueView, name="Ballots", filters="topic=STF", by=user)
    sign_in(page.context, portal, user)
    queue = f"{portal}/advice/queue/?view=all"
    page.goto(queue)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")
    page.goto(f"{portal}/advice/shortcuts/")
    page.keyboard.press("?")
    assert page.evaluate("document.querySelector('.app-with-keys details').open") is False
    page.get_by_text("Keys", exact=True).click()
    page.get_by_role("checkbox", name="Use single keys").press("Space")
    assert_accessible(page)
    assert_fits(page, 320)

    page.goto(queue)
    for _ in range(2):
        page.keyboard.press("j")
    assert focused(page) == "First in line"
    page.keyboard.press("k")
    assert focused(page) == "Mine to answer"
    page.keyboard.press("j"), page.keyboard.press("j")
    assert focused(page) == "No topic chosen"
    page.keyboard.press("c")
    expect(page.get_by_role("heading", level=1)).to_have_text("Take this enquiry")
    page.goto(queue)
    page.keyboard.press("/")
    page.keyboard.type("njcr")
    expect(page.get_by_role("searchbox", name="Words")).to_have_value("njcr")
    page.goto(queue)
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_have_text("Take the next enquiry")
    page.goto(portal + reverse("advice:enquiry", args=[mine.reference]))
    page.keyboard.press("r")
    expect(page).to_have_url(portal + reverse("advice:reply", args=[mine.reference]))

    many = reverse("advice:many", args=["hand-over"]) + f"?tick={mine.reference}"
    delete = reverse("advice:view_delete", args=[kept.key])
    for address in (many, delete, "/advice/views/save/?topic=STF"):
        page.goto(portal + address)
        assert_accessible(page)
        assert_fits(page, 320)
    page.evaluate("localStorage.clear()")
