"""Whom of an employer is asked, one official at a time, and what that official answers."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from activity import clock
from activity.actors import Actor, LinkHolder
from proposals.draft.models import Proposal, ReasonCode, Version
from proposals.draft.models.proposal import WITH_OFFICIALS

# What an official's link is for.
ASKED = "proposals.employer"


class Basis(models.TextChoices):
    """How we know that an official is the right one."""

    RECORD = "record", _("From the organisation's record")
    CHECKED = "checked", _("Checked by a reviewer")
    NAMED = "named", _("Named by the official who was asked before")
    DEPARTMENT = "department", _("Named by the lead of its department")
    LEAD = "lead", _("The lead of its department answers for it")


class Ended(models.TextChoices):
    """Why an official is asked no longer."""

    REPLACED = "replaced", _("A reviewer replaced them")
    HANDED_ON = "handed-on", _("They named somebody else")
    ESCALATED = "escalated", _("The lead of its department had another answer")
    RETURNED = "returned", _("The proposal went back to its team")
    WITHDRAWN = "withdrawn", _("The team stopped the proposal")


# Somebody else is asked since: the link of these opens nothing.
PASSED_ON = (Ended.REPLACED, Ended.HANDED_ON, Ended.ESCALATED)


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

    post, address: who they are, the address at one of the employer's own domains, or of its
    department where the lead there answers. checked_how: how a reviewer knows, for officials.
    due_on: the day by which they are to answer; it stays when somebody else is asked instead, but
    for days of their own that those get whom a department's lead has answer. reminded: the number
    of the last reminder, 0 for none. once: the key of what was asked from one page; what a page
    shows of it, too.
    """

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="employer_invitations"
    )
    post = models.CharField(max_length=100)
    address = models.EmailField()
    basis = models.CharField(max_length=10, choices=Basis)
    checked_how = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    # Who checked the address; nobody, where it came from the record or the official before.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    reminded = models.PositiveSmallIntegerField(default=0)
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
                | Q(basis__in=Basis.values, asked_by=None, checked_how="")
                & ~Q(basis=Basis.CHECKED),
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

    @property
    def is_read_by(self) -> Organisation | None:
        """The body that must read their address: the employer, or the department that answers for it."""
        employer = self.proposal.employer
        return employer.department if self.basis == Basis.LEAD else employer

    @property
    def answer(self) -> EmployerAnswer | None:
        """What they sent, if they did."""
        return EmployerAnswer.objects.filter(invitation=self).select_related("version").first()


class AnswerDraft(models.Model):
    """What an official has typed so far, for them alone; gone once it is sent.

    facts, position: what was typed on each page, by the names of its fields. told: the answer of
    the staff that each fact was looked at beside, by its key.
    """

    invitation = models.OneToOneField(
        EmployerInvitation, on_delete=models.CASCADE, related_name="draft"
    )
    facts = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    position = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"draft of an answer to {self.invitation_id}"


class Position(models.TextChoices):
    """What an employer says to a proposal."""

    ACCEPT = "accept", _("We accept it")
    CONDITIONS = "conditions", _("We accept it, with conditions")
    OBJECT = "object", _("We object to it")


class Verdict(models.TextChoices):
    """What an employer says to one fact."""

    RIGHT = "right", _("This is right")
    OURS = "ours", _("Ours is different")
    UNKNOWN = "unknown", _("We do not know")


class Heard(models.TextChoices):
    """How far an employer was heard when its staff's proposal was recommended on, in that version.

    The labels are for officials.
    """

    ANSWERED = "answered", _("Made with the employer's answer.")
    EARLIER = (
        "earlier",
        _("Made with the employer's answer about an earlier version, and none about this one."),
    )
    SILENT = "silent", _("Made without an answer of the employer.")


STANDS = pgtrigger.Update | pgtrigger.Delete


class EmployerAnswer(models.Model):
    """What an employer's official sent, about the version that was there; it stands as it is.

    Who sent it is whom the invitation names. conditions: what must be so, in words. to_reviewers:
    the box that reviewers alone read; the one for the team is another table.
    """

    invitation = models.OneToOneField(
        EmployerInvitation, on_delete=models.PROTECT, related_name="sent"
    )
    version = models.OneToOneField(
        Version, on_delete=models.PROTECT, related_name="employer_answer"
    )
    position = models.CharField(max_length=10, choices=Position)
    conditions = models.TextField(blank=True)
    to_reviewers = models.TextField(blank=True)
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="employer_answer_has_conditions_or_none",
                condition=Q(position=Position.CONDITIONS) & ~Q(conditions="")
                | Q(position__in=[Position.ACCEPT, Position.OBJECT], conditions=""),
            )
        ]
        triggers = [pgtrigger.Protect(name="employer_answer_stands", operation=STANDS)]

    def __str__(self) -> str:
        return f"answer to {self.invitation_id}"


class EmployerFigure(models.Model):
    """What an answer says to one fact: it is right, ours is another with its source, not known.

    ours: as it was typed, in the form of the question's own answers.
    """

    answer = models.ForeignKey(EmployerAnswer, on_delete=models.PROTECT, related_name="figures")
    fact = models.CharField(max_length=16)
    verdict = models.CharField(max_length=8, choices=Verdict)
    ours = models.JSONField(null=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "fact"], name="employer_figure_once"),
            models.CheckConstraint(
                name="employer_figure_disputed_with_a_source",
                condition=Q(verdict=Verdict.OURS, ours__isnull=False) & ~Q(source="")
                | Q(verdict__in=[Verdict.RIGHT, Verdict.UNKNOWN], ours=None, source=""),
            ),
        ]
        triggers = [pgtrigger.Protect(name="employer_figure_stands", operation=STANDS)]

    def __str__(self) -> str:
        return f"{self.fact} of answer {self.answer_id}"


class EmployerGround(models.Model):
    """One ground of an objection, from the closed list, with what shows it."""

    answer = models.ForeignKey(EmployerAnswer, on_delete=models.PROTECT, related_name="grounds")
    code = models.ForeignKey(ReasonCode, on_delete=models.PROTECT, related_name="+")
    evidence = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "code"], name="employer_ground_once"),
            models.CheckConstraint(name="employer_ground_has_evidence", condition=~Q(evidence="")),
        ]
        triggers = [pgtrigger.Protect(name="employer_ground_stands", operation=STANDS)]

    def __str__(self) -> str:
        return f"ground of answer {self.answer_id}"
