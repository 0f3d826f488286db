"""The desk, the queue, the next enquiry, and the steps that pass one on."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.people import signed_in
from activity import clock, counting, keyset
from activity.forms import SeenForm
from activity.workflow import MovedOn, Step, draw_only_if
from advice.intake import people, routing
from advice.intake.desk import answering, readable, step_methods, visible
from advice.intake.models import AdvicePolicy, Call, Enquiry
from advice.queue import actions, beside, leveling, lists, profiles, refusing, steps, wording
from advice.queue.actions import ORDER
from advice.queue.forms import CloseForm, HandOverForm, LevelForm
from advice.queue.narrowing import FilterForm, narrowed, words_in
from advice.queue.refuse_form import RefuseForm


@answering
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What I hold, most urgent first."""
    user = signed_in(request)
    mine = lists.told_to(user, lists.rows_of("mine", user))
    page = keyset.page(mine, ORDER, request.GET.get("after"))
    policy = AdvicePolicy.objects.in_force(clock.today()).first()
    also = {"calls": Call.objects.of(user).unsaved(), "off": profiles.are_off(user)}
    counts = lists.counts(user, ["mine", "open", "waiting", "late"], also)
    context = {
        "page": page,
        "rows": lists.tell(page.rows, user, with_readers=True),
        "policy": policy,
    }
    context["takes"] = people.takes(user)
    context["off_duty"], context["calls"] = bool(counts.pop("off")), counts.pop("calls")
    context["counts"] = {view: counting.in_words(count) for view, count in counts.items()}
    return render(request, "advice/desk.html", context | {"has_late": counts["late"] > 0})


@answering
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The shared queue in views that each have an address."""
    user = signed_in(request)
    view, known = lists.view_in(request.GET, user), beside.known(user, words_in(request.GET))
    form = FilterForm(request.GET, known.topics)
    found = lists.told_to(user, narrowed(lists.rows_of(view, user), form, user, known.sought))
    page = keyset.page(found, ORDER, request.GET.get("after"))
    context = {
        "page": page,
        "rows": lists.tell(page.rows, user, with_readers=True),
        "known": known,
        "views": beside.views_of(user, view, form, known),
        "view": view,
        "list": beside.said(beside.filters_of(view, form), beside.place(request.GET.get("after"))),
        "form": form,
        "chips": form.chips(request.GET),
        "now": clock.now(),
        "takes": people.takes(user),
        "leads": people.leads(user),
    }
    return render(request, "advice/queue.html", context)


@answering
@step_methods
def next_enquiry(request: HttpRequest) -> HttpResponse:
    """The one that I would get, and why; a press takes it, or the one after."""
    user = signed_in(request)
    if not people.takes(user):
        raise PermissionDenied(_("Only advisers take enquiries."))
    if request.method != "POST":
        return _draw_next(request, user)
    try:
        taken = actions.take_next(by=user)
    except PermissionDenied:
        # Off duty, or enough in hand: the page says which, and what to do.
        return _draw_next(request, user, status=403)
    if taken is None:
        return redirect("advice:next")
    messages.success(request, _("You have %(reference)s.") % {"reference": taken.reference})
    return redirect("advice:enquiry", reference=taken.reference)


def _draw_next(request: HttpRequest, user: User, status: int = 200) -> HttpResponse:
    free = lists.told_to(user, Enquiry.objects.next_for(user)).select_related("topic__lead")
    probable = free.order_by(*ORDER).first()
    context: dict[str, object] = {"off_duty": profiles.are_off(user).exists()}
    if probable is None:
        context |= _none_fits(user)
    else:
        room = steps.can_claim(user, probable)
        rows = lists.tell([probable], user)
        context |= {"row": rows[0], "room": room, "why": routing.reason(probable)}
    return render(request, "advice/next.html", context, status=status)


def _none_fits(user: User) -> dict[str, object]:
    """How many wait that do not fit: about something else, or with another provider."""
    waiting = {
        "queued": lists.rows_of("unassigned", user),
        "free": Enquiry.objects.open_to(user),
    }
    count = counting.counts(waiting)
    other, elsewhere = count["free"], count["queued"] - count["free"]
    return {
        "other": other,
        "other_in_words": counting.in_words(other),
        "elsewhere": elsewhere,
        "elsewhere_in_words": counting.in_words(elsewhere),
    }


@answering
@step_methods
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Take this very enquiry."""
    enquiry = visible(request, reference)
    told = {"due": wording.due(enquiry, clock.now()), "why": routing.reason(enquiry)}
    return step_page(request, enquiry, steps.CLAIM, SeenForm, actions.claim, told=told)


@answering
@step_methods
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it to a colleague or to a queue, with the reason."""
    enquiry = readable(request, reference)
    form = functools.partial(HandOverForm, enquiry=enquiry, by=signed_in(request))
    done = _("%(reference)s is handed over.") % {"reference": reference}
    act = actions.hand_over
    return step_page(request, enquiry, steps.HAND_OVER, form, act, done=done, then="advice:desk")


@answering
@step_methods
def refuse(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that our provider cannot answer it; it goes to the next."""
    enquiry = readable(request, reference)
    done = _("%(reference)s went to the next provider.") % {"reference": reference}
    act = refusing.refuse
    return step_page(request, enquiry, steps.REFUSE, RefuseForm, act, done=done, then="advice:desk")


@answering
@step_methods
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """End it, and say what came of it."""
    done = _("%(reference)s is closed.") % {"reference": reference}
    enquiry = readable(request, reference)
    return step_page(request, enquiry, steps.CLOSE, CloseForm, actions.close, done=done)


@answering
@step_methods
def level(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how much work its answer is, and why; only leads do."""
    user, enquiry = signed_in(request), readable(request, reference)
    if not leveling.may_set_level(user, enquiry):
        raise PermissionDenied(_("Only who leads the advisers changes this."))
    shown = {"seen": enquiry.revision, "level": enquiry.level}
    form = LevelForm(request.POST or None, initial=shown, enquiry=enquiry)
    if request.method == "POST" and form.is_valid():
        leveling.set_level(enquiry=enquiry, by=user, **form.cleaned_data)
        messages.success(request, _("Saved. The page shows the new day."))
        return redirect("advice:enquiry", reference=reference)
    if not enquiry.is_open:
        raise MovedOn(enquiry)
    return render(request, "advice/level.html", {"form": form, "enquiry": enquiry})


@answering
@step_methods
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it up again."""
    return step_page(request, readable(request, reference), steps.REOPEN, SeenForm, actions.reopen)


def step_page(
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
