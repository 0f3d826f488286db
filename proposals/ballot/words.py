"""What each status of a vote means, and the few words that several pages say."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.dates import in_words, moment_in_words
from activity.standing import Standing
from proposals.ballot.counting import per_cent, reached
from proposals.ballot.models import Ballot, Result, Status

# Whether enough voted, and whether enough of those said yes -> what came of it.
VERDICTS = {
    (True, True): _("Staff said yes."),
    (True, False): _("Staff did not say yes: too few of those who voted said yes."),
    (False, True): _("Staff did not say yes: too few of them voted."),
    (False, False): _(
        "Staff did not say yes: too few of them voted, and too few of those said yes."
    ),
}


def dates(ballot: Ballot) -> dict[str, str]:
    """From when to when, in words."""
    return {"opens": day(ballot.opens_at), "closes": moment_in_words(ballot.closes_at)}


def day(at: datetime.datetime) -> str:
    """A day in words."""
    return in_words(timezone.localdate(at))


STANDING = Standing(
    outside={
        Status.PREPARING: _("Its scrutineer opens it once all is ready, on %(opens)s or later."),
        Status.READY: _("Everybody's code is made. Its scrutineer opens it on %(opens)s or later."),
        Status.OPEN: _("Staff can vote until %(closes)s."),
        Status.CLOSED: _("It has closed, and the votes are counted."),
        Status.CALLED_OFF: _("It was called off. It counts neither as yes nor as no."),
    },
    inside={
        Status.PREPARING: _("Being prepared by its scrutineer; it opens on %(opens)s or later."),
        Status.READY: _("Ready; its scrutineer opens it on %(opens)s or later."),
        Status.OPEN: _("Open until %(closes)s. Nobody knows yet how it goes."),
        Status.CLOSED: _("Closed and counted."),
        Status.CALLED_OFF: _("Called off, with no result."),
    },
    dates=dates,
)


def measures(result: Result) -> list[tuple[str, str]]:
    """The three measures of a result, each with what it is of. Source: domain guide 3.3."""
    count, limits = result.count, (result.least_turnout, result.least_share)
    turnout = per_cent(count.cast, count.eligible, beside=limits[0])
    valid = per_cent(count.votes_for, count.valid, beside=limits[1])
    of_all = per_cent(count.votes_for, count.eligible)
    return [
        (
            str(_("Turnout")),
            _("%(part)d of %(whole)d voted (%(per_cent)s%%)")
            % {"part": count.cast, "whole": count.eligible, "per_cent": turnout},
        ),
        (
            str(_("Support of those who voted yes or no")),
            _("%(part)d of %(whole)d said yes (%(per_cent)s%%)")
            % {"part": count.votes_for, "whole": count.valid, "per_cent": valid}
            if count.valid
            else str(_("Nobody voted yes or no")),
        ),
        (
            str(_("Support of all who could vote")),
            _("%(part)d of %(whole)d said yes (%(per_cent)s%%)")
            % {"part": count.votes_for, "whole": count.eligible, "per_cent": of_all},
        ),
    ]


def rules_of(result: Result) -> str:
    """What had to be reached, in a sentence."""
    return str(
        _(
            "Staff say yes when at least %(turnout)d%% of those who could vote did, and more than "
            "%(share)d%% of those who voted yes or no said yes."
        )
        % {"turnout": result.least_turnout, "share": result.least_share}
    )


def verdict(result: Result) -> str:
    """Yes or no, and for want of what, in a sentence."""
    limits = {"least_turnout": result.least_turnout, "least_share": result.least_share}
    return str(VERDICTS[reached(result.count, **limits)])
