"""The pages of an employer's official, who has a link and no account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activity import links
from proposals.draft.views.finding import VERB
from proposals.employer import actions, words
from proposals.employer.answering import asked_words
from proposals.employer.finding import asked_of
from proposals.employer.forms import HandOnForm
from proposals.employer.models import ASKED, Basis


@VERB
@links.link_page(ASKED)
def employer(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, by when, what the right is; with proof, of which service and by whom."""
    holder, invitation = asked_of(request)
    if request.method == "POST":
        return redirect(request.path)  # the button of the link, pressed twice
    sent = invitation.answer
    if said := words.over(invitation):
        over: dict[str, object] = {"said": said, "sent": holder.proved and sent, "token": token}
        over["is_decided"] = said == words.LETTER
        return render(request, "proposals/employer_over.html", over)
    page: dict[str, object] = {
        "sent": sent,
        "invitation": invitation,
        "proposal": invitation.proposal,
        "token": token,
        "proved": holder.proved,
        "was_handed_on": invitation.basis == Basis.NAMED,
        "others": invitation.proposal.employer_invitations.exclude(pk=invitation.pk).count(),
    }
    if holder.proved:
        page["names"] = words.names(invitation.proposal)
    if holder.proved and not sent:
        page |= asked_words(invitation)
    return render(request, "proposals/employer_asked.html", page)


@VERB
@links.link_page(ASKED, proof=True)
def employer_hand_on(request: HttpRequest, token: str) -> HttpResponse:
    """Name the right official instead; the clock runs on."""
    holder, invitation = asked_of(request)
    form = HandOnForm(request.POST or None, proposal=invitation.proposal, asked=invitation.address)
    if request.method == "POST" and form.is_valid():
        actions.hand_on(invitation=invitation, **form.cleaned_data, by=holder)
        return redirect("proposals:employer_handed_on")
    back = reverse("proposals:employer", args=[token])
    if words.over(invitation) or invitation.answer:
        return redirect(back)
    page = {"title": _("Who is the right official?"), "form": form, "button": _("Ask them")}
    page |= {"back": back, "invitation": invitation}
    return render(request, "proposals/employer_hand_on.html", page)


@require_safe
def employer_handed_on(request: HttpRequest) -> HttpResponse:
    """Thanks; it says nothing of any proposal, for the link that led here has ended."""
    return render(request, "proposals/employer_handed_on.html")
