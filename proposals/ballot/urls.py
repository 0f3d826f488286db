"""Addresses of a vote: the team's, its scrutineer's, and voters'."""

from django.urls import path

from proposals.ballot.views import scrutineer, team, voter

urlpatterns = [
    path("proposals/<str:reference>/ballot/", team.ballot, name="ballot"),
    path("proposals/<str:reference>/ballot/begin/", team.ballot_begin, name="ballot_begin"),
    path(
        "proposals/<str:reference>/ballot/elsewhere/",
        team.ballot_elsewhere,
        name="ballot_elsewhere",
    ),
    path("proposals/<str:reference>/ballot/change/", team.ballot_change, name="ballot_change"),
    path("proposals/<str:reference>/ballot/replace/", team.ballot_replace, name="ballot_replace"),
    path(
        "proposals/<str:reference>/ballot/call-off/", team.ballot_call_off, name="ballot_call_off"
    ),
    path("proposals/<str:reference>/ballot/result/", team.ballot_result, name="ballot_result"),
    path(
        "proposals/<str:reference>/ballot/<int:number>/certificate.pdf",
        team.ballot_certificate,
        name="ballot_certificate",
    ),
    path("scrutineer/<str:token>/", scrutineer.scrutineer, name="scrutineer"),
    path("scrutineer/<str:token>/roll/", scrutineer.scrutineer_roll, name="scrutineer_roll"),
    path("scrutineer/<str:token>/codes/", scrutineer.scrutineer_codes, name="scrutineer_codes"),
    path(
        "scrutineer/<str:token>/letters/", scrutineer.scrutineer_letters, name="scrutineer_letters"
    ),
    path(
        "scrutineer/<str:token>/letters.pdf",
        scrutineer.scrutineer_letters_pdf,
        name="scrutineer_letters_pdf",
    ),
    path("scrutineer/<str:token>/open/", scrutineer.scrutineer_open, name="scrutineer_open"),
    path("scrutineer/<str:token>/close/", scrutineer.scrutineer_close, name="scrutineer_close"),
    path(
        "scrutineer/<str:token>/call-off/",
        scrutineer.scrutineer_call_off,
        name="scrutineer_call_off",
    ),
    path(
        "scrutineer/<str:token>/certificate.pdf",
        scrutineer.scrutineer_certificate,
        name="scrutineer_certificate",
    ),
    path("vote/", voter.vote_code, name="vote_code"),
    path("vote/done/", voter.voted, name="voted"),
    path("vote/<str:code>/", voter.vote, name="vote"),
]
