"""Addresses of who holds which role; names in the namespace of accounts."""

from django.urls import path

from mutuals_portal.people import views

urlpatterns = [
    path("accounts/people/", views.people, name="people"),
    path("accounts/people/<uuid:appointment>/leave/", views.leave, name="leave"),
]
