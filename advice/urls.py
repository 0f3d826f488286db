"""Addresses of this app."""

from advice.intake import urls as intake

app_name = "advice"

urlpatterns = [*intake.urlpatterns]
