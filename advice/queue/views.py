"""The desk, the queue, the next enquiry, and the steps that pass one on."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Role
from accounts.people import signed_in
from activity import clock, counting, keyset
from activity.forms import SeenForm
from activity.workflow import Step, draw_only_if
from advice.intake import people, routing
from advice.intake.desk import answering, readable, visible
from advice.intake.models import AdvicePolicy, Enquiry, Topic
from advice.queue import actions, lists, steps, wording
from advice.queue.forms import CloseForm, HandOverForm

step_methods = require_http_methods(["GET", "HEAD", "POST"])


@answering
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What I hold, most urgent first."""
    user = signed_in(request)
    mine = lists.told_to(user, lists.rows_of("mine", user))
    page = keyset.page(mine, lists.ORDER, request.GET.get("after"))
    policy = AdvicePolicy.objects.in_force(clock.today()).first()
    counts = lists.counts(user, ["mine", "open", "waiting", "late"])
    context = {
        "page": page,
        "rows": lists.tell(page.rows, user, with_readers=True),
        "policy": policy,
    }
    context["takes"] = people.takes(user)
    context["counts"] = {view: counting.in_words(count) for view, count in counts.items()}
    return render(request, "advice/desk.html", context | {"has_late": counts["late"] > 0})


@answering
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The shared queue in views that each have an address."""
    user = signed_in(request)
    takes = people.takes(user)
    view = request.GET.get("view")
    view = view if view in lists.VIEWS else "open" if takes else "provider"
    topics = list(Topic.objects.all())
    topic = next((each for each in topics if each.code == request.GET.get("topic")), None)
    found = lists.told_to(user, lists.rows_of(view, user))
    if topic is not None:
        found = found.filter(topic=topic)
    page = keyset.page(found, lists.ORDER, request.GET.get("after"))
    context = {
        "page": page,
        "rows": lists.tell(page.rows, user, with_readers=True),
        "views": lists.views_of(user, view),
        "view": view,
        "topics": topics,
        "topic": topic,
        "now": clock.now(),
        "takes": takes,
        "leads": bool(people.providers_of(user, Role.ADVICE_LEAD)),
    }
    return render(request, "advice/queue.html", context)


@answering
@step_methods
def next_enquiry(request: HttpRequest) -> HttpResponse:
    """The one that I would get, and why; a press takes it, or the one after."""
    user = signed_in(request)
    if not people.takes(user):
        raise PermissionDenied(_("Only advisers take enquiries."))
    if request.method == "POST":
        taken = actions.take_next(by=user)
        if taken is None:
            return redirect("advice:next")
        messages.success(request, _("You have %(reference)s.") % {"reference": taken.reference})
        return redirect("advice:enquiry", reference=taken.reference)
    free = lists.told_to(user, Enquiry.objects.open_to(user)).select_related("topic__lead")
    probable = free.order_by(*lists.ORDER).first()
    elsewhere = lists.counts(user, ["unassigned"])["unassigned"]
    context: dict[str, object] = {
        "elsewhere": elsewhere,
        "elsewhere_in_words": counting.in_words(elsewhere),
    }
    if probable is not None:
        room = steps.can_claim(user, probable)
        rows = lists.tell([probable], user)
        context |= {"row": rows[0], "room": room, "why": routing.reason(probable)}
    return render(request, "advice/next.html", context)


@answering
@step_methods
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Take this very enquiry."""
    enquiry = visible(request, reference)
    told = {"due": wording.due(enquiry, clock.now()), "why": routing.reason(enquiry)}
    return _step(request, enquiry, steps.CLAIM, SeenForm, actions.claim, told=told)


@answering
@step_methods
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it to a colleague or to a queue, with the reason."""
    enquiry = readable(request, reference)
    form = functools.partial(HandOverForm, enquiry=enquiry)
    done = _("%(reference)s is handed over.") % {"reference": reference}
    act = actions.hand_over
    return _step(request, enquiry, steps.HAND_OVER, form, act, done=done, then="advice:desk")


@answering
@step_methods
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """End it, and say what came of it."""
    done = _("%(reference)s is closed.") % {"reference": reference}
    enquiry = readable(request, reference)
    return _step(request, enquiry, steps.CLOSE, CloseForm, actions.close, done=done)


@answering
@step_methods
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it up again."""
    return _step(request, readable(request, reference), steps.REOPEN, SeenForm, actions.reopen)


def _step(
    request: HttpRequest,
    enquiry: Enquiry,
    step: Step,
    make_form: Callable[..., SeenForm],
    act: Callable[..., Enquiry],
    *,
    told: Mapping[str, object] | None = None,
    done: str = "",
    then: str = "",
) -> HttpResponse:
    """Take a step when its form is whole; draw its page where it begins for this person.

    told: what the page shows beside the form. done: what is said after. then: the name of the page
    that follows; "" is the enquiry's own.
    """
    user = signed_in(request)
    form = make_form(request.POST or None, initial={"seen": enquiry.revision})
    if request.method == "POST" and form.is_valid():
        act(enquiry=enquiry, by=user, **form.cleaned_data)
        if done:
            messages.success(request, done)
        return redirect(then) if then else redirect("advice:enquiry", reference=enquiry.reference)
    draw_only_if(step, user, enquiry)
    page = {"form": form, "enquiry": enquiry, **(told or {})}
    return render(request, f"advice/{step.name}.html", page)
