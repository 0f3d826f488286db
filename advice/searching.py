"""Searching in enquiries, for those who answer: by words in what they may read."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from activity import clock
from activity.searching import MOST, Group, Hit, Reader, query, reference_in
from advice.intake import people
from advice.intake.models import Enquiry, Message
from advice.queue import lists

# Words looked at for the enquiries of one page: several of them may be of one enquiry.
MOST_WORDS = 5 * MOST


def search(reader: Reader, words: str) -> Group:
    """Enquiries by reference or by what was said in them, the newest words first: two queries."""
    found: list[Enquiry] = []
    rows: list[lists.Row] = []
    if isinstance(reader, User) and people.providers_of(reader):
        found = _found(reader, words)
        rows = lists.tell(found[:MOST], reader)
    return Group(_("Enquiries"), [_hit(row) for row in rows], is_more=len(found) > MOST)


def _found(reader: User, words: str) -> list[Enquiry]:
    seen = lists.told_to(reader, Enquiry.objects.visible_to(reader))
    reference = reference_in(words)
    if reference and (named := list(seen.filter(reference=reference))):
        return named
    readable = Enquiry.objects.readable_by(reader)
    said = Message.objects.gone(clock.now()).filter(
        search_public=query(words), enquiry__in=readable
    )
    newest = said.order_by("-pk").values_list("enquiry", flat=True)[:MOST_WORDS]
    keys = list(dict.fromkeys(newest))[: MOST + 1]
    by_key = seen.in_bulk(keys)
    return [by_key[key] for key in keys]


def _hit(row: lists.Row) -> Hit:
    enquiry = row.enquiry
    return Hit(
        row.title,
        reverse("advice:enquiry", args=[enquiry.reference]),
        f"{enquiry.reference}, {row.due}",
        status=enquiry.status,
        status_label=enquiry.get_status_display(),
        is_example=enquiry.is_example,
    )
