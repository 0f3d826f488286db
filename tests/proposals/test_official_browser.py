"""The pages of an employer's official in a browser: from the mail's link on, without an account."""

import pytest

from activity import links
from proposals import reference
from proposals.employer.facts import FACTS
from proposals.employer.models import ASKED
from tests.browser import NARROW, assert_accessible, assert_fits
from tests.held_links import prove
from tests.proposals import builders, officials

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("with_scripts", [True, False])
def test_an_official_reads_what_is_asked_and_names_the_right_one(portal, browser, with_scripts):
    reference.load()
    people, staff = builders.team(), builders.officials()
    proposal = officials.submitted(people, staff)
    asked = officials.live(proposal)
    token = links.issue(ASKED, asked, address=asked.address)
    address = portal + links.path(ASKED, token)
    settings = {"viewport": NARROW, "java_script_enabled": with_scripts}
    with browser.new_context(**settings) as context:
        page = context.new_page()
        look = (assert_accessible, assert_fits) if with_scripts else ()

        def on(heading):
            assert page.locator("h1").inner_text() == heading
            for check in look:
                check(page)

        page.goto(address)
        page.get_by_role("button", name="See what is asked").click()
        on("Staff of yours have made a proposal")
        page.get_by_role("link", name="Name the right official").click()
        prove(page, ASKED)
        on("Who is the right official?")
        page.get_by_label("Their post").fill("Chief executive")
        page.get_by_label("Their e-mail address at work").fill("chief@evil.example")
        page.get_by_role("button", name="Ask them").click()
        on("Who is the right official?")
        page.goto(address)
        on(proposal.title)
        page.get_by_role("link", name="Name the right official").click()
        page.get_by_label("Their post").fill("Chief executive")
        right = officials.at(proposal.employer, "chief")
        page.get_by_label("Their e-mail address at work").fill(right)
        page.get_by_role("button", name="Ask them").click()
        on("We ask the official whom you named")
        assert officials.live(proposal).address == right
        page.goto(address)
        on("This link has ended")


@pytest.mark.parametrize("with_scripts", [True, False])
def test_an_official_answers_on_a_phone_from_the_link_to_what_was_sent(
    portal, browser, with_scripts
):
    reference.load()
    people, staff = builders.team(), builders.officials()
    proposal = officials.submitted(people, staff)
    asked = officials.live(proposal)
    address = portal + links.path(ASKED, links.issue(ASKED, asked, address=asked.address))
    settings = {"viewport": NARROW, "java_script_enabled": with_scripts}
    with browser.new_context(**settings) as context:
        page = context.new_page()
        look = (assert_accessible, assert_fits) if with_scripts else ()

        def on(heading):
            assert page.locator("h1").inner_text() == heading
            for check in look:
                check(page)

        def save():
            page.locator("button:visible", has_text="Save and continue").last.click()

        page.goto(address)
        page.get_by_role("button", name="See what is asked").click()
        page.get_by_role("button", name="Read which service it is").click()
        prove(page, ASKED)
        on(proposal.title)
        page.get_by_role("link", name="Check the facts").click()
        for fact in FACTS:
            page.locator(f"#id_{fact.key}").check()
        page.locator("[name=headcount][value=ours]").check()
        page.locator("[name=headcount-ours]").fill("about 90")
        save()
        on("Check the facts")
        assert page.locator("[name=headcount-ours]").input_value() == "about 90"
        page.locator("[name=headcount-ours]").fill("90")
        page.locator("[name=headcount-source]").fill("Payroll, March")
        save()
        on("Your position")
        page.locator("[name=position][value=object]").check()
        page.locator("[name=grounds-0-ground]").select_option("in-house")
        page.locator("[name=grounds-0-evidence]").fill("The plan of May.")
        save()
        on("Your position")
        assert "is no ground" in page.locator("main").inner_text()
        page.locator("[name=grounds-0-ground]").select_option("RC-S01")
        page.get_by_label("Is there anything for the reviewers alone?").fill("Ring me.")
        save()
        on("Check your answer")
        page.get_by_role("button", name="Send our answer").click()
        on("We have your answer")
        assert officials.live(proposal).answer.position == "object"
        for each in ("4 less", "Payroll, March", "The plan of May.", "Ring me."):
            assert each in page.locator("main").inner_text()
        builders.release_conditional(proposal, staff)
        page.goto(address)
        on("There is a decision on this proposal")
        page.get_by_role("button", name="Read the letter").click()
        on("A proposal of your staff is found suitable, with conditions")
        assert "Appoint a finance lead." in page.locator("main").inner_text()
