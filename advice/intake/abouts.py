"""What an enquiry is about, as pages tell of it: fetched with the enquiry, for no query more."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from advice.intake.models import About, Enquiry
from advice.intake.models.enquiry import EnquiryQuerySet
from pathfinders.models import Pathfinder


@dataclass(frozen=True)
class Told:
    """A proposal or a pathfinder. name: of a pathfinder that everybody may see, else None."""

    reference: str
    name: str | None

    @property
    def is_proposal(self) -> bool:
        """Whether it is a proposal, which an adviser does not read."""
        return self.reference.startswith("RTP")


def with_abouts(enquiries: EnquiryQuerySet) -> EnquiryQuerySet:
    """Enquiries with what they are about, for `of`."""
    public = Pathfinder.objects.published().filter(reference=OuterRef("reference"))
    rows = About.objects.filter(enquiry=OuterRef("pk")).order_by("pk")
    row = JSONObject(reference="reference", name=Subquery(public.values("name")[:1]))
    return enquiries.annotate(abouts=ArraySubquery(rows.values(row=row)))


def is_public(reference: str) -> bool:
    """Whether everybody may see the pathfinder of this reference."""
    return Pathfinder.objects.published().filter(reference=reference).exists()


def of(enquiry: Enquiry) -> list[Told]:
    """What an enquiry that `with_abouts` fetched is about."""
    return [Told(**row) for row in enquiry.abouts]  # type: ignore[attr-defined]  # read along
