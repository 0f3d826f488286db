"""Doing one thing with several enquiries that were ticked; each says for itself what became of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.people import signed_in
from activity import keyset
from activity.forms import OnceForm
from activity.workflow import MovedOn
from advice.intake.desk import answering, step_methods
from advice.intake.models import Enquiry
from advice.queue import actions, beside, lists, resting
from advice.queue.forms import ManyHandOverForm
from advice.queue.rest_forms import ManyRestForm

# A reference; from the page that asks, with the revision that it showed.
TICK = re.compile(r"(ENQ-[0-9]{4}-[0-9]{6,9})(?::([0-9]{1,9}))?")


@dataclass(frozen=True)
class Verb:
    """One thing that is done with several. act takes the enquiry, `seen`, `by` and what was typed."""

    title: str | Promise
    button: str | Promise
    form: Callable[..., OnceForm]
    act: Callable[..., Enquiry]


def _claim(*, once: object, **claimed: Any) -> Enquiry:
    return actions.claim(**claimed)


VERBS = {
    "claim": Verb(gettext_lazy("Take several"), gettext_lazy("Take them"), OnceForm, _claim),
    "hand-over": Verb(
        gettext_lazy("Hand several over"),
        gettext_lazy("Hand them over"),
        ManyHandOverForm,
        actions.hand_over,
    ),
    "snooze": Verb(
        gettext_lazy("Put several off"),
        gettext_lazy("Put them off"),
        ManyRestForm,
        resting.snooze,
    ),
}


def ticked(sent: QueryDict) -> dict[str, int | None]:
    """The references that a page sent, with the revision that it showed, if it did."""
    found = [match for each in sent.getlist("tick") if (match := TICK.fullmatch(each))]
    known = {match[1]: int(match[2]) if match[2] else None for match in found}
    return dict(list(known.items())[: keyset.ROWS])


@answering
@step_methods
def many(request: HttpRequest, verb: str) -> HttpResponse:
    """Ask once, then do it with each; those of which nothing may be known are left out."""
    if verb not in VERBS:
        raise Http404
    chosen, user = VERBS[verb], signed_in(request)
    typed = request.POST if request.method == "POST" else request.GET
    sent, back = ticked(typed), _list_in(typed)
    if not sent:
        messages.warning(request, _("Tick at least one enquiry."))
        return redirect(back)
    form = _form(chosen, request, user)
    visible = Enquiry.objects.visible_to(user).filter(reference__in=sent)
    found = list(lists.told_to(user, visible).order_by(*actions.ORDER))
    if request.method == "POST" and form.is_valid():
        _say(request, {each: _one(chosen, each, sent, form, user) for each in found}, len(sent))
        return redirect(back)
    page = {"form": form, "rows": lists.tell(found, user), "title": chosen.title}
    page |= {"lost": len(sent) - len(found), "back": back, "list": typed.get("list", "")}
    return render(request, "advice/many.html", page | {"button": chosen.button})


def _list_in(sent: QueryDict) -> str:
    """The address of the list that was ticked in: no other than the queue, whatever was sent."""
    here = QueryDict(sent.get("list", ""))
    return beside.address(beside.in_address(here), beside.place(here.get("after")))


def _form(verb: Verb, request: HttpRequest, user: User) -> OnceForm:
    data = request.POST if request.method == "POST" else None
    return verb.form(data, reader=user) if verb.form is ManyHandOverForm else verb.form(data)


def _one(
    verb: Verb, enquiry: Enquiry, sent: dict[str, int | None], form: OnceForm, by: User
) -> str:
    """Do it with one, in a transaction of its own; why it was left out, or ""."""
    seen = sent[enquiry.reference]
    try:
        verb.act(
            enquiry=enquiry,
            seen=enquiry.revision if seen is None else seen,
            by=by,
            **form.cleaned_data,
        )
    except MovedOn:
        return _("moved on since you ticked it")
    except PermissionDenied as refusal:
        return str(refusal) or _("not yours to move")
    return ""


def _say(request: HttpRequest, results: dict[Enquiry, str], asked: int) -> None:
    """Say of each what became of it."""
    done = [each.reference for each, why in results.items() if not why]
    left = [f"{each.reference} ({why})" for each, why in results.items() if why]
    if done:
        words = ngettext("Done with %(n)d: %(each)s.", "Done with %(n)d: %(each)s.", len(done))
        messages.success(request, words % {"n": len(done), "each": ", ".join(done)})
    if lost := asked - len(results):
        left.append(ngettext("%d not found", "%d not found", lost) % lost)
    if left:
        messages.warning(request, _("Left out: %s.") % "; ".join(left))
