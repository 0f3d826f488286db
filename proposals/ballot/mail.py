"""What the outbox must know of votes: the scrutineer's link, the voters' codes, and what is refused."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activity import clock, links
from activity.dates import moment_in_words
from activity.models import Notification
from activity.subjects import Facts, Subject
from proposals.ballot import codes
from proposals.ballot.models import SCRUTINEER, Ballot, RollEntry, SealedCode
from proposals.draft.models import Member

LINK = links.Purpose(
    name=SCRUTINEER,
    url_name="proposals:scrutineer",
    lives=datetime.timedelta(days=365),
    asks=_("You are asked to run a vote of staff"),
    button=_("See what is asked"),
)


def address(notification: Notification, ballot: Ballot) -> str:
    """The team's page; whoever runs it is led by a link of their own."""
    return reverse("proposals:ballot", args=[ballot.proposal.reference])


def is_quiet(notification: Notification, ballot: Ballot) -> bool:
    """Mail to a team whose names are hidden gives nothing away."""
    return notification.user is not None and ballot.proposal.names_hidden


def guard(notification: Notification, ballot: Ballot) -> str | None:
    """No mail to whoever left the team or runs the vote no longer, nor to the employer's own."""
    if notification.user is None:
        theirs = notification.address.lower() == ballot.scrutineer_address.lower()
        return None if theirs else "not-the-scrutineer"
    proposal = ballot.proposal
    if not Member.objects.current().filter(proposal=proposal, user=notification.user).exists():
        return "left-team"
    is_theirs = proposal.employer.owns_address(notification.recipient_address)
    return "employer-domain" if proposal.names_hidden and is_theirs else None


def link(notification: Notification, ballot: Ballot) -> Facts:
    """A fresh link for whoever runs the vote."""
    if notification.user is not None:
        return {}
    token = links.issue(SCRUTINEER, ballot, address=notification.address)
    return {"path": links.path(SCRUTINEER, token)}


def guard_voter(notification: Notification, entry: RollEntry) -> str | None:
    """A code goes to nobody but its own voter, and only while it can be used."""
    if notification.address.lower() != entry.address.lower():
        return "not-the-voter"
    if not entry.ballot.takes_votes(clock.now()):
        return "vote-over"
    return None if SealedCode.objects.filter(entry=entry).exists() else "code-has-left"


def code(notification: Notification, entry: RollEntry) -> Facts:
    """The voter's code, opened for this delivery and kept nowhere."""
    opened = codes.unseal(bytes(entry.code.sealed), entry.pk)
    return {
        "path": reverse("proposals:vote", args=[opened]),
        "code": codes.grouped(opened),
        "until": moment_in_words(entry.ballot.closes_at),
        "scrutineer": entry.ballot.scrutineer_name,
    }


def forget_code(notification: Notification, entry: RollEntry) -> None:
    """The mail has left: delete the code that it carried, in the transaction that notes it."""
    SealedCode.objects.filter(entry=entry).delete()
    RollEntry.objects.filter(pk=entry.pk).update(is_sent=True)


SUBJECTS = (
    Subject(model=Ballot, address=address, guard=guard, quiet=is_quiet, prepare=link),
    Subject(
        model=RollEntry,
        address=lambda notification, entry: reverse("proposals:vote_code"),
        guard=guard_voter,
        prepare=code,
        sent=forget_code,
    ),
)
