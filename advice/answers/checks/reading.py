"""What a page about a draft says of its reading, without another query."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from advice.answers.checks.models import ReplyCheck, Verdict
from advice.answers.models import ReplyDraft, ReplyDraftQuerySet
from advice.intake.models import Attachment


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
