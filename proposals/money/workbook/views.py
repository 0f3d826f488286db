"""The workbook of the figures: download it, see what it would change, and bring it in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity.dates import in_words, time_in_words
from proposals.draft import rules
from proposals.draft.actions import Clash
from proposals.draft.actions.writing import must_be_open
from proposals.draft.models import Proposal, Section
from proposals.draft.questions import Answers, Page
from proposals.draft.views.finding import VERB, of_my_team
from proposals.draft.views.reading import may_write_on
from proposals.money import reading
from proposals.money.forms import MONEY, read
from proposals.money.workbook import layout, writing
from proposals.money.workbook.actions import bring_in
from proposals.money.workbook.differences import (
    Difference,
    changed,
    closed,
    differences,
    problems,
)
from proposals.money.workbook.forms import UPLOAD_AGAIN, SheetForm, WorkbookForm, sealed
from proposals.money.workbook.reading import Brought, Problem

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# As many as somebody mends before they try again.
MOST_PROBLEMS = 50


@login_required
@VERB
def workbook(request: HttpRequest, reference: str) -> HttpResponse:
    """Offer the workbook, show what one would change, and on another press bring it in."""
    found = _for_writers(request, reference)
    may = _open_pages(request, found)
    if request.method != "POST":
        form = WorkbookForm(reference=found.reference)
        return _ask(request, found, form) if may else _answers_page(found)
    if not may:
        must_be_open(found, MONEY, layout.PAGES[0], by=signed_in(request))
    if "sheet" in request.POST:
        return _brought_in(request, found)
    form = WorkbookForm(request.POST, request.FILES, reference=found.reference)
    if form.is_valid():
        return _shown(request, found, form, may)
    return _ask(request, found, form)


@login_required
@require_safe
def workbook_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The workbook itself, with the figures as they stand."""
    found = _for_writers(request, reference)
    if not _open_pages(request, found):
        return _answers_page(found)
    section = _section(found)
    content = writing.workbook(
        reference=found.reference,
        title=found.title,
        answers=section.answers,
        saved=_when(section) if section.pk else "",
    )
    name = f"{found.reference}-money.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _for_writers(request: HttpRequest, reference: str) -> Proposal:
    """The proposal, for its lead and editors; a 404 for strangers, a 403 for who may only read."""
    found = of_my_team(request, reference)
    if not rules.can_edit(signed_in(request), found):
        raise PermissionDenied
    return found


def _open_pages(request: HttpRequest, found: Proposal) -> list[Page]:
    return [page for page in layout.PAGES if may_write_on(request, found, MONEY, page)]


def _answers_page(found: Proposal) -> HttpResponse:
    return redirect("proposals:section", found.reference, MONEY.key)


def _section(found: Proposal) -> Section:
    kept = Section.objects.select_related("saved_by").filter(proposal=found, key=MONEY.key)
    return kept.first() or Section(proposal=found, key=MONEY.key)


def _when(section: Section) -> str:
    at = timezone.localtime(section.saved_at)
    words = _("%(day)s at %(time)s")
    return words % {"day": in_words(at.date()), "time": time_in_words(at.time())}


def _ask(
    request: HttpRequest, found: Proposal, form: WorkbookForm, wrong: list[Problem] | None = None
) -> HttpResponse:
    wrong = wrong or []
    shown = {
        "proposal": found,
        "form": form,
        "button": _("Show what would change"),
        "back": reverse("proposals:money", args=[found.reference]),
        "sheets": [str(title) for title, _key, _names in layout.PLAN],
        "problems": wrong[:MOST_PROBLEMS],
        "more": len(wrong[MOST_PROBLEMS:]),
    }
    return render(request, "proposals/workbook.html", shown)


def _shown(
    request: HttpRequest, found: Proposal, form: WorkbookForm, may: list[Page]
) -> HttpResponse:
    """What a workbook would change; or each cell that cannot be taken."""
    brought: Brought = form.cleaned_data["file"]
    section = _section(found)
    would = differences(section.answers, brought.answers)
    pages = changed(section.answers, would)
    wrong = [
        *brought.problems,
        *problems(section.answers, pages, brought.answers),
        *closed(would, may),
    ]
    if not wrong:
        return _preview(request, found, brought, section)
    form.add_error("file", _in_one_sentence(wrong))
    return _ask(request, found, form, wrong)


def _in_one_sentence(wrong: list[Problem]) -> str:
    if len(wrong) == 1:
        problem = str(wrong[0]).removesuffix(".")
        return _("%(problem)s. Nothing was brought in.") % {"problem": problem}
    words = ngettext(
        "%(count)d cell of the workbook cannot be taken. Nothing was brought in.",
        "%(count)d cells of the workbook cannot be taken. Nothing was brought in.",
        len(wrong),
    )
    return words % {"count": len(wrong)}


def _preview(
    request: HttpRequest,
    found: Proposal,
    brought: Brought,
    section: Section,
    *,
    moved: bool = False,
) -> HttpResponse:
    answers = section.answers
    would = differences(answers, brought.answers)
    by = signed_in(request)
    seal = sealed(brought, answers, proposal=found, by=by)
    shown = {
        "proposal": found,
        "differences": would,
        "stale": [
            page.title
            for page in changed(answers, would)
            if brought.marks.is_stale(answers, page.key)
        ],
        "nets": _nets(answers, would),
        "form": SheetForm(initial={"sheet": seal}, proposal=found, by=by),
        "back": reverse("proposals:workbook", args=[found.reference]),
        "moved": moved,
        "section": section,
        "is_mine": section.saved_by_id == by.pk,
    }
    status = 409 if moved else 200
    return render(request, "proposals/workbook_preview.html", shown, status=status)


def _nets(answers: Answers, would: list[Difference]) -> tuple[int | None, int | None]:
    """The net saving as it is and as it would be: whole pence, None while a figure is missing."""
    after = dict(answers)
    for typed in changed(answers, would).values():
        after |= typed
    return reading.net(read(answers)), reading.net(read(after))


def _brought_in(request: HttpRequest, found: Proposal) -> HttpResponse:
    form = SheetForm(request.POST, proposal=found, by=signed_in(request))
    if not form.is_valid():
        messages.warning(request, UPLOAD_AGAIN)
        return _ask(request, found, WorkbookForm(reference=found.reference))
    brought = form.brought
    try:
        done = bring_in(found, brought.answers, seen=form.seen, by=signed_in(request))
    except Clash:
        # The section that the error carries may hold pages that were taken back with it.
        return _preview(request, found, brought, _section(found), moved=True)
    tell = messages.success if done else messages.info
    tell(request, _what_was_done(done))
    return redirect("proposals:money_result", found.reference)


def _what_was_done(done: list[Difference]) -> str:
    if not done:
        return _("Nothing was changed: the draft says already what the workbook says.")
    words = ngettext(
        "%(count)d answer was brought in from the workbook.",
        "%(count)d answers were brought in from the workbook.",
        len(done),
    )
    return words % {"count": len(done)}
