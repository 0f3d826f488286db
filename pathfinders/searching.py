"""Searching in the register."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from activity.searching import MOST, Group, Hit, Reader, best
from pathfinders.register.models import Pathfinder


def search(reader: Reader, words: str) -> Group:
    """Pathfinders by name, place, service and public words; the register shows all that are public."""
    found = best(Pathfinder.objects.visible_to(reader), words)
    return Group(
        _("Pathfinders"),
        [_hit(each) for each in found[:MOST]],
        is_more=len(found) > MOST,
        all_path=f"{reverse('pathfinders:register')}?{urlencode({'q': words})}",
        all_label=_("See all that match in the register"),
    )


def _hit(found: Pathfinder) -> Hit:
    places = ", ".join(found.places)
    about = ", ".join(filter(None, [found.reference, places, found.get_sector_display()]))
    if found.is_from_sources:
        about = _("%(about)s. Service and stage are our reading.") % {"about": about}
    known = {"status": found.status, "status_label": found.get_status_display()}
    return Hit(
        found.name,
        found.get_absolute_url(),
        about,
        is_example=found.is_example,
        **known if found.shows_status else {},
    )
