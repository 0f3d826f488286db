"""The page that links an enquiry to a proposal or a pathfinder."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.people import signed_in
from advice.answers import linking
from advice.answers.forms import LinkForm
from advice.intake import abouts
from advice.intake.desk import answering, readable, step_methods


@answering
@step_methods
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """What an enquiry is about: what is noted, each with a button to take it off, and one more."""
    user, found = signed_in(request), readable(request, reference)
    if request.method == "POST" and (gone := request.POST.get("unlink")):
        linking.unlink(enquiry=found, reference=gone, by=user)
        messages.success(request, _("%(about)s is no longer linked.") % {"about": gone})
        return redirect("advice:link", reference=reference)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        about = form.cleaned_data["about"]
        linking.link(enquiry=found, reference=about, by=user)
        messages.success(request, _("%(about)s is linked.") % {"about": about})
        return redirect("advice:enquiry", reference=reference)
    page = {"form": form, "enquiry": found, "about": abouts.of(found)}
    return render(request, "advice/link.html", page)
