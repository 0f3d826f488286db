"""Documents in a browser on a phone: with scripts, which show how far a file is, and without."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

import proposals.reference
from proposals.draft.models import Document
from tests.browser import NARROW, assert_accessible, assert_fits, sign_in
from tests.proposals import builders, documents

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SLOWLY = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 150_000}
# A step may be gone before anybody looks: all that the line says is heard.
HEARD = """status => new MutationObserver(() => heard(status.textContent)).observe(
    status, {childList: true}
)"""


def look(page, has_script):
    if has_script:
        assert_accessible(page)
        assert_fits(page)


def choose(page, name, content):
    file = {"name": name, "mimeType": "application/pdf", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)


def assert_moves_on(said):
    """From nothing on by steps of a fifth, of which a busy machine may leave some out."""
    *steps, last = said
    assert last == "All of it is sent. We are looking at it."
    parts = [int(step.removeprefix("Sending the file: ").removesuffix("% sent")) for step in steps]
    assert parts[0] == 0
    assert len(parts) > 1
    assert sorted(set(parts)) == parts
    assert set(parts) <= {0, 20, 40, 60, 80, 100}


@pytest.mark.parametrize("has_script", [True, False])
def test_a_document_is_refused_added_downloaded_and_taken_out(portal, browser, has_script):
    proposals.reference.load()
    people = builders.team()
    draft = builders.draft_of(people, complete=False)
    content = documents.PDF + bytes(300_000)
    with browser.new_context(viewport=NARROW, java_script_enabled=has_script) as context:
        sign_in(context, portal, people.editor)
        page = context.new_page()
        page.goto(portal + reverse("proposals:documents", args=[draft.reference]))
        look(page, has_script)
        page.locator("[name=section]").select_option("quality")
        page.locator("[name=title]").fill("Our figures")
        choose(page, "figures.pdf", documents.PROGRAM)
        add = page.get_by_role("button", name="Add the document")
        add.click()
        problem = page.locator(".govuk-error-summary")
        expect(problem).to_contain_text("This is called .pdf but is a program; nothing was kept")
        assert page.locator("[name=section]").input_value() == "quality"
        assert page.locator("[name=title]").input_value() == "Our figures"
        assert page.title().startswith("Error:")
        look(page, has_script)

        choose(page, "figures.pdf", content)
        if has_script:
            expect(problem).to_be_focused()
            line = context.new_cdp_session(page)
            line.send("Network.emulateNetworkConditions", SLOWLY)
            said: list[str] = []
            page.expose_function("heard", lambda words: said.append(words))
            page.locator("[data-upload-line] [role=status]").evaluate(HEARD)
            add.click()
            expect(page.locator("progress")).to_be_visible()
        else:
            add.click()
        expect(page.locator("main")).to_contain_text("“figures.pdf” is added.")
        if has_script:
            assert_moves_on(said)
        look(page, has_script)
        assert documents.content_of(Document.objects.get()) == content

        with page.expect_download() as saved:
            page.get_by_role("link", name="figures.pdf", exact=True).click()
        assert saved.value.suggested_filename == "figures.pdf"
        assert saved.value.path().read_bytes() == content

        page.get_by_role("link", name="Take out figures.pdf").click()
        look(page, has_script)
        page.get_by_role("button", name="Take it out").click()
        expect(page.locator("main")).to_contain_text("No documents. They can follow later.")
        assert not Document.objects.exists()


def test_a_file_that_does_not_arrive_is_said_and_can_be_sent_again(portal, browser):
    proposals.reference.load()
    people = builders.team()
    draft = builders.draft_of(people, complete=False)
    with browser.new_context(viewport=NARROW) as context:
        sign_in(context, portal, people.lead)
        page = context.new_page()
        page.goto(portal + reverse("proposals:documents", args=[draft.reference]))
        page.locator("[name=section]").select_option("staff")
        choose(page, "figures.pdf", documents.PDF)
        context.set_offline(True)
        add = page.get_by_role("button", name="Add the document")
        add.click()
        said = page.get_by_role("status")
        expect(said).to_have_text("Not sent: the connection broke. Press the button again.")
        context.set_offline(False)
        page.wait_for_timeout(1_100)  # GOV.UK's button is deaf to a second press for a second
        add.click()
        expect(page.locator("main")).to_contain_text("“figures.pdf” is added.")
