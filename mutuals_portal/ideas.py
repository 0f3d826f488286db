"""Where an idea goes on as a question to the advice line: the two apps do not know each other."""

from __future__ import annotations

from activity import links
from activity.once import key_of
from advice.intake import actions
from advice.intake.actions import Enquirer
from advice.intake.mail import MINE
from advice.intake.models import Enquiry
from proposals.ideas.models import Idea
from proposals.ideas.passing import Way


def ask(idea: Idea) -> str:
    """Make the idea a question of its sender, and return the question's reference."""
    sender = idea.sender
    enquiry = actions.receive(
        words=idea.words,
        enquirer=Enquirer(
            name=sender.name,
            email=sender.email,
            address_is_private=sender.address_is_private,
            safe_ways=sender.reach,
            employer_name=sender.workplace,
        ),
        employer_must_not_know=idea.employer_must_not_know,
        once=key_of(idea.once, "question"),
        is_example=idea.is_example,
    )
    return enquiry.reference


def link(idea: Idea) -> str:
    """A fresh private link to the question, for its sender, who has proved who they are."""
    enquiry = Enquiry.objects.get(reference=idea.enquiry_reference)
    return links.path(MINE.name, links.issue(MINE.name, enquiry))


TO_ADVICE = Way(ask=ask, link=link)
