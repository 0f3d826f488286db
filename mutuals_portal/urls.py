"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("activity.urls")),
    path("", include("proposals.urls")),
    path("", include("pathfinders.urls")),
    path("", include("advice.urls")),
    path("admin/", admin.site.urls),
]
