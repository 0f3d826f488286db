"""What waits for a coordinator, a mentor or a mutual's people on the page they land on."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role, User
from activity.actors import holds, roles_of
from activity.waiting import MOST, Beginning, Item, Thing
from pathfinders.mentoring.models import Mentorship, Status, of_mentors, of_own_people
from pathfinders.register.audiences import own_people
from pathfinders.register.models import Pathfinder


def for_anybody(user: User) -> Iterator[Thing]:
    """Offers to answer and own entries; for a coordinator, entries to publish: one query each."""
    if holds(user, Role.COORDINATOR):
        yield from _to_publish()
        yield Beginning(_("Look at pathfinders without a mentor"), reverse("pathfinders:mentoring"))
    else:
        yield from _offers(user)
        if roles_of(user) <= {Role.MENTOR}:
            yield from _own(user)


def _to_publish() -> Iterator[Item]:
    entries = Pathfinder.objects.unpublished().order_by("created_at", "pk")
    for entry in entries[:MOST]:
        path = entry.get_absolute_url()
        yield Item(
            title=entry.name,
            path=path,
            needed=_("Publish it when its facts are right"),
            reference=entry.reference,
            status="waiting",
            label=_("Not published"),
        )


def _own(user: User) -> Iterator[Beginning]:
    """The way to a private entry, which no list shows."""
    entries = Pathfinder.objects.filter(own_people(user)).order_by("name", "pk")
    for entry in entries[:MOST]:
        words = _("See your pathfinder: %(name)s") % {"name": entry.name}
        yield Beginning(words, entry.get_absolute_url())


def _offers(user: User) -> Iterator[Item]:
    mine = of_mentors(user) & Q(mentor_yes_at=None) | of_own_people(user) & Q(
        pathfinder_yes_at=None
    )
    offered = Mentorship.objects.filter(mine, status=Status.OFFERED)
    for offer in offered.select_related("pathfinder", "mentor").order_by("answer_by", "pk")[:MOST]:
        yield Item(
            title=offer.pathfinder.name,
            path=offer.get_absolute_url(),
            needed=_("Answer the offer of a mentor"),
            reference=offer.reference,
            due_on=offer.answer_by,
            status=offer.status,
            label=offer.get_status_display(),
        )
