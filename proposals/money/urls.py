"""Addresses of the money pages."""

from django.urls import path

from proposals.money import views
from proposals.money.workbook import views as workbook

MONEY = "proposals/<str:reference>/money/"

urlpatterns = [
    path(MONEY, views.money, name="money"),
    *(
        path(f"{MONEY}{key}/", views.money, {"page": key}, name=f"money_{key}")
        for key in ("today", "income", "costs", "cash", "finance")
    ),
    path(f"{MONEY}totals/<slug:page>/", views.totals, name="money_totals"),
    path(f"{MONEY}result/", views.result, name="money_result"),
    path(f"{MONEY}workbook/", workbook.workbook, name="workbook"),
    path(f"{MONEY}workbook.xlsx", workbook.workbook_file, name="workbook_file"),
]
