"""What the filters offer that is kept in tables: departments, and people who may answer for cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

from accounts.models import Appointment, Organisation, OrganisationKind, User
from accounts.people import named
from proposals.draft.models.proposal import OFFICIALS

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Offered:
    """Codes and words, by name. people: by the address that they sign in with, as to assign."""

    departments: Choices = field(default_factory=list)
    people: Choices = field(default_factory=list)


def offered() -> Offered:
    """Every department, and everybody who is an official or ever was, in one query.

    Ended ones as well: the archive is full of them.
    """
    bodies = Organisation.objects.listed().filter(kind=OrganisationKind.DEPARTMENT)
    ever = Appointment.objects.filter(role__in=OFFICIALS)
    people = User.objects.filter(pk__in=ever.values("user"))
    rows = (
        bodies.order_by()
        .annotate(of=Value("departments"), code=_text("slug"), words=_text("name"))
        .values_list("of", "code", "words")
        .union(
            people.annotate(of=Value("people"), code=_text("email"), words=named()).values_list(
                "of", "code", "words"
            ),
            all=True,
        )
    )
    return Offered(**_sorted(rows))


def _text(column: str) -> Cast:
    return Cast(F(column), TextField())


def _sorted(rows: Iterable[tuple[str, str, str]]) -> dict[str, Choices]:
    found: dict[str, Choices] = {}
    for of, code, words in rows:
        found.setdefault(of, []).append((code, words))
    return {of: sorted(each, key=lambda one: one[1].casefold()) for of, each in found.items()}
