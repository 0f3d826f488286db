"""The documents of versions: compared, on paper, and signed."""

import pytest

from activity.models.documents import Scan
from proposals import tasks
from proposals.draft import actions
from proposals.draft.models import Document, Version
from tests.proposals import builders, documents
from tests.proposals.test_pdf import text_of
from tests.proposals.test_versions_compare import read


@pytest.fixture
def asked(stored, people, staff):
    return stored(with_other_documents, people, staff)


def with_other_documents(people, staff):
    """Sent back after a first version with two documents; since then one is out and one is in."""
    draft = builders.draft_of(people)
    documents.add(draft, people.lead, "Stays.txt", b"Stays.")
    old = documents.add(draft, people.lead, "Canary goes.pdf")
    signed = builders.sign_all(builders.ask_to_sign(builders.again(draft), people))
    actions.submit(proposal=signed, seen=signed.revision, by=people.lead)
    builders.declare_none(signed, staff.reviewer)
    sent = builders.again(signed)
    builders.review.begin(proposal=sent, seen=sent.revision, by=staff.reviewer)
    asked = builders.ask_changes(builders.again(sent), staff, ("staff", "worries"))
    actions.remove_document(document=old, by=people.editor)
    documents.add(asked, people.editor, "Canary comes.txt", b"Comes.")
    return builders.again(asked)


def test_what_a_new_version_adds_and_leaves_out_is_shown(client, asked, people, staff):
    builders.sign_all(builders.ask_to_sign(builders.reply_all(asked, people), people))
    draft = read(client, "resubmit", asked, people.lead)
    current = builders.again(asked)
    builders.requests.resubmit(proposal=current, seen=current.revision, by=people.lead)
    for page in (
        draft,
        read(client, "versions_compare", asked, people.viewer),
        read(client, "case_versions_compare", asked, staff.reviewer),
    ):
        main = " ".join(page.partition("<main")[2].split())
        gone, come = main.index("Canary goes.pdf (Staff"), main.index("Canary comes.txt (Staff")
        assert "Taken out" in main[gone : gone + 800]
        assert "Added" in main[come : come + 800]
        assert "Stays.txt" not in main
    assert "Version 2 says the same as version 1." in page
    assert "2 documents were added or taken out." in page


def test_paper_says_section_kind_size_and_hash_and_no_name(asked):
    tasks.make_pdfs()
    words = text_of(Version.objects.get().pdf)
    filed = Version.objects.get().documents()
    for each in filed:
        assert each.sha256 in words.replace(" ", "")
    assert "Staff support: PDF, 1 KB" in words
    assert "a name may be a person's" in words
    assert "Canary" not in words


def test_who_signs_sees_what_they_sign(client, asked, people):
    builders.ask_to_sign(builders.reply_all(asked, people), people)
    page = read(client, "sign", asked, people.editor)
    assert "Canary comes.txt" in page
    assert "Stays.txt" in page
    assert "Canary goes.pdf" not in page


BLOCKED = [
    (Scan.INFECTED, False, "A virus was found in “plan.pdf”. Take it out first."),
    (Scan.INFECTED, True, "A virus was found in “plan.pdf”. Take it out first."),
    (Scan.WAITING, True, "We are still checking “plan.pdf” for viruses."),
    (Scan.NOT_SCANNED, True, "“plan.pdf” could not be checked for viruses."),
    (Scan.NOT_SCANNED, False, ""),
    (Scan.WAITING, False, ""),
    (Scan.CLEAN, True, ""),
]


def test_what_is_known_of_viruses_stops_asking_to_sign_and_submitting(
    stored, client, people, settings
):
    draft = stored(builders.draft_of, people)
    documents.add(draft, people.lead)
    for name in ("ask_sign_off", "submit"):
        for scan, required, said in BLOCKED:
            settings.REQUIRE_SCAN = required
            Document.objects.update(scan=scan)
            page = read(client, name, draft, people.lead)
            assert said in page, (name, scan)
            assert ("data-prevent-double-click" in page) == (not said)
        settings.REQUIRE_SCAN = False
        if name == "ask_sign_off":
            builders.sign_all(builders.ask_to_sign(builders.again(draft), people))


def test_the_new_version_is_stopped_too(client, asked, people):
    builders.sign_all(builders.ask_to_sign(builders.reply_all(asked, people), people))
    Document.objects.present().filter(name="Stays.txt").update(scan=Scan.INFECTED)
    page = read(client, "resubmit", asked, people.lead)
    assert "A virus was found in “Stays.txt”. Take it out first." in page
