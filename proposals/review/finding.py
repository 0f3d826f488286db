"""Finding a case: only for officials without a conflict, and open only once they declared."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.people import signed_in
from activity import presence
from activity.actors import holds
from proposals.ballot import told
from proposals.draft import openness, rules
from proposals.draft.models import ConflictDeclaration, Proposal, Request
from proposals.draft.models.proposal import OFFICIALS, lead_is_gone
from proposals.draft.rules import Standing
from proposals.review import triage
from proposals.review.covering import leads_absence
from proposals.review.presence import CASE

CaseView: TypeAlias = Callable[..., HttpResponseBase]
OfficialsView: TypeAlias = Callable[..., HttpResponseBase]


def officials_page(view: OfficialsView) -> OfficialsView:
    """A page for reviewers and decision makers, given who of them reads it."""

    @login_required
    @wraps(view)
    def page(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        reader = signed_in(request)
        if not holds(reader, *OFFICIALS):
            raise PermissionDenied(_("Reviewers and decision makers see this."))
        return view(request, reader, **kwargs)

    return page


def find_case(request: HttpRequest, reference: str) -> Proposal:
    """A case that the reader may know of, declared or not; or a 404.

    With who else is at it, for the head of its pages: they have no query to spare.
    """
    reader = signed_in(request)
    declared = ConflictDeclaration.objects.filter(proposal=OuterRef("pk"), user=reader)
    known = Proposal.objects.of_officials(reader).annotate(
        declared=Exists(declared),
        was_asked=Exists(Request.objects.filter(proposal=OuterRef("pk"))),
        present=presence.beside(CASE, reader),
        vote=told.last_vote(),
        of_one_service=triage.beside(reader),
        lead_absence=leads_absence(),
        lead_is_gone=lead_is_gone(),
    )
    case = get_object_or_404(
        known.select_related("employer__department", "lead_reviewer"), reference=reference
    )
    # Nobody in the team and nobody with a conflict is among them, so a word is a "none".
    has_declared: bool = case.declared  # type: ignore[attr-defined]  # annotated above
    rules.remember(reader, case, Standing(conflict=False if has_declared else None))
    if not case.was_asked:  # type: ignore[attr-defined]
        openness.remember_nothing_asked(case)
    return case


def case_page(view: CaseView) -> CaseView:
    """A page of a case, given the case: nobody gets past it before declaring their interests."""

    @login_required
    @wraps(view)
    def page(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponseBase:
        case = find_case(request, reference)
        if rules.standing(signed_in(request), case).conflict is None:
            return redirect("proposals:declare", case.reference)
        return view(request, case, **kwargs)

    return page
