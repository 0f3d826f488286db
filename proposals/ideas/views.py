"""The public pages of ideas, and the private page of a sender."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Role
from activity import clock, links
from activity.actors import LinkHolder, holds
from activity.doors import AN_HOUR, is_let_in
from proposals.draft import brought
from proposals.draft.views.finding import VERB
from proposals.ideas import actions, passing
from proposals.ideas.forms import IdeaForm
from proposals.ideas.models import MINE, Idea, IdeaCall, Status

# Many people of one trust or council come from one address.
IDEAS_A_NETWORK = 30
SENT = "idea-sent"
CALLS_TOLD = 20


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """What we ask for now, and what became of earlier ideas."""
    counted = Idea.objects.filter(is_example=False).values_list("status").annotate(n=Count("pk"))
    numbers = dict(counted.order_by())
    page = {
        "open": IdeaCall.objects.open(clock.today()).order_by("closes_on", "pk"),
        "told": IdeaCall.objects.told().order_by("-closed_at", "-pk")[:CALLS_TOLD],
        "sent": sum(numbers.values()),
        "answered": numbers.get(Status.ANSWERED, 0),
        "taken_up": numbers.get(Status.TAKEN_UP, 0),
        "passed_on": numbers.get(Status.PASSED_ON, 0),
        "keeps": holds(request.user, Role.COORDINATOR),  # type: ignore[arg-type]  # or nobody
    }
    return render(request, "proposals/calls.html", page)


@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """One call: what it asks for, until when, or what came of it."""
    found = get_object_or_404(IdeaCall, slug=slug)
    page = {
        "call": found,
        "is_open": found.is_open_on(clock.today()),
        "keeps": holds(request.user, Role.COORDINATOR),  # type: ignore[arg-type]  # or nobody
        "back": reverse("proposals:calls"),
    }
    return render(request, "proposals/call.html", page)


@VERB
def idea_new(request: HttpRequest) -> HttpResponse:
    """Leave an idea: one page, and only the idea must be there."""
    form = IdeaForm(request.POST if request.method == "POST" else None)
    asked = IdeaCall.objects.open(clock.today()).filter(slug=request.GET.get("call", "")).first()
    if request.method == "POST" and form.is_valid() and _is_let_in(request, form):
        return _receive(request, form, asked)
    page = {"form": form, "call": asked, "back": reverse("proposals:calls")}
    return render(request, "proposals/idea_new.html", page)


def _is_let_in(request: HttpRequest, form: IdeaForm) -> bool:
    words = _("Many ideas came from your network. Keep this page open and send it in an hour.")
    return is_let_in(request, form, "proposals.idea", IDEAS_A_NETWORK, words)


def _receive(request: HttpRequest, form: IdeaForm, asked: IdeaCall | None) -> HttpResponse:
    """Take the idea in, and hand this browser the private link."""
    idea = actions.receive(
        words=form.cleaned_data["words"],
        sender=form.sender(),
        call=asked,
        employer_must_not_know=form.cleaned_data["employer_may_know"] == "no",
        once=form.once,
    )
    token = links.issue(MINE, idea, address=form.cleaned_data["email"])
    links.grant(request, token, proved=True)
    response = redirect("proposals:idea_sent")
    # In the browser alone: only the hash of a link is ever kept with us.
    response.set_signed_cookie(
        SENT,
        token,
        max_age=AN_HOUR,
        path=reverse("proposals:idea_sent"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_safe
def idea_sent(request: HttpRequest) -> HttpResponse:
    """The reference, and the private link to keep."""
    token = request.get_signed_cookie(SENT, default="", max_age=AN_HOUR) or ""
    link = links.find(token, MINE) if token else None
    if link is None:
        return redirect("proposals:idea_new")
    idea = get_object_or_404(Idea, pk=link.subject_id)
    path = links.path(MINE, token)
    page = {"idea": idea, "path": path, "address": f"{settings.PORTAL_URL}{path}"}
    response = render(request, "proposals/idea_sent.html", page | {"mailed": bool(link.address)})
    response["Cache-Control"] = "no-store"
    return response


@links.link_page(MINE)
def idea_mine(request: HttpRequest, token: str) -> HttpResponse:
    """Where my idea stands; with proof, what was said, and how it goes on."""
    holder: LinkHolder = request.holder  # type: ignore[attr-defined]  # set by link_page
    idea = get_object_or_404(Idea.objects.visible_to(holder))
    if request.method == "POST":
        return redirect(request.path)  # the button of the link, pressed twice
    page: dict[str, Any] = {"idea": idea, "token": token, "proved": holder.proved}
    return render(request, "proposals/idea_mine.html", page)


@links.link_page(MINE, proof=True)
def idea_on(request: HttpRequest, token: str) -> HttpResponse:
    """Go on with my idea: into a draft of mine, or to the question that it became."""
    holder: LinkHolder = request.holder  # type: ignore[attr-defined]  # set by link_page
    idea = get_object_or_404(Idea.objects.visible_to(holder))
    if request.method != "POST":
        return redirect("proposals:idea_mine", token=token)
    if idea.status == Status.PASSED_ON:
        return redirect(passing.way().link(idea))
    if idea.status != Status.TAKEN_UP:
        messages.info(request, _("Nobody has answered yet."))
        return redirect("proposals:idea_mine", token=token)
    response = redirect("proposals:new")
    brought.bring(response, {"S5": idea.words})
    return response
