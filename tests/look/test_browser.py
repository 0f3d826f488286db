"""The first pages in a real browser: accessible, narrow, and without JavaScript."""

import re

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from accounts.models import User
from tests.browser import assert_accessible, assert_fits

pytestmark = pytest.mark.browser


def test_a_page_that_is_not_there_is_accessible_and_narrow(portal, page):
    page.goto(f"{portal}/nothing/")
    assert page.evaluate("document.body.classList.contains('govuk-frontend-supported')")
    assert_accessible(page)
    assert_fits(page)
    expect(page.locator("h1")).to_have_count(1)


def test_errors_take_the_focus_and_lead_to_the_field(portal, page):
    page.goto(f"{portal}/accounts/sign-up/")
    page.get_by_label("An e-mail address that you read in private").fill("amina@essex.gov.uk")
    page.get_by_role("button", name="Create account").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert_accessible(page)
    page.get_by_role("link", name="Enter your name").click()
    expect(page.get_by_label("Your name")).to_be_focused()


def test_signing_in_and_out_without_javascript(portal, browser):
    user = User.objects.create_user("amina@example.org", "three words together", name="Amina")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{portal}/accounts/me/")
    page.get_by_label("E-mail address").fill("amina@example.org")
    page.get_by_label("Password", exact=True).fill("three words together")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{portal}/accounts/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{portal}/")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    context.close()
