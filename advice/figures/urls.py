"""Addresses of the figures and the board."""

from django.urls import path

from advice.figures import views

urlpatterns = [
    path("advice/board/", views.board, name="board"),
    path("advice/board/now/", views.board_now, name="board_now"),
    path("advice/figures/", views.figures, name="figures"),
    path("advice/figures/figures.csv", views.figures_csv, name="figures_csv"),
]
