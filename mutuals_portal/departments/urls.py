"""Addresses of the departments' pages; names in the namespace of accounts."""

from django.urls import path

from mutuals_portal.departments import views

urlpatterns = [
    path("departments/", views.departments, name="departments"),
    path("departments/<slug:slug>/", views.department, name="department"),
]
