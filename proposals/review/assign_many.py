"""The pages that give ticked cases to one reviewer: who suits most of them, then what would happen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.people import signed_in
from activity.fields import PersonField
from activity.forms import OnceForm
from proposals.draft.views.finding import VERB
from proposals.review import assigning_many, ticked
from proposals.review.assigning_many import Taker
from proposals.review.case_assign import offer
from proposals.review.finding import officials_page
from proposals.review.many import Line, many_words, say_left_out
from proposals.review.ticked import Outcome, Ticked
from proposals.review.ticking import queue_of, references, tick_first


class GiveForm(OnceForm):
    """Whom to give cases to. takers: every reviewer; those who can have none are not offered.

    They are taken for an answer all the same: what was given by a press, its second names too.
    """

    to = PersonField(
        label=gettext_lazy("Who answers for them?"),
        missing=gettext_lazy("Choose who answers for these cases"),
        not_offered=gettext_lazy("Choose one of these; others may not have them"),
    )

    def __init__(self, *args: Any, takers: Sequence[Taker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["to"]
        offer(asked, [(each.candidate.person, each.why) for each in takers if each.takes])
        everybody = [each.candidate.person.pk for each in takers]
        asked.queryset = User.objects.filter(pk__in=everybody)


@officials_page
@VERB
def assign_many(request: HttpRequest, reader: User) -> HttpResponse:
    """Give the ticked cases to a reviewer: choose one, see what would happen, press."""
    sent = request.POST if request.method == "POST" else request.GET
    rows = ticked.read(references(sent), reader)
    if not rows:
        return tick_first(sent, "assign")
    takers = assigning_many.takers(rows)
    form = GiveForm(request.POST if request.method == "POST" else None, takers=takers)
    to = form.cleaned_data["to"] if form.is_bound and form.is_valid() else None
    if to and sent.get("press") == "assign":
        return _assign(request, form)
    page = _confirm(rows, to, reader) if to else _choose(rows)
    head = {"form": form, "to": to, "reader": reader, "some": bool(takers)}
    head["offers"] = any(taker.takes for taker in takers)
    return render(request, "proposals/assign_many.html", many_words(sent, rows) | head | page)


def _choose(rows: Sequence[Ticked]) -> dict[str, Any]:
    lines = [Line(row, row.why_never, _("Goes to whoever you choose")) for row in rows]
    return {"lines": lines, "title": _title(sum(not line.left for line in lines))}


def _confirm(rows: Sequence[Ticked], to: User, reader: User) -> dict[str, Any]:
    goes = _("Goes to you") if to == reader else _("Goes to %(who)s") % {"who": to}
    lines = [Line(row, assigning_many.why_not(row, to), goes) for row in rows]
    count = sum(not line.left for line in lines)
    if not count:
        return {"lines": lines, "title": _title(0)}
    words = {"what": _title(count), "who": to}
    return {"lines": lines, "title": _("%(what)s to %(who)s") % words, "button": words["what"]}


def _title(count: int) -> str:
    if not count:
        return _("None of these cases can be assigned")
    return ngettext("Assign %(n)d case", "Assign %(n)d cases", count) % {"n": count}


def _assign(request: HttpRequest, form: GiveForm) -> HttpResponse:
    to, sent = form.cleaned_data["to"], request.POST
    done = assigning_many.assign_many(
        references=references(sent),
        to=to,
        shown=sent.getlist("shown"),
        once=form.cleaned_data["once"],
        by=signed_in(request),
    )
    _say(request, done, to)
    return redirect(queue_of(sent))


def _say(request: HttpRequest, done: Outcome, to: User) -> None:
    count = len(done.done)
    if count and to == signed_in(request):
        said = ngettext("You answer for %(n)d case now.", "You answer for %(n)d cases now.", count)
        messages.success(request, said % {"n": count})
    elif count:
        said = ngettext(
            "%(who)s answers for %(n)d case now, and is told.",
            "%(who)s answers for %(n)d cases now, and is told.",
            count,
        )
        messages.success(request, said % {"n": count, "who": to})
    say_left_out(request, done)
