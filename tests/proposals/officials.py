"""Employers' officials for tests, asked by the portal's own actions."""

import uuid

from accounts.models import Organisation
from activity import links
from activity.actors import LinkHolder
from proposals.draft import actions as draft
from proposals.draft.models import Status
from proposals.employer import actions
from proposals.employer.models import ASKED, EmployerInvitation
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
    token = links.issue(ASKED, invitation, address=invitation.address)
    session = client.session
    session[links.GRANTS] = {**session.get(links.GRANTS, {}), links._hash(token): proved}
    session.save()
    return links.path(ASKED, token)
