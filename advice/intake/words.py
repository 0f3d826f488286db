"""What the statuses of an enquiry mean, with its dates."""

from __future__ import annotations

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activity.dates import in_words, long_in_words
from activity.standing import Standing
from advice.intake.models import Enquiry, Status

# What the enquirer reads. Spam has no page.
OUTSIDE: dict[str, str | Promise] = {
    Status.QUEUED: _(
        "In line for a person, who will write back by %(due)s. Nothing is needed from you."
    ),
    Status.WITH_ADVISER: _(
        "An adviser has it and will write back by %(due)s. Nothing is needed from you."
    ),
    Status.WAITING_FOR_ENQUIRER: _(
        "Waiting for you: we asked you one thing. The rest waits until you answer."
    ),
    Status.WAITING_FOR_OTHER: _(
        "We asked somebody who knows. You still hear from us by %(due)s. Nothing is needed from you."
    ),
    Status.CALLBACK_BOOKED: _("We will ring you."),
    Status.ANSWERED: _("There is an answer. Tell us if it did not help."),
    Status.CLOSED: _("Finished. Write again whenever you like."),
    Status.MERGED: _("We put this with your other question: it goes on there."),
    Status.WITHDRAWN: _("You stopped this on %(stood)s."),
    Status.REFERRED_OUT: _("We passed you on, with your leave, on %(stood)s."),
}
# What advisers read.
INSIDE: dict[str, str | Promise] = {
    Status.QUEUED: _("Free to take."),
    Status.WITH_ADVISER: _("An adviser has it; the clock of the reply runs."),
    Status.WAITING_FOR_ENQUIRER: _("The clock stands still until the enquirer answers."),
    Status.WAITING_FOR_OTHER: _("The clock runs on while somebody else is asked."),
    Status.CALLBACK_BOOKED: _("A time to ring is held."),
    Status.ANSWERED: _(
        "It comes back when the enquirer writes again, and closes by itself when they do not."
    ),
    Status.CLOSED: _("Finished; the outcome is recorded. An adviser can take it up again."),
    Status.SPAM: _("No question; it can be taken back."),
    Status.MERGED: _("It goes on in the enquirer's other question."),
    Status.WITHDRAWN: _("The enquirer stopped it on %(stood)s."),
    Status.REFERRED_OUT: _("Passed on, with the enquirer's leave, on %(stood)s."),
}


def dates(enquiry: Enquiry) -> dict[str, str]:
    """The dates that the sentences name."""
    return {
        "due": long_in_words(timezone.localdate(enquiry.due_at)),
        "stood": in_words(timezone.localdate(enquiry.status_at)),
    }


STANDING = Standing(outside=OUTSIDE, inside=INSIDE, dates=dates)
