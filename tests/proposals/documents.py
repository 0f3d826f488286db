"""Files for tests: small ones of every kind that is taken, and documents added by the action."""

import io
import uuid
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from activity.documents import DocumentField, Sent
from activity.sniffing import ENTRY, OPEN_DOCUMENT, OPEN_XML
from proposals.draft import actions
from proposals.draft.models import Document

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20)
PROGRAM = b"MZ\x90\x00\x03" + bytes(200)


def archive(**parts: str) -> bytes:
    """A zip of these parts; a double underscore in a name is a slash, "types" the list of parts."""
    names = {"types": "[Content_Types].xml", "manifest": "META-INF/manifest.xml"}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as written:
        for name, text in parts.items():
            written.writestr(names.get(name, name.replace("__", "/")), text)
    return content.getvalue()


def office(kind: str, **more: str) -> bytes:
    """A Word, Excel or PowerPoint file. kind: its main part, as "wordprocessingml.document"."""
    return archive(types=f'<Override ContentType="{OPEN_XML}{kind}.main+xml"/>', **more)


def open_document(kind: str, manifest: str = "<manifest/>", **more: str) -> bytes:
    """An OpenDocument file. kind: "text", "spreadsheet", "presentation"."""
    return archive(mimetype=f"{OPEN_DOCUMENT}{kind}", manifest=manifest, **more)


TAKEN = {
    "plan.pdf": PDF,
    "plan.docx": office("wordprocessingml.document"),
    "plan.xlsx": office("spreadsheetml.sheet"),
    "plan.pptx": office("presentationml.presentation"),
    "plan.odt": open_document("text"),
    "plan.ods": open_document("spreadsheet"),
    "plan.odp": open_document("presentation"),
    "plan.png": PNG,
    "plan.jpg": JPEG,
    "plan.jpeg": JPEG,
    "plan.txt": "Mutual – naïve".encode(),
    "plan.csv": "who,£\nNaïve,1".encode("cp1252"),
}


def upload(name: str = "plan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def protected() -> bytes:
    """A Word file whose parts are encrypted, as their list says."""
    content = bytearray(office("wordprocessingml.document"))
    content[content.index(ENTRY) + 8] |= 1
    return bytes(content)


def body(fields: dict[str, object], name: str, content: bytes) -> bytes:
    """A form with a file under this very name, as a browser sends it: Django's client tidies it."""
    lines = []
    for key, value in fields.items():
        lines += [b"--X", f'Content-Disposition: form-data; name="{key}"'.encode(), b""]
        lines += [str(value).encode()]
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    head = f'Content-Disposition: form-data; name="file"; filename="{escaped}"'
    lines += [b"--X", head.encode(), b"Content-Type: application/x", b"", content, b"--X--", b""]
    return b"\r\n".join(lines)


def sent(name: str = "plan.pdf", content: bytes = PDF) -> Sent:
    """A file that a form took."""
    return DocumentField().clean(upload(name, content))


def add(proposal, by, name="plan.pdf", content=PDF, *, section="staff", title="") -> Document:
    """A document of a draft, as its page adds it."""
    return actions.add_document(
        proposal=proposal,
        section=section,
        title=title,
        file=sent(name, content),
        once=uuid.uuid4(),
        by=by,
    )


def content_of(document: Document) -> bytes:
    """All bytes of a document."""
    return b"".join(document.content())
