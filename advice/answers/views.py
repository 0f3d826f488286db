"""One enquiry for those who answer it: what was said, and what is written next."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.people import signed_in
from activity import clock
from activity.models import Event
from activity.presence import here
from activity.workflow import MovedOn, Step, draw_only_if, steps_for
from advice.answers import actions, linking, steps
from advice.answers.forms import NoteForm, ReplyForm, WaitForm
from advice.intake import clocks, people, routing, secrecy
from advice.intake.desk import answering, readable
from advice.intake.models import Enquiry, Message, Note
from advice.intake.presence import DESK, ENQUIRY
from advice.queue import wording

step_methods = require_http_methods(["GET", "HEAD", "POST"])


@answering
@require_safe
def enquiry(request: HttpRequest, reference: str) -> HttpResponse:
    """What was said, what was noted, who asks, and what can be done now."""
    user, found = signed_in(request), readable(request, reference)
    stops = clocks.stops_of(Event.objects.of(found), after=found.clock_from)
    said: list[Message | Note] = [
        *found.messages.select_related("author"),
        *found.notes.select_related("author"),
    ]
    context = {
        "enquiry": found,
        "said": sorted(said, key=lambda words: words.at),
        "offers": steps_for(user, found),
        "why": routing.reason(found),
        "due": wording.due(found, clock.now()),
        "is_late": found.is_late_at(clock.now()),
        "clock": clocks.explain(found.clock_from, found.policy, stops),
        "held": _is_read_by_employer(found),
        "takes": people.takes(user),
        "here": here(DESK, found, ENQUIRY, user),
        "about": linking.abouts(found),
    }
    return render(request, "advice/enquiry.html", context)


def _is_read_by_employer(found: Enquiry) -> bool:
    """Whether no mail goes to the address they gave, as the guard of our mail says."""
    address = found.contact.email
    return bool(address and secrecy.reason_to_hold(found, address))


@answering
@step_methods
def reply(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer the enquirer."""
    return _write(request, reference, steps.REPLY, ReplyForm, actions.reply)


@answering
@step_methods
def wait(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the enquirer something; the clock stands until they write."""
    return _write(request, reference, steps.WAIT, WaitForm, actions.wait)


def _write(
    request: HttpRequest,
    reference: str,
    step: Step,
    form_class: type[ReplyForm],
    action: Callable[..., Enquiry],
) -> HttpResponse:
    user, found = signed_in(request), readable(request, reference)
    form = form_class(request.POST or None, initial={"seen": found.revision})
    arrived: list[Message] = []
    if request.method == "POST" and form.is_valid():
        try:
            action(enquiry=found, by=user, **form.cleaned_data)
        except MovedOn as moved:
            arrived = _arrived_since(moved, step, form.cleaned_data["seen"], user)
            form = form.drawn_again(moved.record.revision)
        else:
            messages.success(request, _("Sent."))
            return redirect("advice:enquiry", reference=reference)
    draw_only_if(step, user, found)
    context = {
        "form": form,
        "enquiry": found,
        "thread": found.messages.select_related("author"),
        "arrived": arrived,
        "asks": step is steps.WAIT,
        "here": here(DESK, found, step.name, user),
        "may_mail": found.contact.email and not _is_read_by_employer(found),
    }
    status = 409 if arrived else 200
    return render(request, f"advice/{step.name}.html", context, status=status)


def _arrived_since(moved: MovedOn, step: Step, seen: int, user: User) -> list[Message]:
    """What the enquirer wrote since the page was drawn, when that is all that happened.

    Raises `moved` again when the adviser could not send any more, or nothing new can be read.
    """
    fresh = moved.record
    arrived = list(Message.objects.filter(enquiry=fresh.pk, author=None, revision__gt=seen))
    if not arrived or not isinstance(fresh, Enquiry):
        raise moved
    if fresh.status not in step.sources or not step.allowed(user, fresh):
        raise moved
    return arrived


@answering
@step_methods
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Note something for colleagues."""
    user, found = signed_in(request), readable(request, reference)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.note(enquiry=found, by=user, **form.cleaned_data)
        messages.success(request, _("Noted."))
        return redirect("advice:enquiry", reference=reference)
    page = {"form": form, "enquiry": found, "here": here(DESK, found, "note", user)}
    return render(request, "advice/note.html", page)
