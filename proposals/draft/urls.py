"""Addresses of the team's pages."""

from django.urls import path

from proposals.draft.views import reading, steps, team, writing

urlpatterns = [
    path("proposals/", writing.mine, name="mine"),
    path("proposals/new/", writing.new, name="new"),
    path("proposals/<str:reference>/", writing.proposal, name="proposal"),
    path("proposals/<str:reference>/tasks/", writing.tasks, name="tasks"),
    path("proposals/<str:reference>/answers/", reading.answers, name="answers"),
    path("proposals/<str:reference>/print/", reading.print_, name="print"),
    path("proposals/<str:reference>/sections/<str:section>/", reading.section, name="section"),
    path("proposals/<str:reference>/sections/<str:section>/<str:page>/", writing.page, name="page"),
    path("proposals/<str:reference>/team/", team.team, name="team"),
    path("proposals/<str:reference>/team/invite/", team.invite, name="invite"),
    path("proposals/<str:reference>/team/<slug:key>/revoke/", team.revoke, name="revoke"),
    path(
        "proposals/<str:reference>/team/<slug:key>/remove/",
        team.member_remove,
        name="member_remove",
    ),
    path("join/<str:token>/", team.join, name="join"),
    path("proposals/<str:reference>/ask-sign-off/", steps.ask_sign_off, name="ask_sign_off"),
    path("proposals/<str:reference>/sign/", steps.sign, name="sign"),
    path("proposals/<str:reference>/reopen/", steps.reopen, name="reopen"),
    path("proposals/<str:reference>/submit/", steps.submit, name="submit"),
    path("proposals/<str:reference>/withdraw/", steps.withdraw, name="withdraw"),
    path("proposals/<str:reference>/receipt/", steps.receipt, name="receipt"),
    path("proposals/<str:reference>/versions/<int:number>/", steps.version, name="version"),
]
