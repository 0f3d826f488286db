"""The worker and its timetable. Tasks live in the apps; dates live in the database, never in an ETA."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutuals_portal.settings")

app = Celery("mutuals_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
