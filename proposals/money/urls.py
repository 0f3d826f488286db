"""Addresses of the money pages."""

from django.urls import path

from proposals.money import views

urlpatterns = [
    path("proposals/<str:reference>/money/", views.money, name="money"),
    path("proposals/<str:reference>/money/result/", views.result, name="money_result"),
]
