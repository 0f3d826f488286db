"""Taking an employer's silence to its department at once: a reviewer, and not only a timer, can."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.people import signed_in
from activity.workflow import MovedOn
from proposals.draft import rules
from proposals.draft.models import Proposal
from proposals.draft.views.finding import VERB
from proposals.employer import escalating, silence
from proposals.employer.actions import escalation_of
from proposals.employer.models import EmployerInvitation, Escalation
from proposals.review.finding import case_page
from proposals.review.models import Concern


def beside(case: Proposal) -> dict[str, Exists]:
    """Whether there is anything to read for `silence_words`, as columns of another query of a case."""
    escalations, concerns = (
        found.filter(proposal=case) for found in (Escalation.objects, Concern.objects)
    )
    return {"was_silent": Exists(escalations), "has_concerns": Exists(concerns)}


def silence_words(
    case: Proposal, read: Any, live: EmployerInvitation | None, *, is_reviewer: bool
) -> dict[str, Any]:
    """What a case says of its employer's silence and of its team's concerns.

    read: a row with the columns of `beside`. live: who is asked.
    """
    escalations = case.escalations.select_related("department", "by").order_by("-pk")
    taken_up = list(escalations) if read.was_silent else []
    now = next((each for each in taken_up if each.ended_at is None), None)
    is_asked = live is not None and live.is_open and not hasattr(live, "sent")
    is_silent = now is not None or silence.is_over(case)
    return {
        "escalations": taken_up,
        "silence": silence.for_officials(case, now) if is_silent else "",
        "may_escalate": is_reviewer and is_asked and now is None,
        "concerns": read.has_concerns and list(case.concerns.select_related("by", "answer__by")),
        "may_answer": is_reviewer,
    }


@case_page
@VERB
def escalate(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Ask the lead of the employer's department now."""
    by = signed_in(request)
    may = rules.official(by, case, Role.REVIEWER)
    if not may:
        raise PermissionDenied(may.reason or _("A reviewer can do this."))
    back = reverse("proposals:employer_case", args=[case.reference])
    if request.method == "POST":
        made = escalating.start(proposal=case, by=by)
        asked = _("We ask the lead of the department. They get a link by mail.")
        nobody = _("The department names nobody who can be asked, so it is in your queue now.")
        messages.success(request, asked if made.post else nobody)
        return redirect(back)
    if escalating.silent(case) is None or escalation_of(case):
        raise MovedOn(case)
    page = {
        "title": _("Take the employer's silence to its department?"),
        "proposal": case,
        "lines": [*_who(case), _("Nobody in the team is named to them.")],
        "button": _("Ask the department now"),
        "back": back,
    }
    return render(request, "proposals/verb.html", page)


def _who(case: Proposal) -> list[str]:
    """Who would be asked, in a sentence or two."""
    department = case.employer.department
    if department is None:
        return [
            _("The record of the employer names no department. It comes to your queue at once.")
        ]
    if not department.contact_post:
        said = _("The record of %(department)s names no contact. It comes to your queue at once.")
        return [said % {"department": department}]
    said = _(
        "We ask %(post)s, %(department)s, to answer for the employer, to name somebody who will, "
        "or to say why nobody does. The employer may still answer meanwhile."
    )
    return [said % {"post": department.contact_post, "department": department}]
