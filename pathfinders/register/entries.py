"""Writing the numbered entries: what is public of a pathfinder, and nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from pathfinders.register.choices import Form, Region, Sector
from pathfinders.register.models import Entry, ParentBody, Pathfinder

# The public fields, by allow-list: a new column stays private until it is named here.
PUBLIC = (
    "name",
    "summary",
    "type",
    "sector",
    "form",
    "places",
    "regions",
    "staff",
    "seconded_staff",
    "maturity_as_stated",
    "announced_on",
    "status",
    "stage_known",
    "reached_on",
    "resumes_on",
    "ended_on",
    "end_staff",
    "end_service",
    "end_assets",
    "is_example",
)


def write(pathfinder: Pathfinder, *, source: str, reason: str) -> Entry:
    """Write the next entry when the public facts differ from the last one's; return the newest.

    The caller holds the pathfinder's row, so that numbers follow each other. source: where the
    facts are from. reason: why they changed. Anyone may read both.
    """
    parents = list(pathfinder.parent_bodies.select_related("organisation"))
    facts = public_facts(pathfinder, parents)
    last = pathfinder.entries.last()
    if last is not None and last.facts == facts:
        return last
    Pathfinder.objects.filter(pk=pathfinder.pk).update(search_words=_words(pathfinder, parents))
    entry = Entry(
        pathfinder=pathfinder,
        n=last.n + 1 if last else 1,
        facts=facts,
        source=source,
        reason=reason,
    )
    entry.sha256 = entry.fingerprint(last.sha256 if last else "")
    entry.save()
    return entry


def broken() -> Iterator[Entry]:
    """The first entry of each pathfinder that does not fit the entries before it.

    Those are the entries whose words were changed, or from before which one was taken, by a way
    round the portal.
    """
    every = Entry.objects.select_related("pathfinder").order_by("pathfinder_id", "n")
    for _, chain in groupby(every.iterator(), key=lambda entry: entry.pathfinder_id):
        before = ""
        for entry in chain:
            if entry.sha256 != entry.fingerprint(before):
                yield entry
                break
            before = entry.sha256


def public_facts(pathfinder: Pathfinder, parents: list[ParentBody]) -> dict[str, Any]:
    """The public fields as JSON; null where no source says."""
    facts = {name: _plain(getattr(pathfinder, name)) for name in PUBLIC}
    facts["parent_bodies"] = [
        {
            "as_stated": body.as_stated,
            "organisation": body.organisation.slug if body.organisation else None,
        }
        for body in parents
    ]
    return facts


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value) or None
    return value


def _words(pathfinder: Pathfinder, parents: list[ParentBody]) -> str:
    """The public facts that are not name or summary, as words to search in."""
    labels = [
        pathfinder.reference,
        *pathfinder.places,
        *(_label(Region, code) for code in pathfinder.regions),
        _label(Sector, pathfinder.sector),
        _label(Form, pathfinder.form),
        *(body.as_stated for body in parents),
        *(body.organisation.name for body in parents if body.organisation),
    ]
    return " ".join(dict.fromkeys(filter(None, labels)))


def _label(choices: Any, code: str) -> str:
    return str(dict(choices.choices).get(code, code))
