"""Writing a draft: the list of tasks, and one page after another."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity import keyset
from activity.presence import here
from activity.scripts import by_script
from proposals.draft import (
    actions,
    brought,
    coming,
    completeness,
    filed,
    history,
    lapsing,
    openness,
    outlook,
    presence,
    rules,
    similar,
    words,
)
from proposals.draft.actions.writing import differing, mark_of
from proposals.draft.completeness import Progress, TopicProgress
from proposals.draft.helping import helps
from proposals.draft.models import EmployerWords, Proposal, Section, Status, Version
from proposals.draft.questions import Answers, Page, PageForm, Topic
from proposals.draft.starting import NewForm
from proposals.draft.steps import known_members
from proposals.draft.views import rows
from proposals.draft.views.autosaving import autosave, save
from proposals.draft.views.finding import VERB, moves, of_my_team, writing_at
from proposals.draft.views.reading import may_write, may_write_on, topic_or_404

# The numbers of the versions of a proposal, in order.
NUMBERS = ArraySubquery(
    Version.objects.filter(proposal=OuterRef("pk")).order_by("number").values("number")
)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My proposals, newest first."""
    found = Proposal.objects.of_team(signed_in(request)).select_related("employer")
    page = keyset.page(found, ("-created_at", "-pk"), request.GET.get("after"))
    labelled = [(row, words.outside_label(row)) for row in page.rows]
    return render(request, "proposals/mine.html", {"page": page, "rows": labelled})


@login_required
@VERB
def new(request: HttpRequest) -> HttpResponse:
    """Start a proposal, with the answers that somebody brings along if they say so."""
    carried = brought.brought(request)
    initial = {
        "employer": carried.get("S2", ""),
        "employer_name": carried.get("S2_name", ""),
        "title": carried.get("S1", ""),
    }
    form = NewForm(request.POST or None, initial=initial, by=signed_in(request), brought=carried)
    if request.method == "POST" and form.is_valid() and not form.asks_on():
        proposal = actions.create(**form.begun(), by=signed_in(request))
        response = redirect("proposals:tasks", proposal.reference)
        brought.forget(response)
        return response
    page = {"title": _("Start a proposal"), "form": form, "button": _("Start")}
    page["rows"] = brought.rows(carried)
    return render(request, "proposals/new.html", page | {"back": reverse("proposals:mine")})


@login_required
@require_safe
def proposal(request: HttpRequest, reference: str) -> HttpResponse:
    """Where it stands, who has it, what comes next."""
    found: Any = of_my_team(request, reference, numbers=NUMBERS, filed=filed.beside())
    next_moves, withdraw = moves(request, found)
    page = keyset.page(history.outside_events(found), ("-pk",), request.GET.get("after"))
    return render(
        request,
        "proposals/proposal.html",
        {
            "proposal": found,
            "label": words.outside_label(found),
            "next_moves": next_moves,
            "withdraw": withdraw,
            "lapses_on": lapsing.announced(found),
            "outlook": outlook.of_submitted(found),
            "coming": coming.of(found),
            "from_employer": _from_employer(found),
            "page": page,
            "lines": history.outside_lines(page.rows),
            "versions": found.numbers,
            "has_letter": found.released_at is not None or found.status == Status.EXEMPT,
        },
    )


def _from_employer(found: Proposal) -> EmployerWords | None:
    """What the employer wrote for the team with its last answer, if it answered and wrote anything."""
    return found.employer_words.first() if found.employer_answered_at else None


@login_required
@require_safe
def tasks(request: HttpRequest, reference: str) -> HttpResponse:
    """Every section with how far it is, the team, and what comes before submitting."""
    found = of_my_team(request, reference, filed=filed.beside())
    team = known_members(signed_in(request), found)
    sections = completeness.overview(found)
    can_edit = may_write(request, found)
    done = sum(each.progress == Progress.COMPLETE for each in sections)
    next_moves, withdraw = moves(request, found)
    return render(
        request,
        "proposals/tasks.html",
        {
            "proposal": found,
            "label": words.outside_label(found),
            "sections": [(each, _address(found, each, can_edit)) for each in sections],
            "asked": {section for section, _page in openness.asked_places(found)},
            "done": done,
            "lapses_on": lapsing.announced(found),
            "outlook": outlook.of_draft(found),
            "likes": similar.to(found, similar.ON_THE_TASKS, described=similar.among(sections)),
            "helps": [
                (each, each.page.address(found.reference, each.topic.key))
                for each in helps(sections)
            ],
            "members": team,
            "documents": len(filed.of_draft(found)),
            "signatures": openness.signatures(found) if found.status != Status.DRAFT else [],
            "moves": next_moves,
            "withdraw": withdraw,
            "can_edit": can_edit,
            "is_lead": rules.is_lead(signed_in(request), found),
            "here": here(presence.TEAM, found, presence.TASKS, signed_in(request)),
        },
    )


@login_required
@require_safe
def similar_ones(request: HttpRequest, reference: str) -> HttpResponse:
    """Public records that are like this proposal, and why each is shown."""
    found = of_my_team(request, reference)
    likes = similar.to(found, similar.ON_ITS_PAGE)
    return render(request, "proposals/similar.html", {"proposal": found, "likes": likes})


@login_required
@VERB
def page(request: HttpRequest, reference: str, section: str, page: str) -> HttpResponse:
    """One page of questions. It saves anything, and says what it could not read."""
    found = of_my_team(request, reference)
    about = topic_or_404(section)
    asked = about.page(page)
    if asked is None or asked.url_name != "proposals:page":
        raise Http404
    then = _after(found, about, asked)
    return edit(request, found, about, asked, then=then, template=asked.template)


def edit(
    request: HttpRequest,
    found: Proposal,
    about: Topic,
    asked: Page,
    *,
    then: str,
    template: str = "proposals/page.html",
    **more: Any,
) -> HttpResponse:
    """Show a page of questions, or save it and go on; a reader who may not write sees the answers."""
    if request.method == "POST" and by_script(request):
        return autosave(request, found, about, asked)
    notes: list[str] = []
    if request.method == "POST":
        then_press = request.POST.get("then", "")
        beside: Any = SimpleLazyObject(lambda: _typed(found))
        form, again = rows.pressed(asked.form(request.POST, beside=beside), then_press)
        try:
            typed = save(request, found, about, asked, form).answers
        except actions.Clash as clash:
            return _both_texts(request, found, about, asked, form, clash.section)
        if again:
            return redirect(f"{asked.address(found.reference, about.key)}{again}")
        if form.is_valid():
            return redirect(_on(request, found, form, request.path, then))
        mark = mark_of(form.typed(), asked)
    else:
        if not may_write_on(request, found, about, asked):
            return redirect("proposals:section", found.reference, about.key)
        everything = _typed(found)
        typed = everything.get(about.key, {})
        form = asked.form(data=typed, beside=everything)
        notes = [*filter(None, [asked.against(everything)]), *form.notes()]
        if form.is_valid():
            form = asked.form(initial=form.typed(), beside=everything)
        mark = mark_of(typed, asked)
    rows.show_rows(form, request.GET)
    form.fit(typed, request.GET)
    shown = {"proposal": found, "topic": about, "asked": asked, "form": form, "mark": mark}
    spot = presence.spot_of(about, asked)
    shown["here"] = here(presence.TEAM, found, spot, signed_in(request))
    shown["notes"] = notes
    shown["requests"] = [
        each
        for each in openness.requests(found)
        if (each.section, each.page) == (about.key, asked.key)
    ]
    return render(request, template, shown | more)


def _on(request: HttpRequest, found: Proposal, form: PageForm, again: str, then: str) -> str:
    """Where a page that was saved leads: the list of tasks, the page once more, or the next."""
    if request.POST.get("then") == "tasks":
        return reverse("proposals:tasks", args=[found.reference])
    return again if form.asks_on() else then


def _both_texts(
    request: HttpRequest,
    found: Proposal,
    about: Topic,
    asked: Page,
    form: PageForm,
    theirs: Section,
) -> HttpResponse:
    """Both texts side by side: 409, and nothing is lost."""
    mine_typed = form.typed()
    kept = {
        name: shown
        for name, _label, shown in asked.form(data=theirs.answers).shown(everything=True)
    }
    differ = differing(mine_typed, theirs.answers)
    shown = {
        "proposal": found,
        "topic": about,
        "asked": asked,
        "form": form,
        "pairs": [(form[name], kept[name]) for name in differ],
        "same": [pair for name in mine_typed if name not in differ for pair in form.sent(name)],
        "theirs": theirs,
        "is_mine": theirs.saved_by == request.user,
        "mark": mark_of(theirs.answers, asked),
        "page_address": asked.address(found.reference, about.key),
    }
    return render(request, "proposals/compare.html", shown, status=409)


def _address(found: Proposal, each: TopicProgress, can_edit: bool) -> str:
    """Where the list of tasks leads: on with the writing, or to what was written."""
    if can_edit and each.progress != Progress.COMPLETE:
        return each.next_page.address(found.reference, each.topic.key)
    return reverse("proposals:section", args=[found.reference, each.topic.key])


def _typed(found: Proposal) -> dict[str, Answers]:
    """The answers of every section: what one says may not fit another."""
    return dict(Section.objects.filter(proposal=found).values_list("key", "answers"))


def _after(found: Proposal, about: Topic, asked: Page) -> str:
    following = about.after(asked)
    if following is None or found.status == Status.CHANGES_REQUESTED:
        return writing_at(found)
    return following.address(found.reference, about.key)
