"""Votes of staff for tests, brought where a test needs them by the portal's own actions."""

import datetime
import uuid

from activity import clock
from activity.actors import LinkHolder
from proposals.ballot import actions, codes, gate, rules, voting
from proposals.ballot.models import SCRUTINEER, Ballot, RollEntry, Status
from proposals.ballot.rolls import Voter
from tests import held_links
from tests.proposals import builders

QUESTION = "Do you want your service to be run by its own staff as a mutual from next year on?"
RUN_BY = {"scrutineer_name": "Una Officer", "scrutineer_address": "una@union.example"}


__all__ = ["Voter", "gate"]


def begin(proposal, lead, **changes):
    now = clock.now()
    planned = {
        "question": QUESTION,
        "opens_at": now - datetime.timedelta(hours=1),
        "closes_at": now + datetime.timedelta(days=14),
        "once": uuid.uuid4(),
        **RUN_BY,
    }
    return actions.begin(proposal=proposal, by=lead, **planned | changes)


def voters(count=40, *, letters=8, groups=("Nursing", "Therapy")):
    """So many people, the last of them without an address."""
    return [
        Voter(
            name=f"Canary Voter {number:02d}",
            address="" if number >= count - letters else f"canary{number:02d}@staff.example",
            group=groups[number % len(groups)] if groups else "",
        )
        for number in range(count)
    ]


def holder(ballot, address=None, *, proved=True):
    ballot.refresh_from_db()
    kind = ballot._meta.label_lower
    return LinkHolder(SCRUTINEER, kind, ballot.pk, address or ballot.scrutineer_address, proved)


def with_roll(ballot, people=None):
    by = holder(ballot)
    actions.keep_roll(ballot=ballot, voters=voters() if people is None else people, by=by)
    shown = actions.mark_of(RollEntry.objects.filter(ballot=ballot))
    actions.check_roll(ballot=ballot, shown=shown, by=by)
    return again(ballot)


def ready(ballot, people=None):
    ballot = with_roll(ballot, people)
    return actions.make_codes(ballot=ballot, seen=ballot.revision, by=holder(ballot))


def printed(ballot):
    waiting = actions.next_letters(RollEntry.objects.filter(ballot=ballot))
    actions.note_printed(ballot=ballot, shown=actions.mark_of(waiting), by=holder(ballot))
    return again(ballot)


def opened(ballot, people=None):
    """An open vote, and everybody's code by the key of their entry."""
    ballot = ready(ballot, people)
    known = codes_of(ballot)
    ballot = printed(ballot)
    return actions.open_(ballot=ballot, seen=ballot.revision, by=holder(ballot)), known


def codes_of(ballot):
    """What mails and letters carry: the code of each entry that is still sealed, by name."""
    entries = RollEntry.objects.filter(ballot=ballot, code__isnull=False).select_related("code")
    entries = entries.order_by("name")
    return {each.pk: codes.unseal(bytes(each.code.sealed), each.pk) for each in entries}


def closed(ballot):
    """The vote, its time brought to an end."""
    over = clock.now() - datetime.timedelta(minutes=1)
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=over)
    fresh = again(ballot)
    return actions.close(ballot=fresh, seen=fresh.revision, by=rules.TENDING)


def at(status, people=None, proposal=None):
    """A vote that has come to this status step by step."""
    people = people or builders.team()
    ballot = begin(proposal or builders.draft_of(people), people.lead)
    if status == Status.PREPARING:
        return ballot
    if status == Status.READY:
        return ready(ballot)
    if status == Status.CALLED_OFF:
        return actions.call_off(
            ballot=ballot, because="A mistake.", seen=ballot.revision, by=holder(ballot)
        )
    ballot, _known = opened(ballot)
    return closed(ballot) if status == Status.CLOSED else ballot


def again(ballot):
    return Ballot.objects.select_related("proposal__employer", "result").get(pk=ballot.pk)


def link(client, ballot, *, proved=True, address=None):
    """The address of a scrutineer's page, in a browser that has opened its link."""
    held = address or ballot.scrutineer_address
    return held_links.opened(client, SCRUTINEER, ballot, held, proved=proved)


def cast(code, choice):
    voting.cast(code=code, choice=choice)
