"""Addresses of this app, gathered from its parts."""

from pathfinders.journey.urls import urlpatterns as journey
from pathfinders.mentoring.urls import urlpatterns as mentoring
from pathfinders.register.urls import urlpatterns as register

app_name = "pathfinders"

urlpatterns = [*register, *journey, *mentoring]
