"""Files that people send: what is refused, in which words, and what is kept of it meanwhile."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from activity.uploads import KILOBYTE, MEGABYTE, UploadField, size_in_words


class Form(forms.Form):
    file = UploadField(most=10 * MEGABYTE, accept=".pdf")


def sent(content: bytes) -> tuple[list[str], int, bytes]:
    """What the form says to a file that a request brings, its size, and what was kept of it."""
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("plan.pdf", content)})
    form = Form(request.POST, request.FILES)
    with request.FILES["file"] as file:
        return form.errors.get("file", []), file.size, file.read()


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 KB"),
        (KILOBYTE, "1 KB"),
        (KILOBYTE + 1, "2 KB"),
        (MEGABYTE, "1 MB"),
        (MEGABYTE + 1, "1.1 MB"),
        (10 * MEGABYTE, "10 MB"),
        (10 * MEGABYTE + 1, "10.1 MB"),
        (11 * MEGABYTE, "11 MB"),
    ],
)
def test_a_size_is_said_as_people_read_it(size, words):
    assert size_in_words(size) == words


@given(st.integers(1, 20 * MEGABYTE))
def test_what_is_over_a_limit_never_reads_as_the_limit(size):
    assert (size_in_words(size) == "10 MB") <= (size <= 10 * MEGABYTE)


@pytest.mark.parametrize("size", [1, 3 * MEGABYTE, 10 * MEGABYTE])
def test_a_file_within_the_limit_comes_whole(size):
    content = b"%" * size
    assert sent(content) == ([], size, content)


def test_a_file_that_is_too_large_is_counted_but_not_kept():
    said = ["The file is 11 MB; the most is 10 MB"]
    assert sent(b"%" * (11 * MEGABYTE)) == (said, 11 * MEGABYTE, b"")


def test_an_empty_file_and_no_file_are_told_apart():
    assert sent(b"")[0] == ["The file is empty. Choose another one."]
    assert Form({}, {}).errors["file"] == ["Choose a file"]


def test_the_browser_offers_the_right_endings_first():
    assert 'accept=".pdf"' in str(Form()["file"])
    assert "accept" not in UploadField(most=MEGABYTE).widget.attrs
