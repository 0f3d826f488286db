"""The steps that a team takes with its proposal."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from activity import clock
from activity.actors import Actor
from activity.workflow import NO, YES, Answer, Step, Tell, because
from proposals.draft import completeness, effects, rules
from proposals.draft.models import Member, Proposal, SchemeVersion, Signature, Status
from proposals.draft.models.proposal import BEING_DECIDED

SIGNERS_NEEDED = 2
STAFF_NEEDED = 2


def team(proposal: Proposal, by: Actor | None = None) -> Iterable[User]:
    """Everybody in the team."""
    return [
        member.user
        for member in Member.objects.current().filter(proposal=proposal).select_related("user")
    ]


def asked_to_sign(proposal: Proposal, by: Actor) -> Iterable[User]:
    """Everybody whose signature is asked for and missing."""
    rows = Signature.objects.missing().filter(proposal=proposal)
    return [row.user for row in rows.select_related("user")]


def whose_signature_went(proposal: Proposal, by: Actor) -> Iterable[User]:
    """Everybody whose signature, or request for one, this very step made void."""
    rows = Signature.objects.filter(proposal=proposal, voided_at=proposal.status_at)
    return [row.user for row in rows.select_related("user")]


def can_ask_for_signatures(actor: Actor, proposal: Proposal) -> Answer:
    answer = rules.only_the_lead(actor, proposal)
    if not answer:
        return answer
    open_ = completeness.incomplete(proposal)
    if open_:
        pages = (str(page.title) for section in open_ for page in section.open_pages)
        return because(_("Not complete yet: %(pages)s.") % {"pages": "; ".join(pages)})
    signers = Member.objects.current().filter(proposal=proposal).exclude(role="viewer")
    if signers.count() < SIGNERS_NEEDED:
        return because(_("Two people must sign. Invite a colleague to the team first."))
    if Member.objects.current().filter(proposal=proposal, employed=True).count() < STAFF_NEEDED:
        return because(
            _(
                "Two people in the team must work for your employer now. Each says so on the "
                "page of the team."
            )
        )
    return YES


def can_sign(actor: Actor, proposal: Proposal) -> Answer:
    if not isinstance(actor, User) or not rules.is_member(actor, proposal):
        return NO
    asked = Signature.objects.missing().filter(proposal=proposal, user=actor)
    return YES if asked.exists() else because(_("Your signature is not asked for, or is given."))


def can_reopen(actor: Actor, proposal: Proposal) -> Answer:
    if rules.can_edit(actor, proposal):
        return YES
    if not rules.is_member(actor, proposal):
        return NO
    return because(_("Somebody who edits or signs can do this."))


def can_submit(actor: Actor, proposal: Proposal) -> Answer:
    answer = rules.only_the_lead(actor, proposal)
    if not answer:
        return answer
    asked = Signature.objects.current().filter(proposal=proposal)
    signed = list(asked.values_list("signed_at", "scheme"))
    missing = sum(at is None for at, _scheme in signed)
    if missing:
        return because(
            ngettext(
                "%(count)d signature is missing.", "%(count)d signatures are missing.", missing
            )
            % {"count": missing}
        )
    # None: signed before it was kept under which scheme.
    schemes = {scheme for _at, scheme in signed if scheme is not None}
    if schemes - {SchemeVersion.objects.in_force(clock.today()).pk}:
        return because(
            _(
                "What signers declare has changed since it was signed. Open the proposal again and "
                "ask people to sign it once more."
            )
        )
    return YES


ASK_SIGN_OFF = Step(
    name="ask_sign_off",
    label=gettext_lazy("Ask people to sign"),
    sources=(Status.DRAFT,),
    to=Status.AWAITING_SIGN_OFF,
    allowed=can_ask_for_signatures,
    effects=(effects.ask_signers,),
    tell=(Tell("proposal.ask_sign_off", to=asked_to_sign),),
)
SIGN = Step(
    name="sign",
    label=gettext_lazy("Sign"),
    sources=(Status.AWAITING_SIGN_OFF,),
    to=Status.AWAITING_SIGN_OFF,
    allowed=can_sign,
)
REOPEN = Step(
    name="reopen",
    label=gettext_lazy("Open it again to change something"),
    sources=(Status.AWAITING_SIGN_OFF,),
    to=Status.DRAFT,
    allowed=can_reopen,
    effects=(effects.void_signatures,),
    tell=(Tell("proposal.reopen", to=whose_signature_went),),
)
SUBMIT = Step(
    name="submit",
    label=gettext_lazy("Submit the proposal"),
    sources=(Status.AWAITING_SIGN_OFF,),
    to=Status.SUBMITTED,
    allowed=can_submit,
    effects=(effects.freeze_version,),
    tell=(Tell("proposal.submit", to=team),),
)
WITHDRAW = Step(
    name="withdraw",
    label=gettext_lazy("Withdraw"),
    sources=(
        Status.DRAFT,
        Status.AWAITING_SIGN_OFF,
        Status.SUBMITTED,
        Status.ASSESSING,
        Status.CHANGES_REQUESTED,
        *BEING_DECIDED,
    ),
    to=Status.WITHDRAWN,
    allowed=rules.only_the_lead,
    effects=(effects.void_signatures,),
    tell=(Tell("proposal.withdraw", to=team),),
)

STEPS = (ASK_SIGN_OFF, SIGN, REOPEN, SUBMIT, WITHDRAW)
