"""What both letters of a decision tell of: the frozen version, the chain, and the days that follow."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from activity.amounts import pounds
from activity.dates import in_words
from activity.worktime import ENGLAND_AND_WALES, calendar_for, due_on
from proposals.ballot.counting import months_after
from proposals.decision.letters.shape import Part, Row, Said
from proposals.decision.models import Condition, Decision, Outcome, Reason, Recommendation
from proposals.draft.models import Proposal, SchemeVersion, Version
from proposals.draft.promises import Commitment, promised_in
from proposals.money.results import result_words


@dataclass(frozen=True)
class Matter:
    """One decision. by: the name of who made it, "" before anybody has.

    sent_on: the day of the release, or before it the one for which it is ordered. is_out: whether
    it was released.
    """

    proposal: Proposal
    version: Version
    advice: Recommendation
    by: str
    is_out: bool
    sent_on: datetime.date | None
    appeal_by: datetime.date | None
    reasons: tuple[Reason, ...]
    conditions: tuple[Condition, ...]
    promised: tuple[Commitment, ...]
    money: dict[str, Any]

    @property
    def scheme(self) -> SchemeVersion:
        """The rules that it was judged by."""
        return self.version.scheme

    @property
    def is_approved(self) -> bool:
        """Whether it is found suitable, with conditions or without."""
        return self.advice.outcome != Outcome.REJECTED

    @property
    def again_on(self) -> datetime.date | None:
        """From when the same proposal may be made again as it is."""
        return self.sent_on and months_after(self.sent_on, self.scheme.again_months)


def matter_of(proposal: Proposal, advice: Recommendation, decision: Decision | None) -> Matter:
    """What the letters tell. decision: None while nobody has decided; a preview is drawn then."""
    version = advice.version
    released_at = decision.released_at if decision else None
    ordered_for = decision.release_on if decision else None
    sent_on = timezone.localdate(released_at) if released_at else ordered_for
    review_by = decision.appeal_by if decision else None
    if sent_on and not released_at:
        review_by = appeal_by(version.scheme, sent_on)
    return Matter(
        proposal=proposal,
        version=version,
        advice=advice,
        by=str(decision.by) if decision else "",
        is_out=released_at is not None,
        sent_on=sent_on,
        appeal_by=review_by,
        reasons=tuple(advice.grounds()),
        conditions=tuple(advice.conditions.all()),
        promised=tuple(promised_in(version) or ()),
        money=result_words(version.content["sections"].get("money", {}), version.scheme),
    )


def appeal_by(scheme: SchemeVersion, sent_on: datetime.date) -> datetime.date:
    """The last day for asking for a review of a letter that goes out on that day."""
    return due_on(sent_on, scheme.appeal_days, [], calendar_for(ENGLAND_AND_WALES))


def head(matter: Matter, to: str) -> tuple[Row, ...]:
    """To whom a letter goes, from whom, of which day, and what it is about."""
    sent = in_words(matter.sent_on) if matter.sent_on else _("The day on which it is released")
    by = _("%(name)s, decision maker, Cabinet Office") % {"name": matter.by}
    return (
        (_("To"), to),
        (_("From"), by if matter.by else _("The decision maker, once there is a decision")),
        (_("Date"), sent),
        (_("Our reference"), matter.proposal.reference),
    )


def money(matter: Matter) -> Iterator[Part]:
    """What the plan saves or costs; nothing where its figures are not whole."""
    saving = matter.money.get("saving")
    if saving is None:
        return
    if saving.passes:
        said = _(
            "Compared with the service staying in-house, the plan saves the public %(sum)s over "
            "five years."
        )
    else:
        said = _(
            "Compared with the service staying in-house, the plan costs the public %(sum)s more "
            "over five years."
        )
    yield Part(_("The money"), (Said(said % {"sum": pounds(abs(saving.net))}),))


def conditions(matter: Matter, intro: str) -> Iterator[Part]:
    """Each condition with who sees to it, by when, and how it is shown."""
    if not matter.conditions:
        return
    told = (
        Said(
            head=_("Condition %(n)d") % {"n": n},
            facts=(
                (_("What must be done"), each.text),
                (_("Who sees to it"), each.owner),
                (_("By when"), in_words(each.due_on)),
                (_("How it is shown"), each.evidence),
            ),
        )
        for n, each in enumerate(matter.conditions, 1)
    )
    yield Part(_("The conditions"), (Said(intro), *told))


def tests() -> tuple[str, ...]:
    """What a proposal is judged by, in plain words. Source: domain guide 4.1, gates A to F."""
    return (
        _("scope: the right covers the service, and those who propose work in it"),
        _("staff control: the members control the mutual, and no outside shareholder does"),
        _("staff support: staff were asked fairly, and enough of them want it"),
        _("savings: it costs the public less than the service would in-house"),
        _("quality: no part of the service becomes worse than it is today"),
        _("guarantees: the service goes on safely, and the law is kept"),
    )


def judged(matter: Matter) -> tuple[Said, ...]:
    """By which rules and which tests it was judged."""
    said = _(
        "We judged version %(number)d of the proposal by version %(scheme)d of the scheme, which "
        "has been in force since %(since)s. Its tests are:"
    ) % {
        "number": matter.version.number,
        "scheme": matter.scheme.number,
        "since": in_words(matter.scheme.starts_on),
    }
    return Said(said), Said(items=tests())


def decided(matter: Matter) -> Said:
    """That three people made the decision, and who answers for it."""
    chain = _("One person recommended, another checked and countersigned, and a third decided.")
    by = _("%(name)s made the decision.") % {"name": matter.by} if matter.by else ""
    return Said(f"{chain} {by}".strip())
