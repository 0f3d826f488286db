"""What the worker does for the advice line. Tasks only call the code that knows how."""

from celery import shared_task

from activity import scanning
from advice.answers import silence
from advice.figures import reckoning
from advice.intake import calling, finding, rebuilding
from advice.intake.attaching import mark_infected
from advice.intake.models import Attachment
from advice.queue import lateness, refusing, resting, tying


@shared_task
def go_through_the_silent() -> None:
    """Remind enquirers whom we wait for, and close what they left, kindly."""
    silence.go_through_the_silent()


@shared_task
def go_through_the_late() -> None:
    """Warn once of every clock that has passed its end."""
    lateness.go_through_the_late()


@shared_task
def rebuild_clocks() -> None:
    """Work out when what runs is due, by the calendar as it is now."""
    rebuilding.rebuild_running()


@shared_task
def send_lost_links() -> None:
    """Mail new links to those who lost theirs: now that somebody asked, and what no nudge told."""
    finding.send_all()


@shared_task
def offer_on() -> None:
    """Offer on what lay too long with a provider or is closed to it; give back what waited."""
    tying.go_through_the_tied()
    refusing.go_through_the_left()
    resting.go_through_the_waited()


@shared_task
def scan_attachments() -> None:
    """Scan the files that wait: now that one was added, and whatever no nudge announced."""
    scanning.scan_waiting(Attachment, mark_infected)


@shared_task
def forget_calls() -> None:
    """Delete the calls that nobody saved, and what is left of those that were."""
    calling.forget_old()


# The first time it reads every enquiry that there is.
@shared_task(time_limit=3600)
def reckon_figures() -> None:
    """Count how many enquiries came and how soon they were answered, once a day."""
    reckoning.reckon_if_new_day()
