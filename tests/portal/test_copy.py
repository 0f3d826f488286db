"""An address worth keeping has a button that copies it, where there is a script; else its text."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from advice import reference as line
from advice.intake.models import Enquiry
from tests.browser import NARROW, assert_accessible, assert_fits
from tests.pathfinders import factories

pytestmark = [pytest.mark.browser, pytest.mark.slow]
COPY = "Copy this link"


@pytest.fixture
def entry(portal):
    return factories.entry()


def allow(page, portal):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=portal)


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def test_the_address_of_a_pathfinder_is_copied_and_said(portal, page, entry):
    allow(page, portal)
    page.goto(portal + entry.get_absolute_url())
    address = f"{settings.PORTAL_URL}{entry.get_absolute_url()}"
    expect(page.locator("main")).to_contain_text(address)
    button = page.get_by_role("button", name=COPY)
    said = page.locator("[data-copy] [role=status]")
    expect(said).to_have_text("")
    button.focus()
    page.keyboard.press("Enter")
    expect(said).to_have_text("Copied")
    expect(button).to_be_focused()
    assert clipboard(page) == address
    assert_accessible(page)
    assert_fits(page, NARROW["width"])


def test_a_private_link_is_copied_whole(portal, page):
    line.load()
    allow(page, portal)
    page.goto(f"{portal}/advice/ask/")
    page.get_by_label("What do you want to ask?").fill("May we?")
    page.wait_for_timeout(2100)  # quicker is taken for a robot
    page.get_by_role("button", name="Send my question").click()
    expect(page).to_have_url(f"{portal}/advice/ask/sent/")
    page.get_by_role("button", name=COPY).click()
    expect(page.locator("[data-copy] [role=status]")).to_have_text("Copied")
    shown = page.locator("main a.app-pre").inner_text()
    assert clipboard(page) == shown
    assert shown.startswith(f"{settings.PORTAL_URL}/advice/e/")
    assert Enquiry.objects.count() == 1
    page.goto(portal + shown.removeprefix(settings.PORTAL_URL))
    expect(page.locator("main")).to_contain_text("May we?")


def test_a_browser_that_refuses_says_what_to_do(portal, page, entry):
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    page.goto(portal + entry.get_absolute_url())
    page.get_by_role("button", name=COPY).click()
    expect(page.locator("[data-copy] [role=status]")).to_have_text(
        "Not copied. Select the address and copy it."
    )


@pytest.mark.parametrize("why", ["no script", "no clipboard"])
def test_without_it_there_is_the_address_and_no_button(portal, browser, entry, why):
    with browser.new_context(java_script_enabled=why != "no script", viewport=NARROW) as context:
        page = context.new_page()
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        page.goto(portal + entry.get_absolute_url())
        expect(page.locator("main")).to_contain_text(
            f"{settings.PORTAL_URL}{entry.get_absolute_url()}"
        )
        expect(page.get_by_role("button", name=COPY)).to_have_count(0)
        assert_fits(page)
