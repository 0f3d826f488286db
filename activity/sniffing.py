"""What kind of file somebody sent, by its content: a closed list, and a sentence for all others."""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, TypeAlias

import filetype
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# A file that can be read from any place: of Python's own, or one that was uploaded.
Readable: TypeAlias = Any


class FileKind(models.TextChoices):
    """The kinds that are taken. None of them runs anything by itself when it is opened."""

    PDF = "pdf", gettext_lazy("PDF")
    DOCX = "docx", gettext_lazy("Word document")
    XLSX = "xlsx", gettext_lazy("Excel workbook")
    PPTX = "pptx", gettext_lazy("PowerPoint presentation")
    ODT = "odt", gettext_lazy("OpenDocument text")
    ODS = "ods", gettext_lazy("OpenDocument spreadsheet")
    ODP = "odp", gettext_lazy("OpenDocument presentation")
    PNG = "png", gettext_lazy("PNG picture")
    JPEG = "jpg", gettext_lazy("JPEG picture")
    TXT = "txt", gettext_lazy("Text")
    CSV = "csv", gettext_lazy("CSV table")


TAKEN = gettext_lazy(
    "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), OpenDocument (.odt, .ods, .odp), PNG, "
    "JPEG, text (.txt) or CSV"
)
ENDINGS = {kind.value: kind for kind in FileKind} | {"jpeg": FileKind.JPEG}
WITH_MACROS = {"docm": "docx", "xlsm": "xlsx", "pptm": "pptx"}
TEXTS = (FileKind.TXT, FileKind.CSV)

OPEN_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: f"{OPEN_XML}wordprocessingml.document",
    FileKind.XLSX: f"{OPEN_XML}spreadsheetml.sheet",
    FileKind.PPTX: f"{OPEN_XML}presentationml.presentation",
    FileKind.ODT: f"{OPEN_DOCUMENT}text",
    FileKind.ODS: f"{OPEN_DOCUMENT}spreadsheet",
    FileKind.ODP: f"{OPEN_DOCUMENT}presentation",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.TXT: "text/plain",
    FileKind.CSV: "text/csv",
}
OPEN_DOCUMENTS = {
    said: kind for kind, said in CONTENT_TYPES.items() if said.startswith(OPEN_DOCUMENT)
}
# What the list of parts of an Office file calls its main part.
MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": FileKind.DOCX,
    b"spreadsheetml.sheet.main+xml": FileKind.XLSX,
    b"presentationml.presentation.main+xml": FileKind.PPTX,
}
# By the names that `filetype` has for them.
PLAIN = {"pdf": FileKind.PDF, "png": FileKind.PNG, "apng": FileKind.PNG, "jpg": FileKind.JPEG}

PROGRAM = gettext_lazy("a program")
WEB_PAGE = gettext_lazy("a web page")
OLD_OFFICE = gettext_lazy("a file of an old Office")
SOMETHING_ELSE = gettext_lazy("something else")
# Windows, Linux, scripts, macOS.
PROGRAMS = (
    *(b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe"),
    *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"),
)
ZIP = b"PK\x03\x04"
ENTRY = b"PK\x01\x02"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_PROTECTED = "EncryptedPackage".encode("utf-16-le")
PDF_PROTECTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")

HEAD = 8192
CHUNK = 256 * 1024
# Of an archive: so many parts, and so much of one that is read here. Nothing is ever unpacked.
MOST_PARTS = 10_000
MOST_READ = 1024 * 1024
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
    *(KeyError, ValueError, RuntimeError, NotImplementedError),
)


def ending_of(name: str) -> str:
    """The ending of a file's name in small letters, without its dot; "" if there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def kind_of(name: str, file: Readable) -> FileKind:
    """The kind of a file whose content is what its ending says.

    Raises ValidationError, with a sentence that says what to do, for every other file.
    """
    ending = ending_of(name)
    called = _called(ending)
    found = _found(file)
    if found == called or (found in TEXTS and called in TEXTS):
        return called
    if found is SOMETHING_ELSE and called in TEXTS:
        raise ValidationError(
            _(
                "We cannot read this as text; nothing was kept. Save it once more as UTF-8, in "
                "Excel as “CSV UTF-8”"
            )
        )
    what = f"“{found.label}”" if isinstance(found, FileKind) else found
    raise ValidationError(
        _("This is called .%(ending)s but is %(what)s; nothing was kept")
        % {"ending": ending, "what": what}
    )


def _called(ending: str) -> FileKind:
    """The kind that an ending says."""
    if ending in WITH_MACROS:
        raise ValidationError(
            _("A .%(ending)s file may hold a program (a macro). Save it as .%(safe)s")
            % {"ending": ending, "safe": WITH_MACROS[ending]}
        )
    if not re.fullmatch(r"[a-z0-9]{1,10}", ending):
        raise ValidationError(
            _("The name of the file must end in what it is, like .pdf. We take %(kinds)s")
            % {"kinds": TAKEN}
        )
    if ending not in ENDINGS:
        raise ValidationError(
            _("We do not take .%(ending)s files. Save it as %(kinds)s")
            % {"ending": ending, "kinds": TAKEN}
        )
    return ENDINGS[ending]


def _found(file: Readable) -> FileKind | str | Promise:
    """What a file is by its content: one of the kinds, or words for what is not taken."""
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(PROGRAMS):
        return PROGRAM
    if head.startswith(ZIP):
        return _in_archive(file)
    if head.startswith(OLE):
        return _old_office(file)
    guessed = filetype.guess(head)
    kind = PLAIN.get(guessed.extension) if guessed else None
    if kind is None:
        # Of some kinds two letters are known, and texts begin with them too: BM, II, ID3.
        return _as_text(file, head)
    if kind == FileKind.PDF and any(PDF_PROTECTED.search(part) for part in _overlapping(file)):
        raise _protected()
    return kind


def _in_archive(file: Readable) -> FileKind | Promise:
    """What an archive is: an Office or OpenDocument file, or something else."""
    try:
        if sum(part.count(ENTRY) for part in _chunks(file)) > MOST_PARTS:
            return SOMETHING_ELSE
        with zipfile.ZipFile(file) as archive:
            return _of_parts(archive)
    except BROKEN as error:
        raise ValidationError(
            _("This file is damaged, and nothing was kept. Save it once more and choose that one")
        ) from error


def _of_parts(archive: zipfile.ZipFile) -> FileKind | Promise:
    names = archive.namelist()
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise _protected()
    if "[Content_Types].xml" in names:
        return _open_xml(names, _part(archive, "[Content_Types].xml"))
    if "mimetype" in names:
        return _open_document(archive, names)
    return SOMETHING_ELSE


def _open_xml(names: list[str], types: bytes) -> FileKind | Promise:
    if b"macroEnabled" in types or any("vbaproject" in name.lower() for name in names):
        raise _with_macro()
    return next((kind for part, kind in MAIN_PARTS.items() if part in types), SOMETHING_ELSE)


def _open_document(archive: zipfile.ZipFile, names: list[str]) -> FileKind | Promise:
    if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
        raise _protected()
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise _with_macro()
    said = _part(archive, "mimetype").strip().decode("ascii")
    return OPEN_DOCUMENTS.get(said, SOMETHING_ELSE)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(MOST_READ + 1)
    if len(content) > MOST_READ:
        raise ValueError(name)  # what is said there is said beyond what is read
    return content


def _old_office(file: Readable) -> Promise:
    if any(OLE_PROTECTED in part for part in _overlapping(file)):
        raise _protected()
    return OLD_OFFICE


def _as_text(file: Readable, head: bytes) -> FileKind | Promise:
    if not any(_decodes(file, encoding) for encoding in ("utf-8", "cp1252")):
        return SOMETHING_ELSE
    is_marked_up = head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")
    return WEB_PAGE if is_marked_up else FileKind.TXT


def _decodes(file: Readable, encoding: str) -> bool:
    """Whether all of a file is text in an encoding, with no letters that only control something."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(file):
            if NO_TEXT.search(chunk):
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(file: Readable) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def _overlapping(file: Readable) -> Iterator[bytes]:
    """The content in parts, each with the end of the one before: what is looked for is short."""
    before = b""
    for chunk in _chunks(file):
        yield before + chunk
        before = chunk[-64:]


def _protected() -> ValidationError:
    return ValidationError(
        _("This is protected by a password; nothing was kept. Save it without one")
    )


def _with_macro() -> ValidationError:
    return ValidationError(
        _("This holds a program (a macro); nothing was kept. Save it without macros")
    )
