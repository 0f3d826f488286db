"""How an enquirer says that an answer went."""

from __future__ import annotations

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from activity import clock
from activity.actors import Actor, LinkHolder
from advice.intake.models.words import Message
from advice.intake.people import providers_of


class Went(models.TextChoices):
    """How it went, from the best to the worst."""

    SOLVED = "solved", _("I know what to do next")
    MOSTLY = "mostly", _("It helped with most of what I asked")
    PARTLY = "partly", _("It helped with some of it")
    LITTLE = "little", _("It helped very little")
    NOT = "not", _("It did not help")


class RatingQuerySet(models.QuerySet["Rating"]):
    """Reads of what enquirers said of answers: never by whoever wrote the answer."""

    def of_enquirer(self, actor: Actor) -> RatingQuerySet:
        """Those of the enquiry that somebody's private link is for, with its proof."""
        if not isinstance(actor, LinkHolder) or actor.purpose != "advice.mine" or not actor.proved:
            return self.none()
        return self.filter(answer__enquiry=actor.subject_id)

    def of_lead(self, actor: Actor) -> RatingQuerySet:
        """Those of the providers whose advisers the actor leads."""
        led = [provider.pk for provider in providers_of(actor, Role.ADVICE_LEAD)]
        return self.filter(answer__enquiry__provider__in=led) if led else self.none()

    def visible_to(self, actor: Actor) -> RatingQuerySet:
        """Those that the actor may read."""
        return self.of_enquirer(actor) if isinstance(actor, LinkHolder) else self.of_lead(actor)

    def totals(self) -> dict[str, int]:
        """How many said each, from the best to the worst, those that nobody said included."""
        counts = {went.value: Count("pk", filter=Q(went=went)) for went in Went}
        return self.aggregate(**counts)


class Rating(models.Model):
    """What the enquirer said of one answer. words: why, if they wrote it."""

    answer = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="rating")
    went = models.CharField(max_length=8, choices=Went)
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)

    objects = RatingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="rating_newest_first")]
        constraints = [
            models.CheckConstraint(name="rating_is_one_of_ours", condition=Q(went__in=Went.values))
        ]

    def __str__(self) -> str:
        return f"rating of answer {self.answer_id}"
