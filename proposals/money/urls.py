"""Addresses of the money pages."""

from django.urls import path

from proposals.money import views

MONEY = "proposals/<str:reference>/money/"

urlpatterns = [
    path(MONEY, views.money, name="money"),
    *(
        path(f"{MONEY}{key}/", views.money, {"page": key}, name=f"money_{key}")
        for key in ("today", "income", "costs", "cash", "finance")
    ),
    path(f"{MONEY}totals/<slug:page>/", views.totals, name="money_totals"),
    path(f"{MONEY}result/", views.result, name="money_result"),
]
