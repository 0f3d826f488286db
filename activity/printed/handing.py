"""Handing a document out."""

from django.http import HttpResponse


def download(data: bytes, name: str) -> HttpResponse:
    """A PDF as a file to keep. name: ours, of letters, digits and hyphens."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)
