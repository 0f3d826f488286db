"""Addresses of the register."""

from django.urls import path

from pathfinders import converters  # noqa: F401  makes <pathfinder:...> known
from pathfinders.register import views

urlpatterns = [
    path("programme/open/", views.open_entry, name="open_entry"),
    path("pathfinders/", views.register, name="register"),
    path("pathfinders/<pathfinder:reference>/", views.pathfinder, name="pathfinder"),
    path("pathfinders/<pathfinder:reference>/promised/", views.promised, name="promised"),
    path("pathfinders/<pathfinder:reference>/publish/", views.publish, name="publish"),
    path("pathfinders/<pathfinder:reference>/people/", views.people, name="people"),
    path(
        "pathfinders/<pathfinder:reference>/people/<slug:key>/remove/",
        views.remove_person,
        name="remove_person",
    ),
]
