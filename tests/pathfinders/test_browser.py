"""The pages of pathfinders in a real browser: accessible, narrow, and without JavaScript."""

import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from activity import clock
from pathfinders import reference
from pathfinders.mentoring.models import Mentorship
from pathfinders.register.choices import Status
from pathfinders.register.models import Pathfinder
from tests.browser import assert_accessible, assert_fits, sign_in
from tests.pathfinders import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(portal, browser):
    """Opens a narrow screen without JavaScript, signed in as somebody."""
    contexts = []

    def screen(user=None):
        size = {"width": 320, "height": 640}
        contexts.append(browser.new_context(java_script_enabled=False, viewport=size))
        page = contexts[-1].new_page()
        if user is not None:
            sign_in(page.context, portal, user)
        return page

    yield screen
    for context in contexts:
        context.close()


def is_here(page, heading):
    """The page with this heading is open, and it fits."""
    expect(page.locator("h1")).to_have_text([heading])
    assert_fits(page)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def type_day(page, day):
    for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(label, exact=True).fill(str(number))


def test_the_register_is_narrowed_and_read(portal, plain):
    reference.load()
    page = plain()
    page.goto(f"{portal}/pathfinders/")
    is_here(page, "Pathfinders")
    search = page.get_by_role("search", name="Search the register")
    page.get_by_text("Narrow the list").click()
    page.get_by_role("link", name="Youth services").click()
    page.get_by_label("Name, place or service").fill("hammersmith")
    search.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Nothing matches these filters")).to_be_visible()
    assert_fits(page)
    page.get_by_role("link", name="Take off the filter Youth services").press("Enter")
    page.get_by_label("Order").select_option("newest")
    search.get_by_role("button", name="Search").click()
    name = page.locator("tbody th a").inner_text()
    page.locator("tbody th a").click()
    is_here(page, name)
    page.get_by_role("link", name="Pathfinders").first.click()
    is_here(page, "Pathfinders")


def test_a_coordinator_opens_publishes_moves_and_ends_an_entry(portal, plain):
    page = plain(factories.coordinator())
    page.goto(f"{portal}/programme/")
    is_here(page, "Programme")
    press(page, "Open an entry")
    is_here(page, "Open an entry")
    press(page, "Open the entry")
    page.get_by_role("link", name="Enter the name that it goes by").click()
    page.get_by_label("Name", exact=True).fill("Wolds Nursing")
    page.get_by_label("Appraisal").check()
    page.get_by_label("Where do you have this from?").fill("A visit in June")
    press(page, "Open the entry")
    is_here(page, "Wolds Nursing")
    press(page, "Publish this entry")
    is_here(page, "Publish this entry")
    press(page, "Publish the entry")
    expect(page.get_by_text("Everybody can see this entry now.")).to_be_visible()
    press(page, "Move to the next stage")
    is_here(page, "Move to the next stage")
    type_day(page, clock.today())
    page.get_by_label("Where is this from?").fill("A letter")
    page.get_by_label("What shows that it is there?").fill("It has a company.")
    press(page, "Move to the next stage")
    press(page, "Pause this pathfinder")
    is_here(page, "Pause this pathfinder")
    type_day(page, clock.today() + datetime.timedelta(days=30))
    page.get_by_label("Why does it pause?").fill("The contract waits.")
    press(page, "Pause this pathfinder")
    press(page, "Resume this pathfinder")
    is_here(page, "Resume this pathfinder")
    page.get_by_label("What has changed?").fill("It is let.")
    press(page, "Resume this pathfinder")
    press(page, "Record its end")
    is_here(page, "Record its end")
    page.get_by_label("Merged").check()
    type_day(page, clock.today())
    for label in ("staff", "assets"):
        page.get_by_label(f"What became of its {label}?").fill("Kept.")
    page.get_by_label("What became of the service?").fill("It goes on.")
    page.get_by_label("Where is this from?").fill("A letter")
    page.get_by_label("Why did it end?").fill("It is larger now.")
    press(page, "Record its end")
    is_here(page, "Wolds Nursing")
    assert Pathfinder.objects.get().status == Status.MERGED


def test_an_offer_is_made_answered_and_taken_back(portal, plain):
    entry, mentor = factories.entry(published=False), factories.mentor("Care Partners")
    nurse, answerer = factories.person(), mentor.people().get()
    desk = plain(factories.coordinator())
    desk.goto(f"{portal}/mentoring/")
    is_here(desk, "Mentoring")
    desk.get_by_role("link", name="Name its people").click()
    is_here(desk, "People of this pathfinder")
    desk.get_by_label("The address that they sign in with").fill(nurse.email)
    press(desk, "Add this person")
    expect(desk.get_by_text("belongs to this pathfinder now")).to_be_visible()
    desk.goto(f"{portal}/mentoring/?show=without")
    desk.get_by_role("link", name="Offer a mentor").click()
    is_here(desk, "Offer a mentor")
    desk.get_by_label("Care Partners").check()
    desk.get_by_label("Why do you suggest this match?").fill("Both care for people.")
    press(desk, "Make the offer")
    is_here(desk, f"Care Partners for {entry.name}")
    for user in (answerer, nurse):
        page = plain(user)
        page.goto(f"{portal}/start/")
        page.goto(f"{portal}/mentoring/mine/")
        is_here(page, "My mentoring")
        page.get_by_role("link", name="Care Partners for").click()
        press(page, "Accept the offer")
        is_here(page, "Accept the offer")
        press(page, "Accept the offer")
        is_here(page, f"Care Partners for {entry.name}")
    assert Mentorship.objects.get().status == "accepted"
    desk.goto(f"{portal}{entry.get_absolute_url()}people/")
    desk.get_by_role("link", name=f"Take off {nurse.name}").click()
    is_here(desk, f"Take {nurse.name} off this pathfinder?")
    press(desk, "Take off")
    expect(desk.get_by_text("is taken off this pathfinder")).to_be_visible()


def test_an_offer_is_declined_and_another_taken_back(portal, plain):
    declined, back = factories.offer(), factories.offer()
    page = plain(factories.sides(declined)[0])
    page.goto(portal + declined.get_absolute_url())
    press(page, "Decline the offer")
    is_here(page, "Decline the offer")
    page.get_by_label("I would rather not say").check()
    press(page, "Decline the offer")
    expect(page.get_by_text("You declined.")).to_be_visible()
    desk = plain(factories.coordinator())
    desk.goto(f"{portal}/mentoring/?show=offers")
    is_here(desk, "Mentoring")
    desk.get_by_role("link", name=back.pathfinder.name).click()
    press(desk, "Take the offer back")
    is_here(desk, "Take the offer back")
    desk.get_by_label("Why do you take it back?").fill("The wrong entry.")
    press(desk, "Take the offer back")
    found = dict(Mentorship.objects.values_list("pk", "status"))
    assert found == {declined.pk: "declined", back.pk: "withdrawn"}


LISTS = ["/programme/", "/programme/?show=overdue", "/programme/open/"] + [
    f"/mentoring/?show={name}" for name in ("without", "offers", "mentors")
]


@pytest.fixture
def filled(stored, portal):
    """A programme with something in each list, and the coordinator who reads it."""
    stored(reference.load)
    factories.entry(published=False)
    factories.due(factories.offer(), -1)
    return factories.coordinator()


@pytest.mark.parametrize("address", LISTS)
def test_the_lists_are_accessible_and_narrow(portal, page, filled, address):
    sign_in(page.context, portal, filled)
    page.goto(portal + address)
    assert_accessible(page)
    assert_fits(page)


VERBS = ["pathfinder", "publish", "people", "advance", "pause", "end", "offer_mentor"]


@pytest.mark.parametrize("name", VERBS)
def test_the_pages_of_an_entry_are_accessible_and_narrow(portal, page, name):
    entry = factories.entry(published=False, name="Nursing" * 12)
    factories.join(entry, factories.person())
    factories.mentor()
    sign_in(page.context, portal, factories.coordinator())
    page.goto(portal + reverse(f"pathfinders:{name}", args=[entry.reference]))
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("verb", ["", "accept/", "decline/"])
def test_the_pages_of_an_offer_are_accessible_and_narrow(portal, page, verb):
    offer = factories.offer()
    sign_in(page.context, portal, factories.sides(offer)[1])
    page.goto(portal + offer.get_absolute_url() + verb)
    assert_accessible(page)
    assert_fits(page)
