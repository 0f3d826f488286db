"""The money in a real browser: totals as one types, one year on a phone, and without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from proposals import reference
from proposals.draft.models import Section
from tests.browser import NARROW, assert_accessible, assert_fits, sign_in
from tests.proposals import builders

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def draft(stored, portal):
    stored(reference.load)
    people = stored(builders.team)
    proposal = stored(builders.draft_of, people)
    proposal.lead = people.lead
    return proposal


def address(portal, draft, name="money"):
    return portal + reverse(f"proposals:{name}", args=[draft.reference])


def test_what_it_comes_to_changes_after_a_pause(portal, draft, page):
    sign_in(page.context, portal, draft.lead)
    page.clock.install()
    page.goto(address(portal, draft))
    net = page.locator("#worked-running_sum")
    expect(net).to_have_text("£453,915")

    page.get_by_label("Contract price, 2025 to 2026").fill("3,000,000")
    page.clock.fast_forward(1500)
    expect(net).to_have_text("£453,915")
    page.clock.fast_forward(600)

    expect(net).to_have_text("−£246,085")
    expect(net).to_have_class("app-neg")
    assert_accessible(page)


def test_a_wrong_box_and_one_year_fit_a_narrow_screen(portal, draft, browser):
    section = Section.objects.get(proposal=draft, key="money")
    section.answers |= {"F9": section.answers["F9"] | {"pay_2": "lots and lots"}}
    section.save()
    context = browser.new_context(viewport=NARROW, java_script_enabled=True)
    sign_in(context, portal, draft.lead)
    page = context.new_page()
    for query in ("", "?year=2"):
        page.goto(address(portal, draft, "money_costs") + query)
        expect(page.get_by_text("There is a problem")).to_be_visible()
        assert_accessible(page)
        assert_fits(page)
    context.close()


def test_without_javascript_the_button_works_it_out(portal, draft, browser):
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, portal, draft.lead)
    page = context.new_page()
    page.goto(address(portal, draft))
    page.get_by_label("Contract price, 2025 to 2026").fill("3,000,000")
    page.get_by_role("button", name="Save and see the result").click()
    expect(page.locator("#verdict")).to_have_text(
        "The headline looks good, but the plan does not save"
    )
    context.close()
