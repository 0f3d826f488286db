"""The app's place in Django, and what the spine must know of enquiries."""

from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "advice"

    def ready(self) -> None:
        """Register the enquiry's lifecycle, its mail and its private link."""
        from activity import links, subjects, workflow  # noqa: PLC0415  models are ready only now
        from advice import lifecycle  # noqa: PLC0415
        from advice.intake import mail  # noqa: PLC0415

        workflow.register(lifecycle.ENQUIRY)
        subjects.register(mail.SUBJECT)
        links.register(mail.MINE)
