"""What a person chose about the mail for one kind of message."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from activity.kinds import How


class NoticeChoice(models.Model):
    """Somebody wants this kind later or not at all by mail; without a row it comes at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices"
    )
    kind = models.CharField(max_length=48)
    how = models.CharField(max_length=4, choices=How)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], name="notice_choice_one_a_person_and_kind"
            ),
            models.CheckConstraint(
                name="notice_choice_differs_from_at_once",
                condition=Q(how__in=[How.DAY, How.OFF]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.how}"
