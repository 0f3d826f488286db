"""What the worker does for pathfinders. Tasks only call the code that knows how."""

from celery import shared_task

from pathfinders.mentoring import actions


@shared_task
def expire_offers() -> None:
    """End the offers that nobody answered in time."""
    actions.expire_offers()
