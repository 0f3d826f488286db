"""What the worker does for proposals. Tasks only call the code that knows how."""

from celery import shared_task

from proposals.draft import printing


@shared_task
def make_pdfs() -> None:
    """Make the PDFs that are missing: now that a version was frozen, and after a crash."""
    printing.make_missing()
