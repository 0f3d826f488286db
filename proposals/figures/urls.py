"""Addresses of the figures."""

from django.urls import path

from proposals.figures import views

urlpatterns = [
    path("casework/figures/", views.figures, name="figures"),
    path("casework/figures/figures.csv", views.figures_csv, name="figures_csv"),
]
