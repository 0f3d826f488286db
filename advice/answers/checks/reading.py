"""What a page about a draft says of its reading, without another query."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, JSONObject

from advice.answers.checks.models import ReplyCheck, Verdict
from advice.answers.models import ReplyDraft, ReplyDraftQuerySet
from advice.intake.models import Attachment, Enquiry
from advice.intake.models.enquiry import EnquiryQuerySet


def with_check(drafts: ReplyDraftQuerySet) -> ReplyDraftQuerySet:
    """Drafts, each with the verdict of its last reading, who was asked, and what they said.

    All of it None where no reading is asked for, or is asked for no longer.
    """
    checks = ReplyCheck.objects.filter(
        enquiry=OuterRef("enquiry"), asked_by=OuterRef("author")
    ).exclude(verdict=Verdict.TAKEN_BACK)
    last = checks.order_by("-pk")
    columns: dict[str, Combinable] = {
        "check_verdict": Subquery(last.values("verdict")[:1]),
        "check_colleague": Subquery(last.values("colleague")[:1]),
        "check_who": Subquery(last.values("colleague__name")[:1]),
        "check_said": Subquery(last.values("said")[:1]),
    }
    return drafts.annotate(**columns)


def of(enquiry_id: int, author_id: int) -> ReplyDraft | None:
    """The draft of one adviser on one enquiry, with its reading and its `files`: one query."""
    mine = ReplyDraft.objects.filter(enquiry=enquiry_id, author=author_id)
    waiting = Attachment.objects.filter(
        enquiry=OuterRef("enquiry"), added_by=OuterRef("author"), message=None
    )
    counted = waiting.order_by().values("enquiry").annotate(n=Count("pk")).values("n")
    return with_check(mine.annotate(files=Coalesce(Subquery(counted), 0))).first()


@dataclass(frozen=True)
class Begun:
    """A reply that somebody has begun, as the page of its enquiry tells of it."""

    author: str
    author_id: int
    saved_at: datetime.datetime
    words: str
    check_verdict: str | None
    check_colleague: int | None
    check_who: str | None


def with_begun(enquiries: EnquiryQuerySet) -> EnquiryQuerySet:
    """Enquiries with the replies that somebody has begun, for `begun`: no query more."""
    drafts = with_check(ReplyDraft.objects.filter(enquiry=OuterRef("pk"))).order_by("pk")
    same = ("author_id", "saved_at", "words", "check_verdict", "check_colleague", "check_who")
    row = JSONObject(author="author__name", **{name: name for name in same})
    return enquiries.annotate(begun=ArraySubquery(drafts.values(row=row)))


def begun(enquiry: Enquiry) -> list[Begun]:
    """The replies begun to an enquiry that `with_begun` fetched."""
    rows = enquiry.begun  # type: ignore[attr-defined]  # read along
    return [
        Begun(**row | {"saved_at": datetime.datetime.fromisoformat(row["saved_at"])})
        for row in rows
    ]
