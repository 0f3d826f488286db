"""Pages of the register."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.people import signed_in
from activity import counting, keyset, limits
from activity.forms import SeenForm
from activity.workflow import MovedOn, steps_for
from pathfinders.register import actions, facts
from pathfinders.register.audiences import is_coordinator
from pathfinders.register.commitments import Kind, told_to
from pathfinders.register.desk import coordinating
from pathfinders.register.facets import facets_of, narrowed
from pathfinders.register.forms import ORDERS, FilterForm, OpenForm, PersonForm
from pathfinders.register.models import Entry, Pathfinder, PathfinderQuerySet
from pathfinders.register.panels import panels_for
from pathfinders.register.timeline import timeline

# A coordinator mistypes an address now and then; somebody who tries out a list of them is stopped.
TRIES = "add-person"
MOST_REFUSED = 10
A_WHILE = datetime.timedelta(minutes=15)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The public list, narrowed by what the address says."""
    form = FilterForm(request.GET)
    form.is_valid()
    everything, found = Pathfinder.objects.published(), matches(form)
    facets = facets_of(found, form.chosen, request.GET)
    if facets.pks is not None:
        # Few rows in the order of names: sought by key, for by name they would be read for long.
        found = everything.filter(pk__in=facets.pks)
    order = form.cleaned_data.get("order") or "name"
    page = keyset.page(found, ORDERS[order], request.GET.get("after"))
    chips = facts.chips(form, request.GET)
    in_all = counting.counts({"all": everything})["all"] if chips and not page.rows else 0
    return render(
        request,
        "pathfinders/register.html",
        {
            "form": form,
            "facets": facets,
            "page": page,
            "order": order,
            "chips": chips,
            "in_all": in_all,
            "without_filters": counting.in_words(in_all),
        },
    )


def matches(form: FilterForm) -> PathfinderQuerySet:
    """The published entries that the filters and the words leave."""
    found = narrowed(Pathfinder.objects.published(), form.chosen)
    words = form.cleaned_data.get("q")
    return found.search(words) if words else found


@require_safe
def pathfinder(request: HttpRequest, reference: str) -> HttpResponse:
    """One entry: what the sources say of it, and what no source says."""
    visible = Pathfinder.objects.visible_to(request.user).with_people()
    found = get_object_or_404(visible, reference=reference)
    entries = list(found.entries.all())
    bodies = list(found.parent_bodies.select_related("organisation__successor"))
    is_inside = is_coordinator(request.user)
    return render(
        request,
        "pathfinders/pathfinder.html",
        what_is_public(found, entries, bodies)
        | {
            "crumbs": [{"text": _("Pathfinders"), "href": reverse("pathfinders:register")}],
            "is_inside": is_inside,
            "is_own": is_own(request.user, found),
            "steps": steps_for(request.user, found) if isinstance(request.user, User) else [],
            "panels": panels_for(request.user, found),
            "address": f"{settings.PORTAL_URL}{found.get_absolute_url()}",
        },
    )


@login_required
@require_safe
def promised(request: HttpRequest, reference: str) -> HttpResponse:
    """What an entry's proposal was approved for, for the mutual's own people and coordinators."""
    visible = Pathfinder.objects.visible_to(request.user).with_people()
    found = get_object_or_404(visible.exclude(proposal_reference=""), reference=reference)
    if not (is_coordinator(request.user) or is_own(request.user, found)):
        raise Http404
    told = told_to(request.user, found)
    page = {
        "pathfinder": found,
        "promised": [each for each in told if each.kind != Kind.CONDITION],
        "conditions": [each for each in told if each.kind == Kind.CONDITION],
        "of_version": told[0].version if told else None,
    }
    return render(request, "pathfinders/promised.html", page)


def what_is_public(
    pathfinder: Pathfinder, entries: list[Entry], bodies: Sequence[Any]
) -> dict[str, Any]:
    """What a page needs to show all that everybody reads of an entry once it is published."""
    return {
        "pathfinder": pathfinder,
        "entry": entries[-1],
        "timeline": timeline(pathfinder, entries),
        "facts": facts.rows(pathfinder),
        "bodies": bodies,
        "unknown": facts.unknown(pathfinder, bodies),
    }


def is_own(reader: User | AnonymousUser, pathfinder: Pathfinder) -> bool:
    """Whether somebody is one of the mutual's own people."""
    return isinstance(reader, User) and reader.pk in pathfinder.people_pks  # type: ignore[attr-defined]


@coordinating
@require_http_methods(["GET", "HEAD", "POST"])
def open_entry(request: HttpRequest) -> HttpResponse:
    """Enter a pathfinder that did not come from an approval, with its source."""
    user = signed_in(request)
    is_post = request.method == "POST"
    form = OpenForm(request.POST if is_post else None)
    if is_post and form.is_valid():
        try:
            made = actions.open_entry(by=user, **form.entry())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The entry is open. It is private until you publish it."))
            return redirect(made)
    words = {"form": form, "title": _("Open an entry"), "button": _("Open the entry")}
    words["intro"] = _("For a team that is not at an approval yet, or a mutual that joins.")
    return render(request, "form_page.html", words | {"cancel": reverse("pathfinders:programme")})


@coordinating
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, found: Pathfinder) -> HttpResponse:
    """Let everybody see an entry, after a look at what they will see."""
    user = signed_in(request)
    data = request.POST if request.method == "POST" else None
    form = SeenForm(data, initial={"seen": found.revision})
    if form.is_valid():
        actions.publish(found, by=user, seen=form.cleaned_data["seen"])
        messages.success(request, _("Everybody can see this entry now."))
        return redirect(found)
    if found.is_published:
        raise MovedOn(found)
    entries = list(found.entries.all())
    # As stated: what became of a body since is no fact of this entry, and is public already.
    public = what_is_public(found, entries, entries[-1].facts["parent_bodies"])
    words = {"form": form, "title": _("Publish this entry"), "caption": found.caption}
    words |= {"button": _("Publish the entry"), "cancel": found.get_absolute_url()}
    return render(request, "pathfinders/publish.html", public | words)


@coordinating
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, found: Pathfinder) -> HttpResponse:
    """Who belongs to an entry, for coordinators, and a form to add somebody."""
    user = signed_in(request)
    form = PersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _may_still_try(user, form):
        try:
            made = actions.add_person(found, by=user, **form.cleaned_data)
        except ValidationError as refusal:
            limits.knock(TRIES, str(user.pk), within=A_WHILE)
            form.add_error(None, refusal)
        else:
            done = _("%(name)s belongs to this pathfinder now, and is told.")
            messages.success(request, done % {"name": made.user})
            return redirect("pathfinders:people", found.reference)
    members = found.members.current().select_related("user").order_by("joined_at", "pk")
    words = {"pathfinder": found, "form": form, "members": members, "caption": found.caption}
    words |= {"title": _("People of this pathfinder"), "button": _("Add this person")}
    words["back"] = found.get_absolute_url()
    return render(request, "pathfinders/people.html", words)


def _may_still_try(user: User, form: PersonForm) -> bool:
    """Whether somebody may try one more address: each refusal tells whether it has an account."""
    if limits.knocks(TRIES, str(user.pk), within=A_WHILE) < MOST_REFUSED:
        return True
    form.add_error("address", _("Too many addresses were refused. Wait 15 minutes, then go on."))
    return False


@coordinating
@require_http_methods(["GET", "HEAD", "POST"])
def remove_person(request: HttpRequest, found: Pathfinder, key: str) -> HttpResponse:
    """Take somebody off an entry's people, after a look at what that means."""
    user = signed_in(request)
    member = get_object_or_404(found.members.select_related("user", "pathfinder"), key=key)
    if request.method == "POST":
        actions.remove_person(member, by=user)
        done = _("%(name)s is taken off this pathfinder, and is told.")
        messages.success(request, done % {"name": member.user})
        return redirect("pathfinders:people", found.reference)
    if member.left_at is not None:
        raise MovedOn(found)
    title = _("Take %(name)s off this pathfinder?") % {"name": member.user}
    words = {"caption": found.caption, "title": title, "warning": True}
    words |= {"cancel": reverse("pathfinders:people", args=[found.reference])}
    words["button"] = _("Take off")
    return render(request, "pathfinders/remove_person.html", words)
