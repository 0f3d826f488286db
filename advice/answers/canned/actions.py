"""Writing canned answers, and noting which reply took one up."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from activity import clock
from activity.models import Event
from activity.once import key_of
from advice.answers.canned.filling import is_left
from advice.answers.canned.models import AnswerUse, CannedAnswer, CannedVersion
from advice.intake import people
from advice.intake.models import Message, Topic


class Clash(Exception):
    """Somebody wrote a newer version since the page was drawn."""

    def __init__(self, newest: CannedVersion) -> None:
        super().__init__(f"{newest} is newer")
        self.newest = newest


class NotWritten(Exception):
    """What is right in itself is not kept, for what is there already. field: where it was typed."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


@transaction.atomic
def begin(
    *,
    code: str,
    topic: Topic,
    title: str,
    words: str,
    source: str,
    review_by: datetime.date,
    once: uuid.UUID,
    by: User,
) -> CannedAnswer:
    """Write a new answer. Pressed twice, there is one; NotWritten when its code is taken."""
    _must_lead(by)
    name = key_of(once, by.pk, code)
    try:
        with transaction.atomic():
            answer = CannedAnswer.objects.create(
                code=code, topic=topic, title=title, review_by=review_by
            )
    except IntegrityError:
        first = CannedVersion.objects.filter(once=name).select_related("answer").first()
        if first is None:
            raise NotWritten("code", _("Another answer has this code. Choose one")) from None
        return first.answer
    return _keep(answer, words=words, source=source, by=by, name=name)


@transaction.atomic
def write(
    *,
    answer: CannedAnswer,
    topic: Topic,
    title: str,
    words: str,
    source: str,
    review_by: datetime.date,
    seen: int,
    once: uuid.UUID,
    by: User,
) -> CannedAnswer:
    """Write the next version of an answer. Pressed twice, it is one.

    seen: the number of the version that the page was drawn from. Clash when there is a newer one,
    NotWritten when nothing was changed.
    """
    _must_lead(by)
    name = key_of(once, by.pk, answer.pk)
    # One of two at once has to wait here, and finds that the other was first.
    rows = CannedAnswer.objects.filter(pk=answer.pk, newest=seen)
    is_next = rows.update(newest=seen + 1, topic=topic, title=title, review_by=review_by)
    if CannedVersion.objects.filter(once=name).exists():
        return answer
    if not is_next:
        raise Clash(CannedVersion.objects.newest().select_related("author").get(answer=answer))
    before = CannedVersion.objects.get(answer=answer, number=seen)
    as_before = (before.words, before.source, before.review_by, answer.title, answer.topic_id)
    if as_before == (words, source, review_by, title, topic.pk):
        raise NotWritten("words", _("Nothing was changed. Change the words or a date"))
    answer.refresh_from_db()
    return _keep(answer, words=words, source=source, by=by, name=name)


def _keep(
    answer: CannedAnswer, *, words: str, source: str, by: User, name: uuid.UUID
) -> CannedAnswer:
    CannedVersion.objects.create(
        answer=answer,
        number=answer.newest,
        words=words,
        source=source,
        written_on=clock.today(),
        review_by=answer.review_by,
        author=by,
        once=name,
    )
    data = {"code": answer.code, "version": answer.newest}
    Event.objects.write("cannedanswer.write", answer, by=by, data=data)
    return answer


def _must_lead(by: User) -> None:
    if not people.leads(by):
        raise PermissionDenied(_("Advice leads write these answers."))


def note_uses(message: Message, marks: Sequence[str]) -> None:
    """Note which versions a reply was sent with: those put in whose words are in it still."""
    versions = CannedVersion.objects.marked(marks) if marks else []
    uses = [
        AnswerUse(version=version, message=message)
        for version in versions
        if is_left(version.words, message.words)
    ]
    AnswerUse.objects.bulk_create(uses)
