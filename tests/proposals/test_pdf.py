"""The PDF of a frozen version: its words, its tags, who may have it, and that it is made once."""

import datetime
import hashlib
import io

import pypdf
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activity import clock, printed
from proposals import tasks
from proposals.draft import freezing, printing
from proposals.draft.models import Section, Status, Version, VersionPdf
from tests.at_once import at_once
from tests.factories import somebody
from tests.proposals import builders

HOSTILE = (
    '#include "secret.typ" #read("/etc/passwd") $x^2$ \\ *bold* _low_ `raw` <label> @ref '
    "= heading\n- list\n// comment /* more */ #panic() ]["
)


def text_of(pdf):
    pages = pypdf.PdfReader(io.BytesIO(bytes(pdf.data))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def address(name, proposal, number=1):
    return reverse(f"proposals:{name}", args=[proposal.reference, number])


def frozen_with(people, **typed):
    """A version in which one answer is what somebody typed."""
    proposal = builders.draft_of(people)
    section = Section.objects.get(proposal=proposal, key="quality")
    section.answers |= typed
    section.save()
    return freezing.freeze(proposal)


@pytest.fixture
def submitted(stored, people, staff):
    return stored(builders.proposal_at, Status.SUBMITTED, people, staff)


def test_it_says_what_was_frozen_and_nobodys_name(submitted, people):
    tasks.make_pdfs()

    version = Version.objects.get(proposal=submitted)
    words = text_of(version.pdf)
    assert submitted.reference in words
    assert version.sha256 in words.replace(" ", "")
    assert "Records could be late. We run both systems for a month." in words
    assert "£2,400,000" in words
    assert version.pdf.sha256 == hashlib.sha256(bytes(version.pdf.data)).hexdigest()
    for person in vars(people).values():
        assert person.name not in words
        assert person.email not in words
    for typed in ("Ngozi Adeyemi", "Tom Reyes", "0116 496 0000"):
        assert typed not in words
    assert "Kept beside this document, because it names people." in words


def test_it_carries_rows_of_tables_under_their_heads(submitted):
    printing.make_missing()

    words = text_of(VersionPdf.objects.get())
    assert "Who holds the licence" in words
    assert "Shared for a year" in words
    # Seven columns are too many for paper: each row stands as lines.
    assert "Who qualifies: All staff" in words


def test_it_can_be_read_aloud(submitted):
    printing.make_missing()

    reader = pypdf.PdfReader(io.BytesIO(bytes(VersionPdf.objects.get().data)))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == submitted.title
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_the_same_version_gives_the_same_bytes(submitted):
    version = Version.objects.get()
    facts = printing.facts_of(version)

    made = [printed.made(printing.TEMPLATE, facts, at=version.frozen_at) for _ in range(2)]

    assert made[0] == made[1]
    printing.make_missing()
    kept = bytes(VersionPdf.objects.get().data)
    assert kept == made[0]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (HOSTILE, " ".join(HOSTILE.split())),
        ("😀 中 \u202e turned", "😀 [U+4E2D] [U+202E] turned"),
        ("a\ufeffb\u0007c", "a[U+FEFF]b[U+0007]c"),
    ],
)
def test_what_was_typed_comes_out_as_text(people, typed, shown):
    version = frozen_with(people, Q5=typed)

    printing.make_missing()

    assert shown in text_of(VersionPdf.objects.get(version=version))


def test_words_from_right_to_left_are_there(people):
    frozen_with(people, Q5="שלום")
    printing.make_missing()

    words = text_of(VersionPdf.objects.get())
    assert "שלום" in words or "םולש" in words


@pytest.mark.slow
def test_fifty_thousand_letters_without_a_space_are_set(people):
    version = frozen_with(people, Q5="x" * 50_000)

    printing.make_missing()

    assert text_of(version.pdf).replace(" ", "").count("x") >= 50_000


def test_letters_that_stand_as_numbers_are_explained(people):
    frozen_with(people, Q5="中")
    printing.make_missing()
    assert "stand as their numbers" in text_of(VersionPdf.objects.get())


def test_one_that_cannot_be_set_keeps_no_other_from_being_made(people, tmp_path, monkeypatch):
    first, second = frozen_with(people), frozen_with(builders.team())
    broken = tmp_path / "version.typ"
    broken.write_text(
        f'#let f = json(bytes(sys.inputs.facts))\n#set document(title: "A")\n'
        f'#if f.caption.contains("{first.proposal.reference}") [ #panic("broken") ] else [ A ]'
    )
    monkeypatch.setattr(printing, "TEMPLATE", broken)

    printing.make_missing()

    assert [pdf.version for pdf in VersionPdf.objects.all()] == [second]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one():
    call_command("load_reference")
    version = frozen_with(builders.team())

    answers = at_once(printing.make_missing, printing.make_missing)

    assert answers == [None, None]
    assert VersionPdf.objects.get().version == version


def test_a_pdf_that_was_made_never_changes(submitted):
    printing.make_missing()
    with pytest.raises(InternalError, match="Cannot"):
        VersionPdf.objects.update(sha256="")


def test_the_worker_is_asked_once_the_version_is_kept(
    people, staff, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        builders.proposal_at(Status.SUBMITTED, people, staff)
    assert callbacks.count(freezing.ask_for_pdf) == 1


@pytest.mark.parametrize(("page", "who"), [("version", "lead"), ("case_version", "reviewer")])
def test_a_page_says_that_it_is_being_made_and_then_leads_to_it(
    client, submitted, people, staff, page, who
):
    client.force_login((vars(people) | vars(staff))[who])
    said = client.get(address(page, submitted)).content.decode()
    assert "being made" in said
    assert client.get(address(f"{page}_pdf", submitted)).url == address(page, submitted)

    printing.make_missing()

    assert (
        address(f"{page}_pdf", submitted) in client.get(address(page, submitted)).content.decode()
    )
    answer = client.get(address(f"{page}_pdf", submitted))
    assert answer["Content-Type"] == "application/pdf"
    name = f"{submitted.reference}-version-1.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.content == bytes(VersionPdf.objects.get().data)


@pytest.mark.parametrize("page", ["version", "version_pdf", "version_people"])
def test_only_who_may_see_the_version_gets_it(client, submitted, staff, page):
    printing.make_missing()
    silent = somebody("reviewer")
    for who in (somebody(), staff.reviewer):
        client.force_login(who)
        assert client.get(address(page, submitted)).status_code == 404
    for who, status in ((somebody(), 404), (silent, 302), (staff.reviewer, 200)):
        client.force_login(who)
        assert client.get(address(f"case_{page}", submitted)).status_code == status
    builders.review.declare(proposal=submitted, is_conflict=True, by=staff.reviewer)
    client.force_login(staff.reviewer)
    assert client.get(address(f"case_{page}", submitted)).status_code == 404
    assert client.get(address(page, submitted, 2)).status_code == 404


@pytest.mark.parametrize(
    ("page", "who"), [("version_people", "viewer"), ("case_version_people", "decider")]
)
def test_the_people_stand_on_a_page_of_their_own(client, submitted, people, staff, page, who):
    client.force_login((vars(people) | vars(staff))[who])
    words = client.get(address(page, submitted)).content.decode()
    for person in vars(people).values():
        assert person.name in words


def test_pages_of_a_version_do_not_read_its_pdf(client, submitted, people):
    printing.make_missing()
    client.force_login(people.lead)
    with CaptureQueriesContext(connection) as captured:
        client.get(address("version", submitted))
    assert not any('"data"' in query["sql"] and "versionpdf" in query["sql"] for query in captured)
    assert len(captured) <= 10


def test_one_that_is_not_there_after_ten_minutes_is_said_to_be_late(client, submitted, people):
    first = Version.objects.get()
    Version.objects.create(
        proposal=submitted,
        number=2,
        scheme=first.scheme,
        text=first.text,
        sha256=first.sha256,
        frozen_at=clock.now() - datetime.timedelta(minutes=11),
    )
    client.force_login(people.lead)
    assert "longer than it should" in client.get(address("version", submitted, 2)).content.decode()
    assert "being made" in client.get(address("version", submitted, 1)).content.decode()
