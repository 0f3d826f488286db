"""The desk, the queue, the next enquiry, and the steps that pass one on."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people import signed_in
from activity import clock, keyset
from activity.forms import SeenForm
from advice.intake import people, routing
from advice.intake.desk import answering, draw_only_if, readable, visible
from advice.intake.models import AdvicePolicy, Enquiry, Topic
from advice.queue import actions, lists, steps, wording
from advice.queue.forms import CloseForm, HandOverForm

JOINED = ("topic", "provider", "adviser")
step_methods = require_http_methods(["GET", "HEAD", "POST"])


@answering
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What I hold, most urgent first."""
    user = signed_in(request)
    mine = lists.rows_of("mine", user).select_related(*JOINED)
    page = keyset.page(mine, lists.ORDER, request.GET.get("after"))
    policy = AdvicePolicy.objects.in_force(clock.today()).first()
    counts = lists.counts(user, ["mine", "open", "waiting", "late"])
    context = {"page": page, "rows": lists.tell(page.rows, user), "policy": policy}
    context["takes"] = people.takes(user)
    return render(request, "advice/desk.html", context | {"counts": counts})


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
    found = lists.rows_of(view, user).select_related(*JOINED)
    if topic is not None:
        found = found.filter(topic=topic)
    page = keyset.page(found, lists.ORDER, request.GET.get("after"))
    context = {
        "page": page,
        "rows": lists.tell(page.rows, user),
        "views": lists.views_of(user, view),
        "view": view,
        "topics": topics,
        "topic": topic,
        "now": clock.now(),
        "takes": takes,
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
    free = Enquiry.objects.open_to(user).select_related(*JOINED, "topic__lead")
    probable = free.order_by(*lists.ORDER).first()
    context: dict[str, object] = {"counts": lists.counts(user, ["unassigned"])}
    if probable is not None:
        room = steps.can_claim(user, probable)
        rows = lists.tell([probable], user)
        context |= {"row": rows[0], "room": room, "why": routing.reason(probable)}
    return render(request, "advice/next.html", context)


@answering
@step_methods
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Take this very enquiry."""
    user, enquiry = signed_in(request), visible(request, reference)
    form = SeenForm(request.POST or None, initial={"seen": enquiry.revision})
    if request.method == "POST" and form.is_valid():
        actions.claim(enquiry=enquiry, by=user, **form.cleaned_data)
        return redirect("advice:enquiry", reference=reference)
    draw_only_if(steps.CLAIM, user, enquiry)
    due = wording.due(enquiry, clock.now())
    context = {"form": form, "enquiry": enquiry, "due": due, "why": routing.reason(enquiry)}
    return render(request, "advice/claim.html", context)


@answering
@step_methods
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it to a colleague or to a queue, with the reason."""
    user, enquiry = signed_in(request), readable(request, reference)
    form = HandOverForm(request.POST or None, enquiry=enquiry)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        keep = {name: typed[name] for name in ("to", "reason", "once", "seen")}
        actions.hand_over(enquiry=enquiry, by=user, **keep)
        messages.success(request, _("%(reference)s is handed over.") % {"reference": reference})
        return redirect("advice:desk")
    draw_only_if(steps.HAND_OVER, user, enquiry)
    return render(request, "advice/hand_over.html", {"form": form, "enquiry": enquiry})


@answering
@step_methods
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """End it, and say what came of it."""
    user, enquiry = signed_in(request), readable(request, reference)
    form = CloseForm(request.POST or None, initial={"seen": enquiry.revision})
    if request.method == "POST" and form.is_valid():
        actions.close(enquiry=enquiry, by=user, **form.cleaned_data)
        messages.success(request, _("%(reference)s is closed.") % {"reference": reference})
        return redirect("advice:enquiry", reference=reference)
    draw_only_if(steps.CLOSE, user, enquiry)
    return render(request, "advice/close.html", {"form": form, "enquiry": enquiry})


@answering
@step_methods
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it up again."""
    user, enquiry = signed_in(request), readable(request, reference)
    form = SeenForm(request.POST or None, initial={"seen": enquiry.revision})
    if request.method == "POST" and form.is_valid():
        actions.reopen(enquiry=enquiry, by=user, **form.cleaned_data)
        return redirect("advice:enquiry", reference=reference)
    draw_only_if(steps.REOPEN, user, enquiry)
    return render(request, "advice/reopen.html", {"form": form, "enquiry": enquiry})
