"""Addresses of this app."""

from django.urls import URLPattern

app_name = "pathfinders"

urlpatterns: list[URLPattern] = []
