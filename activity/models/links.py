"""Links that let somebody in without an account. Only hashes are kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from activity import clock


class Link(models.Model):
    """A secret address for one purpose and one record.

    token_hash: SHA-256 of 256 random bits, as hex. address: where it was sent; "" if it was shown
    on a page instead.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=32)
    subject_type = models.CharField(max_length=48)
    subject_id = models.BigIntegerField()
    address = models.EmailField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="link_of_subject")]
        constraints = [
            models.CheckConstraint(
                name="link_expires_after_it_is_made",
                condition=Q(expires_at__gt=models.F("created_at")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.subject_type} {self.subject_id}"


class LinkCode(models.Model):
    """Six digits mailed to a link's address, good for 30 minutes and five tries."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=128)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="link_code_five_tries", condition=Q(tries__lte=5))
        ]

    def __str__(self) -> str:
        return f"code of link {self.link_id}"
