"""Two voices, two tables: what is among officials, and what goes between them and the team."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity import clock
from proposals.draft.models import Version
from proposals.draft.models.team import new_key


class Note(models.Model):
    """What an official writes for other officials. The team never reads it.

    once: the key of these words from one page, so that they are kept once.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="notes"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"note on {self.proposal_id}"


class MentionQuerySet(models.QuerySet["Mention"]):
    """Reads of mentions."""

    def unread(self, user: User) -> MentionQuerySet:
        """Those of somebody who has neither answered in their case since, nor said that they read it."""
        return self.filter(user=user, read_at=None)


class Mention(models.Model):
    """An official whom a note speaks to: one who could open the case as it was written.

    read_at: when they wrote a note in the case themselves, or said that they have read it.
    """

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="mention_once_a_note")]
        indexes = [models.Index(fields=["user"], name="mention_unread", condition=Q(read_at=None))]

    def __str__(self) -> str:
        return f"mention in {self.note_id}"


class Message(models.Model):
    """What the team and the officials write to each other.

    once: the key of these words from one page, so that they are kept and told once.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="messages"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_team = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"message on {self.proposal_id}"


class About(models.TextChoices):
    """What a concern about an employer is about."""

    SILENT = "silent", _("My employer will not talk to us about our proposal")
    BADLY = "badly", _("My employer treats somebody badly because of our proposal")
    OTHER = "other", _("Something else about my employer")


class Concern(models.Model):
    """What somebody of a team tells officials about its employer; neither it nor the team reads it.

    key: for its address. day: on which it was raised, for one a day at most. answer: the message to
    the team that answers it. once: the key of these words from one page, so that they are kept once.
    """

    key = models.CharField(max_length=8, default=new_key, unique=True, editable=False)
    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="concerns"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=8, choices=About)
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)
    day = models.DateField()
    answer = models.OneToOneField(
        Message, null=True, on_delete=models.PROTECT, related_name="concern"
    )
    once = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "by", "day"], name="concern_once_a_day"),
            models.CheckConstraint(
                name="concern_about_is_known", condition=Q(about__in=About.values)
            ),
        ]

    def __str__(self) -> str:
        return f"concern on {self.proposal_id}"


class RequestDraft(models.Model):
    """What a reviewer means to ask. The team never sees this table: what is sent is a `Request`.

    key: for its address. section, page: the page that it would open. revision: raised by every
    save. once: the key of these words from one page, so that they are kept once.
    """

    key = models.CharField(max_length=8, default=new_key, unique=True, editable=False)
    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="request_drafts"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=16)
    page = models.CharField(max_length=32)
    wanted = models.TextField()
    at = models.DateTimeField(default=clock.now)
    revision = models.PositiveIntegerField(default=0)
    once = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"draft of a request on {self.proposal_id}"


class Triage(models.TextChoices):
    """What is looked at before an assessment begins."""

    COMPLETE = "complete", _("Is it complete?")
    DUPLICATE = "duplicate", _("Is there another of the same service?")
    SCOPE = "scope", _("Is it in scope?")


class TriageAnswer(models.Model):
    """What an official found on one question of triage; the last of each counts. Inside only.

    is_fine: whether nothing stands in the way. words: what they add; needed where it is not fine.
    once: the key of this answer from one page, so that it is kept once.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="triage_answers"
    )
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=9, choices=Triage)
    is_fine = models.BooleanField()
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="triage_question_is_known", condition=Q(question__in=Triage.values)
            ),
            models.CheckConstraint(
                name="triage_says_what_is_not_fine", condition=Q(is_fine=True) | ~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"triage of {self.proposal_id}"


class DuplicateQuerySet(models.QuerySet["Duplicate"]):
    """Reads of notes that two cases are of one service."""

    def standing(self) -> DuplicateQuerySet:
        """Those that nobody has taken back: one a pair at most."""
        return self.filter(undone_at=None)


class Duplicate(models.Model):
    """That an official notes two cases as being of one service. No team ever learns of it.

    of: the other case, which each of the two pages shows to those who may open it.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="noted_as_duplicate"
    )
    of = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="noted_duplicates"
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField(default=clock.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    objects = DuplicateQuerySet.as_manager()

    class Meta:
        constraints = [
            # The pair has one order, so that it is noted once from whichever side.
            models.CheckConstraint(
                name="duplicate_of_an_earlier_one", condition=Q(of__lt=F("proposal"))
            ),
            models.CheckConstraint(
                name="duplicate_undone_by_somebody",
                condition=Q(undone_by=None, undone_at=None)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["proposal", "of"],
                condition=Q(undone_at=None),
                name="duplicate_noted_once_a_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"duplicate of {self.of_id}"
