"""A vote of forty in a browser, from setting it up to what its answer opens or closes.

On a phone, in the time that a test moves for browser, web and worker alike.
"""

import datetime

import pytest
from django.urls import reverse

from activity import clock, links
from activity.models import ClockMove
from proposals import reference
from proposals.ballot import actions, voting
from proposals.ballot.models import SCRUTINEER, Ballot, Choice, Status
from tests.browser import NARROW, assert_accessible, assert_fits, sign_in
from tests.held_links import prove
from tests.proposals import ballots, builders

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROLL = "name;e-mail address;group\r\n" + "\r\n".join(
    f"Voter {n};{f'v{n}@staff.example' if n < 34 else ''};{('Ward', 'Clinic')[n % 2]}"
    for n in range(40)
)


LOOKED_AT = set()


def on(page, heading):
    """Fail unless the page is there, and, the first time, accessible and narrow."""
    assert page.locator("h1").inner_text() == heading
    has_errors = page.locator(".govuk-error-summary").count()
    if (heading, has_errors) not in LOOKED_AT:
        assert_accessible(page)
        assert_fits(page)
    LOOKED_AT.add((heading, has_errors))


def parts(page, name, day):
    for part in ("day", "month", "year"):
        page.locator(f"[name={name}-{part}]").fill(str(getattr(day, part)))


@pytest.fixture
def moved(settings):
    """The clock, moved for everybody by so many days."""
    settings.TEST_CLOCK = True
    return lambda **far: ClockMove.objects.create(seconds=datetime.timedelta(**far).total_seconds())


def test_forty_people_vote_and_say_yes(portal, browser, moved):
    reference.load()
    people = builders.team()
    proposal = builders.draft_of(people)
    with (
        browser.new_context(viewport=NARROW) as mine,
        browser.new_context(viewport=NARROW) as theirs,
        browser.new_context(viewport=NARROW, java_script_enabled=False) as plain,
    ):
        sign_in(mine, portal, people.lead)
        lead = mine.new_page()
        set_up(lead, portal, proposal)
        ballot = Ballot.objects.get()
        scrutineer = theirs.new_page()
        run(scrutineer, portal, ballot)
        known = list(ballots.codes_of(ballot).values())
        ballot = open_vote(scrutineer, ballot)
        vote(plain.new_page(), portal, known[0], "Yes")
        vote(theirs.new_page(), portal, known[1], "No", look=True)
        for code in known[2:]:
            voting.cast(code=code, choice=Choice.FOR)
        moved(days=20)
        actions.close_due()
        # The clock stands later than the session lasts.
        sign_in(mine, portal, people.lead)
        words = result(lead, portal, proposal)
        assert "Staff said yes." in words
        assert "39 of 40 said yes (98%)" in words
        with lead.expect_download() as download:
            lead.get_by_role("link", name="Download the certificate").click()
        assert download.value.suggested_filename == f"{ballot.reference}-certificate.pdf"
        assert asks_to_sign(lead, portal, proposal)


def test_forty_people_vote_and_say_no(portal, browser, moved):
    reference.load()
    people = builders.team()
    proposal = builders.draft_of(people)
    _ballot, known = ballots.opened(ballots.begin(proposal, people.lead))
    with browser.new_context(viewport=NARROW) as context:
        sign_in(context, portal, people.lead)
        lead = context.new_page()
        assert "Hidden until the vote closes." in result(lead, portal, proposal)
        vote(context.new_page(), portal, known.popitem()[1], "Yes")
        for code in known.values():
            voting.cast(code=code, choice=Choice.AGAINST)
        moved(days=20)
        actions.close_due()
        sign_in(context, portal, people.lead)
        assert "Staff did not say yes" in result(lead, portal, proposal)
        assert not asks_to_sign(lead, portal, proposal)
        assert "said no" in lead.locator("main").inner_text()


def result(page, portal, proposal):
    page.goto(f"{portal}{reverse('proposals:ballot_result', args=[proposal.reference])}")
    on(page, "Result of the vote")
    return page.locator("main").inner_text()


def asks_to_sign(page, portal, proposal):
    page.goto(f"{portal}{reverse('proposals:ask_sign_off', args=[proposal.reference])}")
    return page.get_by_role("button", name="Ask people to sign").count() == 1


def set_up(page, portal, proposal):
    page.goto(f"{portal}{reverse('proposals:tasks', args=[proposal.reference])}")
    page.get_by_role("link", name="Vote of staff").click()
    on(page, "Vote of staff")
    page.get_by_role("button", name="Set up a vote").click()
    on(page, "Set up a vote of staff")
    page.get_by_role("button", name="Set it up").click()
    on(page, "Set up a vote of staff")
    page.get_by_label("What are staff asked?").fill(ballots.QUESTION)
    today = clock.today()
    parts(page, "opens_on", today + datetime.timedelta(days=1))
    parts(page, "closes_on", today + datetime.timedelta(days=15))
    page.get_by_label("Who runs the vote?").fill("Una Officer")
    page.get_by_label("Their e-mail address").fill("una@union.example")
    page.get_by_role("button", name="Set it up").click()
    on(page, "Vote of staff")
    for name, heading in (
        ("ballot_change", "Change the question or the days"),
        ("ballot_replace", "Name another scrutineer"),
        ("ballot_call_off", "Call the vote off?"),
    ):
        page.goto(f"{portal}{reverse(f'proposals:{name}', args=[proposal.reference])}")
        on(page, heading)


def run(page, portal, ballot):
    """From the mail's link to codes that are made and letters that are printed."""
    token = links.issue(SCRUTINEER, ballot, address=ballot.scrutineer_address)
    page.goto(portal + links.path(SCRUTINEER, token))
    page.get_by_role("button", name="See what is asked").click()
    on(page, "Run a vote of staff")
    page.get_by_role("button", name="Go on with a code").click()
    prove(page, SCRUTINEER)
    on(page, "Run a vote of staff")
    page.get_by_role("link", name="Roll of who may vote").click()
    on(page, "Roll of who may vote")
    upload(page, f"{ROLL}\r\n;x@y.example;")
    assert "Row 42: enter a name" in page.locator(".govuk-error-summary").inner_text()
    on(page, "Roll of who may vote")
    upload(page, ROLL)
    on(page, "Roll of who may vote")
    assert "40 people" in page.locator("main").inner_text()
    page.get_by_role("button", name="This roll is right").click()
    page.get_by_role("link", name="Codes").click()
    on(page, "Make the codes?")
    page.get_by_role("button", name="Make the codes").click()
    on(page, "Run a vote of staff")
    page.get_by_role("link", name="Letters for those").click()
    on(page, "Letters with codes")
    with page.expect_download():
        page.get_by_role("link", name="Download the letters").click()


def upload(page, text):
    file = {"name": "roll.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Upload the roll").click()


def open_vote(page, ballot):
    page.get_by_role("button", name="I have printed them").click()
    page.get_by_role("link", name="Go on with the vote").click()
    assert "at the earliest" in page.locator("main").inner_text()
    Ballot.objects.update(opens_at=clock.now())
    page.reload()
    page.get_by_role("link", name="Voting").click()
    on(page, "Open the vote?")
    page.get_by_role("button", name="Open the vote").click()
    on(page, "Run a vote of staff")
    return ballots.again(ballot)


def vote(page, portal, code, choice, *, look=False):
    page.goto(f"{portal}{reverse('proposals:vote_code')}")
    page.get_by_label("Your code").fill(code.lower())
    page.get_by_role("button", name="Continue").click()
    if look:
        on(page, ballots.QUESTION)
    page.get_by_label(choice, exact=True).check()
    page.get_by_role("button", name="Cast my vote").click()
    assert page.locator("h1").inner_text() == "Your vote was counted"
    if look:
        # The page was kept by no cache: whoever goes back reads what is true by now.
        page.go_back()
        on(page, "You cannot vote with this code")
    # Nothing but the token against forged forms stays in the browser.
    names = {cookie["name"] for cookie in page.context.cookies(f"{portal}/vote/")}
    assert names <= {"csrftoken", "sessionid"}
    assert ballots.again(Ballot.objects.get()).status == Status.OPEN
