"""Addresses of the officials' pages, and of the thread with the team."""

from django.urls import path

from proposals.review import views
from proposals.review.employer import employer_case

urlpatterns = [
    path("casework/", views.work, name="work"),
    path("casework/<str:reference>/declare/", views.declare, name="declare"),
    path("casework/<str:reference>/begin/", views.begin, name="begin"),
    path(
        "casework/<str:reference>/return-incomplete/",
        views.return_incomplete,
        name="return_incomplete",
    ),
    path(
        "casework/<str:reference>/versions/<int:number>/", views.case_version, name="case_version"
    ),
    path("casework/<str:reference>/employer/", employer_case, name="employer_case"),
    path("casework/<str:reference>/notes/", views.notes, name="notes"),
    path("casework/<str:reference>/messages/", views.case_messages, name="case_messages"),
    path("proposals/<str:reference>/messages/", views.team_messages, name="messages"),
]
