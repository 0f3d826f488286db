"""What the worker does for the advice line. Tasks only call the code that knows how."""

from celery import shared_task

from advice.figures import reckoning


# The first time it reads every enquiry that there is.
@shared_task(time_limit=3600)
def reckon_figures() -> None:
    """Count how many enquiries came and how soon they were answered, once a day."""
    reckoning.reckon_if_new_day()
