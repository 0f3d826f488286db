"""What people do about their time away, and about that of whom they stand in for.

Whoever is away and whoever stands in are locked, in the order of their keys, so that nobody agrees
to stand in for days on which they are going away themselves at that moment.
"""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts import cover
from accounts.models import Absence, Reply, User
from activity import clock, dates, outbox
from activity.models import Event
from activity.transactions import in_one_piece
from proposals.review import covering

ONE_DAY = datetime.timedelta(days=1)


@in_one_piece
def add(
    *, starts_on: datetime.date, ends_on: datetime.date, stand_in: User | None, by: User
) -> Absence:
    """Keep days away, and ask somebody to stand in. Pressed twice, they are kept once.

    Raises ValidationError, with a sentence, where the days are not free or nobody can be asked so.
    """
    hold(by, stand_in)
    planned = Absence.objects.planned().filter(user=by)
    days = {"starts_on": starts_on, "ends_on": ends_on}
    same = planned.filter(**days, stand_in=stand_in).first()
    if same is not None:
        return same
    _must_be_free(by, starts_on, ends_on)
    if stand_in is not None:
        _must_be_able(stand_in, by, starts_on, ends_on)
    absence = Absence.objects.create(user=by, **days)
    Event.objects.write("cover.add", absence, by=by, data=days)
    return _ask(absence, stand_in, by)


@in_one_piece
def ask(*, absence: Absence, stand_in: User, by: User) -> Absence:
    """Ask somebody, in place of whoever was asked before, who is told that they need not.

    Raises PermissionDenied for the absence of another, ValidationError for one that is over and
    for somebody who cannot be asked.
    """
    hold(by, stand_in)
    fresh = _fresh(absence)
    if fresh.user_id != by.pk:
        raise PermissionDenied
    _must_last(fresh)
    if fresh.stand_in_id == stand_in.pk and fresh.reply != Reply.REFUSED:
        return fresh
    _must_be_able(stand_in, by, fresh.starts_on, fresh.ends_on)
    _spare(fresh)
    return _ask(fresh, stand_in, by)


@in_one_piece
def answer(*, absence: Absence, agrees: bool, by: User) -> Absence:
    """Agree to stand in, or say that one cannot, also after one has agreed. Pressed twice, once.

    Raises PermissionDenied for whoever is not asked (any longer), ValidationError when they are
    away themselves by now, or the absence is over.
    """
    hold(by, absence.user)
    fresh = _fresh(absence)
    if fresh.stand_in_id != by.pk:
        raise PermissionDenied
    reply = Reply.AGREED if agrees else Reply.REFUSED
    if fresh.reply == reply:
        return fresh
    _must_last(fresh)
    if agrees:
        _must_be_able(by, fresh.user, fresh.starts_on, fresh.ends_on)
    fresh.reply = reply
    fresh.save(update_fields=["reply"])
    Event.objects.write("cover.answer", fresh, by=by, data={"reply": reply.value})
    outbox.tell("cover.answer", fresh, [fresh.user])
    if agrees:
        covering.tell_of_closed(fresh)
    return fresh


@in_one_piece
def end(*, absence: Absence, by: User) -> Absence:
    """Be back from today on, or not go away at all. Pressed twice, it ends once.

    Raises PermissionDenied for the absence of another.
    """
    hold(by, absence.stand_in)
    fresh = _fresh(absence)
    if fresh.user_id != by.pk:
        raise PermissionDenied
    if not fresh.called_off_at and fresh.ends_on >= clock.today():
        call_off(fresh, by)
    return fresh


def call_off(absence: Absence, by: User) -> None:
    """End an absence that lasts or is to come, and tell whoever stands in; it is locked already."""
    today = clock.today()
    if absence.starts_on < today:
        absence.ends_on = today - ONE_DAY
    else:
        absence.called_off_at = clock.now()
    absence.save(update_fields=["ends_on", "called_off_at"])
    Event.objects.write("cover.end", absence, by=by)
    _spare(absence)


def give_back(absence: Absence, by: User) -> None:
    """Say for somebody that they cannot stand in (any longer); it is locked already."""
    absence.reply = Reply.REFUSED
    absence.save(update_fields=["reply"])
    Event.objects.write("cover.answer", absence, by=by, data={"reply": Reply.REFUSED.value})
    outbox.tell("cover.answer", absence, [absence.user])


def hold(*people: User | None) -> None:
    """Lock people, in the order of their keys."""
    keys = sorted(person.pk for person in people if person is not None)
    list(User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def _fresh(absence: Absence) -> Absence:
    found = Absence.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("user", "stand_in").get(pk=absence.pk)


def _ask(absence: Absence, stand_in: User | None, by: User) -> Absence:
    if stand_in is not None:
        absence.stand_in, absence.reply = stand_in, Reply.ASKED
        absence.save(update_fields=["stand_in", "reply"])
        Event.objects.write("cover.ask", absence, by=by, data={"user": stand_in.pk})
        outbox.tell("cover.ask", absence, [stand_in], due_on=absence.starts_on)
    return absence


def _spare(absence: Absence) -> None:
    """Tell whoever was asked, and has not refused, that they stand in no longer."""
    if absence.stand_in is not None and absence.reply != Reply.REFUSED:
        outbox.tell("cover.spare", absence, [absence.stand_in])


def _must_last(absence: Absence) -> None:
    if absence.called_off_at or absence.ends_on < clock.today():
        raise ValidationError(_("That time away is over."))


def _must_be_able(stand_in: User, person: User, first: datetime.date, last: datetime.date) -> None:
    able = cover.may_stand_in(person, first, last, clock.today())
    if not able.filter(pk=stand_in.pk).exists():
        said = _("%(who)s cannot stand in: they are away on one of these days, or in another role.")
        raise ValidationError(said % {"who": stand_in})


def _must_be_free(person: User, first: datetime.date, last: datetime.date) -> None:
    """Refuse days that are away already, or on which they have agreed to stand in."""
    between = Absence.objects.between(first, last)
    other = between.filter(user=person).first()
    if other is not None:
        said = _(
            "You are away from %(first)s to %(last)s already. End that first, or change the days."
        )
        raise ValidationError(said % _days(other))
    agreed = between.filter(stand_in=person, reply=Reply.AGREED).select_related("user").first()
    if agreed is not None:
        said = _(
            "You stand in for %(who)s from %(first)s to %(last)s. Say first that you cannot, or "
            "change the days."
        )
        raise ValidationError(said % _days(agreed))


def _days(absence: Absence) -> dict[str, object]:
    first, last = map(dates.in_words, (absence.starts_on, absence.ends_on))
    return {"who": absence.user, "first": first, "last": last}
