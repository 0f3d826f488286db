"""Somebody types and presses nothing: it is saved, said so, and lost in no way that we know of."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from proposals import reference
from proposals.draft.models import Section
from tests.browser import NARROW, assert_accessible, assert_fits, sign_in
from tests.proposals import builders
from tests.proposals.test_writing import MONEY, SERVICE, page_of
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SAVED = re.compile(r"^Saved at \d+:\d\d[ap]m$|^Saved at \d+[ap]m$|^Saved at mid")


@pytest.fixture
def people(stored, portal):
    stored(reference.load)
    return stored(builders.team)


@pytest.fixture
def draft(stored, people):
    return stored(builders.draft_of, people, complete=False)


@pytest.fixture
def address(portal, draft):
    return portal + page_of(draft, SERVICE, "description")


@pytest.fixture
def writing(portal, people, address, page):
    """The editor on a page of the draft whose clock the test moves."""
    sign_in(page.context, portal, people.editor)
    page.clock.install()
    page.goto(address)
    return page


def box(page):
    return page.locator("textarea[name=S5]")


def status(page):
    return page.locator("[data-saved]")


def typed_in(draft):
    row = Section.objects.filter(proposal=draft, key="service").first()
    return row.answers.get("S5", "") if row else ""


def pause(page):
    page.clock.fast_forward(2100)


def is_save(request):
    by_script = request.headers.get("accept") == "application/json"
    is_other = request.url.endswith("/here/") or "/totals/" in request.url
    return request.method == "POST" and by_script and not is_other


def saving(page):
    return page.expect_response(lambda answer: is_save(answer.request))


def test_after_a_pause_it_is_saved_without_moving_the_focus(writing, draft):
    expect(status(writing)).to_have_text("")
    box(writing).fill("We nurse.\nAt home.")
    writing.clock.fast_forward(1500)
    box(writing).press_sequentially(" And more")
    writing.clock.fast_forward(1500)
    assert typed_in(draft) == ""
    with saving(writing):
        pause(writing)
    expect(status(writing)).to_have_text(SAVED)
    expect(box(writing)).to_be_focused()
    # Lines end as those that the button sends.
    assert typed_in(draft) == "We nurse.\r\nAt home. And more"
    assert_accessible(writing)
    assert_fits(writing, NARROW["width"])


def test_the_button_goes_on_after_it_without_a_clash(writing, draft, portal):
    for text in ("One", "One two"):
        box(writing).fill(text)
        with saving(writing):
            pause(writing)
    box(writing).fill("One two three")
    writing.get_by_role("button", name="Save and continue").click()
    expect(writing).to_have_url(portal + page_of(draft, SERVICE, "breadth"))
    assert typed_in(draft) == "One two three"
    # And back again, in the page as it was left.
    writing.go_back()
    box(writing).fill("Four")
    with saving(writing) as answer:
        pause(writing)
    assert answer.value.status == 200
    assert typed_in(draft) == "Four"


def test_the_button_while_a_save_is_under_way_does_not_clash_with_it(writing, draft, portal):
    held = []
    writing.route("**/description/", lambda route: hold(route, held))
    box(writing).fill("One")
    pause(writing)
    eventually(lambda: held or writing.wait_for_timeout(20))
    # It reaches us; its answer does not come.
    answer = writing.context.request.fetch(held[0].request)
    assert answer.status == 200
    box(writing).fill("One two")
    writing.get_by_role("button", name="Save and continue").click()
    expect(writing).to_have_url(portal + page_of(draft, SERVICE, "breadth"))
    assert typed_in(draft) == "One two"


def hold(route, held):
    if is_save(route.request):
        held.append(route)
    else:
        route.continue_()


def test_only_one_is_under_way_at_a_time(writing, draft):
    held = []
    writing.route("**/description/", lambda route: hold(route, held))
    for text in ("One", "One two", "One two three"):
        box(writing).fill(text)
        pause(writing)
    eventually(lambda: held or writing.wait_for_timeout(20))
    writing.wait_for_timeout(300)
    assert len(held) == 1
    with saving(writing):
        held[0].continue_()
    expect(status(writing)).to_have_text(SAVED)
    writing.unroute("**/description/")
    with saving(writing):
        pause(writing)
    assert typed_in(draft) == "One two three"


def test_what_was_typed_is_kept_when_the_window_is_closed_at_once(writing, draft):
    box(writing).fill("Typed and gone")
    writing.close()
    eventually(lambda: typed_in(draft) == "Typed and gone")


def test_what_was_typed_is_kept_when_it_is_left_while_a_save_is_under_way(writing, draft):
    box(writing).fill("One")
    with writing.expect_request(is_save):
        pause(writing)
    box(writing).fill("One, and then gone")
    writing.goto("about:blank")
    eventually(lambda: typed_in(draft) == "One, and then gone")


def test_what_was_typed_is_kept_when_another_window_is_looked_at(writing, draft):
    box(writing).fill("Soon back")
    with saving(writing):
        writing.evaluate(
            """() => {
                Object.defineProperty(document, 'hidden', { get: () => true });
                document.dispatchEvent(new Event('visibilitychange'));
            }"""
        )
    assert typed_in(draft) == "Soon back"


def test_more_than_a_closing_page_may_send_is_not_left_unasked(writing, draft):
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    writing.on("dialog", stay)
    box(writing).fill("Long " * 14_000)
    writing.evaluate("location.href = '/start/'")
    eventually(lambda: asked or writing.wait_for_timeout(20))
    assert asked == ["beforeunload"]
    with saving(writing):
        pause(writing)
    assert typed_in(draft) == "Long " * 14_000


def test_figures_are_saved_as_typed_right_or_wrong(writing, draft, portal):
    writing.goto(portal + page_of(draft, MONEY, "figures"))
    writing.get_by_label("Contract price, year 2").fill("2.4m")
    with saving(writing):
        pause(writing)
    expect(status(writing)).to_have_text(SAVED)
    assert Section.objects.get(proposal=draft, key="money").answers["F5"] == {"2": "2.4m"}
    writing.get_by_label("Contract price, year 2").fill("2,400,000")
    writing.get_by_role("button", name="Save and see the result").click()
    expect(writing).to_have_url(portal + f"/proposals/{draft.reference}/money/result/")


def test_when_the_line_is_down_it_says_so_at_once_and_tries_again(writing, draft):
    box(writing).fill("One")
    with saving(writing):
        pause(writing)
    writing.route("**/description/", lambda route: route.abort())
    box(writing).fill("One two")
    pause(writing)
    failed = "Not saved. Keep this page open; use Save and continue."
    expect(status(writing)).to_have_text(failed)
    assert_accessible(writing)
    writing.unroute("**/description/")
    with saving(writing):
        writing.clock.fast_forward(20_100)
    expect(status(writing)).to_have_text(SAVED)
    assert typed_in(draft) == "One two"


def test_it_is_spoken_at_most_once_a_minute(writing):
    box(writing).fill("One")
    with saving(writing):
        pause(writing)
    expect(status(writing)).to_have_text(SAVED)
    # Whatever it says by now, it is not said anew within the minute.
    writing.route(
        "**/description/",
        lambda route: route.fulfill(json={"said": "Saved at 11:11pm", "seen": "x"}),
    )
    box(writing).fill("One two")
    with saving(writing):
        pause(writing)
    expect(status(writing)).not_to_have_text("Saved at 11:11pm", timeout=500)
    writing.clock.fast_forward(60_000)
    expect(status(writing)).to_have_text("Saved at 11:11pm")


def test_a_colleague_who_saved_first_is_named_and_both_texts_are_one_press_away(
    writing, draft, people, browser, portal, address
):
    other = browser.new_context()
    sign_in(other, portal, people.lead)
    theirs = other.new_page()
    theirs.goto(address)
    theirs.locator("textarea[name=S5]").fill("Theirs")
    theirs.get_by_role("button", name="Save and continue").click()
    expect(theirs).not_to_have_url(address)
    box(writing).fill("Mine")
    with saving(writing) as answer:
        pause(writing)
    assert answer.value.status == 409
    said = f"Not saved: {people.lead.name} saved this page at "
    expect(status(writing)).to_contain_text(said)
    # It does not knock again and again.
    asked = []
    writing.on("request", lambda request: asked.append(request) if is_save(request) else None)
    box(writing).fill("Mine too")
    pause(writing)
    writing.wait_for_timeout(300)
    assert asked == []
    assert typed_in(draft) == "Theirs"
    writing.get_by_role("button", name="Save and continue").click()
    main = writing.locator("main")
    expect(main).to_contain_text("A colleague saved this page first")
    expect(main).to_contain_text("Theirs")
    expect(writing.locator("textarea[name=S5]")).to_have_value("Mine too")
    other.close()


def test_leaving_asks_first_when_what_was_typed_could_not_be_saved(writing):
    writing.route("**/description/", lambda route: route.abort())
    box(writing).fill("Unsaved")
    pause(writing)
    expect(status(writing)).to_contain_text("Not saved")
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    writing.on("dialog", answer)
    writing.evaluate("location.href = '/start/'")
    eventually(lambda: asked or writing.wait_for_timeout(20))
    assert asked == ["beforeunload"]
    expect(box(writing)).to_have_value("Unsaved")


def test_without_javascript_there_is_the_button_and_no_promise(portal, people, draft, browser):
    with browser.new_context(java_script_enabled=False, viewport=NARROW) as context:
        sign_in(context, portal, people.editor)
        page = context.new_page()
        page.goto(portal + page_of(draft, SERVICE, "description"))
        expect(status(page)).to_have_text("")
        box(page).fill("By the button")
        page.get_by_role("button", name="Save and continue").click()
        expect(page).to_have_url(portal + page_of(draft, SERVICE, "breadth"))
    assert typed_in(draft) == "By the button"


def sign_out_everywhere():
    Session.objects.all().delete()


def test_saving_while_typing_counts_as_being_at_work(writing):
    writing.clock.fast_forward("49:00")
    box(writing).fill("Still here")
    with saving(writing):
        pause(writing)
    writing.clock.fast_forward("48:00")
    expect(writing.get_by_role("dialog")).to_be_hidden()


def test_a_page_that_is_only_open_saves_nothing_and_its_session_ends(writing):
    asked = []
    writing.on("request", lambda request: asked.append(request) if is_save(request) else None)
    writing.clock.fast_forward("50:01")
    expect(writing.get_by_role("dialog", name="You will soon be signed out")).to_be_visible()
    writing.clock.fast_forward("10:00")
    expect(writing.get_by_role("dialog", name="You were signed out")).to_be_visible()
    assert asked == []


def test_signed_out_and_in_again_in_another_window_nothing_typed_is_lost(
    writing, draft, people, portal
):
    email = people.editor.email
    people.editor.emailaddress_set.create(email=email, verified=True, primary=True)
    writing.clock.fast_forward("01:00:01")
    sign_out_everywhere()
    ended = writing.get_by_role("dialog", name="You were signed out")
    ended.get_by_role("button", name="Go back to what I wrote").click()
    box(writing).fill("Written too late")
    with saving(writing) as answer:
        pause(writing)
    assert answer.value.status == 403
    expect(status(writing)).to_contain_text("Not saved: you were signed out.")
    expect(box(writing)).to_have_value("Written too late")
    assert_accessible(writing)

    other = writing.context.new_page()
    other.goto(f"{portal}/accounts/sign-in/")
    other.get_by_label("E-mail address").fill(email)
    other.get_by_label("Password", exact=True).fill("a long enough secret")
    other.get_by_role("button", name="Sign in").click()
    expect(other).not_to_have_url(re.compile("sign-in"))

    box(writing).fill("Written in time")
    with saving(writing) as answer:
        pause(writing)
    assert answer.value.status == 200
    expect(status(writing)).to_have_text(SAVED)
    # The page has a session again, and says so when it ends.
    writing.clock.fast_forward("50:01")
    warning = writing.get_by_role("dialog", name="You will soon be signed out")
    expect(warning).to_be_visible()
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    # Its button too has the new token.
    writing.get_by_role("button", name="Save and continue").click()
    expect(writing).to_have_url(portal + page_of(draft, SERVICE, "breadth"))
    assert typed_in(draft) == "Written in time"
