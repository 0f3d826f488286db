"""What has happened to a proposal, in the words of those outside."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.people import named
from activity.models import Event
from proposals.draft.models import Proposal

# A kind that is not here is not told outside. Countersigning, deciding and taking a decision back
# are among those: not even that they happened may be known before the letter.
OUTSIDE: dict[str, str | Promise] = {
    "proposal.create": _("The draft was started."),
    "proposal.join": _("Somebody joined the team."),
    "proposal.leave": _("Somebody left the team."),
    "proposal.hand_over": _("The lead was handed over."),
    "proposal.document_add": _("A document was added."),
    "proposal.document_remove": _("A document was taken out."),
    "proposal.document_infected": _("A virus was found in a document. Its content is deleted."),
    "proposal.ballot_begin": _("A vote of staff was set up."),
    "proposal.ballot_call_off": _("A vote of staff was called off."),
    "proposal.ballot_close": _("A vote of staff closed."),
    "proposal.ballot_enter": _("The result of a vote held elsewhere was entered."),
    "proposal.ask_sign_off": _("People were asked to read and sign."),
    "proposal.sign": _("A signature was given."),
    "proposal.reopen": _("It was opened again, and signatures were taken off."),
    "proposal.submit": _("It was submitted."),
    "employer.ask": _("An official of your employer was asked."),
    "proposal.concern": _("A concern about your employer was raised with the Cabinet Office."),
    "employer.remind": _("Your employer was reminded."),
    "employer.escalate": _("The department of your employer was asked: no answer had come."),
    "employer.department_reply": _("The department has replied."),
    "employer.pass_on": _("The Cabinet Office took up that your employer has not answered."),
    "employer.answer": _("Your employer answered."),
    "proposal.return_incomplete": _("It came back, because something was missing."),
    "proposal.begin": _("Reviewers began to read it."),
    "proposal.ask_changes": _("The reviewers asked for changes. The clock stands still."),
    "proposal.defer": _("Those who check it asked for changes. The clock stands still."),
    "proposal.resubmit": _("A new version was sent. The clock runs again."),
    "proposal.recommend": _("The reviewers finished, and others began to check their work."),
    "proposal.send_back": _("It is with the reviewers again."),
    "proposal.release": _("The decision was sent. Read the letter."),
    "proposal.confirm_exempt": _("It was found that the service is exempt. Read the letter."),
    "proposal.withdraw": _("The team stopped it."),
    "proposal.lapse_warning": _("The team was warned that it would lapse."),
    "proposal.lapse": _("It lapsed. If anybody was asked to sign, that is void."),
    "proposal.revive": _("It was brought back."),
}
# Done by somebody of the team of whom the others are not told.
FROM_NOBODY = {"proposal.concern"}


@dataclass(frozen=True)
class Line:
    """One thing that happened. who: a member of the team, or "" for officials."""

    text: str | Promise
    at: datetime.datetime
    who: str = ""


def outside_events(proposal: Proposal) -> QuerySet[Event]:
    """What the team may know of what happened, each with its `who`, if that is one of the team."""
    acted = Case(When(actor_kind="user", then=Cast("actor_id", BigIntegerField())))
    ours = User.objects.filter(pk=OuterRef("acted"), memberships__proposal=proposal)
    events = Event.objects.of(proposal).filter(kind__in=OUTSIDE).annotate(acted=acted)
    return events.annotate(who=Subquery(ours.values(named=named())[:1]))


def outside_lines(events: Iterable[Any]) -> list[Line]:
    """These events in the words of the team, with its people by name where the team may know them."""
    return [
        Line(
            OUTSIDE[event.kind],
            event.at,
            "" if event.kind in FROM_NOBODY else event.who or "",
        )
        for event in events
    ]
