"""The pages of an employer's official, who has a link and no account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activity import links
from activity.actors import LinkHolder
from proposals.draft.views.finding import VERB
from proposals.employer import actions, words
from proposals.employer.forms import HandOnForm
from proposals.employer.models import ASKED, Basis, EmployerInvitation


@VERB
@links.link_page(ASKED)
def employer(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, by when, what the right is; with proof, of which service and by whom."""
    holder, invitation = _asked(request)
    if request.method == "POST":
        return redirect(request.path)  # the button of the link, pressed twice
    if said := words.over(invitation):
        return render(request, "proposals/employer_over.html", {"said": said})
    page: dict[str, object] = {
        "invitation": invitation,
        "proposal": invitation.proposal,
        "token": token,
        "proved": holder.proved,
        "was_handed_on": invitation.basis == Basis.NAMED,
        "others": invitation.proposal.employer_invitations.exclude(pk=invitation.pk).count(),
    }
    if holder.proved:
        page["names"] = words.names(invitation.proposal)
    return render(request, "proposals/employer_asked.html", page)


@VERB
@links.link_page(ASKED, proof=True)
def employer_hand_on(request: HttpRequest, token: str) -> HttpResponse:
    """Name the right official instead; the clock runs on."""
    holder, invitation = _asked(request)
    form = HandOnForm(request.POST or None, proposal=invitation.proposal, asked=invitation.address)
    if request.method == "POST" and form.is_valid():
        actions.hand_on(invitation=invitation, **form.cleaned_data, by=holder)
        return redirect("proposals:employer_handed_on")
    back = reverse("proposals:employer", args=[token])
    if words.over(invitation):
        return redirect(back)
    page = {"title": _("Who is the right official?"), "form": form, "button": _("Ask them")}
    page |= {"back": back, "invitation": invitation}
    return render(request, "proposals/employer_hand_on.html", page)


@require_safe
def employer_handed_on(request: HttpRequest) -> HttpResponse:
    """Thanks; it says nothing of any proposal, for the link that led here has ended."""
    return render(request, "proposals/employer_handed_on.html")


def _asked(request: HttpRequest) -> tuple[LinkHolder, EmployerInvitation]:
    """Who holds the link, and the invitation that it was sent for; 404 for any other."""
    holder: LinkHolder = request.holder  # type: ignore[attr-defined]  # set by link_page
    asked = EmployerInvitation.objects.visible_to(holder)
    return holder, get_object_or_404(asked.select_related("proposal__employer"))
