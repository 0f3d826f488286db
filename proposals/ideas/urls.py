"""Addresses of ideas and calls."""

from django.urls import path

from proposals.ideas import desk, views

urlpatterns = [
    path("ideas/", views.calls, name="calls"),
    path("ideas/new/", views.idea_new, name="idea_new"),
    path("ideas/sent/", views.idea_sent, name="idea_sent"),
    path("ideas/mine/<str:token>/", views.idea_mine, name="idea_mine"),
    path("ideas/mine/<str:token>/on/", views.idea_on, name="idea_on"),
    path("ideas/queue/", desk.ideas, name="ideas"),
    path("ideas/calls/new/", desk.call_new, name="call_new"),
    path("ideas/calls/<slug:slug>/", views.call, name="call"),
    path("ideas/calls/<slug:slug>/edit/", desk.call_edit, name="call_edit"),
    path("ideas/calls/<slug:slug>/close/", desk.call_close, name="call_close"),
    path("ideas/<idea:reference>/", desk.idea, name="idea"),
    path("ideas/<idea:reference>/take-up/", desk.idea_take_up, name="idea_take_up"),
    path("ideas/<idea:reference>/pass-on/", desk.idea_pass_on, name="idea_pass_on"),
    path("ideas/<idea:reference>/thank/", desk.idea_thank, name="idea_thank"),
]
