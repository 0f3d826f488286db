"""Addresses of the journey."""

from django.urls import path

from pathfinders import converters  # noqa: F401  makes <pathfinder:...> known
from pathfinders.journey import views

urlpatterns = [
    path("pathfinders/<pathfinder:reference>/advance/", views.advance, name="advance"),
    path("pathfinders/<pathfinder:reference>/pause/", views.pause, name="pause"),
    path("pathfinders/<pathfinder:reference>/resume/", views.resume, name="resume"),
    path("pathfinders/<pathfinder:reference>/end/", views.end, name="end"),
]
