"""The team: who is in it, who is invited, who signs."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activity import clock


def new_key() -> str:
    """A short key for addresses, so that no primary key is shown in one."""
    return secrets.token_hex(4)


class MemberRole(models.TextChoices):
    """What a member of a team may do."""

    LEAD = "lead", _("Lead")
    EDITOR = "editor", _("Editor")
    VIEWER = "viewer", _("Viewer")


class Employment(models.TextChoices):
    """Whether somebody works for the employer now, and how that is known."""

    PROVED = "proved", _("Works there, as their work address shows")
    SAID = "said", _("Works there, to be confirmed")
    ELSEWHERE = "elsewhere", _("Does not work there now")
    NOT_SAID = "not-said", _("Has not said")


class MemberQuerySet(models.QuerySet["Member"]):
    """Reads of members."""

    def current(self) -> MemberQuerySet:
        """Those who have not left."""
        return self.filter(left_at=None)


class Member(models.Model):
    """A person in the team of a proposal.

    employed: whether they work for the employer now, as they say themselves; None until they say.
    may_be_named: whether the employer may learn their name once the lead shows the team's names.
    """

    key = models.CharField(max_length=8, default=new_key, unique=True, editable=False)
    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="members"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=8, choices=MemberRole)
    employed = models.BooleanField(null=True)
    may_be_named = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "proposal"],
                condition=Q(left_at=None),
                name="member_once_in_a_team",
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(left_at=None, role=MemberRole.LEAD),
                name="member_one_lead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.proposal_id}"

    @property
    def employment(self) -> Employment:
        """Whether they work there, and whether the address that they proved to read shows it."""
        if not self.employed:
            return Employment.NOT_SAID if self.employed is None else Employment.ELSEWHERE
        theirs = self.proposal.employer.owns_address(self.user.email)
        return Employment.PROVED if theirs else Employment.SAID


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of invitations."""

    def open(self) -> InvitationQuerySet:
        """Those neither answered nor taken back nor ended."""
        return self.filter(answered_at=None, revoked_at=None, expires_at__gt=clock.now())


class Invitation(models.Model):
    """A colleague asked to join a team. The link itself is made when its mail is sent.

    once: the key of what was asked of this address from one page, so that it is asked once.
    """

    key = models.CharField(max_length=8, default=new_key, unique=True, editable=False)
    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="invitations"
    )
    name = models.CharField(max_length=100)
    email = models.EmailField()
    role = models.CharField(max_length=8, choices=MemberRole)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(default=False)
    revoked_at = models.DateTimeField(null=True)
    once = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_never_makes_a_lead", condition=~Q(role=MemberRole.LEAD)
            ),
            models.UniqueConstraint(
                fields=["proposal", "email"],
                condition=Q(answered_at=None, revoked_at=None),
                name="invitation_open_once_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation to {self.proposal_id}"


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Reads of signatures."""

    def current(self) -> SignatureQuerySet:
        """Those asked for the text as it stands now."""
        return self.filter(voided_at=None)

    def missing(self) -> SignatureQuerySet:
        """Those asked for and not given yet."""
        return self.current().filter(signed_at=None)


class Signature(models.Model):
    """One person's signature under one text: asked for, given, and void once it is reopened.

    typed_name and typed_role are what the person typed under the declaration, scheme the version
    whose declaration that was: null where it was signed before that was kept.
    key: what the page that asks for it sends back; it says nothing.
    """

    key = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="signatures"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    signed_at = models.DateTimeField(null=True)
    typed_name = models.CharField(max_length=100, blank=True)
    typed_role = models.CharField(max_length=100, blank=True)
    scheme = models.ForeignKey(
        "proposals.SchemeVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    voided_at = models.DateTimeField(null=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "user"],
                condition=Q(voided_at=None),
                name="signature_asked_once_a_text",
            ),
            models.CheckConstraint(
                name="signature_with_name_and_role",
                condition=Q(signed_at=None, typed_name="", typed_role="")
                | Q(signed_at__isnull=False) & ~Q(typed_name="") & ~Q(typed_role=""),
            ),
        ]

    def __str__(self) -> str:
        return f"signature under {self.proposal_id}"
