"""Canned answers, every version of their words, and the replies that took them up."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from activity import clock
from advice.intake.models import Message, Topic

STANDS = pgtrigger.Update | pgtrigger.Delete
# Each word looked for costs a look at every answer.
MOST_WORDS = 8


class CannedAnswerQuerySet(models.QuerySet["CannedAnswer"]):
    """Reads of canned answers."""

    def overdue(self, on: datetime.date) -> CannedAnswerQuerySet:
        """Those that should have been looked over before that day."""
        return self.filter(review_by__lt=on)

    def with_words(self, words: str) -> CannedAnswerQuerySet:
        """Those in which each of these words stands, in the title or as the answer is now."""
        found = self
        for each in words.split()[:MOST_WORDS]:
            said = CannedVersion.objects.newest().filter(words__icontains=each)
            named = Q(title__icontains=each) | Q(code__iexact=each)
            found = found.filter(named | Q(pk__in=said.values("answer")))
        return found


class CannedAnswer(models.Model):
    """An answer that is given often. Its words are in its versions; all advisers use them.

    newest, review_by: the number of its newest version, and when that should be looked over.
    """

    code = models.CharField(max_length=16, unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="canned_answers")
    title = models.CharField(max_length=100)
    newest = models.PositiveSmallIntegerField(default=1)
    review_by = models.DateField()

    objects = CannedAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="canned_answer_has_a_version", condition=Q(newest__gte=1))
        ]

    def __str__(self) -> str:
        return self.title


class CannedVersionQuerySet(models.QuerySet["CannedVersion"]):
    """Reads of the words of canned answers."""

    def newest(self) -> CannedVersionQuerySet:
        """Those that are in use: the last of each answer."""
        return self.filter(number=F("answer__newest"))

    def marked(self, marks: Sequence[str]) -> QuerySet[CannedVersion]:
        """Those that these marks name, such as "GEN-1.2"; what names none is passed over."""
        named = Q(pk=None)
        for code, _dot, number in (mark.rpartition(".") for mark in marks):
            if number.isascii() and number.isdigit() and len(number) < 6:
                named |= Q(answer__code=code, number=int(number))
        return self.filter(named)


class CannedVersion(models.Model):
    """The words of an answer from a day on, and what they rest on. Never changed: replies used them.

    number: of the answer's versions, from 1. author: None for what every installation starts with.
    once: names the page that it came from, so that it is kept once.
    """

    answer = models.ForeignKey(CannedAnswer, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    words = models.TextField()
    source = models.CharField(max_length=200)
    written_on = models.DateField(_("written on"))
    review_by = models.DateField(_("look over by"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = CannedVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="canned_version_once"),
            models.CheckConstraint(
                name="canned_version_is_whole",
                condition=Q(number__gte=1, review_by__gt=F("written_on"))
                & ~Q(words="")
                & ~Q(source=""),
            ),
        ]
        triggers = [pgtrigger.Protect(name="canned_version_stands", operation=STANDS)]

    def __str__(self) -> str:
        return f"version {self.number} of {self.answer_id}"


class AnswerUse(models.Model):
    """That a reply was sent with words of this version in it: to whom to write if they were wrong."""

    version = models.ForeignKey(CannedVersion, on_delete=models.PROTECT, related_name="uses")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="used")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "message"], name="answer_use_once")
        ]

    def __str__(self) -> str:
        return f"use of {self.version_id}"
