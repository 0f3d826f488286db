"""What the worker does for the advice line. Tasks only call the code that knows how."""

from celery import shared_task

from advice.queue import refusing, resting


@shared_task
def offer_on() -> None:
    """Offer on what lay too long in the queue of one provider; give back what waited for others."""
    refusing.go_through_the_left()
    resting.go_through_the_waited()
