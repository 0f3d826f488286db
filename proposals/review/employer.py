"""The page of a case on its employer: whom the team named, whom the record names, who is asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.people import signed_in
from activity.models import Notification
from proposals.draft import rules
from proposals.draft.freezing import answers_of
from proposals.draft.models import Member, Proposal
from proposals.draft.models.proposal import WITH_OFFICIALS
from proposals.draft.questions import topic
from proposals.draft.shown import blocks, rows_of
from proposals.draft.views.finding import VERB
from proposals.employer import actions
from proposals.employer.forms import CheckForm
from proposals.employer.models import EmployerGround, EmployerInvitation
from proposals.employer.shown import answer_words
from proposals.review.finding import case_page
from proposals.review.silence import beside, silence_words
from proposals.review.views import case_words

# What the team says of whom it told, on this page of its answers.
TOLD = ("employer", "told")
EARLIER_SHOWN = 20


@case_page
@VERB
def employer_case(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Who is asked and who was, what the team and the record say; a reviewer asks another."""
    asked = _asked(case)
    live = next((each for each in asked if each.ended_at is None), None)
    version = case.versions.annotate(**beside(case)).latest()
    sent = [each.sent for each in asked if hasattr(each, "sent")]
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
        "given": _given(answers_of(version).get(TOLD[0], {})),
        "form": form if may_ask and is_open else None,
        **silence_words(case, version, live, is_reviewer=bool(may_ask)),
    }
    page = case_words(request, case, "employer", version.number) | shown
    return render(request, "proposals/employer_case.html", page)


def _asked(case: Proposal) -> list[EmployerInvitation]:
    """Whoever was asked, the last first, with what they sent; in as many queries for any number.

    in_team: whether somebody in the team signs in with their address. mail_...: what became of the
    mail by which they were asked.
    """
    team = Member.objects.current().filter(proposal=case)
    mails = {f"mail_{end}": _mail(end) for end in ("sent_at", "failed_at", "held_at")}
    invitations = case.employer_invitations.annotate(
        in_team=Exists(team.filter(user__email__iexact=OuterRef("address"))), **mails
    ).select_related("asked_by", "sent__version__employer_words")
    grounds = Prefetch("sent__grounds", EmployerGround.objects.select_related("code"))
    return list(invitations.prefetch_related("sent__figures", grounds).order_by("-pk"))


def _mail(end: str) -> Subquery:
    kind = EmployerInvitation._meta.label_lower
    told = Notification.objects.filter(
        kind="employer.invite", subject_type=kind, subject_id=OuterRef("pk")
    )
    return Subquery(told.order_by("-created_at").values(end)[:1])


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
