"""Addresses of the register of interests; names in the namespace of accounts."""

from django.urls import path

from mutuals_portal.interests import views

urlpatterns = [
    path("accounts/interests/", views.interests, name="interests"),
    path("accounts/interests/declare/", views.interest_declare, name="interest_declare"),
    path("accounts/interests/<uuid:interest>/end/", views.interest_end, name="interest_end"),
]
