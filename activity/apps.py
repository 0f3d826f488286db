"""The app's place in Django, and what the outbox must know of its own records."""

from django.apps import AppConfig
from django.urls import reverse


class ActivityConfig(AppConfig):
    name = "activity"

    def ready(self) -> None:
        """Register the mails about accounts and about links."""
        from activity import kinds, links, subjects  # noqa: PLC0415  models are not ready before
        from activity.account_adapter import MESSAGES, SUBJECTS  # noqa: PLC0415
        from activity.models import Link  # noqa: PLC0415

        kinds.register(*MESSAGES)
        for subject in SUBJECTS:
            subjects.register(subject)
        subjects.register(
            subjects.Subject(
                model=Link,
                address=lambda notification, link: reverse("home"),
                # A code goes nowhere where mail about its record may not go.
                guard=lambda notification, link: subjects.guard_as(
                    link.subject_type, link.subject_id, notification
                ),
                held=lambda notification, link: subjects.held_as(
                    link.subject_type, link.subject_id, notification
                ),
                unsigned=True,
                prepare=lambda notification, link: {"code": links.make_code(link)},
            )
        )
