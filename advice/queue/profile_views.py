"""On duty or off, and what an adviser takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.people import signed_in
from activity.fields import WholeNumberField
from advice.intake import people
from advice.intake.desk import answering, step_methods
from advice.intake.models import TopicGroup
from advice.queue import profiles


class ProfileForm(forms.Form):
    """What one takes, and how many at once."""

    mark_optional = False

    skills = forms.ModelMultipleChoiceField(
        TopicGroup.objects.all(),
        label=gettext_lazy("What do you answer questions about?"),
        help_text=gettext_lazy("With nothing ticked, you take everything."),
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_pk_value", "invalid_list"),
            gettext_lazy("Choose from the topics on this page"),
        ),
    )
    most = WholeNumberField(
        label=gettext_lazy("How many do you hold at most?"),
        help_text=gettext_lazy(
            "Those that wait for your word. Empty means as many as the line allows; more than that "
            "is never given."
        ),
        required=False,
        min_value=1,
        max_value=1000,
    )


@answering
@require_POST
def duty(request: HttpRequest) -> HttpResponse:
    """Come on duty or go off."""
    on_duty = request.POST.get("duty") == "on"
    profiles.set_duty(on_duty=on_duty, by=_adviser(request))
    said = _("You are on duty.") if on_duty else _("You are off duty. What you hold stays yours.")
    messages.success(request, said)
    return redirect("advice:desk")


@answering
@step_methods
def profile(request: HttpRequest) -> HttpResponse:
    """What I take, and how many at once."""
    user = _adviser(request)
    if request.method == "POST":
        form = ProfileForm(request.POST)
        if form.is_valid():
            profiles.change(by=user, **form.cleaned_data)
            messages.success(request, _("Saved. The next enquiry is chosen by it."))
            return redirect("advice:desk")
    else:
        form = ProfileForm(initial=_known(user))
    page: dict[str, Any] = {"form": form, "title": _("What I take"), "button": _("Save it")}
    return render(request, "form_page.html", page | {"back": reverse("advice:desk")})


def _known(user: User) -> dict[str, Any]:
    mine = profiles.of(user)
    skills = [group.code for group in mine.skills.all()] if mine.pk else []
    return {"skills": skills, "most": mine.most}


def _adviser(request: HttpRequest) -> User:
    user = signed_in(request)
    if not people.takes(user):
        raise PermissionDenied(_("Only advisers take enquiries."))
    return user
