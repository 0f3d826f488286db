"""An employer's silence in words: for its staff by state alone, and for officials of the case."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from activity import clock
from activity.dates import in_words
from proposals.draft.models import Proposal
from proposals.draft.models.proposal import WITH_OFFICIALS
from proposals.employer.actions import escalation_of
from proposals.employer.clocks import day_of, ladder_of
from proposals.employer.models import Escalation


def is_awaited(proposal: Proposal) -> bool:
    """Whether officials have a proposal whose employer is asked and has not answered."""
    is_asked = proposal.employer_due_on is not None and proposal.status in WITH_OFFICIALS
    return is_asked and proposal.employer_answered_at is None


def is_over(proposal: Proposal) -> bool:
    """Whether officials have a proposal whose employer has let its day pass without an answer."""
    return is_awaited(proposal) and day_of(proposal) < clock.today()


def for_team(proposal: Proposal) -> str:
    """How it stands with a silence, for the staff: never who was asked, nor what they replied."""
    said = _("Your employer has not answered.")
    stays = _("Not answering cannot stop your proposal.")
    return f"{said} {_state(proposal, escalation_of(proposal))} {stays}"


def for_officials(proposal: Proposal, live: Escalation | None) -> str:
    """How it stands with a silence, and what comes next."""
    due = live.due_on if live else day_of(proposal)
    had = _("The employer has not answered. It had until %(day)s.")
    has = _("The employer has not answered yet. It has until %(day)s.")
    said = (had if due < clock.today() else has) % {"day": in_words(due)}
    return f"{said} {_state(proposal, live)}"


def _state(proposal: Proposal, live: Escalation | None) -> str:
    if live is None:
        said = _(
            "On %(day)s it goes to the lead of its department, or to the Cabinet Office where "
            "that names nobody."
        )
        return said % {"day": in_words(ladder_of(proposal).department_on)}
    if live.passed_on_at and not live.post:
        said = _("Its department names nobody, so the Cabinet Office has taken it up on %(day)s.")
        return said % {"day": _day(live.passed_on_at)}
    if live.passed_on_at:
        said = _("Its department was asked, and the Cabinet Office has taken it up on %(day)s.")
        return said % {"day": _day(live.passed_on_at)}
    if live.reply:
        return _(
            "Its department was asked on %(day)s and has replied. If no answer comes, the Cabinet "
            "Office takes it up."
        ) % {"day": _day(live.at)}
    return _("Its department was asked on %(day)s. On %(next)s the Cabinet Office takes it up.") % {
        "day": _day(live.at),
        "next": in_words(ladder_of(proposal).cabinet_office_on),
    }


def _day(moment: datetime.datetime) -> str:
    return in_words(timezone.localdate(moment))
