"""Who has a proposal, what happens next, and what its employer knows: in the words of its team."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity import clock
from activity.dates import in_words
from proposals.draft.models import Proposal, Status
from proposals.draft.models.proposal import OUTSIDE_BEING_DECIDED, WITH_OFFICIALS, WITH_THE_TEAM

YOUR_TEAM = gettext_lazy("Your team")
CABINET_OFFICE = gettext_lazy("The Cabinet Office")
NOBODY = gettext_lazy("Nobody: it has come to an end")

# Status as the team knows it -> who has it, and what happens next.
COMING: dict[str, tuple[str | Promise, str | Promise]] = {
    Status.DRAFT: (
        YOUR_TEAM,
        gettext_lazy(
            "You complete every section. Then your lead asks at least two people to sign."
        ),
    ),
    Status.AWAITING_SIGN_OFF: (
        YOUR_TEAM,
        gettext_lazy("Once everybody who was asked has signed, your lead submits it."),
    ),
    Status.SUBMITTED: (
        CABINET_OFFICE,
        gettext_lazy(
            "A reviewer looks whether anything is missing. Then assessment begins, or it comes back "
            "to you with what is missing. You are told either way."
        ),
    ),
    Status.ASSESSING: (
        gettext_lazy("Reviewers at the Cabinet Office"),
        gettext_lazy(
            "They recommend one way or the other, and two more people check their work before you "
            "hear. Questions may come as messages."
        ),
    ),
    Status.CHANGES_REQUESTED: (
        YOUR_TEAM,
        gettext_lazy(
            "You answer what the reviewers asked, and people sign the new text. Then your lead "
            "sends it, and they go on reading."
        ),
    ),
    OUTSIDE_BEING_DECIDED: (
        CABINET_OFFICE,
        gettext_lazy(
            "You get a letter. It says what was decided, why, and what you can do next. It can still "
            "go back to the reviewers before that."
        ),
    ),
    Status.APPROVED: (
        gettext_lazy("You and your employer"),
        gettext_lazy(
            "Your employer is expected to accept it. The contract comes after that, if procurement "
            "rules allow."
        ),
    ),
    Status.APPROVED_WITH_CONDITIONS: (
        gettext_lazy("You and your employer"),
        gettext_lazy("Each condition is met by its date. The letter lists them, with who does it."),
    ),
    Status.REJECTED: (
        YOUR_TEAM,
        gettext_lazy("You read in the letter what would change the answer, and by when to act."),
    ),
    Status.EXEMPT: (
        YOUR_TEAM,
        gettext_lazy(
            "You read in the letter why, until when it holds, and how you can ask us to look again."
        ),
    ),
    Status.WITHDRAWN: (NOBODY, gettext_lazy("You can start another proposal at any time.")),
    Status.LAPSED: (
        YOUR_TEAM,
        gettext_lazy("Your lead can bring it back. After that day you can start another one."),
    ),
}


@dataclass(frozen=True)
class Coming:
    """Who has it, what happens next, and what the employer knows by this portal; "" where silent."""

    who: str
    next: str
    employer: str


# Another part's words for a team whose employer has let its day pass.
Silence: TypeAlias = Callable[[Proposal], str]
_silence: list[Silence] = []


def register(words: Silence) -> None:
    """Let the part that knows say what is done about an employer that has not answered."""
    _silence.append(words)


def of(proposal: Proposal) -> Coming | None:
    """What a team is told; None for a status that no step leads to yet."""
    found = COMING.get(proposal.outside_status)
    if found is None:
        return None
    who, following = found
    return Coming(str(who), str(following), _employer(proposal))


def _employer(proposal: Proposal) -> str:
    if proposal.status in WITH_THE_TEAM:
        if proposal.employer_due_on:
            return _(
                "Your employer was asked before this came back to you. Nothing is asked of it now."
            )
        return _("Has been told nothing by this portal.")
    if proposal.status not in WITH_OFFICIALS:
        return ""
    if proposal.employer_answered_at:
        return _("Your employer has answered. Reviewers will use it with your proposal.")
    due = proposal.employer_due_on
    told = (
        " ".join(words(proposal) for words in _silence)
        if due and due < clock.today()
        else _("Your employer has been asked and has until %(day)s.") % {"day": in_words(due)}
        if due
        else _("We are finding the right person at your employer.")
    )
    hidden = _("Your names stay hidden from it.") if proposal.names_hidden else ""
    return f"{told} {hidden}".strip()
