"""What each status means, in one sentence for those outside and one for officials."""

from __future__ import annotations

from operator import attrgetter

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activity.dates import in_words
from activity.standing import Standing
from proposals.draft.models import Proposal, Status
from proposals.draft.models.proposal import OUTSIDE_BEING_DECIDED

OUTSIDE: dict[str, str | Promise] = {
    Status.DRAFT: _("Only your team can see this."),
    Status.AWAITING_SIGN_OFF: _(
        "Waiting for the people named to read and sign this text. Changing anything takes the "
        "signatures off."
    ),
    Status.SUBMITTED: _("We have it, and nobody has begun to read it yet."),
    Status.ASSESSING: _("Reviewers are reading it. You need do nothing."),
    Status.CHANGES_REQUESTED: _(
        "We asked you something, to answer by %(answer_by)s. The clock stands still until you "
        "answer."
    ),
    OUTSIDE_BEING_DECIDED: _(
        "The reviewers have finished, and others are checking their work. This does not say "
        "which way it will go."
    ),
    Status.APPROVED: _(
        "Your proposal is found suitable, and your employer is expected to accept it. This is "
        "not yet a contract."
    ),
    Status.APPROVED_WITH_CONDITIONS: _(
        "Found suitable, if the conditions in the letter are met by their dates."
    ),
    Status.REJECTED: _(
        "Not found suitable as it stands. The letter says why, and what would change that."
    ),
    Status.EXEMPT: _(
        "Your service is in an area that the right does not cover now. You can ask us to look "
        "again."
    ),
    Status.WITHDRAWN: _("Your team stopped this. Nothing is held against you."),
    Status.LAPSED: _(
        "It was set aside because nothing happened. You can bring it back until %(revivable)s."
    ),
    Status.UNDER_APPEAL: _("Other people are looking at the decision."),
}

INSIDE: dict[str, str | Promise] = {
    Status.DRAFT: _("Not visible to officials."),
    Status.AWAITING_SIGN_OFF: _("Not visible to officials."),
    Status.SUBMITTED: _("To be triaged: scope, completeness, duplicates, people."),
    Status.ASSESSING: _("Officials are reading the version named."),
    Status.CHANGES_REQUESTED: _(
        "With the team until %(answer_by)s; clock paused; only the listed parts are open."
    ),
    Status.RECOMMENDED: _("Awaits countersigning by another person."),
    Status.COUNTERSIGNED: _("Awaits the decision of a third person."),
    Status.DECIDED: _("Awaits release; nothing has left the office."),
    Status.APPROVED: _("Released; its pathfinder entry is open."),
    Status.APPROVED_WITH_CONDITIONS: _(
        "Released, with conditions and their dates; its pathfinder entry is open."
    ),
    Status.REJECTED: _("Released; an appeal is open until the date in the letter."),
    Status.EXEMPT: _("Rule cited, second person confirmed, review date set."),
    Status.WITHDRAWN: _("Stopped by the team; the clock has ended."),
    Status.LAPSED: _("The lead can bring it back until %(revivable)s."),
    Status.UNDER_APPEAL: _("With people who had no part in the decision."),
}


def dates(proposal: Proposal) -> dict[str, str]:
    """The dates that the sentences name."""
    answer_by = in_words(proposal.answer_by) if proposal.answer_by else ""
    return {"revivable": in_words(proposal.revivable_until), "answer_by": answer_by}


STANDING = Standing(outside=OUTSIDE, inside=INSIDE, known=attrgetter("outside_status"), dates=dates)


def outside_label(proposal: Proposal) -> str:
    """The word on the tag that the team reads."""
    if proposal.outside_status == OUTSIDE_BEING_DECIDED:
        return str(_("Being decided"))
    return str(Status(proposal.status).label)
