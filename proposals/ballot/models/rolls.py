"""Who may vote, and for the shortest time their codes: for the scrutineer alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from activity.actors import Actor, LinkHolder
from activity.models import Notification
from proposals.ballot.models.ballots import Ballot

# The kind of message that brings a voter their code.
OPEN = "ballot.open"


class RollEntryQuerySet(models.QuerySet["RollEntry"]):
    """Reads of a roll."""

    def visible_to(self, actor: Actor) -> RollEntryQuerySet:
        """The roll of the vote that the actor runs, in a browser that has proved it."""
        if not isinstance(actor, LinkHolder) or not actor.proved:
            return self.none()
        return self.filter(ballot__in=Ballot.objects.of_scrutineer(actor))

    def to_print(self) -> RollEntryQuerySet:
        """Those who get a letter: without an address, or whose mail failed for good.

        Only while their code is there to be printed.
        """
        failed = Q(Exists(failed_mail()))
        return self.filter(Q(address="") | failed, code__isnull=False)

    def not_delivered(self) -> RollEntryQuerySet:
        """Those whose mail failed for good and who have got no letter since."""
        return self.filter(Exists(failed_mail()), is_sent=False)


def failed_mail() -> models.QuerySet[Notification]:
    """The mail that failed for good of an entry of a query."""
    return Notification.objects.filter(
        kind=OPEN,
        subject_type="proposals.rollentry",
        subject_id=OuterRef("pk"),
        failed_at__isnull=False,
    )


class RollEntry(models.Model):
    """Somebody who may vote. Nothing here says whether or how they did.

    address: "" for who gets a letter. group: of staff, "" for none. is_sent: whether the mail or
    the letter with their code has left.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="roll")
    name = models.CharField(max_length=100)
    address = models.EmailField(blank=True)
    group = models.CharField(max_length=60, blank=True)
    is_sent = models.BooleanField(default=False)

    objects = RollEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "ballot",
                Lower("address"),
                condition=~Q(address=""),
                name="roll_entry_once_an_address",
            ),
            models.UniqueConstraint(
                "ballot", Lower("name"), Lower("group"), name="roll_entry_once_in_a_group"
            ),
            models.CheckConstraint(name="roll_entry_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk} on the roll of ballot {self.ballot_id}"


class SealedCode(models.Model):
    """The code of one person, encrypted, from when it was made until it has left: no longer.

    sealed: opened with a key that the database does not hold (`proposals.ballot.codes`).
    """

    entry = models.OneToOneField(
        RollEntry, on_delete=models.CASCADE, primary_key=True, related_name="code"
    )
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"code of entry {self.entry_id}"
