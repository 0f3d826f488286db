"""What was asked first, in lists: only where its reader may read the words."""

from __future__ import annotations

from django.db.models import Case, OuterRef, Subquery, When

from activity.actors import Actor
from advice.intake.models import Message
from advice.intake.models.enquiry import of_provider


def first_words(reader: Actor) -> Case:
    """The first words of each enquiry, for an annotation; None where the reader may not read them."""
    first = Message.objects.filter(enquiry=OuterRef("pk")).order_by("pk").values("words")[:1]
    return Case(When(of_provider(reader), then=Subquery(first)))
