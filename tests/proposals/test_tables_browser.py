"""Tables to fill in, in a real browser: reached by keys, narrow, and whole for everybody."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

import proposals.reference
from activity.rows import RowsField
from proposals.draft.models import Section
from proposals.draft.questions import topic, topics
from tests.browser import NARROW, assert_accessible, assert_fits, sign_in
from tests.proposals import builders

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def with_tables():
    """Topic and page of every page that has a table."""
    for about in topics():
        for page in about.pages:
            if any(isinstance(field, RowsField) for field in page.form.base_fields.values()):
                yield about, page


@pytest.fixture
def people(transactional_db):
    proposals.reference.load()
    return builders.team()


@pytest.fixture
def sit(portal, browser, people):
    """A browser of somebody of the team."""
    contexts = []

    def sit(who="lead", **screen):
        context = browser.new_context(**screen)
        contexts.append(context)
        sign_in(context, portal, getattr(people, who))
        return context.new_page()

    yield sit
    for context in contexts:
        context.close()


def test_every_table_is_accessible_and_narrow_empty_and_wrong(stored, portal, sit, people):
    draft = stored(builders.draft_of, people)
    wrong = {
        name: [dict.fromkeys(field.widget.columns, "\u00b6")]
        for _about, page in with_tables()
        for name, field in page.form.base_fields.items()
        if isinstance(field, RowsField)
    }
    page = sit(viewport=NARROW)
    for about, asked in with_tables():
        section = Section.objects.get(proposal=draft, key=about.key)
        changed = {name: rows for name, rows in wrong.items() if name in asked.form.base_fields}
        section.answers |= changed
        section.save()
        page.goto(portal + asked.address(draft.reference, about.key))
        assert_accessible(page, part="main")
        assert_fits(page)
    for name in ("answers", "print", "tasks"):
        page.goto(portal + reverse(f"proposals:{name}", args=[draft.reference]))
        assert_accessible(page, part="main")
        assert_fits(page)
    page.goto(portal + reverse("proposals:new"))
    page.get_by_label("Answers of an earlier proposal of yours").check()
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("script", [True, False])
def test_enter_saves_and_takes_no_row_away(stored, portal, sit, people, script):
    draft = stored(builders.draft_of, people)
    links = topic("service").page("links")
    page = sit(java_script_enabled=script)
    page.goto(portal + links.address(draft.reference, "service"))
    box = page.locator('[name="S14-1-service"]')
    box.fill("Hostels")
    page.locator('[name="S14-1-direction"]').select_option("both")
    page.locator('[name="S14-1-risk"]').fill("One closes")
    box.press("Enter")
    expect(page).to_have_url(portal + reverse("proposals:tasks", args=[draft.reference]))
    rows = Section.objects.get(proposal=draft, key="service").answers["S14"]
    assert [row["service"] for row in rows] == ["General practice", "Hostels"]


def test_the_summary_leads_to_the_very_cell(stored, portal, sit, people):
    draft = stored(builders.draft_of, people)
    links = topic("service").page("links")
    page = sit()
    page.goto(portal + links.address(draft.reference, "service"))
    page.locator('[name="S14-2-risk"]').fill("x" * 301)
    page.get_by_role("button", name="Save and continue").last.click()
    page.get_by_role("link", name="Row 3: your answer is 1 letter too long").click()
    expect(page.locator('[name="S14-2-risk"]')).to_be_focused()


def test_two_tables_that_clash_are_accessible_and_narrow(stored, portal, sit, people):
    draft = stored(builders.draft_of, people)
    links = topic("service").page("links")
    mine = sit(viewport=NARROW)
    mine.goto(portal + links.address(draft.reference, "service"))
    theirs = sit("editor")
    theirs.goto(portal + links.address(draft.reference, "service"))
    for page, said in ((theirs, "Their risk"), (mine, "My risk")):
        page.locator('[name="S14-0-risk"]').fill(said)
        page.get_by_role("button", name="Save and continue").last.click()
    expect(mine.locator("h1")).to_have_text("A colleague saved this page first")
    assert_accessible(mine)
    assert_fits(mine)


def test_a_risks_score_follows_what_is_typed_and_stands_beside_it_when_saved(
    stored, portal, sit, people
):
    draft = stored(builders.draft_of, people)
    page = sit(viewport=NARROW)
    page.goto(portal + reverse("proposals:page", args=[draft.reference, "support", "risks"]))
    score = page.locator("#id_R-0-score")
    expect(score).to_have_text("6")
    page.locator("#id_R-0-likelihood").fill("4")
    expect(score).to_have_text("12")
    page.locator("#id_R-0-impact").fill("bad")
    expect(score).to_have_text("–")
    page.locator("#id_R-0-impact").fill("5")
    expect(score).to_have_text("20")
    page.get_by_role("button", name="Add another").click()
    expect(score).to_have_text("20")
    assert_accessible(page)
    assert_fits(page)
