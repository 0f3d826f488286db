"""The public pages of the line, and the private page of an enquirer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Organisation, OrganisationKind
from activity import clock, links
from activity.actors import LinkHolder
from activity.documents import download, refusal
from activity.doors import AN_HOUR, is_let_in
from activity.forms import OnceForm, SeenForm
from activity.models import Event
from activity.scripts import by_script
from activity.workflow import MovedOn, draw_only_if, steps_for
from advice.intake import (
    actions,
    attaching,
    clocks,
    expecting,
    finding,
    rating,
    secrecy,
    steps,
    telling,
)
from advice.intake.forms import AddForm, AskAgainForm, AskForm, FindForm, RateForm
from advice.intake.mail import MINE
from advice.intake.models import AdvicePolicy, Attachment, Enquiry, Rating
from advice.intake.opening import opening

# Many people of one trust or council come from one address.
QUESTIONS_A_NETWORK = 30
LINKS_A_NETWORK = 10
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
    """Take the question in."""
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
    return _hand_link(request, enquiry)


def _hand_link(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """Let this browser in to an enquiry that it has just asked, and show it the link to keep."""
    token = links.issue(MINE.name, enquiry, address=enquiry.contact.email)
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


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """A new link by mail for whoever lost theirs; the same answer for any address."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _may_find(request, form):
        finding.ask(form.cleaned_data["email"])
        return redirect("advice:found")
    policy = AdvicePolicy.objects.in_force(clock.today()).first()
    return render(request, "advice/find.html", {"form": form, "policy": policy})


def _may_find(request: HttpRequest, form: FindForm) -> bool:
    words = _("Many links were asked for from your network. Try again in an hour.")
    return is_let_in(request, form, "advice.find", LINKS_A_NETWORK, words)


@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """What happens now, whoever asked."""
    policy = AdvicePolicy.objects.in_force(clock.today()).first()
    return render(request, "advice/found.html", {"policy": policy})


@links.link_page(MINE.name)
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Where my question stands and what comes next; with proof, what was said."""
    if request.method == "POST":  # the button of the link, pressed twice
        return redirect(request.path)
    holder = _holder(request)
    enquiry = _asked_by(holder)
    events = list(Event.objects.of(enquiry))
    stops = clocks.stops_of(events, after=enquiry.clock_from)
    page: dict[str, Any] = {"enquiry": enquiry, "token": token, "holder": holder}
    page["clock"] = clocks.explain(enquiry.clock_from, enquiry.policy, stops)
    page["answer_clock"] = clocks.explain_answer(enquiry, stops)
    page["next"] = expecting.sentences(enquiry, events)
    page["is_late"] = enquiry.is_late_at(clock.now())
    page["is_over"] = clocks.is_over_for_good(enquiry, events, clock.today())
    page |= _words_for(holder, enquiry)
    return render(request, "advice/mine.html", page)


def _words_for(holder: LinkHolder, enquiry: Enquiry) -> dict[str, Any]:
    """What the page shows with proof alone; without it, whether a code can be had."""
    if not holder.proved:
        return {"no_code": secrecy.reason_to_hold(enquiry, holder.address) is not None}
    said = attaching.with_files(telling.thread(enquiry).select_related("author", "rating"))
    thread = attaching.told(said, to_enquirer=True)
    return {
        "thread": thread,
        "offers": [offer.step for offer in steps_for(holder, enquiry) if offer.answer],
        "followers": enquiry.followed_by.order_by("pk"),
        "may_rate": rating.may_rate(enquiry) and not rating.is_settled(enquiry, thread),
    }


@links.link_page(MINE.name, proof=True)
def add(request: HttpRequest, token: str) -> HttpResponse:
    """Add words to my question; when its time is over, ask one that follows it."""
    enquiry = _asked_by(_holder(request))
    is_over = clocks.is_over_for_good(enquiry, Event.objects.of(enquiry), clock.today())
    form_class: type[OnceForm] = AskAgainForm if is_over else AddForm
    form = form_class(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        try:
            return _added(request, token, enquiry, form, is_over=is_over)
        except attaching.NotAttached as refused:
            form.add_error("file", str(refused))
    if not is_over:
        draw_only_if(steps.ADD, _holder(request), enquiry)
    page = {"form": form, "enquiry": enquiry, "token": token, "is_over": is_over}
    return render(request, "advice/add.html", page)


def _added(
    request: HttpRequest, token: str, enquiry: Enquiry, form: OnceForm, *, is_over: bool
) -> HttpResponse:
    """Keep what was added and lead on; NotAttached for a file that is not taken."""
    if is_over:
        new = actions.ask_again(enquiry=enquiry, by=_holder(request), **form.cleaned_data)
        return _hand_link(request, new)
    actions.add(enquiry=enquiry, by=_holder(request), **form.cleaned_data)
    messages.success(request, _("Added. An adviser will read it."))
    then = reverse("advice:mine", args=[token])
    return JsonResponse({"then": then}) if by_script(request) else redirect(then)


@links.link_page(MINE.name, proof=True)
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Say how it went: one question, and why if I like."""
    enquiry = _asked_by(_holder(request))
    answer = rating.answer_to_rate(enquiry)
    said = Rating.objects.filter(answer=answer).values("went", "words").first()
    form = RateForm(request.POST or None, initial={"seen": enquiry.revision, **(said or {})})
    if request.method == "POST" and form.is_valid():
        actions.rate(enquiry=enquiry, by=_holder(request), **form.cleaned_data)
        messages.success(request, _("Noted. You can change it until your question is closed."))
        return redirect("advice:mine", token=token)
    if answer is None:
        raise MovedOn(enquiry)
    page = {"form": form, "enquiry": enquiry, "token": token, "answer": answer}
    return render(request, "advice/rate.html", page)


@links.link_page(MINE.name, proof=True)  # type: ignore[arg-type]  # a file comes in pieces
def my_attachment(request: HttpRequest, token: str, key: str) -> HttpResponseBase:
    """A file of my question as a download."""
    holder = _holder(request)
    seen = Attachment.objects.visible_to(holder).filter(enquiry=_asked_by(holder))
    document = get_object_or_404(seen, key=key)
    beyond = attaching.is_beyond(document, to_enquirer=True)
    return refusal(request, document, beyond_its_owners=beyond) or download(document)


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
    found = Enquiry.objects.visible_to(holder).select_related(
        "policy", "topic", "adviser", "contact__employer"
    )
    return telling.as_told(found)
