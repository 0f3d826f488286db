"""The app's place in Django, and what the house must know of its records."""

from django.apps import AppConfig


class PathfindersConfig(AppConfig):
    name = "pathfinders"

    def ready(self) -> None:
        """Register lifecycles and the subjects of messages."""
        from pathfinders import registered  # noqa: PLC0415  models are not ready before

        registered.everything()
