"""What is done about an employer that is silent: its department's lead is asked, then the Cabinet Office."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from activity import clock
from activity.actors import Actor, LinkHolder
from proposals.draft.models import Proposal
from proposals.draft.models.proposal import WITH_OFFICIALS

# What the link of a department's lead is for.
ESCALATED = "proposals.escalation"


class Reply(models.TextChoices):
    """What a department's lead does about the silence. The labels are for officials."""

    NAMED = "named", _("It named an official of the employer, who is asked now.")
    ANSWERS = "answers", _("Its lead answers for the employer.")
    WHY_NOT = "why-not", _("It said why nobody answers.")


class Quiet(models.TextChoices):
    """Why nothing more is done about a silence."""

    ANSWERED = "answered", _("The employer answered")
    RETURNED = "returned", _("The proposal went back to its team")
    WITHDRAWN = "withdrawn", _("The team stopped the proposal")


class EscalationQuerySet(models.QuerySet["Escalation"]):
    """Reads of what is done about silence."""

    def live(self) -> EscalationQuerySet:
        """Those about a silence that goes on: one a proposal at most."""
        return self.filter(ended_at=None)

    def with_cabinet_office(self) -> EscalationQuerySet:
        """Those that have come to the Cabinet Office."""
        return self.live().filter(passed_on_at__isnull=False)

    def visible_to(self, actor: Actor) -> EscalationQuerySet:
        """The one that a link was sent for."""
        if not isinstance(actor, LinkHolder) or actor.purpose != ESCALATED:
            return self.none()
        if actor.subject_type != self.model._meta.label_lower:
            return self.none()
        return self.filter(pk=actor.subject_id)


class Escalation(models.Model):
    """One silence of an employer, from the day on which somebody above it is told.

    due_on: the day by which the employer was to answer. department, post, address: whose lead is
    asked, as the department's record stood; nobody where it names none, and the silence comes to
    the Cabinet Office at once. by: the reviewer who did not wait for the day, or nobody. reply:
    what the lead does; why: their words, for officials of the case. passed_on_at: when it came to
    the Cabinet Office.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="escalations")
    due_on = models.DateField()
    department = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    post = models.CharField(max_length=100, blank=True)
    address = models.EmailField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)
    reply = models.CharField(max_length=8, choices=Reply, blank=True)
    why = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    passed_on_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=9, choices=Quiet, blank=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(ended_at=None),
                name="escalation_one_live_a_proposal",
            ),
            models.CheckConstraint(
                name="escalation_asks_a_lead_or_comes_to_the_cabinet_office",
                condition=Q(post="", address="", reply="", passed_on_at__isnull=False)
                | Q(department__isnull=False) & ~Q(post="") & ~Q(address=""),
            ),
            models.CheckConstraint(
                name="escalation_reply_has_a_reason_or_none",
                condition=Q(reply="", why="", replied_at=None)
                | Q(reply__in=[Reply.NAMED, Reply.ANSWERS], why="", replied_at__isnull=False)
                | Q(reply=Reply.WHY_NOT, replied_at__isnull=False) & ~Q(why=""),
            ),
            models.CheckConstraint(
                name="escalation_ended_with_a_reason",
                condition=Q(ended_at=None, ended_because="")
                | Q(ended_at__isnull=False, ended_because__in=Quiet.values),
            ),
        ]

    def __str__(self) -> str:
        return f"escalation of {self.proposal_id}"

    @property
    def is_open(self) -> bool:
        """Whether an answer is still wanted: the silence goes on, and officials have the proposal."""
        return self.ended_at is None and self.proposal.status in WITH_OFFICIALS

    @property
    def waits_for_an_answer(self) -> bool:
        """Whether somebody whom the lead named, or the lead, answers now, in days of their own."""
        return self.reply in (Reply.NAMED, Reply.ANSWERS)
