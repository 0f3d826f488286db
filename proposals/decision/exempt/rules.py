"""Who may propose that a service is exempt, and who may confirm it."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from activity import clock
from activity.actors import Actor
from activity.dates import in_words
from activity.models import Event
from activity.workflow import NO, YES, Answer, because
from proposals.draft import readers, rules
from proposals.draft.models import Exemption, Proposal, Status
from proposals.draft.models.proposal import OFFICIALS
from proposals.draft.remembered import remembered

# Where a service may be found exempt.
FROM = (Status.SUBMITTED, Status.ASSESSING)
# Events that say until which day an exemption stands.
CONFIRMED, LOOKED = "proposal.confirm_exempt", "case.look_again"


@remembered
def open_exemption(proposal: Proposal) -> Exemption | None:
    """What is proposed and not answered yet, with who proposed it and by which rule."""
    if proposal.status not in FROM:
        return None
    asked = Exemption.objects.open().filter(proposal=proposal)
    return asked.select_related("asked_by", "rule", "department").first()


def exemption_of(proposal: Proposal) -> Exemption | None:
    """The exemption by which a proposal ended, with all that its letter says."""
    if proposal.status != Status.EXEMPT:
        return None
    found = Exemption.objects.confirmed().filter(proposal=proposal)
    about = ("asked_by", "confirmed_by", "rule", "department", "version__scheme")
    return found.select_related(*about).latest("confirmed_at")


def looks_at(proposal: Proposal) -> list[Event]:
    """Each time that its exemption was looked at again since it was confirmed, in order."""
    told = Event.objects.of(proposal).filter(kind__in=(CONFIRMED, LOOKED))
    found: list[Event] = []
    for event in told:
        found = [] if event.kind == CONFIRMED else [*found, event]
    return found


def first_review_on(proposal: Proposal) -> datetime.date:
    """The day to look again that the letter of an exemption named as it went."""
    confirmed = Event.objects.of(proposal).filter(kind=CONFIRMED).latest("pk")
    return datetime.date.fromisoformat(confirmed.data["review_on"])


def can_propose(actor: Actor, proposal: Proposal) -> Answer:
    return rules.official(actor, proposal, Role.DECISION_MAKER)


def can_answer(actor: Actor, proposal: Proposal) -> Answer:
    """Yes to an official of the case who is not the one who proposed it."""
    answers = [rules.official(actor, proposal, role) for role in OFFICIALS]
    answer = next(filter(None, answers), None)
    if answer is None:
        return next((each for each in answers if each.reason), NO)
    asked = open_exemption(proposal)
    if asked is None:
        return because(_("A decision maker proposes it first; then another person confirms it."))
    if isinstance(actor, User) and asked.asked_by_id == actor.pk:
        return because(_("You proposed it. Another reviewer or decision maker answers."))
    return YES


def can_confirm(actor: Actor, proposal: Proposal) -> Answer:
    """As who may answer, while what was proposed still holds."""
    answer = can_answer(actor, proposal)
    asked = open_exemption(proposal)
    if not answer or asked is None:
        return answer
    if not readers.free(proposal, Role.DECISION_MAKER).filter(pk=asked.asked_by_id).exists():
        return because(
            _("Whoever proposed it can decide on this case no longer. Refuse it, with that reason.")
        )
    if asked.is_due(clock.today()):
        return because(
            _(
                "It was to be looked at again by %(day)s, which has come. Refuse it, with that reason."
            )
            % {"day": in_words(asked.review_on)}
        )
    return YES
