"""The documents of a draft: listed, added, taken out; and given to the team as downloads."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity import scanning
from activity.documents import download, refusal
from activity.models.documents import Scan
from activity.scripts import by_script
from proposals.draft import actions, openness, rules
from proposals.draft.forms import SectionDocumentForm
from proposals.draft.listed import listed
from proposals.draft.models import Document, Proposal
from proposals.draft.questions import topics
from proposals.draft.views.finding import VERB, of_my_team

ONLY_READS: str | Promise = gettext_lazy("Somebody in your team who edits can add documents.")
SIGNED: str | Promise = gettext_lazy(
    "People are asked to sign, so documents stay as they are. Open the proposal again to add or "
    "take out one."
)
CLOSED: str | Promise = gettext_lazy(
    "Documents stay as they are, because officials have the proposal or it has ended."
)


@login_required
@VERB
def documents(request: HttpRequest, reference: str) -> HttpResponse:
    """Every document of the draft, and a form that adds one."""
    found = of_my_team(request, reference)
    sections = openness.open_sections(found) if rules.can_edit(signed_in(request), found) else set()
    form = _form(request, sections)
    if request.method == "POST":
        if not sections:
            _refuse(request, found)
        if form.is_valid() and _added(request, found, form):
            return _go_on(request, found)
    rows = Document.objects.present().filter(proposal=found).select_related("added_by")
    shown = {
        "proposal": found,
        "rows": listed(rows, beyond_its_owners=False, open_sections=sections),
        "form": form if sections else None,
        "only_asked": openness.asked_places(found),
        "closed": _why_closed(request, found),
        "unscanned": any(each.scan == Scan.NOT_SCANNED for each in rows),
        "most": actions.documents.MOST,
    }
    return render(request, "proposals/documents.html", shown)


@login_required
@require_safe
def document_download(request: HttpRequest, reference: str, key: str) -> HttpResponseBase:
    """A document as a file, for the team."""
    found = of_my_team(request, reference)
    document = get_object_or_404(
        Document.objects.of_team(signed_in(request)), proposal=found, key=key
    )
    return refusal(request, document, beyond_its_owners=False) or download(document)


@login_required
@VERB
def document_remove(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Take a document out of the draft. Pressed twice, it is gone once."""
    found = of_my_team(request, reference)
    back = reverse("proposals:documents", args=[found.reference])
    document = Document.objects.present().filter(proposal=found, key=key).first()
    if document is None:
        if request.method == "POST":
            return redirect(back)
        raise Http404
    document.proposal = found
    if request.method == "POST":
        actions.remove_document(document=document, by=signed_in(request))
        messages.success(request, _("“%s” is taken out.") % document.name)
        return redirect(back)
    page = {
        "title": _("Take “%s” out?") % document.name,
        "lines": [_what_goes(document)],
        "button": _("Take it out"),
        "warning": True,
        "back": back,
        "proposal": found,
        "refused": _why_kept(request, found, document),
    }
    return render(request, "proposals/verb.html", page)


def _form(request: HttpRequest, sections: set[str]) -> SectionDocumentForm:
    wanted = request.GET.get("section", "")
    return SectionDocumentForm(
        request.POST or None,
        request.FILES or None,
        sections=[about for about in topics() if about.key in sections],
        initial={"section": wanted if wanted in sections else ""},
    )


def _added(request: HttpRequest, found: Proposal, form: SectionDocumentForm) -> bool:
    """Whether the file was kept; where not, the form says why."""
    try:
        actions.add_document(proposal=found, **form.cleaned_data, by=signed_in(request))
    except actions.NotAdded as refusal:
        form.add_error("file", str(refusal))
        return False
    said = _("“%s” is added.")
    if scanning.is_there():
        said = _("“%s” is added. We are checking it for viruses, which takes under a minute.")
    messages.success(request, said % form.cleaned_data["file"].name)
    return True


def _go_on(request: HttpRequest, found: Proposal) -> HttpResponse:
    then = reverse("proposals:documents", args=[found.reference])
    return JsonResponse({"then": then}) if by_script(request) else redirect(then)


def _refuse(request: HttpRequest, found: Proposal) -> None:
    """Say no to a file that nobody may add now, or that its sender may not."""
    if not rules.can_edit(signed_in(request), found):
        raise PermissionDenied(ONLY_READS)
    raise actions.Closed(found)


def _why_closed(request: HttpRequest, found: Proposal) -> str | Promise:
    """Why the reader can add nothing now; "" if they can."""
    if openness.is_being_signed(found):
        return SIGNED
    if not openness.open_sections(found):
        return CLOSED
    return "" if rules.can_edit(signed_in(request), found) else ONLY_READS


def _why_kept(request: HttpRequest, found: Proposal, document: Document) -> str | Promise:
    """Why the reader cannot take this document out now; "" if they can."""
    if closed := _why_closed(request, found):
        return closed
    if document.section in openness.open_sections(found):
        return ""
    return _("The reviewers did not ask about its section, so it stays.")


def _what_goes(document: Document) -> str:
    if Document.objects.submitted().filter(pk=document.pk).exists():
        return _("The version that you submitted keeps it. The next one goes without it.")
    return _("It is deleted for good. If you still need it, download it first.")
