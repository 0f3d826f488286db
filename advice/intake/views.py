"""The public pages of the line, and the private page of an enquirer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Organisation, OrganisationKind
from activity import clock, links
from activity.actors import LinkHolder
from activity.doors import AN_HOUR, is_let_in
from activity.forms import SeenForm
from activity.models import Event
from activity.workflow import draw_only_if, steps_for
from advice.intake import actions, clocks, steps
from advice.intake.forms import AddForm, AskForm
from advice.intake.mail import MINE
from advice.intake.models import AdvicePolicy, Enquiry
from advice.intake.opening import opening

# Many people of one trust or council come from one address.
QUESTIONS_A_NETWORK = 30
ASKED = "advice-asked"


@require_safe
def advice(request: HttpRequest) -> HttpResponse:
    """The front door of the line."""
    providers = Organisation.objects.filter(kind=OrganisationKind.ADVICE_PROVIDER)
    in_being = providers.in_being(clock.today())
    return render(request, "advice/advice.html", {**_line(), "providers": in_being})


def _line() -> dict[str, object]:
    """The number and hours of the line, and whether it is open now."""
    policy = AdvicePolicy.objects.in_force(clock.today()).first()
    return {"policy": policy, "line": opening(policy, clock.now()) if policy else None}


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a question: one page, and only the question must be there."""
    form = AskForm(request.POST if request.method == "POST" else None, known=request.GET)
    if request.method == "POST" and form.is_valid() and _is_let_in(request, form):
        return _receive(request, form)
    return render(request, "advice/ask.html", {**_line(), "form": form})


def _is_let_in(request: HttpRequest, form: AskForm) -> bool:
    words = _("Many questions came from your network. Keep this page open and send it in an hour.")
    return is_let_in(request, form, "advice.ask", QUESTIONS_A_NETWORK, words)


def _receive(request: HttpRequest, form: AskForm) -> HttpResponse:
    """Take the question in, and hand this browser the private link."""
    is_known = Enquiry.objects.filter(once=form.once).exists()
    enquiry = actions.receive(
        words=form.cleaned_data["question"],
        enquirer=form.enquirer(),
        topic=form.cleaned_data["topic"],
        employer_must_not_know=form.cleaned_data["employer_may_know"] == "no",
        once=form.once,
    )
    if is_known:
        messages.info(request, _what_became_of_it(is_same=enquiry.once == form.once))
    token = links.issue(MINE.name, enquiry, address=form.cleaned_data["email"])
    links.grant(request, token, proved=True)
    response = redirect("advice:asked")
    # In the browser alone: only the hash of a link is ever kept with us.
    response.set_signed_cookie(
        ASKED,
        token,
        max_age=AN_HOUR,
        path=reverse("advice:asked"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _what_became_of_it(*, is_same: bool) -> str:
    """What somebody reads who went back to a form that was sent, and sent it again."""
    if is_same:
        return _(
            "We had this question already. What you changed was added to it. Keep the link on "
            "this page: an earlier one may have ended."
        )
    return _("This is a new question with a reference of its own. We have your first one too.")


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """The reference, and the private link to keep."""
    token = request.get_signed_cookie(ASKED, default="", max_age=AN_HOUR) or ""
    link = links.find(token, MINE.name) if token else None
    if link is None:
        return redirect("advice:ask")
    enquiry = get_object_or_404(Enquiry, pk=link.subject_id)
    path = links.path(MINE.name, token)
    page = {"enquiry": enquiry, "path": path, "address": f"{settings.PORTAL_URL}{path}"}
    response = render(request, "advice/asked.html", page | {"mailed": bool(link.address)})
    response["Cache-Control"] = "no-store"
    return response


@links.link_page(MINE.name)
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Where my question stands; with proof, what was said."""
    if request.method == "POST":  # the button of the link, pressed twice
        return redirect(request.path)
    holder = _holder(request)
    enquiry = _asked_by(holder)
    page: dict[str, Any] = {"enquiry": enquiry, "token": token, "proved": holder.proved}
    if holder.proved:
        page["thread"] = enquiry.messages.select_related("author")
        page["offers"] = [offer.step for offer in steps_for(holder, enquiry) if offer.answer]
    stops = clocks.stops_of(Event.objects.of(enquiry), after=enquiry.clock_from)
    page["clock"] = clocks.explain(enquiry.clock_from, enquiry.policy, stops)
    return render(request, "advice/mine.html", page)


@links.link_page(MINE.name, proof=True)
def add(request: HttpRequest, token: str) -> HttpResponse:
    """Add words to my question."""
    enquiry = _asked_by(_holder(request))
    form = AddForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.add(enquiry=enquiry, by=_holder(request), **form.cleaned_data)
        messages.success(request, _("Added. An adviser will read it."))
        return redirect("advice:mine", token=token)
    draw_only_if(steps.ADD, _holder(request), enquiry)
    return render(request, "advice/add.html", {"form": form, "enquiry": enquiry, "token": token})


@links.link_page(MINE.name, proof=True)
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Stop my question."""
    enquiry = _asked_by(_holder(request))
    form = SeenForm(request.POST or None, initial={"seen": enquiry.revision})
    if request.method == "POST" and form.is_valid():
        actions.withdraw(enquiry=enquiry, by=_holder(request), **form.cleaned_data)
        messages.success(request, _("Stopped. Write again whenever you like."))
        return redirect("advice:mine", token=token)
    draw_only_if(steps.WITHDRAW, _holder(request), enquiry)
    return render(request, "advice/withdraw.html", {"form": form, "token": token})


def _holder(request: HttpRequest) -> LinkHolder:
    holder: LinkHolder = request.holder  # type: ignore[attr-defined]  # set by link_page
    return holder


def _asked_by(holder: LinkHolder) -> Enquiry:
    found = Enquiry.objects.visible_to(holder).select_related("policy", "topic", "adviser")
    return get_object_or_404(found)
