"""Which canned answers a reply is offered, and how one reads once it is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, Value, When
from django.utils.translation import gettext as _

from accounts.models import User
from activity import clock
from advice.answers.canned.filling import filled
from advice.answers.canned.models import CannedAnswer, CannedVersion
from advice.intake.models import Enquiry

MOST = 8


@dataclass(frozen=True)
class Choice:
    """An answer that may be put into a reply. words: filled in, as it would read."""

    code: str
    title: str
    topic: str
    words: str
    is_overdue: bool


def choices(enquiry: Enquiry, adviser: User, find: str) -> tuple[list[Choice], bool]:
    """The answers on its topic, or those with some words in them, and whether there are more.

    Of these its own topic comes first, then those whose title says the words. One query.
    """
    nearest = Case(
        When(answer__topic=enquiry.topic_id, then=Value(0)),
        When(answer__title__icontains=find, then=Value(1)),
        default=Value(2),
    )
    versions = CannedVersion.objects.newest().select_related("answer__topic")
    if find:
        versions = versions.filter(answer__in=CannedAnswer.objects.with_words(find))
    else:
        versions = versions.filter(answer__topic=enquiry.topic_id)
    order = (nearest, "answer__topic__position", "answer__code")
    found = list(versions.order_by(*order)[: MOST + 1])
    values = values_of(enquiry, adviser)
    return [_choice(version, values) for version in found[:MOST]], len(found) > MOST


def _choice(version: CannedVersion, values: Mapping[str, str]) -> Choice:
    answer = version.answer
    return Choice(
        code=answer.code,
        title=answer.title,
        topic=str(answer.topic),
        words=filled(version.words, values),
        is_overdue=answer.review_by < clock.today(),
    )


@dataclass(frozen=True)
class Inserted:
    """The words of one answer for one reply. mark: which version they are from."""

    words: str
    mark: str


def insert(code: str, enquiry: Enquiry, adviser: User) -> Inserted | None:
    """The answer of that code, filled in; None where there is none."""
    versions = CannedVersion.objects.newest().select_related("answer")
    version = versions.filter(answer__code=code.replace("\0", "")).first()
    if version is None:
        return None
    words = filled(version.words, values_of(enquiry, adviser))
    return Inserted(words, f"{version.answer.code}.{version.number}")


def values_of(enquiry: Enquiry, adviser: User) -> dict[str, str]:
    """What is known for each variable; "" where nothing is."""
    policy = enquiry.policy
    hours = {"opens": policy.opens_words, "closes": policy.closes_words}
    return {
        "name": enquiry.contact.name,
        "reference": enquiry.reference,
        # Only a first name, as on the telephone.
        "adviser": next(iter(adviser.name.split()), ""),
        "provider": str(enquiry.provider or ""),
        "opening hours": _("Monday to Friday, %(opens)s to %(closes)s") % hours,
        "telephone": policy.telephone,
    }
