"""The pages of officials on which a service is proposed to be exempt, and that is answered."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Organisation, OrganisationKind, Role, User
from accounts.people import signed_in
from activity import clock, keyset
from activity.actors import holds
from activity.workflow import MovedOn, must_begin
from proposals.decision.exempt import actions, rules, steps
from proposals.decision.exempt.forms import AnswerExemptForm, AskedForm, ExemptForm, LookAgainForm
from proposals.draft.models import Exemption, Proposal, Version
from proposals.draft.views.finding import VERB
from proposals.review.finding import case_page, officials_page


@case_page
@VERB
def exempt(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Propose that the service is exempt: by which rule, why, and until when."""
    if not rules.can_propose(signed_in(request), case):
        raise PermissionDenied(_("A decision maker can do this."))
    version = case.versions.select_related("scheme").latest()
    start = {"seen": case.revision, "department": _department(case.employer, version)}
    form = ExemptForm(request.POST or None, initial=start, proposal=case, scheme=version.scheme)
    if request.method == "POST" and form.is_valid():
        actions.ask_exempt(proposal=case, **form.cleaned_data, by=signed_in(request))
        return redirect("proposals:case", case.reference)
    if case.status not in rules.FROM:
        raise MovedOn(case)
    if request.method != "POST" and rules.open_exemption(case):
        return redirect("proposals:confirm_exempt", case.reference)
    return render(request, "proposals/verb.html", _asking(case, form))


def _asking(case: Proposal, form: ExemptForm) -> dict[str, Any]:
    """What the page shows on which it is proposed."""
    return {
        "title": _("Propose that this service is exempt"),
        "form": form,
        "button": _("Ask another official to confirm"),
        "back": reverse("proposals:case", args=[case.reference]),
        "proposal": case,
        "lines": [
            _("Nothing changes until another reviewer or decision maker confirms it."),
            _("The team and its employer learn nothing of it before that."),
        ],
    }


def _department(employer: Organisation, version: Version) -> str:
    """The department that answers for a service, by its slug, from the record or the team's answer."""
    if employer.kind == OrganisationKind.DEPARTMENT:
        return employer.slug
    if employer.department:
        return employer.department.slug
    said: str = version.content["sections"].get("service", {}).get("S4", "")
    return said


@case_page
@VERB
def confirm_exempt(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Confirm that the service is exempt, or refuse it, as the second person."""
    refusing = request.POST.get("press") == "refuse"
    asked = rules.open_exemption(case)
    start = {"seen": case.revision, "asked": asked.pk if asked else None}
    form = AnswerExemptForm(request.POST or None, refusing=refusing, initial=start)
    if request.method == "POST" and form.is_valid():
        action: Any = actions.refuse_exempt if refusing else actions.confirm_exempt
        action(proposal=case, **form.cleaned_data, by=signed_in(request))
        return redirect("proposals:case", case.reference)
    answer = must_begin(steps.CONFIRM_EXEMPT, signed_in(request), case)
    page = {
        "title": _("Is this service exempt?"),
        "form": form,
        "proposal": case,
        "exemption": asked,
        "refused": "" if answer else answer.reason,
        "may_refuse": bool(rules.can_answer(signed_in(request), case)),
        "button": _("Confirm the exemption"),
        "back": reverse("proposals:case", args=[case.reference]),
    }
    return render(request, "proposals/confirm_exempt.html", page)


@case_page
@VERB
def take_back_exempt(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Take back that the service is proposed to be exempt, as who proposed it."""
    reader, asked = signed_in(request), rules.open_exemption(case)
    start = {"seen": case.revision, "asked": asked.pk if asked else None}
    form = AskedForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        actions.take_back_exempt(proposal=case, **form.cleaned_data, by=reader)
        return redirect("proposals:case", case.reference)
    if not rules.can_propose(reader, case):
        raise PermissionDenied(_("A decision maker can do this."))
    if asked is None:
        raise MovedOn(case)
    if asked.asked_by_id != reader.pk:
        raise PermissionDenied(_("Whoever proposed it can take it back."))
    lines = [_("Nobody is asked to confirm it any more, and the case goes on as before.")]
    page = {"title": _("Take back what you proposed"), "button": _("Take it back")}
    return render(request, "proposals/verb.html", page | _of(case, form) | {"lines": lines})


@case_page
@VERB
def look_again(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Say that an exemption was looked at again, and until when it stands."""
    reader = signed_in(request)
    if not rules.can_propose(reader, case):
        raise PermissionDenied(_("A decision maker can do this."))
    exemption = rules.exemption_of(case)
    if exemption is None:
        raise MovedOn(case)
    start = {"seen": len(rules.looks_at(case)), "asked": exemption.pk}
    scheme = exemption.version.scheme
    form = LookAgainForm(request.POST or None, initial=start, scheme=scheme)
    if request.method == "POST" and form.is_valid():
        actions.look_again(proposal=case, **form.cleaned_data, by=reader)
        return redirect("proposals:case", case.reference)
    page = {"title": _("Does this exemption stand?"), "button": _("It stands until then")}
    page |= _of(case, form) | {"exemption": exemption}
    return render(request, "proposals/look_again.html", page)


def _of(case: Proposal, form: AskedForm) -> dict[str, Any]:
    """What the page of a verb of an exemption shows besides its own words."""
    back = reverse("proposals:case", args=[case.reference])
    return {"proposal": case, "form": form, "back": back}


@officials_page
@require_safe
def exemptions(request: HttpRequest, reader: User) -> HttpResponse:
    """The exemptions that are to be looked at again, the earliest day first; or all of them."""
    is_all = request.GET.get("which") == "all"
    found = Exemption.objects.of_officials(reader)
    if not is_all:
        found = found.near(clock.today())
    about = found.select_related("proposal", "department")
    page = keyset.page(about, ("review_on", "pk"), request.GET.get("after"))
    shown = {"page": page, "is_all": is_all, "today": clock.today()}
    shown["may_look"] = holds(reader, Role.DECISION_MAKER)
    return render(request, "proposals/exemptions.html", shown)
