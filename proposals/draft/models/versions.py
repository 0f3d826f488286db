"""What was submitted, frozen."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models

from activity import clock
from proposals.draft.models.schemes import SchemeVersion
from proposals.draft.models.team import Employment, MemberRole


class Version(models.Model):
    """A proposal as it was submitted: no personal data, never changed.

    text: canonical JSON (sorted keys, no spaces, UTF-8). sha256: of its bytes, as hex.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["number"]
        get_latest_by = "number"
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "number"], name="version_numbered_once_a_proposal"
            )
        ]
        triggers = [pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"version {self.number} of {self.proposal_id}"

    @property
    def content(self) -> dict[str, Any]:
        """What the text holds."""
        content: dict[str, Any] = json.loads(self.text)
        return content

    def documents(self) -> list[Any]:
        """The documents that it was submitted with, as rows of `Document`, by section and name."""
        found = self.submitted_with.select_related("document")
        return [each.document for each in found.order_by("document__section", "document__name")]

    def is_intact(self) -> bool:
        """Whether the text still has the fingerprint that it was frozen with."""
        return hashlib.sha256(self.text.encode()).hexdigest() == self.sha256


class VersionPerson(models.Model):
    """Who was in the team of a version and who signed it: beside the text, to be redacted."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=MemberRole)
    employment = models.CharField(max_length=10, choices=Employment, default=Employment.NOT_SAID)
    signed_at = models.DateTimeField(null=True)
    typed_name = models.CharField(max_length=100, blank=True)
    typed_role = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="version_person_once")
        ]

    def __str__(self) -> str:
        return f"person of {self.version_id}"


class VersionAnswer(models.Model):
    """An answer of a version that names people: beside the text, to be redacted.

    section, question: where it belongs. typed: what was typed, as in `Section.answers`.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="named")
    section = models.CharField(max_length=16)
    question = models.CharField(max_length=32)
    typed = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "section", "question"], name="version_answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.version_id}"


class VersionPdf(models.Model):
    """A version as a tagged PDF, made by the worker from the frozen text and kept as it is.

    sha256: of its bytes, as hex. No row yet: it is being made.
    """

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="pdf")
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers = [pgtrigger.Protect(name="pdf_frozen", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"PDF of {self.version_id}"
