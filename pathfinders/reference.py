"""The thirteen real pathfinders and their mentors, as the sources give them."""

from __future__ import annotations

import datetime
from typing import Any

from accounts.models import Organisation, OrganisationKind
from accounts.reference import read
from activity import clock
from activity.actors import System
from activity.transactions import in_one_piece
from pathfinders.mentoring.models import Mentor, Seat
from pathfinders.register import actions
from pathfinders.register.choices import Region, Status, Type
from pathfinders.register.models import Pathfinder

LOADER = System("reference")

SOURCES = {
    "2010-08-17": (
        "Government announcement of the first twelve pathfinder mutuals, "
        "as reported on 17 August 2010"
    ),
    "2010-11-17": "Cabinet Office press release on the Rights to Provide, 17 November 2010",
}
# Geography, our reading: the sources name the places and not the regions.
REGIONS = {
    "London": Region.LONDON,
    "South East": Region.SOUTH_EAST,
    "Hammersmith and Fulham": Region.LONDON,
    "North East Essex": Region.EAST,
    "Mansfield": Region.EAST_MIDLANDS,
    "Lambeth": Region.LONDON,
    "Leicester": Region.EAST_MIDLANDS,
    "Cumbria": Region.NORTH_WEST,
    "Kensington and Chelsea": Region.LONDON,
    "Swindon": Region.SOUTH_WEST,
    "Westminster": Region.LONDON,
}
# Seats that each mentor has here until it says otherwise; the sources give no numbers.
SEATS, SEATS_OF_ONE_PERSON = 2, 1
# The body in which a mentor who is a person acts.
ACTS_IN = {"victor-adebowale-turning-point": ("turning-point", "Turning Point")}
# What pages that we read say; no line where nothing confirms it: mentors write their own.
USEFUL_FOR = {
    "john-lewis-partnership": "Employee voice: it has councils and a Partners' Counsellor.",
    "kpmg": "Business management; it mentored the homeless people's service in Leicester.",
    "baxi-partnership": "Ownership structure, finance of buy-outs, partnership culture.",
    "care-and-share-associates": "Replication, contracts for home care, franchising.",
    "sunderland-home-care-associates": (
        "Care mutuals of small and middle size, democratic meetings, hiring locally."
    ),
    "central-surrey-health": "Leaving the NHS, clinical leadership, commissioners.",
    "greenwich-leisure": "Leaving a council, boards of several groups, growth across boroughs.",
    "office-for-public-management": (
        "Talking with staff, producing services with those who use them, change."
    ),
}
TYPES = {"existing mutual that joined": Type.EXISTING}


def load() -> None:
    """Load the pathfinders, published, and the mentors; a second time changes nothing."""
    facts = read("pathfinders.json")
    for known in facts["pathfinders"]:
        _load_pathfinder(known, facts["maturity_to_stage"])
    for known in read("mentors.json")["mentors"]:
        _load_mentor(known)


@in_one_piece
def _load_pathfinder(known: dict[str, Any], stages: dict[str, str]) -> None:
    if Pathfinder.objects.filter(slug=known["slug"]).exists():
        return
    maturity = known["maturity_as_stated"]
    announced_on = datetime.date.fromisoformat(known["announced"])
    # An existing mutual is past the stages that have a word in the sources, and no source names
    # its stage: it is kept as established and shown as not known.
    actions.add(
        stage=Status(stages[maturity]) if maturity else Status.ESTABLISHED,
        facts={
            "slug": known["slug"],
            "name": known["name"],
            "summary": known["summary"],
            "sector": known["sector"],
            "type": TYPES.get(known.get("type", ""), ""),
            "form": known["form_as_stated"] or "",
            "places": known["places"],
            "regions": list(dict.fromkeys(REGIONS[place] for place in known["places"])),
            "staff": known["staff"],
            "seconded_staff": known.get("seconded_staff"),
            "maturity_as_stated": maturity or "",
            "stage_known": maturity is not None,
            "announced_on": announced_on,
            "reached_on": announced_on,
            "published_at": clock.now(),
        },
        source=SOURCES[known["announced"]],
        by=LOADER,
        parents={said: _organisation(said) for said in known["parent_bodies"]},
    )


@in_one_piece
def _load_mentor(known: dict[str, Any]) -> None:
    is_person = known["kind"] == "individual"
    slug, name = ACTS_IN.get(known["slug"], (known["slug"], known["name"]))
    words = {"name": name, "kind": OrganisationKind.MENTOR_BODY}
    body, _ = Organisation.objects.get_or_create(slug=slug, defaults=words)
    mentor, is_new = Mentor.objects.get_or_create(
        slug=known["slug"],
        defaults={
            "name": known["name"],
            "organisation": body,
            "is_person": is_person,
            "kind": "" if is_person else known["kind"] or "",
            "useful_for": USEFUL_FOR.get(known["slug"], ""),
            "approved_at": clock.now(),
        },
    )
    if is_new:
        seats = SEATS_OF_ONE_PERSON if is_person else SEATS
        Seat.objects.bulk_create(Seat(mentor=mentor, n=n) for n in range(1, seats + 1))


def _organisation(name: str) -> Organisation | None:
    """Our record of a body with exactly that name; "NHS" and a consortium have none."""
    return Organisation.objects.filter(name=name).first()
