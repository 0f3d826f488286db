"""Writing a draft: the list of tasks, one page after another, and the answers together."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity import clock, keyset
from activity.presence import here
from activity.scripts import by_script
from proposals.draft import actions, completeness, history, presence, rules, words
from proposals.draft.actions.writing import mark_of
from proposals.draft.completeness import Progress, TopicProgress
from proposals.draft.forms import NewForm
from proposals.draft.models import Member, Proposal, Section, Signature, Status
from proposals.draft.questions import Page, PageForm, Topic, topic, topics
from proposals.draft.shown import rows_of
from proposals.draft.views.autosaving import autosave, save
from proposals.draft.views.finding import VERB, moves, of_my_team


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My proposals, newest first."""
    found = Proposal.objects.of_team(signed_in(request)).select_related("employer")
    page = keyset.page(found, ("-created_at", "-pk"), request.GET.get("after"))
    rows = [(row, words.outside_label(row)) for row in page.rows]
    return render(request, "proposals/mine.html", {"page": page, "rows": rows})


@login_required
@VERB
def new(request: HttpRequest) -> HttpResponse:
    """Start a proposal."""
    form = NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        proposal = actions.create(**form.cleaned_data, by=signed_in(request))
        return redirect("proposals:tasks", proposal.reference)
    page = {"title": _("Start a proposal"), "form": form, "button": _("Start")}
    return render(request, "proposals/new.html", page | {"back": reverse("proposals:mine")})


@login_required
@require_safe
def proposal(request: HttpRequest, reference: str) -> HttpResponse:
    """Where it stands, who has it, what comes next."""
    found = of_my_team(request, reference)
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
            "is_late": found.is_late(clock.today()),
            "page": page,
            "lines": history.outside_lines(found, page.rows),
            "versions": list(found.versions.values_list("number", flat=True)),
            "has_letter": found.decisions.released().exists(),
        },
    )


@login_required
@require_safe
def tasks(request: HttpRequest, reference: str) -> HttpResponse:
    """Every section with how far it is, the team, and what comes before submitting."""
    found = of_my_team(request, reference)
    sections = completeness.overview(found)
    may_write = _may_write(request, found)
    following = next((s for s in sections if s.progress != Progress.COMPLETE), None)
    done = sum(each.progress == Progress.COMPLETE for each in sections)
    next_moves, withdraw = moves(request, found)
    return render(
        request,
        "proposals/tasks.html",
        {
            "proposal": found,
            "label": words.outside_label(found),
            "sections": [(each, _address(found, each, may_write)) for each in sections],
            "done": done,
            "next": following,
            "next_address": _address(found, following, may_write) if following else "",
            "members": list(_members(found)),
            "signatures": list(_signatures(found)),
            "moves": next_moves,
            "withdraw": withdraw,
            "can_edit": may_write,
            "is_lead": rules.is_lead(signed_in(request), found),
            "here": here(presence.TEAM, found, presence.TASKS, signed_in(request)),
        },
    )


@login_required
@require_safe
def answers(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that was answered, with links to change it."""
    found = of_my_team(request, reference)
    return _answers_page(request, found, topics())


@login_required
@require_safe
def section(request: HttpRequest, reference: str, section: str) -> HttpResponse:
    """The answers of one section."""
    found = of_my_team(request, reference)
    return _answers_page(request, found, [_topic(section)])


@login_required
@VERB
def page(request: HttpRequest, reference: str, section: str, page: str) -> HttpResponse:
    """One page of questions. It saves anything, and says what it could not read."""
    found = of_my_team(request, reference)
    about = _topic(section)
    asked = about.page(page)
    if asked is None or asked.url_name != "proposals:page":
        raise Http404
    return edit(request, found, about, asked, then=_after(found, about, asked))


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
    if request.method == "POST":
        form = asked.form(request.POST)
        try:
            save(request, found, about, asked, form)
        except actions.Clash as clash:
            return _both_texts(request, found, about, asked, form, clash.section)
        if form.is_valid():
            leaving = request.POST.get("then") == "tasks"
            return redirect(reverse("proposals:tasks", args=[found.reference]) if leaving else then)
        mark = mark_of(form.typed(), asked)
    else:
        if not _may_write(request, found):
            return redirect("proposals:section", found.reference, about.key)
        typed = _typed(found, about)
        form = asked.form(data=typed)
        if form.is_valid():
            form = asked.form(initial=typed)
        mark = mark_of(typed, asked)
    shown = {"proposal": found, "topic": about, "asked": asked, "form": form, "mark": mark}
    spot = presence.spot_of(about, asked)
    shown["here"] = here(presence.TEAM, found, spot, signed_in(request))
    return render(request, template, shown | more)


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
    differing = [name for name in mine_typed if mine_typed[name] != theirs.answers.get(name, "")]
    shown = {
        "proposal": found,
        "topic": about,
        "asked": asked,
        "form": form,
        "pairs": [(form[name], kept[name]) for name in differing],
        "same": [form[name] for name in mine_typed if name not in differing],
        "theirs": theirs,
        "is_mine": theirs.saved_by == request.user,
        "mark": mark_of(theirs.answers, asked),
        "page_address": asked.address(found.reference, about.key),
    }
    return render(request, "proposals/compare.html", shown, status=409)


def _answers_page(request: HttpRequest, found: Proposal, about: list[Topic]) -> HttpResponse:
    may_write = _may_write(request, found)
    reference = found.reference if may_write else ""
    groups = [
        (each.topic, rows_of(each.topic, each.forms, reference))
        for each in completeness.overview(found)
        if each.topic in about
    ]
    whole = len(about) > 1
    shown = {"proposal": found, "groups": groups, "whole": whole, "can_edit": may_write}
    if whole:
        shown["gaps"] = _gaps(found) if may_write else []
    return render(request, "proposals/answers.html", shown)


def _gaps(found: Proposal) -> list[tuple[Any, str]]:
    """The pages on which something is missing, with their addresses."""
    return [
        (asked.title, asked.address(found.reference, each.topic.key))
        for each in completeness.incomplete(found)
        for asked in each.open_pages
    ]


def _address(found: Proposal, each: TopicProgress, may_write: bool) -> str:
    """Where the list of tasks leads: on with the writing, or to what was written."""
    if may_write:
        return each.next_page.address(found.reference, each.topic.key)
    return reverse("proposals:section", args=[found.reference, each.topic.key])


def _topic(key: str) -> Topic:
    found = topic(key)
    if found is None:
        raise Http404
    return found


def _typed(found: Proposal, about: Topic) -> dict[str, Any]:
    row = Section.objects.filter(proposal=found, key=about.key).first()
    return dict(row.answers) if row else {}


def _after(found: Proposal, about: Topic, asked: Page) -> str:
    following = about.after(asked)
    if following is not None:
        return following.address(found.reference, about.key)
    return reverse("proposals:tasks", args=[found.reference])


def _may_write(request: HttpRequest, found: Proposal) -> bool:
    return found.status == Status.DRAFT and rules.can_edit(signed_in(request), found)


def _members(found: Proposal) -> Any:
    return Member.objects.current().filter(proposal=found).select_related("user").order_by("pk")


def _signatures(found: Proposal) -> Any:
    return Signature.objects.current().filter(proposal=found).select_related("user").order_by("pk")
