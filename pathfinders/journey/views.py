"""Pages that move an entry: GET shows what will happen, POST does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.people import signed_in
from activity.workflow import Step, draw_only_if
from pathfinders.journey import actions, steps
from pathfinders.journey.forms import AdvanceForm, EndForm, MoveForm, PauseForm, ResumeForm
from pathfinders.register.choices import Status
from pathfinders.register.models import Pathfinder


@dataclass(frozen=True)
class Move:
    """A step with its page: what it asks, what it says before, what it does and says after."""

    step: Step
    form: type[MoveForm]
    act: Callable[..., Pathfinder]
    intro: str | Promise
    done: str | Promise


ADVANCE = Move(
    steps.ADVANCE,
    AdvanceForm,
    actions.advance,
    _("The entry moves to the next stage, and anyone who can see it is shown the day."),
    _("It is at its next stage now."),
)
PAUSE = Move(
    steps.PAUSE,
    PauseForm,
    actions.pause,
    _("The entry says that it has stopped for now. It goes back to the stage where it was."),
    _("It is paused. Resume it when it goes on."),
)
RESUME = Move(
    steps.RESUME,
    ResumeForm,
    actions.resume,
    _("The entry goes back to the stage at which it paused."),
    _("It goes on where it paused."),
)
END = Move(
    steps.END,
    EndForm,
    actions.end,
    _("This cannot be taken back. The entry stays on the register with what became of it."),
    _("Its end is recorded."),
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def advance(request: HttpRequest, reference: str) -> HttpResponse:
    return _move(request, reference, ADVANCE)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, reference: str) -> HttpResponse:
    return _move(request, reference, PAUSE)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    return _move(request, reference, RESUME)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, reference: str) -> HttpResponse:
    return _move(request, reference, END)


def _move(request: HttpRequest, reference: str, move: Move) -> HttpResponse:
    user = signed_in(request)
    found = get_object_or_404(Pathfinder.objects.visible_to(user), reference=reference)
    form = move.form(request.POST if request.method == "POST" else None, pathfinder=found)
    if form.is_valid():
        move.act(found, by=user, **form.cleaned_data)
        messages.success(request, str(move.done))
        return redirect(found)
    draw_only_if(move.step, user, found)
    words: dict[str, Any] = {"pathfinder": found, "form": form, "intro": move.intro}
    words |= {"title": move.step.label, "button": move.step.label, "caption": found.caption}
    words |= {"cancel": found.get_absolute_url(), "target": _target(move.step, found)}
    words["warning"] = move is END
    return render(request, "pathfinders/move.html", words)


def _target(step: Step, pathfinder: Pathfinder) -> str:
    """The label of the status that this step leads to, where that is settled."""
    if step is steps.END:
        return ""
    return str(Status(step.to if isinstance(step.to, str) else step.to(pathfinder)).label)
