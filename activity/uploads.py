"""Files that people send: how large one may be, and that no more of it than that is ever kept."""

import math
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.utils.translation import gettext_lazy as _

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE


def size_in_words(size: int) -> str:
    """A size in bytes as people read it: “640 KB”, “1.2 MB”, “11 MB”.

    Rounded up, so that what is over a limit never reads as if it were the limit.
    """
    if size < MEGABYTE:
        return f"{math.ceil(size / KILOBYTE)} KB"
    tenths = math.ceil(size * 10 / MEGABYTE)
    return f"{tenths / 10:.1f} MB".replace(".0 ", " ")


class UploadField(forms.FileField):
    """A file of one byte or more, up to a limit.

    most: the largest size in bytes, at most FILE_UPLOAD_MOST. accept: the endings that a browser
    offers first, like ".csv"; what the file truly is, its reader finds out.
    """

    default_error_messages = {
        "required": _("Choose a file"),
        "missing": _("Choose a file"),
        "invalid": _("Choose a file"),
        "empty": _("The file is empty. Choose another one."),
        "most": _("The file is %(size)s; the most is %(most)s"),
    }

    def __init__(self, *, most: int, accept: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.most = most
        if accept:
            self.widget.attrs["accept"] = accept

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is not None and file.size > self.most:
            params = {"size": size_in_words(file.size), "most": size_in_words(self.most)}
            raise ValidationError(self.error_messages["most"], code="most", params=params)
        return file


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps no more of a file than the largest that any page takes, and only counts the rest.

    So a file of gigabytes is refused with a sentence that says its size, and fills no disk.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= settings.FILE_UPLOAD_MOST:
            self.file.write(raw_data)
        elif self.file.tell():
            self.file.seek(0)
            self.file.truncate()
