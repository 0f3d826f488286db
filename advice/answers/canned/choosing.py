"""Which canned answers a reply or a call is offered, and how one reads once it is filled in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext as _

from accounts.models import Role, User
from activity import clock
from advice.answers.canned.filling import filled
from advice.answers.canned.models import CannedAnswer, CannedVersion
from advice.intake import people
from advice.intake.models import AdvicePolicy, Enquiry
from advice.intake.offering import Shelf

MOST = 8
# What variables say of the line.
OF_LINE = ("opens_at", "closes_at", "telephone")


@dataclass(frozen=True)
class Choice:
    """An answer that may be put into a reply. words: filled in, as it would read.

    version, written_on: the number of these words, and the day on which they were checked.
    """

    code: str
    title: str
    topic: str
    words: str
    version: int
    written_on: datetime.date
    review_by: datetime.date
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


def for_call(typed: Mapping[str, str], adviser: User) -> tuple[list[Choice], bool]:
    """The answers on the topic of a call, and whether there are more: one query.

    typed: what is typed of it, field -> text.
    """
    versions = _with_line().select_related("answer__topic").order_by("answer__code")
    found = list(versions.filter(answer__topic__code=typed.get("topic", ""))[: MOST + 1])
    values = _values_on_call(found[0], typed, adviser) if found else {}
    return [_choice(each, values) for each in found[:MOST]], len(found) > MOST


def _choice(version: CannedVersion, values: Mapping[str, str]) -> Choice:
    answer = version.answer
    return Choice(
        code=answer.code,
        title=answer.title,
        topic=str(answer.topic),
        words=filled(version.words, values),
        version=version.number,
        written_on=version.written_on,
        review_by=answer.review_by,
        is_overdue=answer.review_by < clock.today(),
    )


@dataclass(frozen=True)
class Inserted:
    """The words of one answer for one reply. mark: which version they are from."""

    words: str
    mark: str


def insert(code: str, enquiry: Enquiry, adviser: User) -> Inserted | None:
    """The answer of that code, filled in; None where there is none."""
    version = CannedVersion.objects.newest().select_related("answer").filter(_is_of(code)).first()
    if version is None:
        return None
    words = filled(version.words, values_of(enquiry, adviser))
    return Inserted(words, f"{version.answer.code}.{version.number}")


def words_for_call(code: str, typed: Mapping[str, str], adviser: User) -> str:
    """The words of the answer of that code, filled in for a call; "" where there is none."""
    version = _with_line().filter(_is_of(code)).first()
    return filled(version.words, _values_on_call(version, typed, adviser)) if version else ""


def _is_of(code: str) -> Q:
    return Q(answer__code=code.replace("\0", ""))


def _with_line() -> QuerySet[CannedVersion]:
    """The newest versions, each with the hours and the number of the line: no query of their own."""
    today = AdvicePolicy.objects.in_force(clock.today())
    told = {name: Subquery(today.values(name)[:1]) for name in OF_LINE}
    return CannedVersion.objects.newest().annotate(**told)


def values_of(enquiry: Enquiry, adviser: User) -> dict[str, str]:
    """What is known for each variable; "" where nothing is."""
    return {
        "name": enquiry.contact.name,
        "reference": enquiry.reference,
        "adviser": _first_name(adviser),
        "provider": str(enquiry.provider or ""),
        **_of_line(enquiry.policy),
    }


def _values_on_call(
    version: CannedVersion, typed: Mapping[str, str], adviser: User
) -> dict[str, str]:
    """What is known for each variable while a call is written down; it has no reference yet.

    version: any one of `_with_line`, which says the same of the line with each.
    """
    line = {name: getattr(version, name) for name in OF_LINE}
    return {
        "name": typed.get("name", ""),
        "adviser": _first_name(adviser),
        "provider": str(next(iter(people.providers_of(adviser, Role.ADVISER)), "")),
        **(_of_line(AdvicePolicy(**line)) if line["opens_at"] else {}),
    }


def _first_name(adviser: User) -> str:
    """No more of a name than on the telephone."""
    return next(iter(adviser.name.split()), "")


def _of_line(policy: AdvicePolicy) -> dict[str, str]:
    hours = {"opens": policy.opens_words, "closes": policy.closes_words}
    return {
        "opening hours": _("Monday to Friday, %(opens)s to %(closes)s") % hours,
        "telephone": policy.telephone,
    }


SHELF = Shelf(for_call, words_for_call)
