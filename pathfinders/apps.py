"""The app's place in Django."""

from django.apps import AppConfig


class PathfindersConfig(AppConfig):
    name = "pathfinders"
