"""One enquiry for those who answer it: what was said, and what is written next."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.people import signed_in
from activity import clock
from activity.models import Event
from activity.presence import here
from activity.workflow import steps_for
from advice.answers import actions
from advice.answers.checks.reading import begun, with_begun
from advice.answers.forms import NoteForm
from advice.answers.replies.wording import to_the_second
from advice.answers.said import said_in
from advice.answers.steps import UNDO_REPLY, held_reply
from advice.intake import abouts, clocks, hints, holding, people, routing
from advice.intake.attaching import told, with_files
from advice.intake.desk import answering, readable, step_methods
from advice.intake.models import Message
from advice.intake.presence import DESK, ENQUIRY
from advice.queue import wording
from advice.queue.leaving import LEAVE

# Taken beside what was sent, and on the page of whoever leaves.
ELSEWHERE = (UNDO_REPLY, LEAVE)
WITH_AUTHOR = Message.objects.select_related("author", "rating")


@answering
@require_safe
def enquiry(request: HttpRequest, reference: str) -> HttpResponse:
    """What was said, what was noted, who asks, and what can be done now."""
    user, found = signed_in(request), readable(request, reference, also=with_begun)
    events = list(Event.objects.of(found))
    stops = clocks.stops_of(events, after=found.clock_from)
    prefetch_related_objects([found], Prefetch("messages", with_files(WITH_AUTHOR)))
    held = held_reply(found, user)
    wrote = told(found.messages.all(), to_enquirer=False)
    context = {
        "enquiry": found,
        "said": said_in(found, wrote),
        "offers": [offer for offer in steps_for(user, found) if offer.step not in ELSEWHERE],
        "held_reply": held,
        "goes_at": to_the_second(held.goes_at if held else None),
        "drafts": begun(found),
        "why": routing.reason(found),
        "risk": hints.of_risk(*[each.words for each in wrote if each.author_id is None]),
        "due": wording.due(found, clock.now()),
        "is_late": found.is_late_at(clock.now()),
        "clock": clocks.explain(found.clock_from, found.policy, stops),
        "answer_clock": clocks.explain_answer(found, stops),
        "held": holding.is_held(found),
        "last_held_at": holding.last_held_at(events),
        "takes": people.takes(user),
        "here": here(DESK, found, ENQUIRY, user),
        "leads": people.answers_for(user, found, Role.ADVICE_LEAD),
        "about": abouts.of(found),
    }
    return render(request, "advice/enquiry.html", context)


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
