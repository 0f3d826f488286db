"""The app's place in Django."""

from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "advice"
