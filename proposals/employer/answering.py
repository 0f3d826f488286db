"""The pages on which an employer's official answers: facts, position, check, and what was sent."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from activity import links
from activity.actors import LinkHolder
from proposals.draft.completeness import Progress
from proposals.draft.models import Version
from proposals.draft.questions import PageForm
from proposals.draft.shown import blocks
from proposals.draft.views import rows
from proposals.draft.views.finding import VERB
from proposals.employer import answers, words
from proposals.employer.answer_forms import PositionForm, Written, answer_of
from proposals.employer.finding import asked_of
from proposals.employer.models import ASKED, EmployerInvitation
from proposals.employer.shown import answer_words, typed_facts

Page: TypeAlias = dict[str, Any]
View: TypeAlias = Callable[[HttpRequest, str, LinkHolder, EmployerInvitation], HttpResponse]

# What each field of the position is called where it is checked.
IN_SHORT = {
    "position": _("Position"),
    "conditions": _("Conditions"),
    "grounds": _("Grounds"),
    "to_team": _("For the staff, and the reviewers"),
    "to_reviewers": _("For the reviewers alone"),
}


def _while_asked(view: View) -> Callable[..., HttpResponse]:
    """A page to write on, for an official who has proved who they are; later it leads on."""

    @VERB
    @links.link_page(ASKED, proof=True)
    @functools.wraps(view)
    def page(request: HttpRequest, token: str) -> HttpResponse:
        holder, invitation = asked_of(request)
        # What is typed too late is refused by the action, which loses none of it.
        if request.method != "POST" and invitation.answer:
            return redirect("proposals:employer_sent", token)
        if request.method != "POST" and words.over(invitation):
            return redirect("proposals:employer", token)
        return view(request, token, holder, invitation)

    return page


@_while_asked
def employer_facts(
    request: HttpRequest, token: str, holder: LinkHolder, invitation: EmployerInvitation
) -> HttpResponse:
    """Each fact: right, ours and from where, or not known."""
    version, written = _written(invitation)
    form = written.facts(request.POST if request.method == "POST" else None)
    mark, clash = answers.mark_of_facts(written.draft, version), False
    if request.method == "POST":
        kept: Page = {"typed": form.typed(), "told": written.told_by_key(), "seen": _seen(request)}
        try:
            draft = answers.save_facts(invitation=invitation, by=holder, **kept)
        except answers.Clash:
            clash = True
        else:
            if form.is_valid():
                return redirect(_after(request, token, "employer_position"))
            mark = answers.mark_of_facts(draft, version)
    page = {"form": form, "mark": mark, "clash": clash, "moved": written.moved()}
    return _page(request, "facts", token, invitation, page)


@_while_asked
def employer_position(
    request: HttpRequest, token: str, holder: LinkHolder, invitation: EmployerInvitation
) -> HttpResponse:
    """Accept, accept with conditions, or object on grounds; and what else is to be read by whom."""
    _version, written = _written(invitation)
    form: Any = written.position(request.POST if request.method == "POST" else None)
    mark, clash = answers.mark_of_position(written.draft), False
    if request.method == "POST":
        form, again = rows.pressed(form, request.POST.get("then", ""))
        kept = {"typed": form.typed(), "seen": _seen(request)}
        try:
            draft = answers.save_position(invitation=invitation, by=holder, **kept)
        except answers.Clash:
            clash = True
        else:
            if again or form.is_valid():
                on = _after(request, token, "employer_answers")
                return redirect(f"{request.path}{again}" if again else on)
            mark = answers.mark_of_position(draft)
    rows.show_rows(form, request.GET.dict())
    page = {"form": form, "mark": mark, "clash": clash, "grounds": written.grounds}
    return _page(request, "position", token, invitation, page)


@_while_asked
def employer_answers(
    request: HttpRequest, token: str, holder: LinkHolder, invitation: EmployerInvitation
) -> HttpResponse:
    """Everything once more, what is missing, and the button that sends it."""
    if invitation.answer:
        return redirect("proposals:employer_sent", token)
    version, written = _written(invitation)
    facts, position = written.whole()
    missing = [*_missing(facts, token, "facts"), *_missing(position, token, "position")]
    clash = False
    if request.method == "POST" and not missing:
        whole = answer_of(facts, position)
        try:
            answers.send(invitation=invitation, answer=whole, seen=_seen(request), by=holder)
        except answers.Clash:
            clash = True
        else:
            return redirect("proposals:employer_sent", token)
    page = {
        "mark": answers.mark_of_all(written.draft, version),
        "clash": clash,
        "missing": missing,
        "facts": typed_facts(facts),
        "blocks": _position_blocks(position, token),
    }
    return _page(request, "answers", token, invitation, page)


@require_safe
@links.link_page(ASKED, proof=True)
def employer_sent(request: HttpRequest, token: str) -> HttpResponse:
    """What was sent, to keep and to print."""
    _holder, invitation = asked_of(request)
    sent = invitation.answer
    if sent is None:
        return redirect("proposals:employer", token)
    prefetch_related_objects([sent], "grounds__code")
    return _page(request, "sent", token, invitation, answer_words(sent))


def asked_words(invitation: EmployerInvitation) -> Page:
    """What the first page says of what will be asked, and of how far the answer is."""
    _version, written = _written(invitation)
    draft, (facts, position) = written.draft, written.whole()
    return {
        "told": written.told,
        "grounds": written.grounds,
        "facts_are": _how_far(draft.facts, facts),
        "position_is": _how_far(draft.position, position),
    }


def _how_far(typed: Any, form: PageForm) -> Progress:
    if not typed:
        return Progress.NOT_STARTED
    return Progress.COMPLETE if form.is_valid() else Progress.IN_PROGRESS


def _written(invitation: EmployerInvitation) -> tuple[Version, Written]:
    version = invitation.proposal.versions.select_related("scheme").latest()
    return version, Written(answers.draft_of(invitation), version)


def _seen(request: HttpRequest) -> str:
    return request.POST.get("seen", "")


def _after(request: HttpRequest, token: str, on: str) -> str:
    """Where a page that was saved leads: the list of what is asked, or the next page."""
    name = "employer" if request.POST.get("then") == "tasks" else on
    return reverse(f"proposals:{name}", args=[token])


def _missing(form: PageForm, token: str, page: str) -> Iterator[tuple[str, str]]:
    """What is still to be put right on a page, in words, each with where."""
    address = reverse(f"proposals:employer_{page}", args=[token])
    for name, problems in form.errors.items():
        for problem in problems:
            yield str(problem), f"{address}#id_{name}"


def _position_blocks(form: PositionForm, token: str) -> list[dict[str, Any]]:
    address = reverse("proposals:employer_position", args=[token])
    return blocks(
        [
            {
                "name": name,
                "key": IN_SHORT[name],
                "value": value or _("Nothing"),
                "href": f"{address}#id_{name}",
            }
            for name, _label, value in form.shown()
            if form.is_said(name)
        ]
    )


def _page(
    request: HttpRequest, name: str, token: str, invitation: EmployerInvitation, page: Page
) -> HttpResponse:
    shown = {"token": token, "invitation": invitation, "proposal": invitation.proposal}
    shown["back"] = reverse("proposals:employer", args=[token])
    status = 409 if page.get("clash") else 200
    return render(request, f"proposals/employer_{name}.html", shown | page, status=status)
