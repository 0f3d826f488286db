"""The workbook in a real browser: downloaded, changed, uploaded, looked at, brought in."""

import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import expect

from proposals import reference
from tests.browser import NARROW, assert_accessible, assert_fits, sign_in
from tests.proposals import builders

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def choose(page, path):
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Show what would change").click()


def test_a_workbook_changes_the_result_once_its_changes_were_looked_at(portal, browser, tmp_path):
    reference.load()
    people = builders.team()
    draft = builders.draft_of(people)
    context = browser.new_context(viewport=NARROW)
    sign_in(context, portal, people.lead)
    page = context.new_page()
    page.goto(portal + reverse("proposals:money", args=[draft.reference]))
    page.get_by_role("link", name="Fill in a workbook and upload it").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the workbook (.xlsx)").click()
    assert download.value.suggested_filename == f"{draft.reference}-money.xlsx"
    path = tmp_path / "money.xlsx"
    download.value.save_as(path)

    book = load_workbook(path)
    book["Price"]["C6"] = "to be agreed with the finance department after the board has met"
    book.save(path)
    choose(page, path)
    expect(page.get_by_role("alert")).to_contain_text("Sheet Price, cell C6")
    assert_accessible(page)
    assert_fits(page)

    book["Price"]["C6"] = 3_000_000
    book["In-house costs"]["C10"] = "Plan" * 50
    book.save(path)
    choose(page, path)
    expect(page.get_by_role("heading", level=1)).to_have_text("What the workbook would change")
    assert_accessible(page)
    assert_fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280

    page.get_by_role("button", name="Bring in 2 answers").click()
    expect(page).to_have_url(re.compile(r"/money/result/$"))
    expect(page.locator("#verdict")).to_have_text(
        "The headline looks good, but the plan does not save"
    )
    context.close()
