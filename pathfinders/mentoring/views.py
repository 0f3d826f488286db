"""Pages of mentoring: who needs a mentor, what is out, one mentorship, its answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.people import signed_in
from activity import clock, keyset
from activity.forms import SeenForm
from activity.workflow import Step, draw_only_if, steps_for
from pathfinders.mentoring import actions, lists, steps, terms, words
from pathfinders.mentoring.forms import DeclineForm, OfferForm, WithdrawForm
from pathfinders.mentoring.models import AGREED, Mentor, Mentorship, Side, Status
from pathfinders.mentoring.sides import people_of, yes_of
from pathfinders.register.audiences import is_coordinator
from pathfinders.register.desk import coordinating
from pathfinders.register.models import Pathfinder


@coordinating
@require_safe
def mentoring(request: HttpRequest) -> HttpResponse:
    """For coordinators: who has no mentor, which offers are out, which seats are free."""
    shown = lists.chosen(lists.MENTORING, request.GET.get("show"))
    page = keyset.page(shown.rows(), shown.order, request.GET.get("after"))
    context = {"lists": lists.MENTORING, "shown": shown, "page": page}
    return render(request, "pathfinders/mentoring.html", context)


@coordinating
@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    """For coordinators: every entry, and those that need something of them."""
    shown = lists.chosen(lists.PROGRAMME, request.GET.get("show"))
    page = keyset.page(shown.rows(), shown.order, request.GET.get("after"))
    context = {"lists": lists.PROGRAMME, "shown": shown, "page": page}
    return render(request, "pathfinders/programme.html", context)


@login_required
@require_safe
def my_mentoring(request: HttpRequest) -> HttpResponse:
    """For a mentor and for the people of a mutual: what was offered, newest first."""
    user = signed_in(request)
    mine = Mentorship.objects.of_sides(user).select_related("pathfinder", "mentor")
    page = keyset.page(mine, ("-status_at", "-pk"), request.GET.get("after"))
    return render(request, "pathfinders/my_mentoring.html", {"page": page})


@coordinating
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, found: Pathfinder) -> HttpResponse:
    """Offer a pathfinder one of the mentors, within their seats."""
    user = signed_in(request)
    is_post = request.method == "POST"
    spoken_for = Mentorship.objects.open().filter(pathfinder=found).first()
    if spoken_for is not None and not is_post:
        return redirect(spoken_for)
    mentors = Mentor.objects.approved().filter(Q(is_example=False) | Q(is_example=found.is_example))
    form = OfferForm(
        request.POST if is_post else None,
        pathfinder=found,
        mentors=list(mentors.with_seats().with_answerer().order_by("-is_answered_for", "name")),
    )
    if is_post and form.is_valid():
        try:
            made = actions.offer(found, by=user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error("mentor", refusal)
        else:
            messages.success(request, _("The offer is made. Both sides are told."))
            return redirect(made)
    context = {"form": form, "title": _("Offer a mentor"), "caption": found.caption}
    context |= {"button": _("Make the offer"), "cancel": found.get_absolute_url()}
    context["days"] = terms.days_to_answer(clock.today())
    return render(request, "pathfinders/offer.html", context)


@login_required
@require_safe
def mentorship(request: HttpRequest, reference: str) -> HttpResponse:
    """One mentorship: where it stands, who has answered, what is next."""
    user = signed_in(request)
    found = _found(request, reference)
    is_inside = is_coordinator(user)
    answers = [(side.label, yes_of(side, found), _names(side, found, is_inside)) for side in Side]
    return render(
        request,
        "pathfinders/mentorship.html",
        {
            "mentorship": found,
            "sentence": words.sentence(user, found),
            "is_inside": is_inside,
            "is_offer": found.status == Status.OFFERED,
            "due": terms.explained(found.offered_on) if found.offered_on else None,
            "answers": answers,
            "steps": steps_for(user, found),
            "history": words.history(found),
            "shows_entry": _may_see_entry(user, found),
        },
    )


def _may_see_entry(user: User, mentorship: Mentorship) -> bool:
    """Whether the entry opens to them: to a mentor, only while the mentorship is open."""
    seen = Pathfinder.objects.visible_to(user)
    return seen.filter(pk=mentorship.pathfinder_id).exists()


def _names(side: Side, mentorship: Mentorship, is_inside: bool) -> list[str]:
    """Who answers for a side: told to coordinators, and to the pair once both said yes."""
    if not is_inside and mentorship.status not in AGREED:
        return []
    return [person.name for person in people_of(side, mentorship)]


def _found(request: HttpRequest, reference: str) -> Mentorship:
    visible = Mentorship.objects.visible_to(signed_in(request))
    joined = visible.select_related("pathfinder", "mentor", "seat")
    return get_object_or_404(joined, reference=reference)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    done = gettext_lazy("You said yes. The other side and a coordinator are told.")
    return _answer(request, reference, steps.ACCEPT, SeenForm, actions.accept, done)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    done = gettext_lazy("You declined. Thank you for the answer.")
    return _answer(request, reference, steps.DECLINE, DeclineForm, actions.decline, done)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_offer(request: HttpRequest, reference: str) -> HttpResponse:
    done = gettext_lazy("The offer is taken back, and the seat is free. Both sides are told.")
    step, act = steps.WITHDRAW_OFFER, actions.withdraw_offer
    return _answer(request, reference, step, WithdrawForm, act, done)


def _answer(
    request: HttpRequest,
    reference: str,
    step: Step,
    form_class: type[SeenForm],
    act: Callable[..., Mentorship],
    done: str | Promise,
) -> HttpResponse:
    user = signed_in(request)
    found = _found(request, reference)
    data = request.POST if request.method == "POST" else None
    form = form_class(data, initial={"seen": found.revision})
    if form.is_valid():
        act(found, by=user, **form.cleaned_data)
        messages.success(request, str(done))
        return redirect(found)
    draw_only_if(step, user, found)
    context: dict[str, Any] = {"mentorship": found, "form": form, "title": step.label}
    context |= {"button": step.label, "cancel": found.get_absolute_url(), "step": step.name}
    return render(request, "pathfinders/answer.html", context)
