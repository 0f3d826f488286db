"""Addresses of mentoring and of the coordinator's programme."""

from django.urls import path

from pathfinders import converters  # noqa: F401  makes <mentorship:...> known
from pathfinders.mentoring import views

urlpatterns = [
    path("programme/", views.programme, name="programme"),
    path("mentoring/", views.mentoring, name="mentoring"),
    path("mentoring/mine/", views.my_mentoring, name="my_mentoring"),
    path("pathfinders/<pathfinder:reference>/offer/", views.offer, name="offer_mentor"),
    path("mentoring/<mentorship:reference>/", views.mentorship, name="mentorship"),
    path("mentoring/<mentorship:reference>/accept/", views.accept, name="accept"),
    path("mentoring/<mentorship:reference>/decline/", views.decline, name="decline"),
    path(
        "mentoring/<mentorship:reference>/withdraw-offer/",
        views.withdraw_offer,
        name="withdraw_offer",
    ),
]
