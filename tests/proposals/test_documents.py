"""The page of a draft's documents: what it takes, what it refuses in which words, what it costs."""

import io
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activity import clock
from activity.documents import MOST_BYTES
from activity.models import Event
from activity.models.documents import Scan
from activity.sniffing import ENTRY, ZIP, FileKind, kind_of
from activity.uploads import MEGABYTE
from activity.workflow import MovedOn
from proposals.draft import actions
from proposals.draft.models import Document, DocumentPiece, Proposal, SchemeVersion, Status
from tests.factories import UserFactory
from tests.proposals import builders, documents
from tests.proposals.test_workflow import force


@pytest.fixture
def draft(stored, people):
    return stored(builders.draft_of, people)


@pytest.fixture
def lead(client, people):
    client.force_login(people.lead)
    return client


def address(proposal):
    return reverse("proposals:documents", args=[proposal.reference])


def of(document, what):
    args = [document.proposal.reference, document.key]
    return reverse(f"proposals:document_{what}", args=args)


def send(client, proposal, name="plan.pdf", content=documents.PDF, **typed):
    """What the page sends, with the file; typed: other fields than usual."""
    fields = {"section": "staff", "title": "Our minutes", "once": uuid.uuid4(), **typed}
    if content is None:
        return client.post(address(proposal), fields)
    sent = documents.body(fields, name, content)
    return client.post(address(proposal), sent, "multipart/form-data; boundary=X")


def test_every_kind_is_taken_and_comes_back_as_it_was(lead, draft):
    for section, (name, content) in enumerate(documents.TAKEN.items()):
        typed = {"section": ("staff", "quality")[section % 2]}
        assert send(lead, draft, name, content, **typed).url == address(draft)
        answer = lead.get(of(Document.objects.get(name=name), "download"))
        assert answer.getvalue() == content
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    page = lead.get(address(draft)).content.decode()
    for words in (*documents.TAKEN, "Our minutes", "Staff", "Not scanned", "is added"):
        assert words in page


def test_a_browser_that_unpacks_is_told_how_long_a_download_is(lead, people, draft):
    document = documents.add(draft, people.lead, "plan.txt", b"Long. " * 1000)
    unpacks = {"accept-encoding": "gzip"}
    answer = lead.get(of(document, "download"), headers=unpacks)
    assert answer["Content-Length"] == "6000"
    assert "Content-Encoding" not in answer
    assert lead.get(address(draft), headers=unpacks)["Content-Encoding"] == "gzip"


def test_a_link_to_a_file_leads_to_the_page_that_is_there_instead(lead, people, draft):
    """With the attribute `download` a browser would keep that page, as to sign in, as the file."""
    document = documents.add(draft, people.lead)
    page = lead.get(address(draft)).content.decode()
    assert f'href="{of(document, "download")}">' in page


NO_TEXT = "We cannot read this as text; nothing was kept. Save it once more as UTF-8"
MISNAMED = "This is called .pdf but is %s; nothing was kept"
REFUSED = [
    ("plan.pdf", None, "Choose a file"),
    ("plan.pdf", b"", "The file is empty. Choose another one."),
    ("plan.pdf", b"%" * (11 * MEGABYTE), "The file is 11 MB; the most is 10 MB"),
    ("plan.pdf", documents.PROGRAM, MISNAMED % "a program"),
    ("plan.pdf", b"#!/bin/sh\nrm -r /", MISNAMED % "a program"),
    ("plan.pdf", documents.PNG, MISNAMED % "“PNG picture”"),
    ("plan.pdf", b"GIF89a" + bytes(20), MISNAMED % "something else"),
    ("plan.txt", b"<html><script>", "This is called .txt but is a web page; nothing was kept"),
    ("plan.txt", b"\xef\xbb\xbf <svg>", "This is called .txt but is a web page; nothing was kept"),
    ("plan.csv", "who,£".encode("utf-16"), NO_TEXT),
    ("plan.csv", b"caf\xe9\x81", NO_TEXT),
    ("plan.txt", b"GIF89a" + bytes(20), NO_TEXT),
    ("plan.pdf", b"BMI by ward", MISNAMED % "“Text”"),
    ("plan.docx", documents.archive(x="1"), "This is called .docx but is something else; nothing"),
    ("plan.docx", documents.TAKEN["plan.xlsx"], "This is called .docx but is “Excel workbook”;"),
    ("plan.docx", documents.office("wordprocessingml.template"), "is something else; nothing"),
    ("plan.odt", documents.archive(mimetype="application/pdf"), "damaged, and nothing was kept"),
    ("plan.odt", documents.archive(mimetype="x", manifest=""), "is something else; nothing"),
    ("plan.docx", documents.TAKEN["plan.docx"][:60], "This file is damaged, and nothing was kept."),
    (
        "plan.docx",
        documents.office("wordprocessingml.document", word__vbaProject="x"),
        "This holds a program (a macro); nothing was kept. Save it without macros",
    ),
    (
        "plan.xlsx",
        documents.archive(types="application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        "This holds a program (a macro); nothing was kept",
    ),
    (
        "plan.docx",
        documents.archive(
            types="wordprocessingml.document.main+xml" + " " * MEGABYTE + "macroEnabled"
        ),
        "This file is damaged, and nothing was kept.",
    ),
    (
        "plan.odt",
        documents.open_document("text", Basic__script="x"),
        "This holds a program (a macro); nothing was kept",
    ),
    (
        "plan.odt",
        documents.open_document("text", "<encryption-data>"),
        "This is protected by a password; nothing was kept. Save it without one",
    ),
    (
        "plan.docx",
        bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
        "This is protected by a password; nothing was kept",
    ),
    ("plan.docx", documents.protected(), "This is protected by a password; nothing was kept"),
    ("plan.docx", ZIP + ENTRY * 10_001, "This is called .docx but is something else; nothing"),
    ("plan.docx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99), "but is a file of an old Office;"),
    ("plan.pdf", documents.PDF + b"<</Encrypt 7 0 R>>", "This is protected by a password; nothing"),
    ("plan.docm", documents.PDF, "may hold a program (a macro). Save it as .docx"),
    ("plan.exe", documents.PROGRAM, "We do not take .exe files. Save it as PDF, Word (.docx),"),
    ("plan.svg", b"<svg/>", "We do not take .svg files."),
    ("plan", documents.PDF, "The name of the file must end in what it is, like .pdf."),
    ("....", documents.PDF, "The name of the file must end in what it is, like .pdf."),
    (".pdf ;x", documents.PDF, "The name of the file must end in what it is, like .pdf."),
    ("..", documents.PDF, "Choose a file"),
]


def test_what_is_not_taken_is_said_in_one_sentence_and_nothing_is_kept(lead, draft):
    for name, content, said in REFUSED:
        page = send(lead, draft, name, content, section="quality", title="<b>Typed</b>")
        assert page.status_code == 200, name
        [words] = page.context["form"].errors["file"]
        assert said in words, (name, words)
        assert list(page.context["form"].errors) == ["file"]
        text = page.content.decode()
        assert '<option value="quality" selected' in text
        assert "&lt;b&gt;Typed" in text
    assert not Document.objects.exists()
    assert not DocumentPiece.objects.exists()
    assert not Event.objects.filter(kind="proposal.document_add").exists()


@pytest.mark.parametrize("begins", ["BMI of patients", "ID3, ward 3", "FWS: yes", "BZh"])
def test_a_text_that_begins_like_another_kind_of_file_is_a_text(begins):
    assert kind_of("plan.csv", io.BytesIO(f"{begins}, by ward".encode())) == FileKind.CSV


def test_a_section_must_be_chosen_and_a_title_is_short(lead, draft):
    for typed, field, said in (
        ({"section": ""}, "section", "Choose the section that it belongs to"),
        ({"section": "nowhere"}, "section", "Choose the section that it belongs to"),
        ({"title": "x" * 101}, "title", "The most is 100."),
        ({"once": ""}, "once", "This page did not load whole."),
    ):
        page = send(lead, draft, **typed)
        assert said in str(page.context["form"].errors[field]), field
    assert not Document.objects.exists()


# What a browser may send -> what is kept.
NAMES = [
    ("../../etc/plan.pdf", "plan.pdf"),
    ("C:\\Users\\ada\\plan.pdf", "plan.pdf"),
    ("  plan  of\tus .PDF", "plan ofus.PDF"),
    ("plan\u202efdp.pdf", "planfdp.pdf"),
    ("תוכנית \u0001.pdf", "תוכנית.pdf"),
    ('a "quoted" one;.pdf', 'a "quoted" one;.pdf'),
    (".....pdf", "document.pdf"),
    ("é" * 300 + ".pdf", "é" * 189 + ".pdf"),
]


def test_a_name_is_kept_without_what_deceives(lead, draft):
    for typed, kept in NAMES:
        assert send(lead, draft, typed).status_code == 302
        document = Document.objects.get()
        assert document.name == kept
        answer = lead.get(of(document, "download"))
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert not {"\n", "\r", "/"} & set(answer["Content-Disposition"])
        assert len(answer["Content-Disposition"]) < 1_500
        lead.post(of(document, "remove"))


def test_a_download_is_a_file_and_never_a_page(lead, draft, people):
    document = documents.add(draft, people.lead, "page.txt", b"Not <b>a page</b>")
    answer = lead.get(of(document, "download"))
    assert answer.getvalue() == b"Not <b>a page</b>"
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Length"] == "17"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert lead.post(of(document, "download")).status_code == 405


def test_the_same_file_is_in_a_section_once(lead, draft):
    send(lead, draft)
    page = send(lead, draft, "other name.pdf", title="Other")
    said = ["This file is in this section already, as “plan.pdf”"]
    assert page.context["form"].errors["file"] == said
    assert send(lead, draft, section="quality").status_code == 302
    assert Document.objects.count() == 2


def test_pressed_twice_it_is_added_once_and_taken_out_once(lead, draft):
    once = uuid.uuid4()
    assert send(lead, draft, once=once).url == send(lead, draft, once=once).url
    document = Document.objects.get()
    assert Event.objects.filter(kind="proposal.document_add").count() == 1
    assert lead.get(of(document, "remove")).status_code == 200
    assert Document.objects.exists()
    for _ in range(2):
        assert lead.post(of(document, "remove")).url == address(draft)
    assert Event.objects.filter(kind="proposal.document_remove").count() == 1
    assert lead.get(of(document, "remove")).status_code == 404
    assert lead.get(of(document, "download")).status_code == 404
    assert "No documents. They can follow later." in lead.get(address(draft)).content.decode()


def test_what_a_colleague_took_out_meanwhile_is_not_taken_out_again(draft, people):
    document = documents.add(draft, people.lead)
    actions.remove_document(document=Document.objects.get(), by=people.editor)
    with pytest.raises(MovedOn):
        actions.remove_document(document=document, by=people.lead)


def test_a_page_from_before_it_was_taken_out_does_not_bring_it_back(lead, draft):
    once = uuid.uuid4()
    send(lead, draft, once=once)
    Document.objects.update(taken_out_at=clock.now())
    assert send(lead, draft, once=once).status_code == 409
    assert not Document.objects.present().exists()


def test_where_there_is_a_scanner_it_is_said_that_it_looks(lead, draft, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    send(lead, draft)
    page = lead.get(address(draft)).content.decode()
    for words in ("We are checking it for viruses", "Being checked", "try it then"):
        assert words in page
    assert of(Document.objects.get(), "download") not in page


def test_a_proposal_takes_so_many_and_says_so(lead, draft, monkeypatch):
    monkeypatch.setattr(actions.documents, "MOST", 1)
    send(lead, draft)
    page = send(lead, draft, "b.txt", b"b")
    said = ["A proposal has at most 1 documents. Take one out first"]
    assert page.context["form"].errors["file"] == said


def test_what_people_type_is_shown_harmlessly(lead, draft, people):
    documents.add(draft, people.lead, "<i>Canary.pdf", title="<script>Canary")
    for page in (lead.get(address(draft)), lead.get(of(Document.objects.get(), "remove"))):
        assert "<i>Canary" not in page.content.decode()
        assert "<script>Canary" not in page.content.decode()


def test_a_script_is_told_where_to_go_on_and_a_refusal_is_the_page(lead, draft):
    fields = {"section": "staff", "title": "", "once": uuid.uuid4()}
    json = {"HTTP_ACCEPT": "application/json"}
    sent = lead.post(address(draft), fields | {"file": documents.upload()}, **json)
    assert sent.json() == {"then": address(draft)}
    refused = lead.post(address(draft), fields, **json)
    assert "Choose a file" in refused.content.decode()
    assert refused["Content-Type"].startswith("text/html")


def test_events_hold_no_names_and_no_words(lead, draft):
    send(lead, draft, "Canary.pdf", title="Canary")
    lead.post(of(Document.objects.get(), "remove"))
    assert "Canary" not in str(list(Event.objects.values("kind", "data")))


# Status | who may add and take out; every cell that is not here is refused. Where changes are
# requested, only in a section that was asked about.
OPEN = {
    Status.DRAFT: {"lead", "editor"},
    Status.AWAITING_SIGN_OFF: set(),
    Status.SUBMITTED: set(),
    Status.ASSESSING: set(),
    Status.CHANGES_REQUESTED: {"lead", "editor"},
    Status.RECOMMENDED: set(),
    Status.COUNTERSIGNED: set(),
    Status.DECIDED: set(),
    Status.APPROVED: set(),
    Status.APPROVED_WITH_CONDITIONS: set(),
    Status.REJECTED: set(),
    Status.EXEMPT: set(),
    Status.WITHDRAWN: set(),
    Status.LAPSED: set(),
    Status.UNDER_APPEAL: set(),
}


def test_the_table_has_every_status():
    assert OPEN.keys() == set(Status)


@pytest.mark.parametrize("status", Status)
def test_who_adds_and_takes_out_by_status(stored, client, people, staff, status):
    proposal = stored(builders.draft_of, people)
    there = documents.add(proposal, people.lead, "there.txt", b"There.", section="quality")
    proposal = at(proposal, status, staff)
    for part in ("lead", "editor", "viewer") if OPEN[status] else ("lead", "viewer"):
        client.force_login(getattr(people, part))
        may = part in OPEN[status]
        page = client.get(address(proposal))
        assert page.status_code == 200
        assert (page.context["form"] is not None) == may
        assert (of(there, "remove") in page.content.decode()) == may
        added = send(client, proposal, f"{part}.txt", part.encode(), section="quality")
        refusal = 403 if part == "viewer" else 409
        assert added.status_code == (302 if may else refusal), part
        if not may:
            removed = client.post(of(there, "remove"))
            assert removed.status_code == refusal
            assert "Take it out" not in client.get(of(there, "remove")).content.decode()
    if OPEN[status]:
        client.force_login(people.lead)
        assert client.post(of(there, "remove")).status_code == 302
    assert Document.objects.count() == (2 if OPEN[status] else 1)


def at(proposal, status, staff):
    """The proposal with this status, put there; asked about its quality where changes are asked."""
    if status == Status.DRAFT:
        return proposal
    if status not in (Status.AWAITING_SIGN_OFF, Status.WITHDRAWN, Status.LAPSED):
        when = {"submitted_at": clock.now(), "due_on": clock.today()}
        found = Proposal.objects.filter(pk=proposal.pk)
        force(proposal, Status.WITHDRAWN)
        found.update(**when)
        proposal = builders.again(proposal)
    if status == Status.CHANGES_REQUESTED:
        scheme = SchemeVersion.objects.get()
        version = proposal.versions.create(number=1, scheme=scheme, text="{}", sha256="0" * 64)
        about = {"section": "quality", "page": "worse", "wanted": "More."}
        proposal.requests.create(number=1, version=version, asked_by=staff.reviewer, **about)
    if proposal.status != status:
        force(proposal, status)
    return builders.again(proposal)


def test_a_section_that_was_not_asked_about_stays_as_it_is(stored, client, people, staff):
    proposal = stored(builders.draft_of, people)
    other = documents.add(proposal, people.lead, section="staff")
    signed = builders.sign_all(builders.ask_to_sign(builders.again(proposal), people))
    actions.submit(proposal=signed, seen=signed.revision, by=people.lead)
    builders.declare_none(signed, staff.reviewer)
    case = builders.again(signed)
    builders.review.begin(proposal=case, seen=case.revision, by=staff.reviewer)
    asked = builders.ask_changes(builders.again(case), staff)
    client.force_login(people.editor)

    page = client.get(address(asked))
    assert [each for each, _ in page.context["form"].fields["section"].choices] == ["quality"]
    assert "Only the sections that the reviewers asked about" in page.content.decode()
    assert "did not ask about its section" in client.get(of(other, "remove")).content.decode()
    assert client.post(of(other, "remove")).status_code == 403
    assert send(client, asked).context["form"].errors.keys() == {"section"}
    assert send(client, asked, "new.txt", b"new", section="quality").status_code == 302

    builders.ask_to_sign(builders.reply_all(asked, people), people)
    assert "People are asked to sign" in client.get(address(asked)).content.decode()
    assert client.post(of(other, "remove")).status_code == 409


def test_the_page_costs_the_same_at_1_and_at_100_documents(lead, draft, people):
    documents.add(draft, people.lead)
    lead.get(address(draft))
    with CaptureQueriesContext(connection) as at_one:
        lead.get(address(draft))
    Document.objects.bulk_create(
        Document(
            proposal=draft,
            section="staff",
            name=f"{n}.pdf",
            kind="pdf",
            size_bytes=MOST_BYTES,
            sha256=f"{n:064}",
            added_by=UserFactory(),
            scan=Scan.CLEAN,
        )
        for n in range(99)
    )
    with CaptureQueriesContext(connection) as at_100:
        page = lead.get(address(draft))
    assert len(page.context["rows"]) == 100
    assert len(at_100) == len(at_one) <= 8
    assert "data" not in str([each["sql"] for each in at_100 if "document" in each["sql"]])


def test_the_list_of_tasks_and_a_section_lead_there(lead, draft, people):
    tasks = reverse("proposals:tasks", args=[draft.reference])
    assert "No documents yet" in lead.get(tasks).content.decode()
    documents.add(draft, people.lead)
    assert "1 document</a>" in lead.get(tasks).content.decode()
    section = lead.get(reverse("proposals:section", args=[draft.reference, "staff"]))
    assert f"{address(draft)}?section=staff" in section.content.decode()
    page = lead.get(f"{address(draft)}?section=staff").content.decode()
    assert '<option value="staff" selected' in page
