"""The pages of the register of interests: each reads and changes only one's own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Interest, Role, Tie
from accounts.people import signed_in
from activity import clock
from activity.actors import holds
from mutuals_portal.interests import actions
from mutuals_portal.interests.forms import DeclareForm, EndForm
from mutuals_portal.roles import open_to
from proposals.draft.models.proposal import OFFICIALS

# Those who judge a proposal of a body's staff, or advise them.
DECLARING = (*OFFICIALS, Role.ADVISER, Role.ADVICE_LEAD)
VERB = require_http_methods(["GET", "HEAD", "POST"])


@open_to(*DECLARING)
@require_safe
def interests(request: HttpRequest) -> HttpResponse:
    """What I declared, body by body, and until when each counts."""
    user = signed_in(request)
    mine = user.interests.select_related("organisation")
    page = {
        "interests": mine.order_by(F("ends_on").desc(nulls_first=True), "-pk"),
        "today": clock.today(),
        "back": reverse("proposals:work" if holds(user, *OFFICIALS) else "advice:desk"),
    }
    return render(request, "accounts/interests.html", page)


@open_to(*DECLARING)
@VERB
def interest_declare(request: HttpRequest) -> HttpResponse:
    """Say what ties me to a body: its cases close to me."""
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not form.asks_on():
        cleaned = form.cleaned_data
        stopped = actions.declare(
            organisation=cleaned["body"],
            tie=Tie(cleaned["tie"]),
            starts_on=cleaned["starts_on"],
            by=signed_in(request),
        )
        messages.success(request, _declared(str(cleaned["body"]), stopped))
        return redirect("accounts:interests")
    page = {"title": _("Declare an interest"), "form": form, "button": _("Declare this interest")}
    page["back"] = reverse("accounts:interests")
    return render(request, "accounts/interest_declare.html", page)


def _declared(body: str, stopped: actions.Stopped) -> str:
    said = _(
        "The proposals and the questions of staff of %(body)s are closed to you from now on."
    ) % {"body": body}
    if cases := len(stopped.cases):
        said += " " + ngettext(
            "You are off %(count)d case that you had opened or answered for; others are told.",
            "You are off %(count)d cases that you had opened or answered for; others are told.",
            cases,
        ) % {"count": cases}
    if stopped.enquiries:
        said += " " + ngettext(
            "%(count)d enquiry that you held is back in the queue.",
            "%(count)d enquiries that you held are back in the queue.",
            stopped.enquiries,
        ) % {"count": stopped.enquiries}
    return said


@open_to(*DECLARING)
@VERB
def interest_end(request: HttpRequest, interest: UUID) -> HttpResponse:
    """Say that an interest of mine has ended, and when."""
    mine = signed_in(request).interests.select_related("organisation")
    found: Interest = get_object_or_404(mine, key=interest)
    if found.ends_on is not None:
        messages.warning(request, _("That interest has ended already."))
        return redirect("accounts:interests")
    form = EndForm(request.POST if request.method == "POST" else None, interest=found)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["ends_on"]
        actions.end(interest=found, ends_on=day, by=signed_in(request))
        messages.success(request, _("It is in the register that this has ended."))
        return redirect("accounts:interests")
    page = {"title": str(found.organisation), "form": form, "button": _("End this interest")}
    page["back"] = reverse("accounts:interests")
    return render(request, "form_page.html", page)
