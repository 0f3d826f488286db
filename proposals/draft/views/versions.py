"""Frozen versions: as pages, as PDFs, and the people beside them. Officials have their own pages."""

from __future__ import annotations

import datetime

from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from activity import clock, printed
from proposals.draft import differing
from proposals.draft.freezing import answers_of
from proposals.draft.listed import submitted_words
from proposals.draft.models import Proposal, Version, VersionPdf
from proposals.draft.promises import promised_in
from proposals.draft.shown import declared_in, groups_of
from proposals.draft.views.finding import of_my_team

# A PDF takes seconds; one that takes longer than this is not there for a reason of ours.
PDF_IS_LATE = datetime.timedelta(minutes=10)


@login_required
@require_safe
def version(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A frozen version, as its team reads it."""
    found = of_my_team(request, reference)
    frozen = version_of(found, number)
    shown = submitted_words(frozen, beyond_its_owners=False, address="proposals:document_download")
    return render(request, "proposals/version.html", version_words(found, frozen) | shown)


@login_required
@require_safe
def version_pdf(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A frozen version as a PDF, for its team."""
    found = of_my_team(request, reference)
    return pdf_of(found, number) or redirect("proposals:version", reference, number)


@login_required
@require_safe
def version_people(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Who was in the team of a version and who signed it, for its team."""
    found = of_my_team(request, reference)
    shown = people_words(found, version_of(found, number))
    return render(request, "proposals/version_people.html", shown)


@login_required
@require_safe
def versions_compare(request: HttpRequest, reference: str) -> HttpResponse:
    """What a version changed of the one before it, for its team."""
    found = of_my_team(request, reference)
    shown = compare_words(found, request.GET.get("version", ""))
    return render(request, "proposals/versions_compare.html", shown)


def version_of(found: Proposal, number: int) -> Version:
    """One version of a proposal that its reader may see, or a 404."""
    versions = Version.objects.select_related("scheme", "pdf").defer("pdf__data")
    return get_object_or_404(versions, proposal=found, number=number)


def version_words(found: Proposal, frozen: Version) -> dict[str, object]:
    """What the page of a frozen version shows, whoever reads it."""
    return {
        "proposal": found,
        "version": frozen,
        "groups": groups_of(answers_of(frozen)),
        "declared": declared_in(frozen),
        "promised": promised_in(frozen),
        **pdf_words(frozen),
    }


def pdf_words(frozen: Version) -> dict[str, bool]:
    """Whether the PDF of a version is there, and whether it should be; fetched with the version."""
    return {
        "has_pdf": getattr(frozen, "pdf", None) is not None,
        "pdf_is_late": clock.now() - frozen.frozen_at > PDF_IS_LATE,
    }


def people_words(found: Proposal, frozen: Version) -> dict[str, object]:
    """What the page of the people of a version shows, whoever reads it."""
    people = frozen.people.select_related("user").order_by("pk")
    return {"proposal": found, "version": frozen, "people": people}


def compare_words(found: Proposal, asked: str) -> dict[str, object]:
    """What the page of two versions shows, whoever reads it.

    asked: the number of the later one, the latest where it is none that has one before it.
    """
    versions = {each.number: each for each in found.versions.all()}
    numbers = list(versions)
    shown: dict[str, object] = {"proposal": found, "numbers": numbers[1:]}
    if len(numbers) < 2:
        return shown
    later = next((each for each in numbers[1:] if str(each) == asked), numbers[-1])
    before, after = versions[later - 1], versions[later]
    prefetch_related_objects([before, after], "named")
    found_between = differing.between(answers_of(before), answers_of(after))
    changed = sum(len(each.differences) for each in found_between)
    promises = differing.promised(promised_in(before), promised_in(after))
    documents = differing.documents(before.documents(), after.documents())
    shown |= {"before": before, "after": after, "changed": changed}
    shown["filed"] = sum(len(each.differences) for each in documents)
    return shown | {"topics": [*promises, *found_between, *documents]}


def pdf_of(found: Proposal, number: int) -> HttpResponse | None:
    """The PDF of a version as a download, None while it is being made, or a 404."""
    frozen = version_of(found, number)
    pdf = VersionPdf.objects.filter(version=frozen).first()
    if pdf is None:
        return None
    return printed.download(bytes(pdf.data), f"{found.reference}-version-{frozen.number}.pdf")
