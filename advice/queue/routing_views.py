"""By what questions find a provider, for those who lead advisers, and a question to try."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import Organisation, Role
from accounts.people import signed_in
from activity import clock
from activity.actors import holds
from activity.fields import TextField
from advice.intake import people, routing
from advice.intake.models import AdvicePolicy, Sector, Topic
from advice.queue import kept


class TryForm(forms.Form):
    """A question to try: nothing of it is kept."""

    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        label=gettext_lazy("What is it about?"),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("They are not sure"),
        error_messages={"invalid_choice": gettext_lazy("Choose a topic from the list")},
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Where do they work?"),
        choices=[("", gettext_lazy("They did not say")), *Sector.choices],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose from the list where they work")},
    )
    employer = TextField(
        label=gettext_lazy("Who do they work for?"),
        help_text=gettext_lazy("Its whole name, as in the register of organisations"),
        required=False,
        max_length=200,
    )
    open = forms.BooleanField(label=gettext_lazy("Their employer may know"), required=False)

    mark_optional = False

    def clean_employer(self) -> Organisation | None:
        """The body of that name."""
        typed = self.cleaned_data["employer"]
        if not typed:
            return None
        found = Organisation.objects.employers().filter(name__iexact=typed).first()
        if found is None:
            raise forms.ValidationError(
                _("Enter the name of a body as the register of organisations has it")
            )
        return found

    def question(self) -> routing.Question:
        """What routing would know of it."""
        typed = self.cleaned_data
        return routing.Question(
            topic=typed["topic"],
            sector=typed["sector"],
            employer=typed["employer"],
            is_secret=not typed["open"],
        )


@login_required
@require_safe
def routing_page(request: HttpRequest) -> HttpResponse:
    """Topics, rules, shares, skills and promises as they are in force; changes nothing."""
    user, today = signed_in(request), clock.today()
    is_administrator = holds(user, Role.ADMINISTRATOR)
    if not (people.leads(user) or is_administrator):
        raise PermissionDenied(_("Only advice leads and administrators see this."))
    form = TryForm(request.GET or None)
    context: dict[str, Any] = {"form": form, "is_administrator": is_administrator, "today": today}
    if form.is_bound and form.is_valid():
        context |= _told(form)
    context["groups"] = kept.topics()
    context["rules"] = kept.rules(today)
    context["shares"] = kept.shares(today)
    context["ties"] = kept.ties(today)
    context["advisers"] = kept.advisers(people.providers_of(user, Role.ADVICE_LEAD))
    context["policies"] = AdvicePolicy.objects.order_by("-starts_on")
    return render(request, "advice/routing.html", context)


def _told(form: TryForm) -> dict[str, Any]:
    """Where the question would go, and why."""
    question = form.question()
    route = routing.choose(question, give=False)
    return {"route": route, "why": routing.said(route.provider, question.topic, route.why)}
