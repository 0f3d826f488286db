"""What officials find a case by."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from proposals.draft.models.proposal import Proposal


class SubmittedWords(models.Model):
    """The words of a proposal as it was submitted last. No draft is ever among them.

    A table of its own, because every list and every step reads whole rows of proposals, and each
    of their updates would write a thousand words into an index anew. Versions are no place either:
    they never change, and words of those before the last are not to be found.

    is_open: whether officials have it, for one index of those and one of all others; a trigger of
    the proposal keeps it so, whoever moves its status.
    """

    proposal = models.OneToOneField(
        Proposal, primary_key=True, on_delete=models.CASCADE, related_name="submitted_words"
    )
    is_open = models.BooleanField()
    search_staff = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(
                fields=["search_staff"],
                name="submitted_words_open",
                condition=Q(is_open=True),
            ),
            GinIndex(
                fields=["search_staff"],
                name="submitted_words_ended",
                condition=Q(is_open=False),
            ),
        ]

    def __str__(self) -> str:
        return f"words of {self.proposal_id}"
