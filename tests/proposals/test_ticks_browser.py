"""Cases are ticked, given and reminded of by keyboard alone; the keys can be turned off."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Role
from proposals import reference
from proposals.draft.models import Proposal, Status
from proposals.review import actions as review
from tests.browser import NARROW, assert_accessible, assert_fits, sign_in
from tests.factories import somebody
from tests.proposals import builders
from tests.proposals.ticking import WORK, again, cases_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def staff(stored, portal):
    stored(reference.load)
    return stored(builders.officials)


def test_a_reviewer_is_found_for_ticked_cases_by_keys_alone(staff, portal, page):
    anna = somebody(Role.REVIEWER)
    cases = cases_of(staff.decider, count=3)
    # The longest word of a status, for a narrow screen; the last of them.
    [last] = cases_of(staff.decider, count=1, status=Status.CHANGES_REQUESTED)
    Proposal.objects.filter(pk=last.pk).update(due_on="2099-01-05")
    review.declare(proposal=cases[1], is_conflict=True, by=anna)
    sign_in(page.context, portal, staff.decider)
    page.goto(portal + WORK)
    links = [page.get_by_role("link", name=case.title) for case in cases]
    boxes = [page.get_by_role("checkbox", name=case.reference) for case in cases]
    count = page.locator("[data-ticks-count]")
    expect(count).to_have_text("")

    for key, at in (("k", 0), ("k", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(links[at]).to_be_focused()
    page.keyboard.press("x")
    expect(boxes[1]).to_be_checked()
    expect(count).to_have_text("1 of 4 ticked")
    page.keyboard.press("k")
    page.keyboard.press("x")
    whole = page.get_by_role("checkbox", name="Tick all on this page")
    assert whole.evaluate("box => box.indeterminate")

    page.keyboard.press("?")
    expect(page.get_by_text("Go to the next case")).to_be_visible()
    page.keyboard.press("/")
    search = page.get_by_role("searchbox", name="Search the portal")
    expect(search).to_be_focused()
    page.keyboard.type("jx/?")
    expect(search).to_have_value("jx/?")
    expect(count).to_have_text("2 of 4 ticked")
    assert_accessible(page)

    page.get_by_role("button", name="Assign").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Assign 2 cases")
    assert_accessible(page)
    page.get_by_role("radio", name=str(anna)).press("Space")
    page.get_by_role("button", name="Continue").press("Enter")
    row = page.get_by_role("row", name=cases[1].title)
    expect(row).to_contain_text("Left out: closed to them")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Assign 1 case").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(f"{anna} answers for 1 case now")
    left = page.get_by_text(f"1 was left out: {cases[1].reference} (closed to them).")
    expect(left).to_be_visible()
    assert [case.lead_reviewer for case in again(*cases)] == [anna, None, None]

    page.goto(f"{portal}{reverse('proposals:remind_many')}?tick={cases[0].reference}")
    expect(page.get_by_role("button", name="Send reminders of 1 case")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)

    page.goto(portal + WORK)
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Use these keys").press("Space")
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.get_by_text("Go to the next case")).to_be_hidden()
    assert page.evaluate("document.activeElement === document.body")
    whole.check()
    expect(count).to_have_text("4 of 4 ticked")
    page.set_viewport_size(NARROW)
    assert_fits(page)
    page.evaluate("localStorage.clear()")
