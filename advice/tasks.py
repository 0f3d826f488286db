"""What the worker does for the advice line. Tasks only call the code that knows how."""

from celery import shared_task

from activity import scanning
from advice.intake.attaching import mark_infected
from advice.intake.models import Attachment


@shared_task
def scan_attachments() -> None:
    """Scan the files that wait: now that one was added, and whatever no nudge announced."""
    scanning.scan_waiting(Attachment, mark_infected)
