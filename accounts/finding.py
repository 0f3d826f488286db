"""Finding a body of the register by part of its name: what is offered, and what became of others."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Organisation, OrganisationKind, OrganisationQuerySet

# As many as somebody reads; of more, they type another letter.
MOST_SHOWN = 20
# How often a body may have been succeeded by one that has ended too.
CHAIN = "successor__successor__successor"


@dataclass(frozen=True)
class Found:
    """A body that matches. via: the ended one whose name matched, where it took its place."""

    body: Organisation
    via: Organisation | None = None

    def hint(self) -> str:
        """What tells it from others with a like name."""
        if self.via is not None:
            return became(self.via, self.body)
        if self.body.other_names:
            return _("Also or once called %(names)s") % {"names": ", ".join(self.body.other_names)}
        return ""


@dataclass(frozen=True)
class Finding:
    """What a search found. gone: bodies that ended, and nothing we know of took their place."""

    offered: list[Found]
    gone: list[Organisation]
    is_more: bool = False


def became(ended: Organisation, successor: Organisation) -> str:
    """What became of a body that ended, in one sentence."""
    words = {"ended": ended, "successor": successor, "year": getattr(ended.ends_on, "year", "")}
    if ended.ends_on is None:
        return _("%(ended)s, now %(successor)s") % words
    return _("%(ended)s until %(year)s, now %(successor)s") % words


def find(bodies: OrganisationQuerySet, words: str, on: datetime.date) -> Finding:
    """The bodies among these that are like the words, each once, in one query."""
    found: dict[int, Found] = {}
    gone: list[Organisation] = []
    matches = list(bodies.like(words).select_related(CHAIN)) if words.strip() else []
    for match in matches:
        body = successor_of(match, on)
        if body is None:
            gone.append(match)
        elif body == match or body.pk not in found:
            found[body.pk] = Found(body, None if body == match else match)
    offered = list(found.values())
    return Finding(offered[:MOST_SHOWN], gone[:MOST_SHOWN], is_more=len(offered) > MOST_SHOWN)


def successor_of(body: Organisation, on: datetime.date) -> Organisation | None:
    """The body itself if it is there on that date, else what took its place; None if nothing did."""
    return next((each for each in _line(body) if not each.has_ended_by(on)), None)


def _line(body: Organisation) -> Iterator[Organisation]:
    """A body, its successor, and so on; a ring, which is refused where bodies are kept, ends it."""
    seen: set[int] = set()
    each: Organisation | None = body
    while each is not None and each.pk not in seen:
        seen.add(each.pk)
        yield each
        each = each.successor


def await_body(name: str) -> Organisation:
    """The body that somebody typed as not in the register, kept until an administrator answers.

    The same name twice is one body; one that an administrator has answered is that answer, and the
    name of an employer in the register, now or before, is that employer.
    """
    known = Organisation.objects.employers() | Organisation.objects.filter(is_awaited=True)
    named = known.filter(Q(name__iexact=name) | Q(other_names__contains=[name]))
    body = named.select_related("successor").order_by("is_awaited", "-ends_on", "pk").first()
    if body is not None:
        return body.successor or body
    return Organisation.objects.create(
        name=name, slug=free_slug(name), kind=OrganisationKind.OTHER, is_awaited=True
    )


def free_slug(name: str) -> str:
    """An address for a body that no other has."""
    plain = slugify(name)[:70].strip("-") or "body"
    taken = set(Organisation.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (plain, *numbered) if slug not in taken)
