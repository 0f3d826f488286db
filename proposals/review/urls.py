"""Addresses of the officials' pages, and of the thread with the team."""

from django.urls import path

from proposals.review import case_documents, case_requests, team_requests, views
from proposals.review.assign_many import assign_many
from proposals.review.case_assign import assign
from proposals.review.case_clock import clock
from proposals.review.case_reading import read, reads
from proposals.review.case_triage import case_triage
from proposals.review.cases import saved
from proposals.review.cases.views import cases
from proposals.review.concerns import concern, concern_answer
from proposals.review.employer import employer_case
from proposals.review.gates import views as gates
from proposals.review.silence import escalate

urlpatterns = [
    path("casework/", views.work, name="work"),
    path("casework/all/", cases, name="cases"),
    path("casework/views/", saved.views, name="views"),
    path("casework/views/save/", saved.view_save, name="view_save"),
    path("casework/views/<slug:key>/", saved.view_open, name="view_open"),
    path("casework/views/<slug:key>/change/", saved.view_change, name="view_change"),
    path("casework/views/<slug:key>/delete/", saved.view_delete, name="view_delete"),
    path("casework/assign/", assign_many, name="assign_many"),
    path("casework/<str:reference>/declare/", views.declare, name="declare"),
    path("casework/<str:reference>/assign/", assign, name="assign"),
    path("casework/<str:reference>/clock/", clock, name="clock"),
    path("casework/<str:reference>/triage/", case_triage, name="triage"),
    path("casework/<str:reference>/read/", reads, name="reads"),
    path("casework/<str:reference>/read/<slug:criterion>/", read, name="read"),
    path("casework/<str:reference>/begin/", views.begin, name="begin"),
    path(
        "casework/<str:reference>/return-incomplete/",
        views.return_incomplete,
        name="return_incomplete",
    ),
    path(
        "casework/<str:reference>/versions/compare/",
        views.case_versions_compare,
        name="case_versions_compare",
    ),
    path(
        "casework/<str:reference>/versions/<int:number>/", views.case_version, name="case_version"
    ),
    path(
        "casework/<str:reference>/versions/<int:number>.pdf",
        views.case_version_pdf,
        name="case_version_pdf",
    ),
    path(
        "casework/<str:reference>/versions/<int:number>/people/",
        views.case_version_people,
        name="case_version_people",
    ),
    path(
        "casework/<str:reference>/documents/<slug:key>/download/",
        case_documents.case_document_download,
        name="case_document_download",
    ),
    path("casework/<str:reference>/requests/", case_requests.ask, name="ask"),
    path("casework/<str:reference>/requests/send/", case_requests.ask_changes, name="ask_changes"),
    path(
        "casework/<str:reference>/requests/<str:key>/change/",
        case_requests.ask_change,
        name="ask_change",
    ),
    path(
        "casework/<str:reference>/requests/<str:key>/remove/",
        case_requests.ask_remove,
        name="ask_remove",
    ),
    path("casework/<str:reference>/employer/", employer_case, name="employer_case"),
    path("casework/<str:reference>/employer/escalate/", escalate, name="escalate"),
    path(
        "casework/<str:reference>/employer/concerns/<str:key>/",
        concern_answer,
        name="concern_answer",
    ),
    path("casework/<str:reference>/gates/", gates.gates, name="gates"),
    path("casework/<str:reference>/gates/<slug:key>/", gates.gate, name="gate"),
    path("casework/<str:reference>/notes/", views.notes, name="notes"),
    path("casework/<str:reference>/messages/", views.case_messages, name="case_messages"),
    path("proposals/<str:reference>/requests/", team_requests.team_requests, name="requests"),
    path(
        "proposals/<str:reference>/requests/<int:number>/",
        team_requests.request_answer,
        name="request_answer",
    ),
    path("proposals/<str:reference>/concern/", concern, name="concern"),
    path("proposals/<str:reference>/resubmit/", team_requests.resubmit, name="resubmit"),
    path("proposals/<str:reference>/messages/", views.team_messages, name="messages"),
]
