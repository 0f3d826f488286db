"""The pages on which an adviser writes to the enquirer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.people import signed_in
from activity.forms import OnceForm
from activity.presence import here
from activity.scripts import by_script
from activity.workflow import MovedOn, Step, draw_only_if
from advice.answers import actions, drafts, steps
from advice.answers.canned import choosing
from advice.answers.checks import reading
from advice.answers.forms import ReplyForm, WaitForm
from advice.answers.models import ReplyDraft
from advice.answers.replies import saving
from advice.answers.replies.wording import to_the_second
from advice.intake import holding
from advice.intake.attaching import told, with_files
from advice.intake.desk import answering, readable, step_methods
from advice.intake.models import Enquiry, Message
from advice.intake.presence import DESK


@dataclass(frozen=True)
class Writing:
    """One way to write to the enquirer: its step, its form, and what sends it."""

    step: Step
    form: type[ReplyForm]
    send: Callable[..., Enquiry]


REPLY = Writing(steps.REPLY, ReplyForm, actions.reply)
WAIT = Writing(steps.WAIT, WaitForm, actions.wait)


@answering
@step_methods
def reply(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer the enquirer."""
    return _write(request, reference, REPLY)


@answering
@step_methods
def wait(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the enquirer something; the clock stands until they write."""
    return _write(request, reference, WAIT)


def _write(request: HttpRequest, reference: str, writing: Writing) -> HttpResponse:
    """The page, and what each of its buttons does; the one without a name sends."""
    found = readable(request, reference)
    draft = reading.of(found.pk, signed_in(request).pk)
    if request.method != "POST":
        begun = {"words": draft.words, "used": draft.used} if draft else {}
        form = writing.form(initial={"seen": found.revision, **begun})
        return _page(request, found, writing, form, draft=draft)
    form = writing.form(request.POST)
    press = request.POST.get("press")
    if "insert" in request.POST:
        return _insert(request, found, writing, form)
    if by_script(request):
        return saving.autosave(request, found, form)
    if press in saving.PRESSES:
        return saving.PRESSES[press](request, found, form)
    if press == "find":
        return _page(request, found, writing, form.kept(), draft=draft)
    return _send(request, found, writing, form)


def _insert(
    request: HttpRequest, found: Enquiry, writing: Writing, form: ReplyForm
) -> HttpResponse:
    """Put a canned answer into what was typed: told to a script, which knows where; else below."""
    user = signed_in(request)
    draw_only_if(writing.step, user, found)
    answer = choosing.insert(request.POST["insert"], found, user)
    if by_script(request):
        told = {"words": answer.words, "used": answer.mark} if answer else {}
        return JsonResponse(told, status=200 if answer else 404)
    if answer is None:
        return _page(request, found, writing, form.kept())
    messages.info(request, _("The answer is put in below. Read it through before you send it."))
    return _page(request, found, writing, form.kept(more=answer.words, used=answer.mark))


def _send(request: HttpRequest, found: Enquiry, writing: Writing, form: ReplyForm) -> HttpResponse:
    user = signed_in(request)
    if not form.is_valid():
        return _page(request, found, writing, form)
    try:
        now = writing.send(enquiry=found, by=user, **form.sent())
    except MovedOn as moved:
        drafts.keep_refused(enquiry=found, **form.typed(), by=user)
        arrived = _arrived_since(moved, writing.step, form.cleaned_data["seen"], user)
        form = form.drawn_again(moved.record.revision)
        return _page(request, found, writing, form, arrived)
    sent = steps.held_reply(now, user)
    words = _("Sent. It goes at %(time)s.") % {"time": to_the_second(sent.goes_at)} if sent else ""
    messages.success(request, words or _("Sent."))
    return redirect("advice:enquiry", reference=found.reference)


def _page(
    request: HttpRequest,
    found: Enquiry,
    writing: Writing,
    form: ReplyForm,
    arrived: list[Message] | None = None,
    draft: ReplyDraft | None = None,
) -> HttpResponse:
    user, step = signed_in(request), writing.step
    draw_only_if(step, user, found)
    choices, more = choosing.choices(found, user, form.looked_for)
    context = {
        "form": form,
        "enquiry": found,
        "thread": told(with_files(found.messages.select_related("author")), to_enquirer=False),
        "arrived": arrived,
        "draft": draft,
        "asks": step is steps.WAIT,
        "here": here(DESK, found, step.name, user),
        "may_mail": found.contact.email and not holding.is_held(found),
        "choices": choices,
        "more": more,
    }
    return render(request, f"advice/{step.name}.html", context, status=409 if arrived else 200)


@answering
@step_methods
def undo_reply(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back what was sent, while it is held."""
    user, found = signed_in(request), readable(request, reference)
    held = steps.held_reply(found, user)
    form = OnceForm(request.POST or None, initial={"once": held.once if held else None})
    if request.method == "POST" and form.is_valid():
        try:
            actions.undo_reply(enquiry=found, once=form.cleaned_data["once"], by=user)
        except actions.TooLate as late:
            return _too_late(request, found, late.why, status=409)
        messages.success(request, _("Taken back. Nobody was told, and your words are kept here."))
        return redirect("advice:reply", reference=reference)
    if held is None:
        return _too_late(request, found, actions.GONE, status=200)
    page = {"enquiry": found, "held": held, "form": form, "time": to_the_second(held.goes_at)}
    return render(request, "advice/undo_reply.html", page)


def _too_late(
    request: HttpRequest, found: Enquiry, why: str | Promise, *, status: int
) -> HttpResponse:
    page = {"title": _("It cannot be taken back"), "enquiry": found, "why": why}
    return render(request, "advice/too_late.html", page, status=status)


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
