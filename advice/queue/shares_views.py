"""The page on which administrators set shares."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import Organisation, OrganisationKind
from accounts.people import signed_in
from activity import clock, dates
from advice.intake.desk import step_methods
from advice.intake.models import TopicGroup
from advice.queue import kept, shares
from advice.queue.shares_form import SharesForm, tomorrow


@login_required
@step_methods
def shares_page(request: HttpRequest, group: str = "") -> HttpResponse:
    """What each provider gets of one group of topics, "" of all others, from a day to come."""
    user, today = signed_in(request), clock.today()
    shares.must_set(user)
    found = get_object_or_404(TopicGroup, code=group) if group else None
    known = shares.of_group(found, today)
    bodies = Organisation.objects.filter(kind=OrganisationKind.ADVICE_PROVIDER).in_being(today)
    form = SharesForm(
        request.POST or None,
        providers=bodies.order_by("name", "pk"),
        known=shares.last_set(known),
        seen=shares.mark(known),
    )
    form.initial["starts_on"] = dates.in_words(tomorrow())
    clashed = False
    if request.method == "POST" and form.is_valid():
        try:
            return _set(request, form, found)
        except shares.Clash as clash:
            # The second press is about what the page shows by then.
            form.data = {**request.POST.dict(), "seen": clash.seen}
            clashed = True
    page = {
        "form": form,
        "group": found,
        "groups": TopicGroup.objects.all(),
        "clashed": clashed,
        "parts": [part for part in kept.shares(today) if part.share.group == found],
    }
    return render(request, "advice/shares.html", page, status=409 if clashed else 200)


def _set(request: HttpRequest, form: SharesForm, group: TopicGroup | None) -> HttpResponse:
    by, starts_on = signed_in(request), form.cleaned_data["starts_on"]
    if shares.set_shares(group=group, by=by, **form.cleaned_data):
        words = _("The shares are set. They hold from %(day)s.")
        messages.success(request, words % {"day": dates.in_words(starts_on)})
    else:
        messages.info(request, _("These shares are set already. Nothing was changed."))
    return redirect("advice:routing")
