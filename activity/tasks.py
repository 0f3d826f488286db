"""What the worker does. Tasks only call the code that knows how."""

from celery import shared_task
from django.core.management import call_command

from activity import delivery, limits, presence


@shared_task
def deliver() -> None:
    """Deliver what waits in the outbox, now that somebody wrote to it."""
    delivery.deliver_waiting()


@shared_task
def sweep() -> None:
    """Deliver what no nudge announced or what is due again; tidy counts of doors and who was here."""
    delivery.deliver_waiting()
    limits.forget_old()
    presence.forget_old()


@shared_task
def forget_sessions() -> None:
    """Delete the sessions that have ended: each says who was here, and nobody needs it."""
    call_command("clearsessions")
