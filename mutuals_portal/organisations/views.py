"""The pages of the register of bodies, for administrators and coordinators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.importing import COLUMNS, Sheet, read
from accounts.models import Organisation, Role
from accounts.people import signed_in
from activity import counting, keyset
from activity.actors import holds
from mutuals_portal.organisations import actions
from mutuals_portal.organisations.forms import (
    BodyForm,
    FileForm,
    FilterForm,
    SameForm,
    SheetForm,
    body_values,
    sealed,
)
from mutuals_portal.organisations.plans import Plan, plan
from mutuals_portal.roles import open_to

KEEPERS = (Role.ADMINISTRATOR, Role.COORDINATOR)
VERB = require_http_methods(["GET", "HEAD", "POST"])


@open_to(*KEEPERS)
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Every body by its name, or those that are like what is searched for."""
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    listed = Organisation.objects.listed().select_related("department", "successor")
    if kind := asked.get("kind"):
        listed = listed.filter(kind=kind)
    if words := asked.get("q"):
        page = keyset.Page(list(listed.like(words)[: keyset.ROWS]), None, is_first=True)
    else:
        page = keyset.page(listed, ("name", "pk"), request.GET.get("after"))
    awaited = counting.counts({"awaited": Organisation.objects.awaited()})["awaited"]
    shown: dict[str, Any] = {"form": form, "page": page, "awaited": awaited}
    shown["filtered"] = bool(kind or words)
    shown["can_import"] = holds(signed_in(request), Role.ADMINISTRATOR)
    if awaited:
        shown["awaited_words"] = counting.in_words(awaited)
    return render(request, "accounts/organisations.html", shown)


@open_to(*KEEPERS)
@require_safe
def awaited(request: HttpRequest) -> HttpResponse:
    """Names that somebody typed as not in the register, first come first."""
    page = keyset.page(Organisation.objects.awaited(), ("pk",), request.GET.get("after"))
    shown = {"page": page, "back": reverse("accounts:organisations")}
    return render(request, "accounts/organisations_awaited.html", shown)


@open_to(*KEEPERS)
@VERB
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Add a body."""
    return _edit(request, None, _("Add an organisation"))


@open_to(*KEEPERS)
@VERB
def organisation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a body, end it, or put a name that awaits adding into the register."""
    body = get_object_or_404(
        Organisation.objects.select_related("department", "successor"), slug=slug
    )
    if body.is_awaited and body.ends_on is not None:
        return redirect("accounts:organisations")
    return _edit(request, body, str(body))


def _edit(request: HttpRequest, body: Organisation | None, title: str) -> HttpResponse:
    initial = {**body_values(body), "seen": actions.mark_of(body)} if body else None
    form = BodyForm(request.POST if request.method == "POST" else None, initial=initial, body=body)
    page = {
        "title": title,
        "form": form,
        "body": body,
        "back": reverse("accounts:organisations"),
        "button": _("Save"),
    }
    if request.method == "POST" and form.is_valid() and not form.asks_on():
        try:
            saved = actions.save(body=body, by=signed_in(request), **form.values())
        except actions.Overtaken as late:
            return _show_both(request, page, late.now)
        messages.success(request, _("%(body)s is in the register.") % {"body": saved})
        return redirect("accounts:organisations")
    return render(request, "accounts/organisation_edit.html", page)


def _show_both(request: HttpRequest, page: dict[str, Any], now: Organisation) -> HttpResponse:
    """The page once more, with what was typed and what somebody else saved meanwhile."""
    form: BodyForm = page["form"]
    page["others"] = form.others(now)
    typed = request.POST.copy()
    typed["seen"] = actions.mark_of(now)
    form.data = typed
    return render(request, "accounts/organisation_edit.html", page, status=409)


@open_to(*KEEPERS)
@VERB
def organisation_same(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which body of the register a typed name means."""
    body = get_object_or_404(Organisation.objects.awaited(), slug=slug)
    posted = request.POST if request.method == "POST" else None
    form = SameForm(posted, initial={"same_words": body.name})
    if request.method == "POST" and form.is_valid() and not form.asks_on():
        same = form.cleaned_data["same"]
        chosen = same if isinstance(same, Organisation) else None
        try:
            actions.answer(awaited=body, same=chosen, by=signed_in(request))
        except actions.Overtaken:
            messages.warning(request, _("Somebody answered this name a moment before you."))
        else:
            messages.success(request, _("Answered. Everything that named it follows."))
        return redirect("accounts:organisations_awaited")
    back = reverse("accounts:organisations_awaited")
    page = {"title": str(body), "form": form, "body": body, "back": back}
    return render(request, "accounts/organisation_same.html", page)


@open_to(Role.ADMINISTRATOR)
@VERB
def organisations_import(request: HttpRequest) -> HttpResponse:
    """Bring bodies in from a file: first what it would do, then, on another press, do it."""
    if request.method == "POST" and "sheet" in request.POST:
        return _brought_in(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _preview(request, form.cleaned_data["file"])
    return _ask_for_file(request, form)


def _ask_for_file(request: HttpRequest, form: FileForm) -> HttpResponse:
    page = {
        "title": _("Bring in organisations from a file"),
        "form": form,
        "button": _("Show what would change"),
        "back": reverse("accounts:organisations"),
        "columns": COLUMNS,
    }
    return render(request, "accounts/organisations_import.html", page)


def _preview(request: HttpRequest, content: bytes, *, moved: bool = False) -> HttpResponse:
    sheet = read(content)
    found = plan(sheet.rows) if not sheet.problems else Plan(problems=sheet.problems)
    form = SheetForm(initial={"sheet": sealed(content), "shown": found.mark})
    page = {"plan": found, "form": form, "moved": moved}
    page["back"] = reverse("accounts:organisations_import")
    status = 409 if moved else 200
    return render(request, "accounts/organisations_preview.html", page, status=status)


def _brought_in(request: HttpRequest) -> HttpResponse:
    form = SheetForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("That page did not load whole. Choose the file again."))
        return _ask_for_file(request, FileForm())
    content = form.cleaned_data["sheet"]
    sheet: Sheet = read(content)
    try:
        done = actions.bring_in(
            rows=sheet.rows, shown=form.cleaned_data["shown"], by=signed_in(request)
        )
    except actions.Changed:
        return _preview(request, content, moved=True)
    messages.success(request, _what_was_done(done))
    return redirect("accounts:organisations")


def _what_was_done(done: Plan) -> str:
    added, changed = len(done.added), len(done.changed)
    return " ".join(
        (
            ngettext("%(n)s body was added,", "%(n)s bodies were added,", added)
            % {"n": f"{added:,}"},
            ngettext("%(n)s was changed.", "%(n)s were changed.", changed) % {"n": f"{changed:,}"},
        )
    )
