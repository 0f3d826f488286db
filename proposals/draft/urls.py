"""Addresses of the team's pages."""

from django.urls import path

from proposals.draft.views import (
    changes,
    documents,
    engagement,
    members,
    promises,
    reading,
    steps,
    team,
    versions,
    writing,
)

urlpatterns = [
    path("proposals/", writing.mine, name="mine"),
    path("proposals/new/", writing.new, name="new"),
    path("proposals/<str:reference>/", writing.proposal, name="proposal"),
    path("proposals/<str:reference>/tasks/", writing.tasks, name="tasks"),
    path("proposals/<str:reference>/answers/", reading.answers, name="answers"),
    path("proposals/<str:reference>/print/", reading.print_, name="print"),
    path("proposals/<str:reference>/promises/", promises.promises, name="promises"),
    path("proposals/<str:reference>/sections/<str:section>/", reading.section, name="section"),
    path("proposals/<str:reference>/sections/<str:section>/<str:page>/", writing.page, name="page"),
    path("proposals/<str:reference>/similar/", writing.similar_ones, name="similar"),
    path("proposals/<str:reference>/history/", changes.changes, name="history"),
    path("proposals/<str:reference>/history/<int:number>/", changes.change, name="change"),
    path("proposals/<str:reference>/engagement/", engagement.engagement, name="engagement"),
    path("proposals/<str:reference>/documents/", documents.documents, name="documents"),
    path(
        "proposals/<str:reference>/documents/<slug:key>/download/",
        documents.document_download,
        name="document_download",
    ),
    path(
        "proposals/<str:reference>/documents/<slug:key>/remove/",
        documents.document_remove,
        name="document_remove",
    ),
    path("proposals/<str:reference>/team/", team.team, name="team"),
    path("proposals/<str:reference>/team/invite/", team.invite, name="invite"),
    path("proposals/<str:reference>/team/<slug:key>/revoke/", team.revoke, name="revoke"),
    path("proposals/<str:reference>/team/me/", members.oneself, name="oneself"),
    path("proposals/<str:reference>/team/leave/", members.leave, name="leave"),
    path(
        "proposals/<str:reference>/team/<slug:key>/change/",
        members.member_change,
        name="member_change",
    ),
    path(
        "proposals/<str:reference>/team/<slug:key>/remove/",
        members.member_remove,
        name="member_remove",
    ),
    path(
        "proposals/<str:reference>/team/<slug:key>/hand-over/",
        members.hand_over,
        name="hand_over",
    ),
    path("proposals/<str:reference>/names/", members.names, name="names"),
    path("join/<str:token>/", team.join, name="join"),
    path("proposals/<str:reference>/ask-sign-off/", steps.ask_sign_off, name="ask_sign_off"),
    path("proposals/<str:reference>/sign/", steps.sign, name="sign"),
    path("proposals/<str:reference>/reopen/", steps.reopen, name="reopen"),
    path("proposals/<str:reference>/submit/", steps.submit, name="submit"),
    path("proposals/<str:reference>/withdraw/", steps.withdraw, name="withdraw"),
    path("proposals/<str:reference>/revive/", steps.revive, name="revive"),
    path("proposals/<str:reference>/receipt/", steps.receipt, name="receipt"),
    path(
        "proposals/<str:reference>/versions/compare/",
        versions.versions_compare,
        name="versions_compare",
    ),
    path("proposals/<str:reference>/versions/<int:number>/", versions.version, name="version"),
    path(
        "proposals/<str:reference>/versions/<int:number>.pdf",
        versions.version_pdf,
        name="version_pdf",
    ),
    path(
        "proposals/<str:reference>/versions/<int:number>/people/",
        versions.version_people,
        name="version_people",
    ),
]
