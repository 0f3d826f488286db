"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from accounts import urls as accounts
from mutuals_portal import about, guides, home, search, sessions, start, start_from_question
from mutuals_portal.cover import urls as cover
from mutuals_portal.departments import urls as departments
from mutuals_portal.interests import urls as interests
from mutuals_portal.organisations import urls as organisations
from mutuals_portal.patterns.views import patterns
from mutuals_portal.people import urls as people

urlpatterns = [
    path("", home.home, name="home"),
    path("about/<slug:slug>/", about.guide, name="about"),
    path("about/help/<slug:slug>/", guides.guide, name="help"),
    path("accounts/stay/", sessions.stay, name="stay"),
    path("start/", start.start, name="start"),
    path("search/", search.search, name="search"),
    path(
        "advice/e/<str:token>/start-proposal/",
        start_from_question.start_from_question,
        name="start_from_question",
    ),
    path("patterns/", patterns, name="patterns"),
    path("", include("accounts.urls")),
    path(
        "",
        include(
            (
                [
                    *accounts.ours,
                    *cover.urlpatterns,
                    *interests.urlpatterns,
                    *organisations.urlpatterns,
                    *people.urlpatterns,
                    *departments.urlpatterns,
                ],
                "accounts",
            )
        ),
    ),
    path("", include("activity.urls")),
    path("", include("proposals.urls")),
    path("", include("pathfinders.urls")),
    path("", include("advice.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "mutuals_portal.errors.bad_request"
handler403 = "mutuals_portal.errors.forbidden"
handler404 = "mutuals_portal.errors.not_found"
handler500 = "mutuals_portal.errors.broken"
