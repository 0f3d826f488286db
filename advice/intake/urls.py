"""Addresses of the public pages and of an enquirer's own."""

from django.urls import path

from advice.intake import call_views, views

urlpatterns = [
    path("advice/", views.advice, name="advice"),
    path("advice/ask/", views.ask, name="ask"),
    path("advice/ask/sent/", views.asked, name="asked"),
    path("advice/call/", call_views.calls, name="call"),
    path("advice/call/<uuid:public_id>/", call_views.call, name="one_call"),
    path("advice/call/<uuid:public_id>/find/", call_views.find, name="call_find"),
    path("advice/call/<uuid:public_id>/alike/", call_views.alike_ones, name="call_alike"),
    path("advice/call/<uuid:public_id>/fitting/", call_views.fitting, name="call_fitting"),
    path("advice/e/<str:token>/", views.mine, name="mine"),
    path("advice/find/", views.find, name="find"),
    path("advice/find/sent/", views.found, name="found"),
    path("advice/e/<str:token>/rate/", views.rate, name="rate"),
    path("advice/e/<str:token>/add/", views.add, name="add"),
    path("advice/e/<str:token>/files/<str:key>/", views.my_attachment, name="my_attachment"),
    path("advice/e/<str:token>/withdraw/", views.withdraw, name="withdraw"),
]
