"""The departments and bodies that the portal knows from the start."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.conf import settings

from accounts.models import Nation, Organisation, OrganisationKind


def read(name: str) -> dict[str, Any]:
    """One of the programme's data files."""
    facts: dict[str, Any] = json.loads((settings.FACTS_DIR / name).read_text("utf-8"))
    return facts


def load() -> None:
    """Load departments and bodies from the facts; a second time changes nothing.

    What an administrator changed since stays: only a body that is not there is added.
    """
    facts = read("organisations.json")
    departments = [{**fact, "kind": OrganisationKind.DEPARTMENT} for fact in facts["departments"]]
    added = [_add(fact) for fact in [*departments, *facts["bodies"]]]
    for fact in filter(None, added):
        _join(fact)


def _add(fact: dict[str, Any]) -> dict[str, Any] | None:
    """Add a body; None if it is there already."""
    _, is_new = Organisation.objects.get_or_create(
        slug=fact["slug"],
        defaults={
            "name": fact["name"],
            "kind": fact["kind"],
            "nation": fact.get("nation", Nation.ENGLAND),
            "mail_domains": fact["domains"],
            "other_names": fact.get("other_names", []),
            "starts_on": _date(fact.get("starts_on")),
            "ends_on": _date(fact.get("ends_on")),
        },
    )
    return fact if is_new else None


def _join(fact: dict[str, Any]) -> None:
    """Point a new body at its department and its successor, now that all are there."""
    found = Organisation.objects.in_bulk(
        [slug for key in ("department", "successor") if (slug := fact.get(key))],
        field_name="slug",
    )
    Organisation.objects.filter(slug=fact["slug"]).update(
        department=found.get(fact.get("department", "")),
        successor=found.get(fact.get("successor", "")),
    )


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
