"""The app's place in Django."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"
