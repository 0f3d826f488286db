"""The page that gives a case to a reviewer: who suits it, why, and who is barred."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.people import signed_in
from activity.fields import PersonField
from activity.workflow import MovedOn
from proposals.draft.models import Proposal
from proposals.draft.models.proposal import WITH_OFFICIALS
from proposals.draft.views.finding import VERB
from proposals.review import assigning
from proposals.review.finding import case_page
from proposals.review.ranking import Candidate
from proposals.review.views import case_words


class AssignForm(forms.Form):
    """Whom to give a case to. shown: whoever had it when the page was drawn."""

    to = PersonField(
        label=gettext_lazy("Who answers for this case?"),
        missing=gettext_lazy("Choose who answers for this case"),
        not_offered=gettext_lazy("Choose one of these; others may not have it"),
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, found: list[Candidate], case: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["shown"] = assigning.shown_of(case)
        offer(self.fields["to"], [(each.person, each.why) for each in found])


def offer(asked: Any, people: Sequence[tuple[User, str]]) -> None:
    """Let a field choose one of these people by address, each with what speaks for them."""
    asked.queryset = User.objects.filter(pk__in=[person.pk for person, _why in people])
    asked.choices = [(person.email, str(person)) for person, _why in people]
    asked.choice_hints = {person.email: why for person, why in people}


@case_page
@VERB
def assign(request: HttpRequest, case: Proposal) -> HttpResponse:
    """Give the case to a reviewer."""
    if case.status not in WITH_OFFICIALS:
        raise MovedOn(case)
    found = assigning.candidates(case)
    if request.method != "POST":
        # Pressed twice, the second press still names whoever has it since the first.
        found = [each for each in found if each.person != case.lead_reviewer]
    form = AssignForm(request.POST or None, found=found, case=case)
    if request.method == "POST" and form.is_valid():
        to, shown = form.cleaned_data["to"], form.cleaned_data["shown"]
        assigning.assign(proposal=case, to=to, shown=shown, by=signed_in(request))
        said = _("You answer for this case now.")
        if to != signed_in(request):
            said = _("%(who)s answers for this case now, and is told.") % {"who": to}
        messages.success(request, said)
        return redirect("proposals:case", case.reference)
    shown = {"form": form, "found": found, "barred": assigning.barred(case)}
    shown["away"] = assigning.away(case)
    return render(request, "proposals/assign.html", case_words(request, case, "") | shown)
