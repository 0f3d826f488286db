"""Addresses of this app."""

from advice.answers import urls as answers
from advice.figures import urls as figures
from advice.intake import urls as intake
from advice.queue import urls as queue

app_name = "advice"

urlpatterns = [*intake.urlpatterns, *queue.urlpatterns, *answers.urlpatterns, *figures.urlpatterns]
