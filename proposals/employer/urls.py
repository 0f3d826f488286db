"""Addresses of an employer's official."""

from django.urls import path

from proposals.employer import answering, lead, views

urlpatterns = [
    path("employer/handed-on/", views.employer_handed_on, name="employer_handed_on"),
    path("employer/<str:token>/", views.employer, name="employer"),
    path("employer/<str:token>/facts/", answering.employer_facts, name="employer_facts"),
    path("employer/<str:token>/position/", answering.employer_position, name="employer_position"),
    path("employer/<str:token>/answers/", answering.employer_answers, name="employer_answers"),
    path("employer/<str:token>/sent/", answering.employer_sent, name="employer_sent"),
    path("employer/<str:token>/hand-on/", views.employer_hand_on, name="employer_hand_on"),
    path("escalation/<str:token>/", lead.escalation, name="escalation"),
]
