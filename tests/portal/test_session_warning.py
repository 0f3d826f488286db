"""Before a session ends the page asks; after its end it says so and keeps what was typed."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible, assert_fits
from tests.factories import UserFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def writing(portal, page):
    """Somebody who writes on a page whose clock the test moves."""
    user = UserFactory()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    page.clock.install()
    page.goto(f"{portal}/accounts/sign-in/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill("a long enough secret")
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{portal}/advice/ask/")
    page.get_by_label("What do you want to ask?").fill("May we?")
    return page


def test_ten_minutes_before_the_end_somebody_is_asked_and_stays(writing):
    writing.clock.fast_forward("49:00")
    expect(writing.get_by_role("dialog")).to_be_hidden()
    writing.clock.fast_forward("01:01")
    dialog = writing.get_by_role("dialog", name="You will soon be signed out")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button")).to_be_focused()
    assert_accessible(writing)
    assert_fits(writing)
    with writing.expect_response(re.compile("/accounts/stay/")) as answer:
        dialog.get_by_role("button", name="Stay signed in").click()
    assert answer.value.status == 200
    expect(dialog).to_be_hidden()
    writing.clock.fast_forward("49:00")
    expect(writing.get_by_role("dialog")).to_be_hidden()


def test_a_press_that_did_not_reach_us_is_said_and_not_said_again(writing):
    failed = writing.get_by_text("That did not reach us")
    writing.clock.fast_forward("50:01")
    writing.route("**/accounts/stay/", lambda route: route.abort())
    writing.get_by_role("button", name="Stay signed in").click()
    expect(failed).to_be_visible()
    writing.unroute("**/accounts/stay/")
    writing.get_by_role("button", name="Stay signed in").click()
    expect(writing.get_by_role("dialog")).to_be_hidden()
    writing.clock.fast_forward("50:01")
    expect(writing.get_by_role("dialog", name="You will soon be signed out")).to_be_visible()
    expect(failed).to_be_hidden()


def test_a_session_that_ended_elsewhere_ends_the_warning_for_good(writing):
    writing.clock.fast_forward("50:01")
    writing.route("**/accounts/stay/", lambda route: route.fulfill(status=403))
    writing.get_by_role("button", name="Stay signed in").click()
    ended = writing.get_by_role("dialog", name="You were signed out")
    ended.get_by_role("button", name="Go back to what I wrote").click()
    writing.clock.fast_forward("20:00")
    expect(ended).to_be_hidden()


def test_after_the_end_what_was_typed_is_still_there(writing):
    writing.clock.fast_forward("01:00:01")
    dialog = writing.get_by_role("dialog", name="You were signed out")
    expect(dialog).to_be_visible()
    assert_accessible(writing)
    dialog.get_by_role("button", name="Go back to what I wrote").click()
    expect(dialog).to_be_hidden()
    expect(writing.get_by_label("What do you want to ask?")).to_have_value("May we?")


def test_without_javascript_the_time_is_said_at_once(portal, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    user = UserFactory()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    page.goto(f"{portal}/accounts/sign-in/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill("a long enough secret")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("You are signed out at")).to_be_visible()
    assert_fits(page)
    context.close()
