"""Who is in a team, and asking colleagues to join it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.people import signed_in
from activity import links
from activity.workflow import MovedOn
from proposals.draft import actions, rules
from proposals.draft.actions.team import JOIN
from proposals.draft.forms import InviteForm, JoinForm
from proposals.draft.models import Invitation, Member
from proposals.draft.views.finding import VERB, of_my_team
from proposals.draft.views.members import of_my_lead


@login_required
@require_safe
def team(request: HttpRequest, reference: str) -> HttpResponse:
    """Who is in the team, and who is invited."""
    found = of_my_team(request, reference)
    members = Member.objects.current().filter(proposal=found)
    invited = Invitation.objects.open().filter(proposal=found)
    return render(
        request,
        "proposals/team.html",
        {
            "proposal": found,
            "members": members.select_related("user", "proposal__employer").order_by("pk"),
            "invited": invited.order_by("pk"),
            "is_lead": rules.is_lead(signed_in(request), found),
        },
    )


@login_required
@VERB
def invite(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask a colleague to join, by a private address."""
    found = of_my_lead(request, reference)
    form = InviteForm(request.POST or None, proposal=found)
    if request.method == "POST" and form.is_valid():
        actions.invite(proposal=found, **form.cleaned_data, by=signed_in(request))
        messages.success(request, _("The invitation is on its way. The link works for 14 days."))
        return redirect("proposals:team", found.reference)
    page = {"title": _("Invite a colleague"), "form": form, "button": _("Send the invitation")}
    page["back"] = reverse("proposals:team", args=[found.reference])
    page["intro"] = _(
        "They get a message that says neither who you are nor what it is about. What you write "
        "here is seen by your team only."
    )
    return render(request, "form_page.html", page)


@login_required
@VERB
def revoke(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Take an invitation back."""
    found = of_my_lead(request, reference)
    open_ones = Invitation.objects.open().filter(proposal=found).select_related("proposal")
    invitation = get_object_or_404(open_ones, key=key)
    if request.method == "POST":
        actions.revoke(invitation=invitation, by=signed_in(request))
        return redirect("proposals:team", found.reference)
    page = {
        "title": _("Take the invitation of %(name)s back?") % {"name": invitation.name},
        "lines": [_("The link in their message ends. You can invite them again.")],
        "button": _("Take the invitation back"),
        "back": reverse("proposals:team", args=[found.reference]),
        "proposal": found,
    }
    return render(request, "proposals/verb.html", page)


@links.link_page(JOIN)
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, what one will see; then join, signed in."""
    link = request.link  # type: ignore[attr-defined]  # set by link_page
    invitation = Invitation.objects.open().select_related("proposal__employer", "invited_by")
    found = invitation.filter(pk=link.subject_id).first()
    if found is None:
        return render(request, "activity/link_ended.html", status=404)
    pressed = "join" in request.POST and isinstance(request.user, User)
    form = JoinForm(request.POST if pressed else None, employer=str(found.proposal.employer))
    if pressed and form.is_valid():
        try:
            actions.accept(invitation=found, link=link, **form.cleaned_data, by=signed_in(request))
        except MovedOn:
            return render(request, "activity/link_ended.html", status=404)
        return redirect("proposals:tasks", found.proposal.reference)
    shown = {"invitation": found, "path": request.path, "form": form}
    return render(request, "proposals/join.html", shown)
