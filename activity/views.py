"""The inbox, the messages that failed, the mail that went to files, and the code for a link."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Role
from accounts.people import signed_in
from activity import (
    clock,
    delivery,
    keyset,
    limits,
    links,
    notices,
    outbox,
    presence,
    subjects,
)
from activity.account_adapter import A_WHILE
from activity.actors import holds
from activity.forms import NoticesForm
from activity.models import Link, Notification

CODES_AN_ADDRESS = 5
MAILS_SHOWN = 100


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What I was told, newest first."""
    mine = Notification.objects.inbox_of(signed_in(request))
    page = keyset.page(mine, ("-created_at", "-pk"), request.GET.get("after"))
    lines = [(row, delivery.subject_line(row)) for row in page.rows]
    return render(request, "activity/inbox.html", {"page": page, "lines": lines})


@login_required
@require_POST
def open_message(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark a message read and go to what it speaks of."""
    message = get_object_or_404(Notification.objects.inbox_of(signed_in(request)), pk=pk)
    if message.read_at is None:
        message.read_at = clock.now()
        message.save(update_fields=["read_at"])
    record = subjects.record_of(message)
    if record is None:
        raise Http404
    return redirect(subjects.subject_of(message).address(message, record))


@login_required
@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """Mark everything read."""
    Notification.objects.inbox_of(signed_in(request)).unread().update(read_at=clock.now())
    return redirect("activity:inbox")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    """How each kind of message that I can get comes by mail."""
    user = signed_in(request)
    form = NoticesForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        notices.choose(user, form.changed())
        messages.success(request, _("Saved. It holds for messages that wait, too."))
        return redirect("activity:notices")
    words = {
        "title": _("Messages by mail"),
        "button": _("Save choices"),
        "back": reverse("accounts:me"),
    }
    return render(request, "activity/notices.html", {"form": form, **words})


@login_required
@require_safe
def outbox_page(request: HttpRequest) -> HttpResponse:
    """Messages that could not be delivered, for somebody who can put it right."""
    _must_mend_mail(request)
    failed = Notification.objects.undelivered().select_related("user")
    page = keyset.page(failed, ("-failed_at", "-pk"), request.GET.get("after"))
    return render(request, "activity/outbox.html", {"page": page})


@login_required
@require_POST
def resend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try a message again from the beginning."""
    _must_mend_mail(request)
    again = Notification.objects.undelivered().filter(pk=pk)
    now = clock.now()
    if again.update(failed_at=None, failure="", attempts=0, try_at=now, created_at=now):
        outbox.nudge_on_commit()
        messages.success(request, _("We will try to send that message again now."))
    return redirect("activity:outbox")


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """The mail that went to files, newest first. Only with the embedded database on this machine."""
    if not settings.EMBEDDED or settings.EMAIL_URL or limits.network_of(request) != "127.0.0.1":
        raise Http404
    files = sorted(Path(settings.MAIL_DIR).glob("*.log"), key=_written, reverse=True)
    mails = [mail for file in files[:MAILS_SHOWN] for mail in _read_mails(file)]
    return render(request, "activity/mail.html", {"mails": mails[:MAILS_SHOWN]})


class HereForm(forms.Form):
    """What the script of a page says: where it is, and whether somebody writes or has left."""

    place = forms.CharField(max_length=24)
    reference = forms.CharField(max_length=24)
    spot = forms.CharField(max_length=48)
    writing = forms.BooleanField(required=False)
    left = forms.BooleanField(required=False)


@login_required
@require_POST
def here(request: HttpRequest) -> JsonResponse:
    """Say that a page is looked at; learn who else is there. Nobody's place is a 404."""
    user, form = signed_in(request), HereForm(request.POST)
    place = presence.place_of(form.data.get("place", ""))
    if place is None or not form.is_valid() or form.cleaned_data["spot"] not in place.spots():
        raise Http404
    said = form.cleaned_data
    record = get_object_or_404(place.open_to(user), reference=said["reference"])
    if said["left"]:
        presence.leave(place, record, spot=said["spot"], by=user)
        return JsonResponse({"lines": []})
    presence.come(place, record, spot=said["spot"], is_writing=said["writing"], by=user)
    return JsonResponse({"lines": presence.here(place.name, record, said["spot"], user).lines})


class CodeForm(forms.Form):
    """Six digits from a mail."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=12,
        help_text=gettext_lazy("Six digits, good for 30 minutes."),
        error_messages={"required": gettext_lazy("Type the six digits we sent")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


@links.to_nobody_else
def link_code(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a code from the address that a link was sent to, and check it."""
    link = links.any_link(token)
    if link is None or not link.address:
        return render(request, "activity/link_ended.html", status=404)
    if not links.may_send_code(link):
        words = {"without_code": links.without_code(link)}
        return render(request, "activity/link_no_code.html", words, status=403)
    if request.method == "POST" and "send-code" in request.POST:
        _send_code(request, link)
        return redirect(f"{request.path}?sent=yes")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if links.check_code(link, form.cleaned_data["code"]):
            links.grant(request, token, proved=True)
            return redirect(links.wanted(request, link, token))
        form.add_error("code", _("That code is not right or has ended. Send a new one."))
    is_sent = form.is_bound or "sent" in request.GET or links.good_codes(link).exists()
    return render(request, "activity/link_code.html", {"form": form, "is_sent": is_sent})


def _send_code(request: HttpRequest, link: Link) -> None:
    if limits.knock("link-code", str(link.pk), within=A_WHILE) <= CODES_AN_ADDRESS:
        links.ask_for_code(link)
        messages.info(request, _("We have sent you a code. It can take a minute to arrive."))
    else:
        messages.info(
            request, _("We have sent five codes already. Use the last, or try again in 15 minutes.")
        )


def _must_mend_mail(request: HttpRequest) -> None:
    if not holds(signed_in(request), Role.ADMINISTRATOR, Role.COORDINATOR):
        raise PermissionDenied(_("Only an administrator or a programme coordinator sees this."))


def _written(file: Path) -> float:
    return file.stat().st_mtime


def _read_mails(file: Path) -> list[dict[str, Any]]:
    """The mails of one file: Django ends each with a line of hyphens."""
    mails = []
    for text in file.read_text(encoding="utf-8").split("-" * 79 + "\n"):
        if text.strip():
            message = email.message_from_string(text.lstrip("\n"), policy=email.policy.default)
            body = message.get_body(("plain",))
            words = body.get_content() if body is not None else ""
            mails.append(
                {
                    "to": message["To"],
                    "subject": message["Subject"],
                    "date": message["Date"].datetime,
                    "body": words,
                }
            )
    return mails[::-1]
