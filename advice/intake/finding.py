"""A lost link: a new one by mail, to the address that was given with the question, if it was."""

from __future__ import annotations

from activity import clock, limits, outbox
from activity.doors import AN_HOUR
from activity.transactions import in_one_piece
from advice.intake.mail import MINE
from advice.intake.models import Contact, Enquiry, LostLink, Status

ASKS_AN_ADDRESS = 3
# The newest of somebody's questions: a mail for each.
MOST = 5
TASK = "advice.tasks.send_lost_links"


@in_one_piece
def ask(address: str) -> None:
    """Note that somebody lost the link of this address. It looks nothing up: a worker does.

    So the answer is the same and takes as long, whether or not we know the address. More than a few
    an hour are forgotten: nobody can fill the box of somebody else.
    """
    if limits.knock("advice.find.address", address, within=AN_HOUR) > ASKS_AN_ADDRESS:
        return
    LostLink.objects.create(address=address)
    outbox.ask_on_commit(TASK)


def send_all() -> int:
    """Look up each address that waits, one after another. Return how many were."""
    sent = 0
    while _send_next():
        sent += 1
    return sent


@in_one_piece
def _send_next() -> bool:
    """Mail a new link for each question of the oldest address that no other worker has.

    The links from before stay good until they end: whoever types somebody's address here must not
    be able to shut them out, and in a new browser no link shows words without a code.
    """
    asked = LostLink.objects.select_for_update(skip_locked=True).order_by("pk").first()
    if asked is None:
        return False
    for enquiry in _questions_of(asked.address):
        outbox.tell("enquiry.find", enquiry, [enquiry.contact.email])
    asked.delete()
    return True


def _questions_of(address: str) -> list[Enquiry]:
    """The newest that were asked with this address, as long as a link to one would have lived."""
    since = clock.now() - MINE.lives
    theirs = Contact.objects.filter(email__iexact=address, enquiry__created_at__gt=since)
    found = theirs.exclude(enquiry__status=Status.SPAM).select_related("enquiry")
    return [contact.enquiry for contact in found.order_by("-enquiry")[:MOST]]
