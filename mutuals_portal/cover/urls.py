"""Addresses of time away; names in the namespace of accounts."""

from django.urls import path

from mutuals_portal.cover import views

urlpatterns = [
    path("accounts/cover/", views.cover, name="cover"),
    path("accounts/cover/add/", views.cover_add, name="cover_add"),
    path("accounts/cover/<uuid:absence>/ask/", views.cover_ask, name="cover_ask"),
    path("accounts/cover/<uuid:absence>/answer/", views.cover_answer, name="cover_answer"),
    path("accounts/cover/<uuid:absence>/end/", views.cover_end, name="cover_end"),
]
