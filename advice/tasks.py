"""What the worker does for the advice line. Tasks only call the code that knows how."""

from celery import shared_task

from advice.intake import calling


@shared_task
def forget_calls() -> None:
    """Delete the calls that nobody saved, and what is left of those that were."""
    calling.forget_old()
