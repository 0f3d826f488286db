"""Whom an employer is asked by: one official at a time, each with the day by which to answer."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.actors import Actor, LinkHolder
from proposals.draft.models import Proposal
from proposals.draft.models.proposal import WITH_OFFICIALS

# What an official's link is for.
ASKED = "proposals.employer"


class Basis(models.TextChoices):
    """How we know that an official is the right one."""

    RECORD = "record", _("From the organisation's record")
    CHECKED = "checked", _("Checked by a reviewer")
    NAMED = "named", _("Named by the official who was asked before")


class Ended(models.TextChoices):
    """Why an official is asked no longer."""

    REPLACED = "replaced", _("A reviewer replaced them")
    HANDED_ON = "handed-on", _("They named somebody else")
    RETURNED = "returned", _("The proposal went back to its team")
    WITHDRAWN = "withdrawn", _("The team stopped the proposal")


# Somebody else is asked since: the link of these opens nothing.
PASSED_ON = (Ended.REPLACED, Ended.HANDED_ON)


class EmployerInvitationQuerySet(models.QuerySet["EmployerInvitation"]):
    """Reads of who is asked."""

    def live(self) -> EmployerInvitationQuerySet:
        """Those who are asked now: one a proposal at most."""
        return self.filter(ended_at=None)

    def visible_to(self, actor: Actor) -> EmployerInvitationQuerySet:
        """The one that a link was sent for, unless somebody else is asked since."""
        if not isinstance(actor, LinkHolder) or actor.purpose != ASKED:
            return self.none()
        if actor.subject_type != self.model._meta.label_lower:
            return self.none()
        return self.filter(pk=actor.subject_id).exclude(ended_because__in=PASSED_ON)


class EmployerInvitation(models.Model):
    """One official of an employer who is asked about a proposal of its staff.

    post, address: who they are, the address at one of the employer's own domains. checked_how: how
    a reviewer knows, for officials. due_on: the day by which they are to answer; it stays when
    somebody else is asked instead. once: the key of what was asked from one page; what a page
    shows of it, too.
    """

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="employer_invitations"
    )
    post = models.CharField(max_length=100)
    address = models.EmailField()
    basis = models.CharField(max_length=8, choices=Basis)
    checked_how = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    # Who checked the address; nobody, where it came from the record or the official before.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=9, choices=Ended, blank=True)
    once = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)

    objects = EmployerInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(ended_at=None),
                name="employer_invitation_one_live_a_proposal",
            ),
            models.CheckConstraint(
                name="employer_invitation_to_a_post_with_an_address",
                condition=~Q(post="") & ~Q(address=""),
            ),
            models.CheckConstraint(
                name="employer_invitation_checked_by_somebody",
                condition=Q(basis=Basis.CHECKED, asked_by__isnull=False) & ~Q(checked_how="")
                | Q(basis__in=[Basis.RECORD, Basis.NAMED], asked_by=None, checked_how=""),
            ),
            models.CheckConstraint(
                name="employer_invitation_ended_with_a_reason",
                condition=Q(ended_at=None, ended_because="")
                | Q(ended_at__isnull=False, ended_because__in=Ended.values),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation of the employer of {self.proposal_id}"

    @property
    def is_open(self) -> bool:
        """Whether an answer is still wanted: they are asked, and officials have the proposal."""
        return self.ended_at is None and self.proposal.status in WITH_OFFICIALS
