"""Addresses of the register of bodies; names in the namespace of accounts."""

from django.urls import path

from mutuals_portal.organisations import views

urlpatterns = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/awaited/", views.awaited, name="organisations_awaited"),
    path("organisations/import/", views.organisations_import, name="organisations_import"),
    path("organisations/new/", views.organisation_new, name="organisation_new"),
    path("organisations/<slug:slug>/edit/", views.organisation_edit, name="organisation_edit"),
    path("organisations/<slug:slug>/same/", views.organisation_same, name="organisation_same"),
]
