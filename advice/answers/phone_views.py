"""Noting a call with an enquirer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.people import signed_in
from activity.presence import here
from advice.answers import phoning
from advice.answers.phone_form import PhoneNoteForm
from advice.intake.desk import answering, readable, step_methods
from advice.intake.presence import DESK


@answering
@step_methods
def phone_note(request: HttpRequest, reference: str) -> HttpResponse:
    """Note a call, for the advisers of the provider."""
    user, found = signed_in(request), readable(request, reference)
    form = PhoneNoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phoning.phone_note(enquiry=found, by=user, **form.cleaned_data)
        messages.success(request, _("Noted."))
        return redirect("advice:enquiry", reference=reference)
    page = {"form": form, "enquiry": found, "here": here(DESK, found, "phone_note", user)}
    return render(request, "advice/phone_note.html", page)
