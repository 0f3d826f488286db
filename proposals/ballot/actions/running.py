"""Running a vote: the roll, the codes, opening and closing."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import connection

from activity import clock
from activity.actors import Actor
from activity.models import Event, Notification
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn, draw_only_if, take
from proposals.ballot import codes, effects, hours, rules, steps, voting
from proposals.ballot.models import Ballot, RollEntry, SealedCode, Status
from proposals.ballot.models.rolls import RollEntryQuerySet
from proposals.ballot.rolls import Voter
from proposals.draft.models import SchemeVersion

# Long enough to settle what somebody asks after the result; then the roll has served.
ROLL_KEPT = datetime.timedelta(days=30)
# So many letters are one document: it takes some seconds, and they are printed by somebody.
LETTERS_AT_ONCE = 500


@in_one_piece
def keep_roll(*, ballot: Ballot, voters: Sequence[Voter], by: Actor) -> Ballot:
    """Keep these people as the roll, in place of those before; it counts once it was checked."""
    fresh = _as_scrutineer(ballot, by, Status.PREPARING)
    RollEntry.objects.filter(ballot=fresh).delete()
    RollEntry.objects.bulk_create(
        RollEntry(ballot=fresh, name=each.name, address=each.address, group=each.group)
        for each in voters
    )
    fresh.on_roll, fresh.roll_checked_at = len(voters), None
    fresh.save(update_fields=["on_roll", "roll_checked_at"])
    Event.objects.write("ballot.roll", fresh, by=by, data={"count": len(voters)})
    return fresh


@in_one_piece
def check_roll(*, ballot: Ballot, shown: str, by: Actor) -> Ballot:
    """Say that the roll is right. shown: the mark of the one that was looked at.

    Raises MovedOn when another was uploaded since.
    """
    fresh = _as_scrutineer(ballot, by, Status.PREPARING)
    if not fresh.on_roll or shown != mark_of(RollEntry.objects.filter(ballot=fresh)):
        raise MovedOn(fresh)
    fresh.roll_checked_at = clock.now()
    fresh.save(update_fields=["roll_checked_at"])
    Event.objects.write("ballot.check_roll", fresh, by=by, data={"count": fresh.on_roll})
    return fresh


def make_codes(*, ballot: Ballot, seen: int, by: Actor) -> Ballot:
    """Make everybody's code; made anew, those before stop working."""
    scheme = SchemeVersion.objects.in_force(clock.today())
    return take(
        steps.CODES,
        ballot,
        by=by,
        seen=seen,
        data={"count": ballot.on_roll},
        tag=ballot.tag or _free_tag(),
        batch=ballot.batch + 1,
        least_group=scheme.ballot_least_group,
    )


@in_one_piece
def note_printed(*, ballot: Ballot, shown: str, by: Actor) -> int:
    """Note that the letters were printed, and delete the codes that they carry. Return how many.

    shown: the mark of those that the page offered. Raises MovedOn when they are others by now.
    """
    fresh = _as_scrutineer(ballot, by, Status.READY, Status.OPEN)
    printed = next_letters(RollEntry.objects.filter(ballot=fresh))
    if shown != mark_of(printed):
        raise MovedOn(fresh)
    ids = [entry.pk for entry in printed]
    SealedCode.objects.filter(entry__in=ids).delete()
    RollEntry.objects.filter(pk__in=ids).update(is_sent=True)
    Event.objects.write("ballot.print", fresh, by=by, data={"count": len(ids)})
    return len(ids)


def next_letters(roll: RollEntryQuerySet) -> list[RollEntry]:
    """Those of a roll whose letters are printed next, in the order in which they are handed out."""
    waiting = roll.to_print().select_related("code").order_by("group", "name", "pk")
    return list(waiting[:LETTERS_AT_ONCE])


def open_(*, ballot: Ballot, seen: int, by: Actor) -> Ballot:
    """Open the vote under the rules of today, for as many days as they ask at least."""
    scheme = SchemeVersion.objects.in_force(clock.today())
    shortest = clock.today() + datetime.timedelta(days=scheme.ballot_least_days)
    return take(
        steps.OPEN,
        ballot,
        by=by,
        seen=seen,
        opened_at=clock.now(),
        closes_at=max(ballot.closes_at, hours.evening(shortest)),
        least_turnout=scheme.ballot_turnout,
        least_share=scheme.ballot_share,
        again_months=scheme.ballot_again_months,
    )


@in_one_piece
def close(*, ballot: Ballot, seen: int, by: Actor) -> Ballot:
    """Close the vote whose time is past, count it, and keep the result for good."""
    fresh = lock(Ballot, ballot.pk, by=by)
    draw_only_if(steps.CLOSE, by, fresh)  # votes that were counted have lost their groups
    whole = voting.whole(effects.counted(fresh))
    told = {
        "eligible": whole.eligible,
        "cast": whole.cast,
        "for": whole.votes_for,
        "against": whole.votes_against,
        "blank": whole.votes_blank,
        "yes": effects.is_yes(fresh, whole),
    }
    return take(steps.CLOSE, fresh, by=by, seen=seen, data=told)


def close_due() -> None:
    """Close every vote whose time is past; one that somebody closes just now is left to them."""
    closed = 0
    for ballot in Ballot.objects.due(clock.now()).order_by("pk"):
        try:
            close(ballot=ballot, seen=ballot.revision, by=rules.TENDING)
        except MovedOn:
            continue
        closed += 1
    if closed:
        _clear_what_was_deleted()


def forget_rolls() -> None:
    """Delete the rolls of votes that ended long enough ago, and who was mailed for them."""
    ended = Ballot.objects.filter(
        status__in=[Status.CLOSED, Status.CALLED_OFF], status_at__lte=clock.now() - ROLL_KEPT
    )
    old = RollEntry.objects.filter(ballot__in=ended)
    Notification.objects.filter(
        subject_type=RollEntry._meta.label_lower, subject_id__in=old.values("pk")
    ).delete()
    old.delete()


def mark_of(entries: Iterable[RollEntry]) -> str:
    """A mark of these entries, for a page to send back: others have another."""
    keys = ",".join(str(pk) for pk in sorted(entry.pk for entry in entries))
    return hashlib.sha256(keys.encode()).hexdigest()[:16]


def _as_scrutineer(ballot: Ballot, by: Actor, *where: Status) -> Ballot:
    """The vote, locked, for whoever runs it while it stands there."""
    fresh = lock(Ballot, ballot.pk, by=by)
    answer = rules.as_scrutineer(by, fresh)
    if not answer:
        raise PermissionDenied(answer.reason)
    if fresh.status not in where:
        raise MovedOn(fresh)
    return fresh


def _free_tag() -> str:
    taken = set(Ballot.objects.exclude(tag="").values_list("tag", flat=True))
    while (tag := codes.new_tag()) in taken:
        continue
    return tag


def _clear_what_was_deleted() -> None:
    """Let nothing be left on the disk of codes and votes that were deleted.

    PostgreSQL keeps deleted rows until it tidies up; by itself it does that within minutes or days.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM proposals_vote, proposals_votingcode, proposals_sealedcode")
