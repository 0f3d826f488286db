"""The facts of an entry as a page says them, and the filters in use as chips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.chips import Chip, address
from pathfinders.register.choices import Region
from pathfinders.register.facets import choices
from pathfinders.register.forms import FilterForm
from pathfinders.register.models import Pathfinder

# Facts that a page may lack -> what is then not known.
MAY_LACK: dict[str, str | Promise] = {
    "summary": gettext_lazy("What it does."),
    "type": gettext_lazy("What sort of pathfinder it is."),
    "sector": gettext_lazy("What the service is about."),
    "places": gettext_lazy("Where it works."),
    "form": gettext_lazy("What form it takes: not decided, or not known."),
    "staff": gettext_lazy("How many people work there."),
    "announced_on": gettext_lazy("When it was announced."),
}


@dataclass(frozen=True)
class Fact:
    """A fact and whether it is our reading; "" where no source says."""

    key: str
    value: str
    is_reading: bool = False


def rows(pathfinder: Pathfinder) -> Iterator[Fact]:
    """The facts beside an entry, in the order of the page."""
    yield Fact(_("Type"), pathfinder.get_type_display())
    read = pathfinder.is_from_sources
    yield Fact(_("Service"), pathfinder.get_sector_display(), is_reading=read)
    yield Fact(_("Place"), ", ".join(pathfinder.places))
    if pathfinder.regions:
        yield Fact(_("Nation or region"), ", ".join(region_names(pathfinder)), is_reading=read)
    yield Fact(_("Form as stated"), pathfinder.get_form_display())
    yield Fact(_("Staff"), _number(pathfinder.staff))
    if pathfinder.seconded_staff is not None:
        yield Fact(_("Staff on secondment"), _number(pathfinder.seconded_staff))


def region_names(pathfinder: Pathfinder) -> list[str]:
    """The nations and regions that its places lie in."""
    return [str(Region(code).label) for code in pathfinder.regions]


def unknown(pathfinder: Pathfinder, bodies: Sequence[Any]) -> list[str]:
    """What no source gives, one sentence each."""
    missing = [
        str(words)
        for name, words in MAY_LACK.items()
        if getattr(pathfinder, name) in ("", None, [])
    ]
    if not pathfinder.stage_known:
        missing.insert(0, _("Which stage it had reached: the sources name none."))
    if not bodies:
        missing.append(_("Which body it came from: the sources name none."))
    return missing


def chips(form: FilterForm, here: QueryDict) -> list[Chip]:
    """The filters in use."""
    words = form.cleaned_data.get("q")
    found = [Chip(_("“%s”") % words, address(here, "q", None))] if words else []
    for name, code in form.chosen.items():
        found.append(Chip(str(dict(choices(name))[code]), address(here, name, None)))
    return found


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
