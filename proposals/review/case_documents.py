"""The documents that a proposal was submitted with, as officials get them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity.documents import download, refusal
from activity.models.documents import Scan
from proposals.draft.models import Document, Proposal
from proposals.review.finding import case_page
from proposals.review.views import case_words

# What the page that warns adds to the address.
WARNED = "warned"


@case_page
@require_safe
def case_document_download(request: HttpRequest, case: Proposal, key: str) -> HttpResponseBase:
    """A document as a file; of one that no scanner has seen, first a page that says so."""
    submitted = Document.objects.of_officials(signed_in(request))
    document = get_object_or_404(submitted, proposal=case, key=key)
    if refused := refusal(request, document, beyond_its_owners=True):
        return refused
    if document.scan != Scan.CLEAN and WARNED not in request.GET:
        shown = {"document": document, "on": f"?{WARNED}=yes"}
        head = case_words(request, case, "version")
        return render(request, "proposals/case_document.html", head | shown)
    return download(document)
