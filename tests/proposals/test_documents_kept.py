"""What is kept of a document, in one piece; what a version freezes of it, and that it stays so."""

import hashlib
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, InternalError, connection, transaction

from activity.models.documents import PIECE, Scan
from proposals.draft import actions
from proposals.draft.freezing import answers_of
from proposals.draft.models import Document, DocumentPiece, Proposal, Status, VersionDocument
from tests.at_once import at_once
from tests.proposals import builders, documents


@pytest.fixture
def draft(stored, people):
    return stored(builders.draft_of, people)


@pytest.fixture
def kept(stored, people, staff):
    return stored(submitted_with_one, people, staff)


def submitted_with_one(people, staff):
    """A submitted proposal, and the document that it was submitted with."""
    draft = builders.draft_of(people)
    document = documents.add(draft, people.lead, "Canary minutes.pdf", title="Canary words")
    signed = builders.sign_all(builders.ask_to_sign(builders.again(draft), people))
    actions.submit(proposal=signed, seen=signed.revision, by=people.lead)
    builders.declare_none(signed, staff.reviewer)
    return builders.again(signed), document


def test_the_bytes_come_back_as_they_were_sent_in_pieces_of_a_bounded_size(draft, people):
    content = documents.PDF + bytes(range(256)) * 10_000
    document = documents.add(draft, people.lead, content=content)
    assert len(content) > 2 * PIECE
    assert [len(piece) for piece in document.content()] == [PIECE, PIECE, len(content) - 2 * PIECE]
    assert documents.content_of(document) == content
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert document.size_bytes == len(content)


def test_a_download_that_lacks_a_piece_breaks_off(draft, people):
    document = documents.add(draft, people.lead)
    document.pieces.all().delete()
    with pytest.raises(DocumentPiece.DoesNotExist):
        documents.content_of(document)


def test_what_is_taken_out_of_a_draft_is_gone_with_its_bytes(draft, people):
    document = documents.add(draft, people.lead)
    actions.remove_document(document=document, by=people.editor)
    assert not Document.objects.exists()
    assert not DocumentPiece.objects.exists()


def test_a_version_freezes_hash_size_kind_and_section_and_no_name(kept):
    proposal, document = kept
    version = proposal.versions.get()
    assert version.content["documents"] == [
        {
            "key": document.key,
            "section": "staff",
            "kind": "pdf",
            "bytes": len(documents.PDF),
            "sha256": hashlib.sha256(documents.PDF).hexdigest(),
        }
    ]
    assert version.documents() == [document]
    assert version.is_intact()
    assert "Canary" not in version.text
    assert "Canary" not in json.dumps(answers_of(version))


@pytest.mark.parametrize(
    "write",
    [
        lambda document: DocumentPiece.objects.filter(document=document).delete(),
        lambda document: DocumentPiece.objects.filter(document=document).update(data=b"other"),
        lambda document: document.delete(),
        lambda document: VersionDocument.objects.all().delete(),
        lambda document: VersionDocument.objects.update(document=document),
        lambda document: Document.objects.update(sha256="0" * 64),
        lambda document: Document.objects.update(size_bytes=1),
        lambda document: Document.objects.update(section="money"),
        lambda document: Document.objects.update(kind="txt"),
    ],
)
def test_the_database_itself_keeps_what_was_submitted(kept, write):
    proposal, document = kept
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        write(document)
    assert documents.content_of(document) == documents.PDF
    assert proposal.versions.get().documents() == [document]


@pytest.mark.parametrize(
    "statement", ["DELETE FROM proposals_documentpiece", "DELETE FROM proposals_document"]
)
def test_sql_alone_does_not_delete_a_document_that_was_submitted(kept, statement):
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{statement}; SET CONSTRAINTS ALL IMMEDIATE")


def test_a_new_version_may_leave_a_document_out_and_the_old_one_keeps_it(kept, people, staff):
    proposal, document = kept
    builders.review.begin(proposal=proposal, seen=proposal.revision, by=staff.reviewer)
    asked = builders.ask_changes(builders.again(proposal), staff, ("staff", "worries"))
    actions.remove_document(document=document, by=people.editor)
    new = documents.add(asked, people.editor, "better.txt", b"Better.")
    sent = builders.resubmit(asked, people)
    first, second = sent.versions.all()
    assert (first.documents(), second.documents()) == ([document], [new])
    assert documents.content_of(document) == documents.PDF
    assert list(Document.objects.present()) == [new]


def test_a_version_from_before_documents_has_none(stored, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    assert proposal.versions.get().documents() == []


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_the_same_file_from_two_windows_is_kept_once(self, people, draft):
        one, two = at_once(*[lambda: documents.add(draft, people.lead)] * 2)
        assert sorted(type(each).__name__ for each in (one, two)) == ["Document", "NotAdded"]
        assert Document.objects.count() == 1

    def test_the_limit_of_a_proposal_holds(self, people, draft, monkeypatch):
        monkeypatch.setattr("proposals.draft.actions.documents.MOST", 2)
        documents.add(draft, people.lead, "a.txt", b"a")
        calls = [
            lambda content=content: documents.add(draft, people.lead, "b.txt", content)
            for content in (b"b", b"c", b"d")
        ]
        found = at_once(*calls)
        assert [type(each).__name__ for each in found].count("NotAdded") == 2
        assert Document.objects.count() == 2

    def test_what_is_submitted_meanwhile_takes_no_file(self, stored, people):
        draft = stored(builders.draft_of, people)
        found = at_once(
            lambda: documents.add(draft, people.editor),
            lambda: builders.ask_to_sign(draft, people),
        )
        added, asked = Document.objects.count(), Proposal.objects.get().status
        assert asked == Status.AWAITING_SIGN_OFF
        assert added == (type(found[0]).__name__ == "Document")


def test_a_virus_takes_the_content_alone_also_of_what_was_submitted(kept):
    proposal, document = kept
    Document.objects.update(scan=Scan.WAITING)
    actions.mark_infected(document)
    document.refresh_from_db()
    assert document.scan == Scan.INFECTED
    assert not DocumentPiece.objects.exists()
    version = proposal.versions.get()
    assert version.is_intact()
    assert version.documents() == [document]


def test_the_check_after_a_restore_names_a_document_that_is_another_now(kept, capsys):
    _proposal, document = kept
    call_command("verify")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE proposals_documentpiece SET data = 'other'")
    with pytest.raises(CommandError, match=r"^1 of the records"):
        call_command("verify")
    assert f"Not as it was written: {document}" in capsys.readouterr().err
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM proposals_documentpiece")
    assert not document.is_intact()
    document.scan = Scan.INFECTED
    assert document.is_intact()
