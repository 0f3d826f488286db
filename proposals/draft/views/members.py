"""The people in a team: what each may do, who leads, who leaves, and whose name may be known."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people import signed_in
from proposals.draft import actions, rules
from proposals.draft.forms import NamesForm, OneselfForm, PartForm
from proposals.draft.models import Member, MemberRole, Proposal
from proposals.draft.pages import NO, YES
from proposals.draft.views.finding import VERB, of_my_team


@login_required
@VERB
def member_change(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Let a member write, or only read."""
    found = of_my_lead(request, reference)
    member = get_object_or_404(_others(found), key=key)
    form = PartForm(request.POST or None, initial={"role": member.role})
    if request.method == "POST" and form.is_valid():
        actions.member_change(member=member, **form.cleaned_data, by=signed_in(request))
        return redirect("proposals:team", found.reference)
    page = {
        "title": _("What may %(name)s do?") % {"name": member.user},
        "form": form,
        "button": _("Save"),
        "refused": rules.must_stay(member, found),
    }
    return _confirm(request, found, page)


@login_required
@VERB
def member_remove(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Take somebody out of the team."""
    found = of_my_lead(request, reference)
    member = get_object_or_404(_others(found), key=key)
    if request.method == "POST":
        actions.member_remove(member=member, by=signed_in(request))
        return redirect("proposals:team", found.reference)
    page = {
        "title": _("Take %(name)s out of the team?") % {"name": member.user},
        "lines": [_("They will not see this proposal any more. What they wrote stays.")],
        "button": _("Take out of the team"),
        "warning": True,
        "refused": rules.must_stay(member, found),
    }
    return _confirm(request, found, page)


@login_required
@VERB
def hand_over(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Let somebody else lead the team."""
    found = of_my_lead(request, reference)
    member = get_object_or_404(_others(found), key=key)
    if request.method == "POST":
        actions.hand_over(member=member, by=signed_in(request))
        messages.success(request, _("%(name)s leads the team now.") % {"name": member.user})
        return redirect("proposals:team", found.reference)
    page = {
        "title": _("Let %(name)s lead the team?") % {"name": member.user},
        "lines": [
            _("They can then invite people and take them out, ask for signatures, and submit."),
            _("You go on as somebody who writes and signs. Only they can give the lead back."),
        ],
        "button": _("Hand over the lead"),
        "warning": True,
        "refused": rules.cannot_lead(member, found),
    }
    return _confirm(request, found, page)


@login_required
@VERB
def leave(request: HttpRequest, reference: str) -> HttpResponse:
    """Leave the team of one's own accord."""
    found = of_my_team(request, reference)
    if request.method == "POST":
        actions.leave(proposal=found, by=signed_in(request))
        messages.success(request, _("You have left the team."))
        return redirect("proposals:mine")
    mine = Member.objects.current().get(proposal=found, user=signed_in(request))
    page = {
        "title": _("Leave the team?"),
        "lines": [
            _("You will not see this proposal any more. What you wrote stays with the team.")
        ],
        "button": _("Leave the team"),
        "warning": True,
        "refused": rules.must_stay(mine, found),
    }
    return _confirm(request, found, page)


@login_required
@VERB
def oneself(request: HttpRequest, reference: str) -> HttpResponse:
    """Say whether one works for the employer, and whether it may learn one's name."""
    found = of_my_team(request, reference)
    mine = Member.objects.current().get(proposal=found, user=signed_in(request))
    said = None if mine.employed is None else YES if mine.employed else NO
    form = OneselfForm(
        request.POST or None,
        employer=str(found.employer),
        initial={"employed": said, "may_be_named": mine.may_be_named},
    )
    if request.method == "POST" and form.is_valid():
        actions.say_of_oneself(proposal=found, **form.cleaned_data, by=signed_in(request))
        return redirect("proposals:team", found.reference)
    page = {"title": _("You in this team"), "form": form, "button": _("Save")}
    return render(request, "form_page.html", page | {"back": _team(found)})


@login_required
@VERB
def names(request: HttpRequest, reference: str) -> HttpResponse:
    """Hide the names of the team from its employer or show them, with what it would see."""
    found = of_my_lead(request, reference)
    form = NamesForm(request.POST or None, initial={"hidden": YES if found.names_hidden else NO})
    if request.method == "POST" and form.is_valid():
        actions.names(proposal=found, **form.cleaned_data, by=signed_in(request))
        return redirect("proposals:team", found.reference)
    members = Member.objects.current().filter(proposal=found).select_related("user").order_by("pk")
    page = {"title": form.fields["hidden"].label, "form": form, "button": _("Save")}
    shown = {"proposal": found, "members": members, "back": _team(found)}
    return render(request, "proposals/names.html", page | shown)


def of_my_lead(request: HttpRequest, reference: str) -> Proposal:
    """A proposal that the reader leads: a 404 for strangers, a 403 for the others in its team."""
    found = of_my_team(request, reference)
    if not rules.is_lead(signed_in(request), found):
        raise PermissionDenied(_("Your team lead can do this."))
    return found


def _others(found: Proposal) -> QuerySet[Member]:
    """The members beside the lead."""
    others = Member.objects.current().filter(proposal=found).exclude(role=MemberRole.LEAD)
    return others.select_related("user", "proposal")


def _team(found: Proposal) -> str:
    return reverse("proposals:team", args=[found.reference])


def _confirm(request: HttpRequest, found: Proposal, page: dict[str, Any]) -> HttpResponse:
    """The page that asks whether to do it."""
    return render(request, "proposals/verb.html", page | {"proposal": found, "back": _team(found)})
