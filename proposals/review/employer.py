"""The page of a case on its employer: whom the team named, whom the record names, who is asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.people import signed_in
from activity.models import Notification
from proposals.draft import rules
from proposals.draft.freezing import answers_of
from proposals.draft.models import Proposal
from proposals.draft.models.proposal import WITH_OFFICIALS
from proposals.draft.questions import topic
from proposals.draft.shown import blocks, rows_of
from proposals.draft.views.finding import VERB
from proposals.employer import actions
from proposals.employer.forms import CheckForm
from proposals.employer.models import EmployerAnswer, EmployerInvitation
from proposals.employer.shown import answer_words
from proposals.review.finding import case_page
from proposals.review.views import case_words

# What the team says of whom it told, on this page of its answers.
TOLD = ("employer", "told")
EARLIER_SHOWN = 20


@case_page
@VERB
def employer_case(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Who is asked and who was, what the team and the record say; a reviewer asks another."""
    asked = list(case.employer_invitations.select_related("asked_by").order_by("-pk"))
    live = next((each for each in asked if each.ended_at is None), None)
    version = case.versions.latest()
    sent = _answers(case)
    may_ask = rules.official(signed_in(request), case, Role.REVIEWER)
    form = _form(request, case, live, has_answered=bool(sent))
    if request.method == "POST":
        if not may_ask:
            raise PermissionDenied(may_ask.reason or _("A reviewer can do this."))
        if form.is_valid():
            actions.ask(proposal=case, **form.cleaned_data, by=signed_in(request))
            messages.success(request, _("We ask them. They get a link by mail."))
            return redirect("proposals:employer_case", case.reference)
    is_open = case.status in WITH_OFFICIALS and version.pk not in {each.version_id for each in sent}
    shown = {
        "answers": [answer_words(each) for each in sent],
        "last": version,
        "live": live,
        "earlier": [each for each in asked if each.ended_at is not None][:EARLIER_SHOWN],
        "mail": _mail_to(live),
        "in_team": live is not None and actions.is_in_team(case, live.address),
        "given": _given(answers_of(version).get(TOLD[0], {})),
        "form": form if may_ask and is_open else None,
    }
    page = case_words(request, case, "employer", version.number) | shown
    return render(request, "proposals/employer_case.html", page)


def _answers(case: Proposal) -> list[EmployerAnswer]:
    """What the employer sent about each version, the last first."""
    sent = EmployerAnswer.objects.filter(version__proposal=case)
    return list(sent.select_related("invitation", "version").order_by("-version__number"))


def _form(
    request: HttpRequest, case: Proposal, live: EmployerInvitation | None, *, has_answered: bool
) -> CheckForm:
    """Whom to ask. Whoever has answered about an earlier version may be asked anew."""
    initial = {"shown": str(live.once) if live else ""}
    if live is None:
        employer = case.employer
        initial |= {"post": employer.contact_post, "address": employer.contact_address}
    asked = live.address if live and not has_answered else ""
    return CheckForm(request.POST or None, proposal=case, asked=asked, initial=initial)


def _given(answers: dict[str, Any]) -> list[dict[str, Any]]:
    """What the team answered on whom it told, as blocks of rows."""
    about = topic(TOLD[0])
    page = about and about.page(TOLD[1])
    return blocks(rows_of([(page, page.form(data=answers))])) if page else []


def _mail_to(live: EmployerInvitation | None) -> Notification | None:
    """The mail by which the official is asked: whether it has gone."""
    if live is None:
        return None
    told = Notification.objects.filter(
        kind="employer.invite", subject_type=live._meta.label_lower, subject_id=live.pk
    )
    return told.order_by("-created_at").first()
