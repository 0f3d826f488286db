"""Keeping what is typed of a reply: by itself, by a button, and throwing it away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import signed_in
from activity import clock
from activity.dates import time_in_words
from activity.workflow import MovedOn
from advice.answers import drafts
from advice.answers.forms import ReplyForm
from advice.intake.models import Enquiry


def autosave(request: HttpRequest, found: Enquiry, form: ReplyForm) -> JsonResponse:
    """Save what is typed so far, right or wrong, and tell the script what to say of it.

    `seen` goes back as it came: it says which words of the enquirer the page shows, and saving a
    draft shows no more. 409 and 403: nothing was written and more tries would not help.
    """
    seen = request.POST.get("seen", "")
    try:
        fresh = drafts.save(enquiry=found, **form.typed(), by=signed_in(request))
    except MovedOn:
        words = _("Not saved: nobody can reply to this enquiry now. Copy what you typed.")
        return JsonResponse({"said": words}, status=409)
    except PermissionDenied:
        words = _("Not saved: another provider has this enquiry. Copy what you typed.")
        return JsonResponse({"said": words}, status=403)
    said = _("Saved at %(time)s") % {"time": _time()}
    if str(fresh.revision) != seen:
        said = _("%(saved)s. Something new has happened: you will see it before this is sent.") % {
            "saved": said
        }
    return JsonResponse({"said": said, "seen": seen})


def save(request: HttpRequest, found: Enquiry, form: ReplyForm) -> HttpResponse:
    """Keep it for later, by the button."""
    drafts.save(enquiry=found, **form.typed(), by=signed_in(request))
    messages.success(request, _("Your draft is kept. Only you can read it."))
    return redirect("advice:enquiry", reference=found.reference)


def ask(request: HttpRequest, found: Enquiry, form: ReplyForm) -> HttpResponse:
    """Keep it, and choose who reads it before it goes."""
    drafts.save(enquiry=found, **form.typed(), by=signed_in(request))
    return redirect("advice:ask_check", reference=found.reference)


def attach(request: HttpRequest, found: Enquiry, form: ReplyForm) -> HttpResponse:
    """Keep it, and choose the files that go with it."""
    drafts.save(enquiry=found, **form.typed(), by=signed_in(request))
    return redirect("advice:attach", reference=found.reference)


def discard(request: HttpRequest, found: Enquiry, form: ReplyForm) -> HttpResponse:
    """Throw the draft away, with the files that were to go with it."""
    drafts.discard(enquiry=found, by=signed_in(request))
    messages.success(request, _("Your draft is thrown away."))
    return redirect("advice:enquiry", reference=found.reference)


def _time() -> str:
    return time_in_words(timezone.localtime(clock.now()).time())


# The buttons of a reply that send nothing, by their names.
PRESSES = {"save": save, "ask": ask, "attach": attach, "discard": discard}
