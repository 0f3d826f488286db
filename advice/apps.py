"""The app's place in Django, and what the spine must know of enquiries."""

from django.apps import AppConfig
from django.urls import register_converter

from advice.intake.addresses import ReferenceConverter


class AdviceConfig(AppConfig):
    name = "advice"

    def ready(self) -> None:
        """Register the enquiry's lifecycle, its mail and its private link."""
        # Models are ready only now.
        from activity import kinds, links, standing, subjects, waiting, workflow  # noqa: PLC0415
        from activity import presence as places  # noqa: PLC0415
        from activity import searching as everywhere  # noqa: PLC0415
        from advice import lifecycle, searching  # noqa: PLC0415
        from advice.answers.canned.choosing import SHELF  # noqa: PLC0415
        from advice.intake import kinds as ours  # noqa: PLC0415
        from advice.intake import mail, offering, presence, words  # noqa: PLC0415
        from advice.queue.waiting import for_adviser  # noqa: PLC0415

        register_converter(ReferenceConverter, "enquiry")
        workflow.register(lifecycle.ENQUIRY)
        kinds.register(*ours.KINDS)
        standing.register(lifecycle.ENQUIRY.model, words.STANDING)
        subjects.register(mail.SUBJECT)
        links.register(mail.MINE)
        waiting.register(for_adviser)
        places.register(presence.PLACE)
        everywhere.register(searching.search)
        offering.register(SHELF)
