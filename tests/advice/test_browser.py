"""The pages of the line in a real browser: accessible, narrow, and without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from activity.models import ClockMove, Notification
from advice.answers.steps import HELD_FOR
from advice.intake import actions as intake
from advice.intake.models import Enquiry
from tests.advice.factories import CANARIES, adviser, canary, enquiry, held, holder
from tests.browser import assert_accessible, assert_fits, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def check(page, address):
    page.goto(address)
    assert_accessible(page)
    assert_fits(page, 320)
    expect(page.locator("h1")).to_have_count(1)


@pytest.fixture
def user(line):
    return adviser()


@pytest.mark.parametrize("address", ["/advice/desk/", "/advice/queue/?view=all", "/advice/next/"])
def test_lists_are_accessible_and_narrow(portal, page, user, address):
    held(user, **CANARIES)
    canary(topic=None)
    enquiry("WRK-2")
    sign_in(page.context, portal, user)
    check(page, portal + address)


VERBS = ["enquiry", "reply", "wait", "note", "hand_over", "close"]


@pytest.mark.parametrize("name", VERBS)
def test_pages_of_an_enquiry_are_accessible_and_narrow(portal, page, user, name):
    made = held(user, **CANARIES)
    Notification.objects.update(held_at=made.received_at, held_because="employer-domain")
    sign_in(page.context, portal, user)
    check(page, portal + reverse(f"advice:{name}", args=[made.reference]))


@pytest.mark.parametrize(("width", "is_beside"), [(320, False), (1280, True)])
def test_whoever_rings_meets_the_safe_ways_before_the_words(portal, page, user, width, is_beside):
    made = held(user, **CANARIES)
    sign_in(page.context, portal, user)
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(portal + reverse("advice:enquiry", args=[made.reference]))
    safe = page.get_by_text(CANARIES["safe_ways"])
    ring = page.get_by_role("link", name=CANARIES["telephone"])
    words, reply = page.get_by_text("May eight canaries"), page.get_by_role("button", name="Reply")
    boxes = [each.bounding_box() for each in (safe, ring, reply, words)]
    tops = [box["y"] for box in boxes]
    if is_beside:
        assert boxes[0]["x"] > boxes[3]["x"] + boxes[3]["width"]
        assert abs(tops[2] - page.locator(".app-split__first").bounding_box()["y"]) < 40
    else:
        assert tops == sorted(tops)
    # What is read out comes in the order of the page's text, whatever its width.
    text = page.locator("main").inner_text()
    places = [text.index(each) for each in (CANARIES["safe_ways"], "Reply", "May eight canaries")]
    assert places == sorted(places)
    assert text.index(CANARIES["safe_ways"]) < text.index(CANARIES["telephone"])


def test_claiming_is_accessible_and_narrow(portal, page, user):
    made = enquiry(topic=None)
    sign_in(page.context, portal, user)
    check(page, portal + reverse("advice:claim", args=[made.reference]))


def test_a_question_is_asked_answered_and_read_without_javascript(portal, browser, user, settings):
    screen = {"width": 320, "height": 640}
    context = browser.new_context(java_script_enabled=False, viewport=screen)
    page = context.new_page()
    page.goto(f"{portal}/advice/")
    page.get_by_role("button", name="Ask a question").click()
    page.get_by_label("What do you want to ask?").fill("Do we need a ballot?")
    page.get_by_label("What is it about?").select_option("STF-1")
    page.wait_for_timeout(2100)  # quicker than that, nobody types
    page.get_by_role("button", name="Send my question").click()
    page.get_by_role("link", name="See where your question stands").click()
    expect(page.get_by_text("In line for a person")).to_be_visible()
    private = page.url
    desk = browser.new_context(java_script_enabled=False, viewport=screen).new_page()
    sign_in(desk.context, portal, user)
    desk.goto(f"{portal}/advice/desk/")
    desk.get_by_role("button", name="Take the next enquiry").click()
    desk.get_by_role("button", name="Reply").click()
    desk.get_by_label("Your reply").fill("No law asks for one.")
    made = Enquiry.objects.get()
    intake.add(enquiry=made, words="And who counts?", once=made.once, by=holder(made))
    desk.get_by_role("button", name="Send reply").click()
    expect(desk.get_by_text("And who counts?").first).to_be_visible()
    expect(desk.get_by_label("Your reply")).to_have_value("No law asks for one.")
    desk.get_by_role("button", name="Send it now").click()
    settings.TEST_CLOCK = True
    ClockMove.objects.create(seconds=HELD_FOR.total_seconds())
    page.goto(private)
    expect(page.get_by_text("There is an answer")).to_be_visible()
    expect(page.get_by_text("No law asks for one.")).to_be_visible()
    context.close()


def test_the_private_page_and_what_it_offers_are_accessible(portal, page, line):
    page.goto(f"{portal}/advice/ask/")
    page.get_by_label("What do you want to ask?").fill("Do we need a ballot?")
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Send my question").click()
    page.wait_for_url("**/sent/")
    assert_accessible(page)
    assert_fits(page, 320)
    page.get_by_role("link", name="See where your question stands").click()
    private = page.url
    for verb in ("", "add/", "withdraw/", "start-proposal/"):
        check(page, private + verb)
