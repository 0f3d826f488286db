"""Two people in two browsers see where the other is, while they are there, and nobody is stopped."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from activity.models import Presence
from proposals import reference
from proposals.draft.models import Status
from proposals.review import actions as review
from tests.browser import NARROW, assert_accessible, assert_fits, sign_in
from tests.proposals import builders
from tests.proposals.test_writing import SERVICE, page_of
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def people(stored, portal):
    stored(reference.load)
    return stored(builders.team)


@pytest.fixture
def window(portal, browser):
    """A window of somebody's own browser, whose clock the test moves."""
    contexts = []

    def of(user, path, **options):
        contexts.append(browser.new_context(**options))
        sign_in(contexts[-1], portal, user)
        page = contexts[-1].new_page()
        page.clock.install()
        page.goto(portal + path)
        return page

    yield of
    for context in contexts:
        context.close()


def here(page):
    return page.locator("[data-here]")


def next_beat(page):
    with page.expect_response("**/here/"):
        page.clock.fast_forward(20_100)


def somebody_is_there():
    return eventually(lambda: Presence.objects.first())


def test_a_colleague_sees_who_is_where_and_then_that_they_left(stored, people, window):
    draft = stored(builders.draft_of, people)
    description, name = (page_of(draft, SERVICE, key) for key in ("description", "name"))
    amina = window(people.lead, description)
    somebody_is_there()
    leo = window(people.editor, description)
    expect(here(leo)).to_have_text(f"{people.lead.name} has this page open")
    leo.locator("textarea[name=S5]").fill("Leo's words")
    next_beat(amina)
    expect(here(amina)).to_have_text(f"{people.editor.name} is writing here")
    assert_accessible(amina)
    assert_fits(amina, NARROW["width"])

    # Shown, never a lock: both may write.
    expect(amina.locator("textarea[name=S5]")).to_be_editable()
    amina.goto(amina.url.replace(description, name))
    eventually(lambda: Presence.objects.filter(user=people.lead, spot="service/name").exists())
    next_beat(leo)
    expect(here(leo)).to_have_text(f"{people.lead.name} is in “Service and scope”")

    amina.close()
    eventually(lambda: not Presence.objects.filter(user=people.lead).exists())
    next_beat(leo)
    expect(here(leo)).to_have_text("")


def test_a_page_that_is_not_looked_at_says_nothing(stored, people, window):
    draft = stored(builders.draft_of, people)
    amina = window(people.lead, reverse("proposals:tasks", args=[draft.reference]))
    somebody_is_there()
    amina.evaluate(
        """() => {
            Object.defineProperty(document, 'hidden', { get: () => true });
            document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    asked = []
    amina.on("request", lambda request: asked.append(request.url))
    amina.clock.fast_forward(60_000)
    amina.wait_for_timeout(300)
    assert asked == []


def test_a_conflict_declared_meanwhile_ends_it_on_both_sides(people, window):
    staff = builders.officials()
    case = builders.proposal_at(Status.ASSESSING, people, staff)
    address = reverse("proposals:case", args=[case.reference])
    helen = window(staff.reviewer, address)
    somebody_is_there()
    sam = window(staff.decider, address)
    expect(here(sam)).to_have_text(f"{staff.reviewer.name} is looking at this case")
    next_beat(helen)
    expect(here(helen)).to_have_text(f"{staff.decider.name} is looking at this case")

    review.declare(proposal=case, is_conflict=True, by=staff.reviewer)
    next_beat(sam)
    expect(here(sam)).to_have_text("")
    next_beat(helen)
    expect(here(helen)).to_have_text("")


def test_without_javascript_the_page_says_who_was_here_when_it_was_drawn(
    stored, people, window, browser
):
    draft = stored(builders.draft_of, people)
    window(people.lead, page_of(draft, SERVICE, "name"))
    somebody_is_there()
    tasks = reverse("proposals:tasks", args=[draft.reference])
    viewer = window(people.viewer, tasks, java_script_enabled=False, viewport=NARROW)
    expect(here(viewer)).to_have_text(f"{people.lead.name} is in “Service and scope”")
    assert not Presence.objects.filter(user=people.viewer).exists()
    assert_fits(viewer)
