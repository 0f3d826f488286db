"""Addresses of an employer's official."""

from django.urls import path

from proposals.employer import views

urlpatterns = [
    path("employer/handed-on/", views.employer_handed_on, name="employer_handed_on"),
    path("employer/<str:token>/", views.employer, name="employer"),
    path("employer/<str:token>/hand-on/", views.employer_hand_on, name="employer_hand_on"),
]
