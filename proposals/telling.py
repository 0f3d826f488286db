"""What the outbox must know of proposals: addresses, quiet mail, and when mail is refused."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity import links
from activity.actors import holds
from activity.models import Notification
from activity.subjects import Facts, Subject
from proposals.draft import lapsing, several
from proposals.draft.actions.team import INVITATION_LIVES, JOIN
from proposals.draft.models import Invitation, Member, Proposal, barred_from
from proposals.draft.models.proposal import MAY_LAPSE, OFFICIALS

# The page that a message opens. Messages to officials lead into casework.
PAGES = {
    "proposal.ask_sign_off": "proposals:sign",
    "proposal.hand_over": "proposals:team",
    "proposal.leave": "proposals:team",
    "proposal.submit": "proposals:receipt",
    "proposal.return_incomplete": "proposals:messages",
    "proposal.ask_changes": "proposals:requests",
    "proposal.message": "proposals:messages",
    "proposal.decided": "proposals:letter",
    "proposal.lapse": "proposals:revive",
    "proposal.document_infected": "proposals:documents",
}
CASE_PAGES = {
    "proposal.recommend": "proposals:countersign",
    "case.countersign": "proposals:decide",
    "case.send_back": "proposals:case",
    "case.defer": "proposals:ask",
    "case.replace": "proposals:case",
    "case.assign": "proposals:case",
    "case.mention": "proposals:notes",
    "case.uncovered": "proposals:assign",
    "case.remind": "proposals:case",
    "proposal.resubmit": "proposals:case",
    "case.message": "proposals:case_messages",
    "employer.answer": "proposals:employer_case",
    "case.concern": "proposals:employer_case",
    "case.employer_silent": "proposals:employer_case",
    "case.department_reply": "proposals:employer_case",
    "case.ask_recall": "proposals:recall",
    "case.refuse_recall": "proposals:case",
    "case.ask_exempt": "proposals:confirm_exempt",
    "case.refuse_exempt": "proposals:case",
}

# Where the cases are listed of which one message tells.
SEVERAL = {
    "case.assign": lambda: f"{reverse('proposals:work')}?queue=mine",
    "case.remind": lambda: reverse("start"),
}

JOINING = links.Purpose(
    name=JOIN,
    url_name="proposals:join",
    lives=INVITATION_LIVES,
    asks=_("A colleague has asked you to join them in something at work."),
    button=_("See what it is"),
    once=True,
)


def address(notification: Notification, proposal: Proposal) -> str:
    """The page of a proposal that a message opens; of several cases, where they are listed."""
    if several.keys_of(notification):
        return SEVERAL[notification.kind]()
    name = CASE_PAGES.get(notification.kind) or PAGES.get(notification.kind, "proposals:proposal")
    return reverse(name, args=[proposal.reference])


def is_quiet(notification: Notification, proposal: Proposal) -> bool:
    """Mail to a team whose names are hidden gives nothing away."""
    return proposal.names_hidden and notification.kind not in CASE_PAGES


def guard(notification: Notification, proposal: Proposal) -> str | None:
    """Refuse mail to who left the team or the role, to the employer's own, and to who has a conflict."""
    if notification.kind in CASE_PAGES:
        if notification.user is None or not holds(notification.user, *OFFICIALS):
            return "role-ended"
        if keys := several.keys_of(notification):
            left = Proposal.objects.of_officials(notification.user).filter(pk__in=keys)
            return None if left.exists() else "conflict"
        reader = User.objects.filter(pk=notification.user.pk)
        return "conflict" if reader.filter(barred_from(proposal)).exists() else None
    member = Member.objects.current().filter(proposal=proposal, user=notification.user)
    if not member.exists():
        return "left-team"
    if notification.kind == lapsing.WARNING and _was_heeded(notification, proposal):
        return "heeded"
    return _employer_reads(notification, proposal)


def _was_heeded(notification: Notification, proposal: Proposal) -> bool:
    """Whether a warning has become untrue: the team has done something, or it lapsed."""
    if proposal.status not in MAY_LAPSE:
        return True
    return lapsing.quiet_since(proposal) > notification.created_at


def is_open_to_official(user: User, proposal: Proposal) -> bool:
    """Whether somebody may open a case, so as to be told of it in place of a colleague."""
    return Proposal.objects.of_officials(user).filter(pk=proposal.pk).exists()


def guard_invitation(notification: Notification, invitation: Invitation) -> str | None:
    """Refuse mail for an invitation that is no longer open, and to the employer's own mail."""
    if not Invitation.objects.open().filter(pk=invitation.pk).exists():
        return "invitation-ended"
    return _employer_reads(notification, invitation.proposal)


def fresh_link(notification: Notification, invitation: Invitation) -> Facts:
    """A link for this delivery; one from a delivery that failed half-way ends."""
    links.revoke(invitation, purpose=JOIN)
    token = links.issue(JOIN, invitation, address=invitation.email)
    return {"path": links.path(JOIN, token)}


def _employer_reads(notification: Notification, proposal: Proposal) -> str | None:
    theirs = proposal.employer.owns_address(notification.recipient_address)
    return "employer-domain" if proposal.names_hidden and theirs else None


SUBJECTS = (
    Subject(
        model=Proposal, address=address, quiet=is_quiet, guard=guard, open_to=is_open_to_official
    ),
    Subject(
        model=Invitation,
        address=lambda notification, invitation: reverse("home"),
        quiet=lambda notification, invitation: True,
        guard=guard_invitation,
        prepare=fresh_link,
    ),
)
