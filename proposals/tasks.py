"""What the worker does for proposals. Tasks only call the code that knows how."""

from celery import shared_task

from activity import scanning
from proposals.ballot import actions as ballot
from proposals.decision import releasing
from proposals.draft import actions, printing
from proposals.draft.models import Document
from proposals.employer import escalating, reminding
from proposals.figures import reckoning


@shared_task
def go_through_the_quiet() -> None:
    """Warn of proposals that their teams do not touch, and set them aside after two warnings."""
    actions.go_through_the_quiet()


@shared_task
def go_through_the_asked() -> None:
    """Remind officials of employers who have not answered, and take their silence up."""
    reminding.go_through_the_asked()
    escalating.go_through_the_silent()


@shared_task
def make_pdfs() -> None:
    """Make the PDFs that are missing: now that a version was frozen, and after a crash."""
    printing.make_missing()


@shared_task
def scan_documents() -> None:
    """Scan the documents that wait: now that one was added, and whatever no nudge announced."""
    scanning.scan_waiting(Document, actions.mark_infected)


@shared_task
def close_ballots() -> None:
    """Close and count the votes whose time is past."""
    ballot.close_due()


@shared_task
def release_letters() -> None:
    """Release the letters whose day has come."""
    releasing.go_through_the_ordered()


@shared_task
def forget_rolls() -> None:
    """Delete who could vote, a while after a vote ended."""
    ballot.forget_rolls()


@shared_task
def reckon_figures() -> None:
    """Count how long cases take and how they end, once a day."""
    reckoning.reckon_if_new_day()
