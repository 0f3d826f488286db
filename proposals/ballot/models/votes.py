"""Codes that are not used yet, and votes: neither leads to anybody, nor to the other."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proposals.ballot.models.ballots import Ballot


class Choice(models.TextChoices):
    """What a vote can be."""

    FOR = "for", _("Yes")
    AGAINST = "against", _("No")
    BLANK = "blank", _("Leave it blank")


class VotingCode(models.Model):
    """A code that can be used once: its hash, and nobody's name. It is deleted by its vote.

    code_hash: SHA-256 of more than 80 random bits, as hex. group: of staff, where so many are in it
    that it tells nothing.
    """

    code_hash = models.CharField(max_length=64, primary_key=True)
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="codes")
    group = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"code of ballot {self.ballot_id}"


class Vote(models.Model):
    """A vote that was cast. It has no time and no place in any order: see `voting.cast`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="votes")
    choice = models.CharField(max_length=8, choices=Choice)
    group = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="vote_choice_is_known", condition=Q(choice__in=Choice.values)
            )
        ]

    def __str__(self) -> str:
        return f"vote in ballot {self.ballot_id}"
