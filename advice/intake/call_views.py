"""The phone screen: one page, for an adviser with somebody on the line."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.people import signed_in
from activity import clock
from activity.dates import moment_in_words, time_in_words
from activity.fields import clean_text
from activity.scripts import by_script
from activity.workflow import MovedOn
from advice.intake import alike, callers, calling, offering, people
from advice.intake.call_form import CallForm, caller_in, sent_before
from advice.intake.callers import Found
from advice.intake.desk import answering, readable, step_methods
from advice.intake.models import Call, Enquiry, Status

View = Callable[..., HttpResponse]
# A script names no more of its own texts than this: those that it had no answer to.
MOST_SENT = 2
# Of calls that were not saved as many are listed.
MOST = 10
# Names of the buttons; any other is the reference of the enquiry that the call joins.
FIND, SAVE, END = "find", "save", "end"


def on_the_line(view: View) -> View:
    """Let in those who take enquiries; a lead who is no adviser is told so."""

    @answering
    @functools.wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not people.takes(signed_in(request)):
            raise PermissionDenied(_("Only advisers take calls."))
        return view(request, *args, **kwargs)

    return page


@on_the_line
@step_methods
def calls(request: HttpRequest) -> HttpResponse:
    """Begin a call, or go on with one that is not saved."""
    user = signed_in(request)
    if request.method == "POST":
        return redirect("advice:one_call", calling.begin(by=user).public_id)
    return render(request, "advice/calls.html", {"calls": Call.objects.of(user).unsaved()[:MOST]})


@on_the_line
@step_methods
def call(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A call: who rings, what they ask, what happens now."""
    found = _mine(request, public_id)
    if request.method == "POST":
        return _tell(request, found) if by_script(request) else _press(request, found)
    if found.enquiry is not None:
        return _where_it_went(request, found.enquiry)
    return _draw(request, found, CallForm(call=found))


@on_the_line
@require_POST
def find(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What is found of the caller while they are typed: a part of the page, for its script."""
    found = _mine(request, public_id)
    caller = caller_in(CallForm(request.POST, call=found).typed())
    everywhere = calling.look_for(call=found, caller=caller, by=signed_in(request))
    shown = callers.find(caller, signed_in(request), everywhere=everywhere)
    return render(request, "advice/callers.html", {"found": shown})


@on_the_line
@require_POST
def alike_ones(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Open questions in words like what is typed: a part of the page, for its script."""
    question = CallForm(request.POST, call=_mine(request, public_id)).typed().get("question", "")
    found = alike.find(question, signed_in(request))
    return render(request, "advice/alike.html", {"alike": found})


@on_the_line
@require_POST
def fitting(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The answers on the topic that is chosen: a part of the page, for its script."""
    typed = CallForm(request.POST, call=_mine(request, public_id)).typed()
    shown = {"fitting": offering.fitting(typed, signed_in(request))}
    return render(request, "advice/fitting.html", shown)


def _mine(request: HttpRequest, public_id: uuid.UUID) -> Call:
    mine = Call.objects.of(signed_in(request)).select_related("enquiry")
    return get_object_or_404(mine, public_id=public_id)


def _save(request: HttpRequest, found: Call, form: CallForm) -> Call:
    """Keep what a page brought, by its button or by itself; raises as `calling.save`."""
    seen = request.POST.get("seen", "")
    return calling.save(
        call=found,
        typed=form.typed(),
        seen=int(seen) if seen.isdecimal() else -1,
        sent=sent_before(form, request.POST.getlist("sent")[:MOST_SENT]),
        by=signed_in(request),
    )


def _tell(request: HttpRequest, found: Call) -> JsonResponse:
    """What the page's script asks for: an answer, to put in where the cursor stands; or to save."""
    if "insert" not in request.POST:
        return _autosave(request, found)
    words = _answer(request, found)
    return JsonResponse({"words": words}, status=200 if words else 404)


def _answer(request: HttpRequest, found: Call) -> str:
    """The words of the answer that was chosen to put in, or ""."""
    if "insert" not in request.POST:
        return ""
    typed = CallForm(request.POST, call=found).typed()
    return offering.words_of(request.POST["insert"], typed, signed_in(request))


def _sent(request: HttpRequest, found: Call) -> QueryDict:
    """What a page brought, with the answer that was chosen below what we told them."""
    sent = request.POST.copy()
    told = (sent.get("told", "").rstrip(), _answer(request, found))
    if told[1]:
        sent["told"] = "\n\n".join(filter(None, told))
    return sent


def _autosave(request: HttpRequest, found: Call) -> JsonResponse:
    """Save what is typed so far, and tell the script what to say of it."""
    try:
        saved = _save(request, found, CallForm(request.POST, call=found))
    except calling.Clash as clash:
        words = _(
            "Not saved: you saved this call at %(time)s in another window. "
            "Press “Save, stay here” to see both texts."
        )
        return JsonResponse({"said": words % {"time": _time(clash.call)}}, status=409)
    except MovedOn:
        words = _("Not saved: this call was saved and is over. Copy what you typed.")
        return JsonResponse({"said": words}, status=409)
    said = _("Saved at %(time)s") % {"time": _time(saved)}
    return JsonResponse({"said": said, "seen": saved.revision})


def _press(request: HttpRequest, found: Call) -> HttpResponse:
    """A button: find the caller, put an answer in, save and stay, end, or join an enquiry."""
    press = clean_text(request.POST.get("press", SAVE))
    joins = press not in (FIND, SAVE, END)
    form = CallForm(_sent(request, found), call=found, joins=joins)
    try:
        found = _save(request, found, form)
    except calling.Clash as clash:
        page = {"theirs": CallForm(call=clash.call), "saved": _time(clash.call)}
        return _draw(request, clash.call, _unchecked(form, clash.call), 409, **page)
    except MovedOn:
        # It ended, perhaps by the first press of this very button: that is told apart below.
        if press in (FIND, SAVE):
            raise
    calling.look_for(call=found, caller=caller_in(found.typed), by=signed_in(request))
    if press in (FIND, SAVE):
        place = "#found" if press == FIND else "#id_told" if "insert" in request.POST else ""
        return redirect(f"{request.path}{place}")
    if not form.is_valid():
        return _draw(request, found, form.drawn_again(found.revision))
    enquiry = _join(request, found, form, press) if joins else _end(request, found, form)
    return _where_it_went(request, enquiry)


def _unchecked(form: CallForm, call: Call) -> CallForm:
    """The words of a page that came too late, on a page drawn now, without a word of errors."""
    return CallForm(call=Call(typed=form.typed(), revision=call.revision))


def _end(request: HttpRequest, found: Call, form: CallForm) -> Enquiry:
    by = signed_in(request)
    enquiry = calling.end(call=found, said=form.said(), typed=form.typed(), by=by)
    words = _("Saved as %(reference)s.") % {"reference": enquiry.reference}
    messages.success(request, f"{words} {_where(enquiry)}")
    if enquiry.status == Status.QUEUED and form.said().then == calling.Then.KEEP:
        closed = _("You or your provider have an interest in who they work for: others take it.")
        messages.warning(request, closed)
    return enquiry


def _where(enquiry: Enquiry) -> str:
    """Where a call that was saved is now."""
    if enquiry.status == Status.WITH_ADVISER:
        return _("It is with you.")
    if enquiry.status == Status.CLOSED:
        return _("It is answered and closed.")
    if enquiry.provider is not None:
        return _("It is in the queue of %(provider)s.") % {"provider": enquiry.provider}
    return _("It is in the queue, for any provider to take.")


def _join(request: HttpRequest, found: Call, form: CallForm, reference: str) -> Enquiry:
    by, earlier = signed_in(request), readable(request, reference)
    enquiry = calling.join(
        call=found, enquiry=earlier, words=form.note(), typed=form.typed(), by=by
    )
    said = _("The call is a phone note of %(reference)s now.")
    messages.success(request, said % {"reference": enquiry.reference})
    return enquiry


def _where_it_went(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """The enquiry's page; the desk for one that another provider reads."""
    if Enquiry.objects.readable_by(signed_in(request)).filter(pk=enquiry.pk).exists():
        return redirect("advice:enquiry", enquiry.reference)
    return redirect("advice:desk")


def _draw(
    request: HttpRequest, found: Call, form: CallForm, status: int = 200, **more: Any
) -> HttpResponse:
    now = clock.now()
    is_running = now - found.saved_at <= calling.LEFT_OPEN
    page = {
        "call": found,
        "form": form,
        "found": _found(request, found),
        "alike": alike.find(found.typed.get("question", ""), signed_in(request)),
        "fitting": offering.fitting(found.typed, signed_in(request)),
        "first_name": str(signed_in(request)).split(" ")[0],
        "began": _time_of(found.began_at) if is_running else moment_in_words(found.began_at),
        "seconds": int((now - found.began_at).total_seconds()) if is_running else None,
    }
    return render(request, "advice/call.html", page | more, status=status)


def _found(request: HttpRequest, found: Call) -> Found:
    """The earlier contacts of the caller as the draft names them; no page that is read asks more."""
    caller = caller_in(found.typed)
    everywhere = not caller.key or caller.key == found.looked_for
    return callers.find(caller, signed_in(request), everywhere=everywhere)


def _time(call: Call) -> str:
    return _time_of(call.saved_at)


def _time_of(at: Any) -> str:
    return time_in_words(timezone.localtime(at).time())
