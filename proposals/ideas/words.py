"""What each status of an idea means, in one sentence for its sender and one for coordinators."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from activity.standing import Standing
from proposals.ideas.models import Idea, Status


def reference(idea: Idea) -> dict[str, str]:
    """The question that an idea became, if it was passed on."""
    return {"enquiry": idea.enquiry_reference}


STANDING = Standing(
    outside={
        Status.NEW: _("We have it, and a person will answer."),
        Status.ANSWERED: _("A person has read it and answered."),
        Status.TAKEN_UP: _(
            "We ask you to make a proposal of it. You sign in, and your words come along into a "
            "draft that only you see."
        ),
        Status.PASSED_ON: _(
            "The advice line has it now, as your question %(enquiry)s. It goes on there."
        ),
    },
    inside={
        Status.NEW: _("Nobody has answered it yet."),
        Status.ANSWERED: _("Answered, with the reply below."),
        Status.TAKEN_UP: _("Its sender is asked to make a proposal of it."),
        Status.PASSED_ON: _("The advice line has it, as %(enquiry)s."),
    },
    dates=reference,
)
