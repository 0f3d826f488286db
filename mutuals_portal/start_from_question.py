"""From a question to a proposal: what the enquirer told of their employer comes along.

Only the enquirer can: it is their proposal, and what they carry stays in their browser until they
press the button of the page that starts one.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from activity import links
from activity.employers import NOT_LISTED
from advice.intake.mail import MINE
from advice.intake.models import Contact, Enquiry
from proposals.draft import brought


@require_http_methods(["GET", "HEAD", "POST"])
@links.link_page(MINE.name, proof=True)
def start_from_question(request: HttpRequest, token: str) -> HttpResponse:
    """What would come along, and a button that takes it to the page that starts a proposal."""
    holder = request.holder  # type: ignore[attr-defined]  # set by link_page
    readable = Enquiry.objects.readable_by(holder).select_related("contact__employer")
    enquiry = get_object_or_404(readable)
    if request.method == "POST":
        response = redirect("proposals:new")
        brought.bring(response, known_of(enquiry.contact))
        return response
    page = {"enquiry": enquiry, "token": token}
    return render(request, "advice/start_proposal.html", page)


def known_of(contact: Contact) -> dict[str, str]:
    """What an enquirer told that a proposal asks too, by the ids of its questions."""
    if contact.employer is not None:
        return {"S2": contact.employer.slug}
    return {"S2": NOT_LISTED, "S2_name": contact.employer_name} if contact.employer_name else {}
