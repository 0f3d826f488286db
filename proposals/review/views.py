"""The pages of officials: the queue, a case, and its two voices."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.people import signed_in
from activity import clock, keyset
from activity.forms import SeenForm
from activity.presence import here
from activity.worktime import ENGLAND_AND_WALES, calendar_for, working_days_between
from proposals.draft import clocks, rules
from proposals.draft.listed import submitted_words
from proposals.draft.models import Member, Proposal, SchemeVersion, Status
from proposals.draft.views.finding import VERB, of_my_team, verb_page
from proposals.draft.views.versions import (
    compare_words,
    pdf_of,
    people_words,
    version_of,
    version_words,
)
from proposals.review import actions, mentioning, queue, steps, triage
from proposals.review.covering import covered_until, lead_away
from proposals.review.finding import case_page, find_case, officials_page
from proposals.review.forms import CONFLICT, DeclareForm, MessageForm, NoteForm, ReturnForm
from proposals.review.keys import KEYS
from proposals.review.presence import CASE
from proposals.review.ticking import TickForm

# How somebody says that they have read what mentions them.
READ = "read"


@officials_page
@require_safe
def work(request: HttpRequest, reader: User) -> HttpResponse:
    """The queue, late first."""
    chosen = queue.BY_KEY.get(request.GET.get("queue", ""), queue.FIRST)
    visible = Proposal.objects.of_officials(reader)
    rows = queue.cases(visible, chosen, reader)
    page = keyset.page(rows, queue.ORDER, request.GET.get("after"))
    asks = "ask" in request.GET and page.rows
    today = clock.today()
    found = queue.counts(visible, reader)
    shown = {
        "page": page,
        "rows": [(case, covered_until(case, reader)) for case in page.rows],
        "form": TickForm(page.rows, request.GET if asks else None),
        "ticked": request.GET.getlist("tick"),
        "keys": KEYS,
        "chosen": chosen,
        "queues": [(each, found[each.key]) for each in queue.QUEUES],
        "today": today,
        "soon": queue.soon(today),
        "reader": reader,
    }
    return render(request, "proposals/work.html", shown)


@login_required
@VERB
def declare(request: HttpRequest, reference: str) -> HttpResponse:
    """Say whether there is a conflict, from the employer and the service alone."""
    case = find_case(request, reference)
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_conflict = form.cleaned_data["declared"] == CONFLICT
        actions.declare(proposal=case, is_conflict=is_conflict, by=signed_in(request))
        if is_conflict:
            messages.success(request, _("Thank you. That case is closed to you from now on."))
            return redirect("proposals:work")
        return redirect("proposals:case", case.reference)
    page = {"title": _("Before this case opens"), "form": form, "proposal": case}
    page |= {"button": _("Continue"), "back": reverse("proposals:work")}
    return render(request, "proposals/declare.html", page)


@case_page
@require_safe
def case_version(request: HttpRequest, case: Proposal, number: int) -> HttpResponse:
    """A frozen version, as officials read it."""
    frozen = version_of(case, number)
    shown = version_words(case, frozen) | submitted_words(
        frozen, beyond_its_owners=True, address="proposals:case_document_download"
    )
    head = case_words(request, case, "version")
    return render(request, "proposals/case_version.html", head | shown)


@case_page
@require_safe
def case_version_pdf(request: HttpRequest, case: Proposal, number: int) -> HttpResponse:
    """A frozen version as a PDF, for officials."""
    return pdf_of(case, number) or redirect("proposals:case_version", case.reference, number)


@case_page
@require_safe
def case_version_people(request: HttpRequest, case: Proposal, number: int) -> HttpResponse:
    """Who was in the team of a version and who signed it, for officials."""
    shown = people_words(case, version_of(case, number))
    head = case_words(request, case, "version")
    return render(request, "proposals/case_version_people.html", head | shown)


@case_page
@require_safe
def case_versions_compare(request: HttpRequest, case: Proposal) -> HttpResponse:
    """What a version changed of the one before it, for officials."""
    shown = compare_words(case, request.GET.get("version", ""))
    head = case_words(request, case, "version")
    return render(request, "proposals/case_versions_compare.html", head | shown)


@case_page
@VERB
def begin(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Start the assessment."""
    form = SeenForm(request.POST or None, initial={"seen": case.revision})
    return verb_page(
        request,
        case,
        steps.BEGIN,
        form,
        actions.begin,
        then=_case(case),
        title=_("Begin the assessment?"),
        lines=[
            _("The team is told that reviewers have begun to read, and not who they are."),
            *left_open(case),
        ],
        back=_case(case),
    )


@case_page
@VERB
def return_incomplete(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Give it back to the team, saying what is missing."""
    form = ReturnForm(request.POST or None, initial={"seen": case.revision})
    return verb_page(
        request,
        case,
        steps.RETURN_INCOMPLETE,
        form,
        actions.return_incomplete,
        then=reverse("proposals:work"),
        title=_("Return this proposal as incomplete?"),
        lines=[
            _(
                "It becomes the team's draft again, the clock ends, and you will not see it "
                "until it is submitted once more. Signatures are taken off."
            ),
        ],
        warning=True,
        back=_case(case),
    )


@case_page
@VERB
def notes(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Notes among officials. The team never reads them."""
    reader = signed_in(request)
    if request.POST.get("press") == READ:
        mentioning.read(case, reader)
        return redirect("proposals:notes", case.reference)
    around = mentioning.around(case, reader)
    form = NoteForm(request.POST or None, offered=around.offered)
    if request.method == "POST" and form.is_valid():
        actions.write_note(proposal=case, **form.cleaned_data, by=reader)
        return redirect("proposals:notes", case.reference)
    written = mentioning.beside(case.notes.select_related("by"))
    shown = {
        "form": form,
        "page": keyset.page(written, ("-pk",), request.GET.get("after")),
        "is_mentioned": around.is_mentioned,
    }
    return render(request, "proposals/notes.html", case_words(request, case, "notes") | shown)


@case_page
@VERB
def case_messages(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Messages with the team, as officials."""
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.write_to_team(proposal=case, **form.cleaned_data, by=signed_in(request))
        return redirect("proposals:case_messages", case.reference)
    thread = case.messages.select_related("by")
    readers = Member.objects.current().filter(proposal=case).count()
    shown = {
        "form": form,
        "page": keyset.page(thread, ("-pk",), request.GET.get("after")),
        "who_reads": ngettext(
            "%(count)d person in the team will read this.",
            "%(count)d people in the team will read this.",
            readers,
        )
        % {"count": readers},
    }
    return render(
        request, "proposals/case_messages.html", case_words(request, case, "messages") | shown
    )


@login_required
@VERB
def team_messages(request: HttpRequest, reference: str) -> HttpResponse:
    """Messages with the reviewers, as the team. Officials are not named."""
    found = of_my_team(request, reference)
    may_write = rules.can_edit(signed_in(request), found) and found.submitted_at is not None
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.write_to_officials(proposal=found, **form.cleaned_data, by=signed_in(request))
        return redirect("proposals:messages", found.reference)
    thread = found.messages.select_related("by")
    page = keyset.page(thread, ("-pk",), request.GET.get("after"))
    shown = {"proposal": found, "form": form, "page": page, "may_write": may_write}
    return render(request, "proposals/messages.html", shown)


def case_words(
    request: HttpRequest, case: Proposal, current: str, last_version: int | None = None
) -> dict[str, Any]:
    """What the head of every page of a case shows. last_version: its number, where it is known."""
    return {
        "proposal": case,
        "current": current,
        "last_version": last_version or case.versions.values_list("number", flat=True).latest(),
        "is_late": case.is_late(clock.today()),
        "lead_away": lead_away(case),
        "here": here(CASE, case, current, signed_in(request)),
    }


def left_open(case: Proposal) -> list[str]:
    """What triage leaves open, in sentences: it stops nobody."""
    given = triage.answers_of(case)
    asked = " ".join(str(each.label) for each in triage.open_questions(given))
    to_settle = [each for each in given.values() if not each.is_fine]
    lines = [_("Triage has not answered: %(asked)s") % {"asked": asked}] if asked else []
    return lines + [
        _("To be settled by triage: %(question)s %(words)s")
        % {"question": each.get_question_display(), "words": each.words}
        for each in to_settle
    ]


def clock_words(case: Proposal, scheme: SchemeVersion) -> dict[str, Any]:
    """How the due date came about under these rules, and how much of it is left."""
    promised_on = case.promised_on
    if promised_on is None:
        return {}
    calendar = calendar_for(ENGLAND_AND_WALES)
    today = clock.today()
    return {
        "due": clocks.explained(case, scheme),
        "stands_still": case.status == Status.CHANGES_REQUESTED,
        "days_left": working_days_between(today, promised_on, [], calendar),
        "days_late": working_days_between(promised_on, today, [], calendar),
    }


def _case(case: Proposal) -> str:
    return reverse("proposals:case", args=[case.reference])
