"""A question's way through the line by keyboard alone: passed on, handed over, answered, back, late."""

import datetime

import pytest
import time_machine
from playwright.sync_api import expect

from activity import clock
from tests.advice.factories import CANARY_WORDS, adviser, enquiry, gone, link, provider
from tests.browser import assert_fits, share_session, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
# More than the stops of any page of the line.
MOST_STOPS = 60
NAMED = """() => {
    const here = document.activeElement;
    const legend = here.closest("fieldset")?.querySelector("legend");
    if (here.matches("a, button, summary")) return here.textContent;
    if (here.type === "checkbox") return "";
    return [...(here.labels || []), legend].map((each) => each?.textContent || "").join(" ");
}"""


class Keyboard:
    """Somebody without a mouse, signed in at a browser of their own."""

    def __init__(self, browser, portal, user):
        self.page, self.portal = browser.new_page(), portal
        sign_in(self.page.context, portal, user)

    def at(self, path):
        self.page.goto(self.portal + path)
        return self

    def on(self, words):
        """Go from stop to stop to the first that says these words."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if words in self.page.evaluate(NAMED):
                return self
        pytest.fail(f"No key leads to {words!r} on {self.page.url}")

    def types(self, words):
        self.page.keyboard.type(words)
        return self

    def press(self, words):
        """Press a button or a link, and wait for the page that comes."""
        self.on(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def reads(self, words):
        expect(self.page.locator("main")).to_contain_text(words)
        assert_fits(self.page, 320)
        self.page.set_viewport_size({"width": 1280, "height": 800})
        return self


def test_a_question_passed_on_handed_over_answered_written_to_again_late_and_withdrawn(
    portal, browser, client, line
):
    made = enquiry("WRK-2")
    path = f"/advice/enquiries/{made.reference}/"
    first = Keyboard(browser, portal, adviser(provider("local-partnerships")))
    first.at("/advice/desk/").press("Take the next enquiry").reads(CANARY_WORDS)
    first.press("We cannot answer this").on("Why can you not answer it?")
    first.page.keyboard.press("ArrowDown")
    first.on("What should whoever gets it know?").types("It is about fines.").press("Pass it on")
    first.reads("went to the next provider")
    assert first.page.goto(portal + path).status == 404

    made.refresh_from_db()
    colleague = adviser(made.provider)
    second = Keyboard(browser, portal, adviser(made.provider))
    second.at("/advice/desk/").press("Take the next enquiry").reads("It is about fines.")
    second.press("Hand over").on("A colleague").types(colleague.name)
    second.on("Why").types("You know fines.").press("Hand it over").reads("is handed over")

    third = Keyboard(browser, portal, colleague)
    third.at("/advice/desk/").press(CANARY_WORDS).reads("You know fines.")
    third.press("Reply").on("Your reply").types("Ask for the tariff.").press("Send reply")
    third.reads("Until then nobody is told")

    token = link(client, made)
    enquirer = browser.new_context(java_script_enabled=False).new_page()
    share_session(client, enquirer.context, portal)
    mine = f"{portal}/advice/e/{token}/"
    with gone():
        enquirer.goto(mine)
        assert_fits(enquirer, 320)
        assert "Ask for the tariff." in enquirer.inner_text("main")
        enquirer.get_by_role("button", name="Add to it").press("Enter")
        enquirer.get_by_label("What do you want to add?").fill("Which tariff?")
        enquirer.get_by_role("button", name="Send").press("Enter")
        third.at("/advice/desk/").press(CANARY_WORDS).reads("Which tariff?")

    with time_machine.travel(clock.now() + datetime.timedelta(days=10)):
        late = Keyboard(browser, portal, colleague)
        late.at("/advice/queue/").press("Late").press(CANARY_WORDS).reads("late")
        token = link(client, made)
        share_session(client, enquirer.context, portal)
        enquirer.goto(f"{portal}/advice/e/{token}/withdraw/")
        for name in ("Open the page", "Stop my question"):
            enquirer.get_by_role("button", name=name).press("Enter")
        expect(enquirer.get_by_text("You stopped this on")).to_be_visible()
        late.press("Reply").reads("Somebody has already moved this on")
        late.press("See it as it is now").reads("The enquirer stopped it on")
