"""Which advisers of the provider that holds an enquiry are at it. No other provider learns of it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from accounts.models import Appointment, Interest, OrganisationKind, User
from activity import clock, presence
from activity.presence import Someone
from advice.intake.models import Contact, Enquiry
from advice.intake.models.enquiry import EnquiryQuerySet
from advice.intake.people import ANSWERS

DESK = "enquiry.desk"
ENQUIRY = "enquiry"
WRITES = ("reply", "wait")
SPOTS = (ENQUIRY, "note", "phone_note", *WRITES)


def in_rows(enquiries: Collection[Enquiry], reader: User) -> dict[int, list[str]]:
    """Who is at each of these enquiries, in words, by its key: one query for all of them."""
    found = presence.others(DESK, [each.pk for each in enquiries], reader)
    return {pk: [_says(someone, "") for someone in there] for pk, there in found.items()}


def _open_to(user: User) -> EnquiryQuerySet:
    return Enquiry.objects.readable_by(user)


def _may_be_seen() -> Q:
    """Who answers for its provider, and has no part in whom its enquirer works for."""
    holder = Enquiry.objects.filter(pk=OuterRef(OuterRef("subject_id"))).values("provider")
    answers = Appointment.objects.current(clock.today()).filter(
        user=OuterRef("user"),
        role__in=ANSWERS,
        organisation=Subquery(holder),
        organisation__kind=OrganisationKind.ADVICE_PROVIDER,
    )
    asked_by = Contact.objects.filter(enquiry=OuterRef(OuterRef(OuterRef("subject_id"))))
    employer = Subquery(asked_by.values("employer"))
    tied = Interest.objects.touching(employer, clock.today()).filter(user=OuterRef("user"))
    return Q(Exists(answers)) & ~Q(Exists(tied))


def _says(someone: Someone, mine: str) -> str:
    words = _("%(who)s is reading")
    if someone.is_writing and someone.spot in WRITES:
        words = _("%(who)s is writing to the enquirer")
    elif someone.is_writing:
        words = _("%(who)s is writing a note")
    return words % {"who": someone.who}


PLACE = presence.Place(DESK, _open_to, _may_be_seen, lambda: SPOTS, _says)
