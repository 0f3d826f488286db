"""The pages on which a team answers what reviewers asked, and sends its next version."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity.forms import SeenForm
from activity.workflow import revision_known_to
from proposals.draft import differing, filed, openness, rules
from proposals.draft.freezing import answers_of
from proposals.draft.models import Proposal, Request, Section
from proposals.draft.openness import signatures
from proposals.draft.promises import promised, promised_in
from proposals.draft.questions import topic
from proposals.draft.shown import blocks, place_in_words, placed, rows_of
from proposals.draft.views.finding import VERB, moves, of_my_team, verb_page
from proposals.draft.views.reading import may_write_on
from proposals.review import requests, steps
from proposals.review.forms import ReplyForm


@login_required
@require_safe
def team_requests(request: HttpRequest, reference: str) -> HttpResponse:
    """What the reviewers asked, what has a reply, who signs, and the step that comes next."""
    found = of_my_team(request, reference)
    asked = openness.requests(found)
    answered = [each for each in openness.ever_asked(found) if each.is_answered]
    shown = {
        "proposal": found,
        "asked": placed(asked),
        "left": sum(not each.reply for each in asked),
        "answered": placed(answered),
        "signatures": signatures(found) if asked else [],
        "moves": moves(request, found)[0] if asked else [],
    }
    return render(request, "proposals/requests.html", shown)


@login_required
@VERB
def request_answer(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One request beside its page as it stands, and the reply to it."""
    found = of_my_team(request, reference)
    one = get_object_or_404(found.requests.select_related("version", "code"), number=number)
    kept = {"reply": one.reply, "seen": one.revision}
    form = ReplyForm(request.POST or None, initial=kept)
    shown = _page_words(request, found, one)
    if request.method == "POST" and form.is_valid():
        try:
            requests.answer(request=one, **form.cleaned_data, by=signed_in(request))
        except requests.Reworded:
            one.refresh_from_db()
            # Sent again from here, the words typed here replace the colleague's.
            form = ReplyForm(request.POST.dict() | {"seen": one.revision})
            shown["theirs"] = one
        else:
            return redirect("proposals:requests", found.reference)
    shown |= {"form": form, "back": reverse("proposals:requests", args=[found.reference])}
    status = 409 if "theirs" in shown else 200
    return render(request, "proposals/request_answer.html", shown, status=status)


@login_required
@VERB
def resubmit(request: HttpRequest, reference: str) -> HttpResponse:
    """What would change, and sending the signed text as the next version."""
    found = of_my_team(request, reference, filed=filed.beside())
    seen = revision_known_to(signed_in(request), found)
    versions = found.versions.annotate(filed=filed.beside_version())
    latest = versions.order_by("-number").prefetch_related("named").first()
    typed = _typed(found)
    return verb_page(
        request,
        found,
        steps.RESUBMIT,
        SeenForm(request.POST or None, initial={"seen": seen}),
        requests.resubmit,
        then=reverse("proposals:receipt", args=[found.reference]),
        template="proposals/resubmit.html",
        title=_("Send the new version?"),
        back=reverse("proposals:requests", args=[found.reference]),
        number=latest.number if latest else 0,
        topics=[
            *differing.promised(promised_in(latest), promised(typed)),
            *differing.between(answers_of(latest), typed),
            *differing.documents(filed.read(latest.filed), filed.to_submit(filed.of_draft(found))),
        ]
        if latest
        else [],
        asked=placed(openness.requests(found)),
    )


def _page_words(request: HttpRequest, found: Proposal, one: Request) -> dict[str, Any]:
    """A request with the answers of its page as they stand, and what the reader may do there.

    The page may be asked no longer: then there is nothing to change, and still a reply to give.
    """
    is_open = one in openness.requests(found) and not openness.is_being_signed(found)
    shown: dict[str, Any] = {
        "proposal": found,
        "one": one,
        "place": place_in_words(one.section, one.page),
        "may_reply": is_open and rules.can_edit(signed_in(request), found),
    }
    about = topic(one.section)
    asked = about.page(one.page) if about else None
    if about is None or asked is None:
        return shown
    typed = about.answers(_typed(found))
    may_write = may_write_on(request, found, about, asked)
    return shown | {
        "blocks": blocks(rows_of([(asked, asked.form(data=typed))])),
        "change": asked.address(found.reference, about.key) if may_write else "",
    }


def _typed(found: Proposal) -> dict[str, dict[str, Any]]:
    return dict(Section.objects.filter(proposal=found).values_list("key", "answers"))
