"""The project as an app: it sees every other and owns no tables."""

from django.apps import AppConfig
from django.conf import settings


class PortalConfig(AppConfig):
    name = "mutuals_portal"

    def ready(self) -> None:
        """Make the worker's app the one that tasks find here too, and join what apps cannot."""
        from activity import kinds, subjects  # noqa: PLC0415
        from activity import waiting as desk  # noqa: PLC0415
        from mutuals_portal import catalogues, celery, checks, ideas  # noqa: PLC0415, F401
        from mutuals_portal.cover import mail as cover  # noqa: PLC0415
        from mutuals_portal.organisations import waiting  # noqa: PLC0415
        from proposals.ideas import passing  # noqa: PLC0415

        catalogues.prepare(settings.LANGUAGE_CODE)
        kinds.register(*cover.KINDS)
        subjects.register(cover.SUBJECT)
        passing.register(ideas.TO_ADVICE)
        desk.register(waiting.for_keepers)
