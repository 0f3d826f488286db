"""What administrators do to the register; each change is an event of the body."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import connection

from accounts.finding import free_slug
from accounts.importing import Row
from accounts.models import Organisation, User
from activity import clock
from activity.models import Event
from activity.models.events import describe
from activity.transactions import in_one_piece
from mutuals_portal.organisations.plans import CONTACT, LINKS, Plan, Planned, plan, values_for


class Changed(Exception):
    """The register is not as the page showed it. Carries what the file would do now."""

    def __init__(self, now: Plan) -> None:
        super().__init__("the register has changed meanwhile")
        self.plan = now


class Overtaken(Exception):
    """Somebody changed a body after the page was drawn. Carries the body as it is now."""

    def __init__(self, now: Organisation) -> None:
        super().__init__("the body was changed meanwhile")
        self.now = now


# What a page of a body shows.
SHOWN = (
    *("name", "other_names", "kind", "nation", "department_id", "mail_domains"),
    *("contact_post", "contact_address", "starts_on", "ends_on", "successor_id", "is_awaited"),
)


def mark_of(body: Organisation) -> str:
    """A mark that changes with anything that a page of a body shows."""
    shown = repr([getattr(body, column) for column in SHOWN])
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


@in_one_piece
def bring_in(*, rows: list[Row], shown: str, by: User) -> Plan:
    """Do what a file was shown to do: all of it or nothing.

    shown: the mark of the plan that the page showed. Raises Changed when it would do something
    else by now.
    """
    _hold_the_register()
    now = plan(rows)
    if now.problems or now.mark != shown:
        raise Changed(now)
    new = [_new(each) for each in now.added]
    Organisation.objects.bulk_create(new)
    wanted = [each.row.values.get(link) for each in _all(now) for link in LINKS]
    slugs = [*filter(None, wanted), *(each.row.slug for each in now.added)]
    bodies = Organisation.objects.in_bulk(slugs, field_name="slug")
    written = [_written(each, bodies) for each in _all(now)]
    unlike = [body for each, body in zip(_all(now), written, strict=True) if _is_unlike(each)]
    fields = ["name", "kind", "nation", "starts_on", "ends_on", "other_names"]
    # Django's bulk_update would ask about each value of each column: half a minute for 5,000 rows.
    Organisation.objects.bulk_create(
        unlike,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=[*fields, *LINKS, *CONTACT],
    )
    Event.objects.bulk_create(
        Event(**describe("organisation.bring_in", body, by=by, data={})) for body in written
    )
    return now


def _hold_the_register() -> None:
    """Let nobody else write bodies until this is done; reading goes on."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_organisation IN SHARE ROW EXCLUSIVE MODE")


def _all(done: Plan) -> list[Planned]:
    return [*done.added, *done.changed]


def _new(planned: Planned) -> Organisation:
    """A body without the others that it names: they may be as new as it is."""
    values = planned.row.values.items()
    alone = {column: value for column, value in values if column not in LINKS}
    return Organisation(**alone | {"slug": planned.row.slug})


def _is_unlike(planned: Planned) -> bool:
    """Whether its body says something else than the register by now."""
    return planned.body is not None or not planned.row.values.keys().isdisjoint(LINKS)


def _written(planned: Planned, bodies: dict[str, Organisation]) -> Organisation:
    body = planned.body or bodies[planned.row.slug]
    for column, value in values_for(planned, bodies).items():
        setattr(body, column, value)
    return body


@in_one_piece
def save(*, body: Organisation | None, by: User, seen: str = "", **values: Any) -> Organisation:
    """Add a body (None), or change one; a name that awaited adding is in the register from now on.

    seen: the mark of the body that the page showed. Raises Overtaken when it is another by now.
    """
    _hold_the_register()
    kind = "organisation.edit" if body is not None else "organisation.add"
    if body is not None:
        body.refresh_from_db()
        if mark_of(body) != seen:
            raise Overtaken(body)
    written = body or Organisation(slug=free_slug(values["name"]))
    if written.is_awaited and written.name not in (values["name"], *values["other_names"]):
        # It is still found by what somebody typed, and their drafts say so whenever they are saved.
        values["other_names"] = [*values["other_names"], written.name]
    for column, value in values.items():
        setattr(written, column, value)
    written.is_awaited = False
    written.save()
    Event.objects.write(kind, written, by=by)
    return written


@in_one_piece
def answer(*, awaited: Organisation, same: Organisation | None, by: User) -> None:
    """Say which body a typed name means (None: none), and let everything that named it mean that.

    The typed name stays, ended, so that what was frozen still shows what was typed. Raises
    Overtaken when somebody answered it meanwhile.
    """
    _hold_the_register()
    awaited.refresh_from_db()
    if not awaited.is_awaited or awaited.ends_on is not None:
        raise Overtaken(awaited)
    awaited.successor, awaited.ends_on = same, clock.today()
    awaited.save(update_fields=["successor", "ends_on"])
    if same is not None:
        _follow(awaited, same)
    Event.objects.write("organisation.answer", awaited, by=by)


def _follow(awaited: Organisation, same: Organisation) -> None:
    """Point every record that names one body at the other, whatever its app."""
    for link in Organisation._meta.related_objects:
        model: Any = link.related_model
        if model is not Organisation:
            rows = model._base_manager.filter(**{link.field.name: awaited})
            rows.update(**{link.field.name: same})
