"""The page that reminds whoever ticked cases wait for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.people import signed_in
from activity.forms import OnceForm
from proposals.decision import reminding
from proposals.decision.reminding import Waits
from proposals.draft.views.finding import VERB
from proposals.review import ticked
from proposals.review.finding import officials_page
from proposals.review.many import Line, many_words, say_left_out
from proposals.review.ticking import queue_of, references, tick_first


@officials_page
@VERB
def remind_many(request: HttpRequest, reader: User) -> HttpResponse:
    """Remind whoever the ticked cases wait for: see whom, press."""
    sent = request.POST if request.method == "POST" else request.GET
    rows = ticked.read(references(sent), reader)
    if not rows:
        return tick_first(sent, "remind")
    form = OnceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _remind(request, form.cleaned_data)
    lines = [_line(each) for each in reminding.waits(rows, reader)]
    count = sum(not line.left for line in lines)
    page = {"form": form, "reader": reader, "lines": lines, "title": _title(count), "count": count}
    return render(request, "proposals/remind_many.html", many_words(sent, rows) | page)


def _line(each: Waits) -> Line:
    who = ", ".join(str(person) for person in each.people)
    return Line(each.ticked, each.left, _("Reminds %(who)s") % {"who": who})


def _title(count: int) -> str:
    if not count:
        return _("There is nobody to remind of these cases")
    return ngettext("Send reminders of %(n)d case", "Send reminders of %(n)d cases", count) % {
        "n": count
    }


def _remind(request: HttpRequest, cleaned: dict[str, Any]) -> HttpResponse:
    sent = request.POST
    done = reminding.remind_many(
        references=references(sent),
        shown=sent.getlist("shown"),
        once=cleaned["once"],
        by=signed_in(request),
    )
    if count := len(done.done):
        said = ngettext(
            "A reminder of %(n)d case was sent.",
            "Reminders of %(n)d cases were sent.",
            count,
        )
        messages.success(request, said % {"n": count})
    say_left_out(request, done)
    return redirect(queue_of(sent))
