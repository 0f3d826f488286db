"""What an employer's official wrote for the team, apart from all that is for reviewers."""

from __future__ import annotations

import pgtrigger
from django.db import models

from activity import clock
from proposals.draft.models.versions import Version


class EmployerWords(models.Model):
    """The box of an official's answer that the team reads, once it is sent; never changed.

    The rest of the answer stands in tables that no query of the team's pages touches.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.PROTECT, related_name="employer_words"
    )
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="employer_words")
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]
        triggers = [
            pgtrigger.Protect(
                name="employer_words_stand", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"employer's words on {self.proposal_id}"
