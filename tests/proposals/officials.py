"""Employers' officials for tests, asked by the portal's own actions."""

import uuid

from accounts.models import Organisation
from activity.actors import LinkHolder
from proposals.draft import actions as draft
from proposals.draft.models import Status
from proposals.employer import actions, answers
from proposals.employer.answer_forms import Written, answer_of
from proposals.employer.facts import FACTS
from proposals.employer.models import ASKED, EmployerInvitation
from tests import held_links
from tests.proposals import builders

POST = "Head of people"


def submitted(people, staff, *, contact=True):
    """A proposal just submitted, whose employer's record names a contact, or does not."""
    proposal = builders.sign_all(builders.proposal_at(Status.AWAITING_SIGN_OFF, people, staff))
    if contact:
        keep_contact(proposal.employer)
        proposal = builders.again(proposal)
    draft.submit(proposal=proposal, seen=proposal.revision, by=people.lead)
    builders.declare_none(proposal, staff.reviewer, staff.countersigner)
    return builders.again(proposal)


def asked(proposal):
    """The contact of its employer's record is asked about a proposal that is with officials."""
    keep_contact(proposal.employer)
    actions.ask_on_submission(builders.again(proposal))
    return builders.again(proposal)


def keep_contact(employer, name="people"):
    Organisation.objects.filter(pk=employer.pk).update(
        contact_post=POST, contact_address=at(employer, name)
    )


def at(employer, name):
    """An address at an employer."""
    return f"{name}@{employer.mail_domains[0]}"


def live(proposal):
    return EmployerInvitation.objects.live().get(proposal=proposal)


def checked(proposal, reviewer, name="director", **changes):
    """What a reviewer's page sends who asks somebody, pressed."""
    asked = EmployerInvitation.objects.live().filter(proposal=proposal).first()
    typed = {
        "post": "Director of services",
        "address": at(proposal.employer, name),
        "checked_how": "Rang the switchboard.",
        "shown": str(asked.once) if asked else "",
        "once": uuid.uuid4(),
    }
    return actions.ask(proposal=proposal, by=reviewer, **typed | changes)


def holder(invitation, *, proved=True):
    kind = invitation._meta.label_lower
    return LinkHolder(ASKED, kind, invitation.pk, invitation.address, proved)


def opened(client, invitation, *, proved=True):
    """The address of an official's page, in a browser that has opened its link."""
    return held_links.opened(client, ASKED, invitation, invitation.address, proved=proved)


def facts(**changes):
    """What an official types who finds every fact right, but for the changes."""
    return {fact.key: "right" for fact in FACTS} | changes


DISPUTED = {"headcount": "ours", "headcount-ours": "90", "headcount-source": "Payroll, March"}
OBJECTION = {
    "position": "object",
    "grounds-0-ground": "RC-S01",
    "grounds-0-evidence": "Our plan of May costs less.",
}
CONDITIONS = {"position": "conditions", "conditions": "Keep the night rota."}
ACCEPTANCE = {"position": "accept"}


def marks(client, path):
    """What the page sends back of how it was drawn."""
    return {"seen": client.get(path).context["mark"]}


def typed(client, path, facts_typed, position):
    """Both pages filled in by an official who holds the link."""
    for page, words in (("facts", facts_typed), ("position", position)):
        where = f"{path}{page}/"
        assert client.post(where, marks(client, where) | words).status_code == 302


def answered(proposal, facts_typed=None, position=None):
    """The answer of the official who is asked, sent by the portal's own actions."""
    asked = live(proposal)
    fill(asked, facts_typed or facts(**DISPUTED), position or CONDITIONS)
    return send(asked)


def fill(asked, facts_typed, position):
    """Both pages as the official who is asked would save them."""
    by, version = holder(asked), asked.proposal.versions.select_related("scheme").latest()
    written = Written(answers.draft_of(asked), version)
    answers.save_facts(
        invitation=asked,
        typed=written.facts(facts_typed).typed(),
        told=written.told_by_key(),
        seen=answers.mark_of_facts(written.draft, version),
        by=by,
    )
    draft = answers.draft_of(asked)
    answers.save_position(
        invitation=asked,
        typed=written.position(position).typed(),
        seen=answers.mark_of_position(draft),
        by=by,
    )


def send(asked, seen=None):
    """The draft of an official, pressed to be sent."""
    version = asked.proposal.versions.select_related("scheme").latest()
    written = Written(answers.draft_of(asked), version)
    return answers.send(
        invitation=asked,
        answer=answer_of(*_valid(written.whole())),
        seen=seen or answers.mark_of_all(written.draft, version),
        by=holder(asked),
    )


def _valid(forms):
    for form in forms:
        assert form.is_valid(), form.errors
    return forms
