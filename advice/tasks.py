"""What the worker does for the advice line. Tasks only call the code that knows how."""

from celery import shared_task

from advice.queue import refusing


@shared_task
def offer_on() -> None:
    """Offer to another provider what lay too long in the queue of one."""
    refusing.go_through_the_left()
