"""Addresses of the check."""

from django.urls import path

from proposals.check import views

urlpatterns = [
    path("check/", views.check, name="check"),
    path("check/outcome/", views.check_outcome, name="check_outcome"),
    path("check/<slug:question>/", views.check_question, name="check_question"),
]
