"""A whole call by keyboard alone: typed, found, saved by itself, ended."""

import re

import pytest
from playwright.sync_api import expect

from advice.intake.models import Call, Enquiry
from tests.advice.factories import adviser, enquiry
from tests.browser import assert_accessible, assert_fits, sign_in
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_whole_call_by_keyboard_alone(portal, page, line):
    user = adviser()
    enquiry("WRK-2", telephone="0116 496 0999", name="Never Told")
    like = enquiry(words="Is there a pension scheme for us?")
    sign_in(page.context, portal, user)
    page.goto(f"{portal}/advice/call/")
    keys = page.keyboard
    page.get_by_role("button", name="Begin a call").press("Enter")
    number = page.get_by_label("Number")
    expect(number).to_be_focused()
    expect(page.get_by_text("May we ring you?")).to_be_hidden()
    keys.type("0116 496 0999")
    expect(page.get_by_role("status").filter(has_text="1 earlier contact")).to_be_attached()
    expect(page.get_by_text("The same number or address")).to_be_visible()
    expect(page.get_by_text("Never Told")).to_have_count(0)
    keys.press("Enter")
    expect(number).to_be_focused()
    expect(page.locator("[data-timer]")).to_have_text(re.compile(r", \d+ min \d+ s"))
    for text in ("Jo", "", "", "", "What of our pension scheme?", "Ask the scheme."):
        keys.press("Tab")
        keys.type(text)
    expect(page.get_by_label("What did you tell them?")).to_be_focused()
    alike = page.get_by_role("region", name="Maybe the same question")
    expect(alike.get_by_role("link", name=like.reference)).to_be_visible()
    expect(alike.get_by_role("status")).to_contain_text("1 open question in words like it")
    expect(page.locator("[data-saved]")).to_have_text(re.compile("^Saved at"))
    expect(page.get_by_text("May we ring you?")).to_be_visible()
    assert Call.objects.get().typed["told"] == "Ask the scheme."
    told = page.get_by_label("What did you tell them?")
    for _shift in range(len(" scheme.")):
        keys.press("ArrowLeft")
    for key in ("Tab", "ArrowDown", "Tab", "Tab"):
        keys.press(key)
    fitting = page.get_by_role("region", name="Answers that fit")
    expect(fitting.get_by_role("status")).to_have_text("1 answer on this topic.")
    for key in ("Tab", "Enter", "Tab", "Enter"):
        keys.press(key)
    expect(told).to_have_value(re.compile(r"^Ask the\n\n\w[^\0]{200,}\n\n scheme\.$"))
    expect(told).to_be_focused()
    keys.type(" Then ring.")
    eventually(Call.objects.filter(typed__told__icontains="then ring.").exists, 10)
    assert_accessible(page)
    assert_fits(page, 320)
    keys.press("Control+Enter")
    page.wait_for_url("**/enquiries/**")
    made = Enquiry.objects.get(channel="phone")
    assert (made.adviser, made.contact.name) == (user, "Jo")
    expect(page.get_by_text("Then ring.")).to_be_visible()
