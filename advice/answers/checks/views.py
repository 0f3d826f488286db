"""Asking a colleague to read a reply, and the page on which they do."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people import signed_in
from activity.workflow import draw_only_if
from advice.answers import steps
from advice.answers.checks import actions
from advice.answers.checks.forms import AskCheckForm, CheckForm, colleagues
from advice.answers.checks.models import ReplyCheck
from advice.answers.models import ReplyDraft
from advice.intake.attaching import told, with_files
from advice.intake.desk import answering, readable, step_methods


@answering
@step_methods
def ask_check(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose who reads the draft before it goes."""
    user, found = signed_in(request), readable(request, reference)
    form = AskCheckForm(request.POST if request.method == "POST" else None, enquiry=found, by=user)
    if request.method == "POST" and form.is_valid():
        asked = actions.ask_check(enquiry=found, by=user, **form.cleaned_data)
        done = _("%(colleague)s is asked to read it. Your draft waits for you.")
        messages.success(request, done % {"colleague": asked.colleague})
        return redirect("advice:enquiry", reference=reference)
    draw_only_if(steps.REPLY, user, found)
    page = {
        "form": form,
        "enquiry": found,
        "draft": ReplyDraft.objects.filter(enquiry=found, author=user).exclude(words="").first(),
        "anybody": form.is_bound or colleagues(found, user).exists(),
    }
    return render(request, "advice/ask_check.html", page)


@answering
@step_methods
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Thread and draft side by side, for whoever was asked; what they said, for both."""
    user, found = signed_in(request), readable(request, reference)
    checks = ReplyCheck.objects.visible_to(user).filter(enquiry=found).order_by("-pk")
    asked = get_object_or_404(checks.select_related("asked_by", "colleague", "by")[:1])
    form = CheckForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.check(asked=asked, by=user, **form.cleaned_data)
        done = _("%(who)s is told. The reply is theirs to send.") % {"who": asked.asked_by}
        messages.success(request, done)
        return redirect("advice:check", reference=reference)
    page = {
        "form": form if asked.is_open and asked.asked_by != user else None,
        "enquiry": found,
        "asked": asked,
        "is_mine": asked.asked_by == user,
        "thread": told(with_files(found.messages.select_related("author")), to_enquirer=False),
    }
    return render(request, "advice/check.html", page)
