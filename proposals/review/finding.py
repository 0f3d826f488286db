"""Finding a case: only for officials without a conflict, and open only once they declared."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from accounts.people import signed_in
from proposals.draft import rules
from proposals.draft.models import Proposal

CaseView: TypeAlias = Callable[..., HttpResponse]


def find_case(request: HttpRequest, reference: str) -> Proposal:
    """A case that the reader may know of, declared or not; or a 404."""
    known = Proposal.objects.of_officials(signed_in(request)).select_related("employer")
    return get_object_or_404(known, reference=reference)


def case_page(view: CaseView) -> CaseView:
    """A page of a case, given the case: nobody gets past it before declaring their interests."""

    @login_required
    @wraps(view)
    def page(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponse:
        case = find_case(request, reference)
        if rules.standing(signed_in(request), case).conflict is None:
            return redirect("proposals:declare", case.reference)
        return view(request, case, **kwargs)

    return page
