"""The check, and a private idea, in a browser: with JavaScript and without, on a narrow screen."""

from __future__ import annotations

import pytest
from django.urls import reverse

import advice.reference
import proposals.reference
from activity.models import Event
from proposals.ideas import actions
from proposals.ideas.models import Idea
from tests.browser import NARROW, assert_accessible, assert_fits, sign_in
from tests.factories import OrganisationFactory, somebody
from tests.proposals import ideas

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def page(request, browser, portal):
    with browser.new_context(viewport=NARROW, java_script_enabled=request.param) as context:
        found = context.new_page()
        found.has_script = found.looks = request.param
        yield found


def look(page):
    if page.looks:
        assert_accessible(page)
        assert_fits(page)


def press(page, words):
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=words, exact=True).click()
    look(page)


def choose(page, value):
    page.locator(f'main input[value="{value}"]').check()
    press(page, "Continue")


def test_the_whole_check_and_on_into_a_draft(portal, page):
    advice.reference.load()
    proposals.reference.load()
    OrganisationFactory(name="Fenland Community Trust", slug="fenland")
    page.goto(portal)
    choose(page, "staff")
    page.locator('[name="service"]').select_option("youth")
    press(page, "Continue")
    page.locator('[name="employer_words"]').fill("fnland comunity")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    look(page)
    choose(page, "fenland")
    choose(page, "no")
    choose(page, "members")
    choose(page, "yes")
    choose(page, "nothing")
    assert "likely to be covered" in page.locator("h1").inner_text()
    assert not Event.objects.exists()
    press(page, "Start a proposal")
    assert "/accounts/sign-in/" in page.url
    sign_in(page.context, portal, somebody())
    page.goto(f"{portal}/proposals/new/")
    look(page)
    page.locator('[name="title"]').fill("Fen youth")
    press(page, "Start")
    assert "/tasks/" in page.url
    page.goto(f"{portal}/check/outcome/")
    press(page, "Forget my answers")
    assert page.url == f"{portal}/check/"


@pytest.mark.parametrize("page", [True], indirect=True, ids=["script"])
@pytest.mark.parametrize(
    ("question", "answer", "title"),
    [
        ("limits", "yes", "may be exempt"),
        ("begun", "tender", "Ask the advice line"),
        ("control", "outside", "does not cover"),
    ],
)
def test_each_other_outcome(portal, page, question, answer, title):
    advice.reference.load()
    proposals.reference.load()
    good = {"limits": "no", "control": "members", "tests": "yes", "begun": "nothing"}
    # The questions on the way are looked at above.
    page.looks = False
    page.goto(f"{portal}/check/who/")
    choose(page, "staff")
    page.locator('[name="service"]').select_option("youth")
    press(page, "Continue")
    page.locator('[name="employer_words"]').fill("nowhere")
    press(page, "Find my organisation")
    page.locator('main input[value="not-listed"]').check()
    page.locator('[name="employer_name"]').fill("The Wash Rescue")
    press(page, "Continue")
    choose(page, "yes")
    for asked in good:
        choose(page, (good | {question: answer})[asked])
        if "/outcome/" in page.url:
            break
    assert title in page.locator("h1").inner_text()
    page.looks = True
    look(page)


def test_an_idea_is_left_and_read_by_its_private_link(portal, page):
    advice.reference.load()
    page.goto(f"{portal}/ideas/new/")
    look(page)
    page.locator('[name="words"]').fill("Night nurses as one team.")
    # No person is faster than that, and the door knows it.
    page.wait_for_timeout(2_100)
    press(page, "Send my idea")
    with page.expect_navigation():
        page.locator("main a.app-pre").click()
    look(page)
    idea = Idea.objects.get()
    actions.take_up(idea=idea, reply="Do.", seen=0, by=ideas.coordinator())
    page.reload()
    press(page, "Make it my proposal")
    assert reverse("account_login") in page.url
