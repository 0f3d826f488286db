"""The steps that a team takes with its proposal."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from activity import clock
from activity.actors import Actor
from activity.dates import in_words
from activity.workflow import NO, YES, Answer, Step, Tell, because
from proposals.draft import completeness, effects, hindrances, lapsing, openness, rules
from proposals.draft.models import (
    Member,
    MemberRole,
    Proposal,
    SchemeVersion,
    Signature,
    Status,
)
from proposals.draft.models.proposal import BEING_DECIDED, MAY_LAPSE
from proposals.draft.openness import Place, signatures
from proposals.draft.questions import Stage
from proposals.draft.remembered import remembered
from proposals.draft.safety import documents_are_safe

SIGNERS_NEEDED = 2
STAFF_NEEDED = 2
# A refusal names so many pages, and counts the rest.
MOST_NAMED = 5


@remembered
def members(proposal: Proposal) -> list[Member]:
    """Everybody in the team, in the order in which they joined."""
    current = Member.objects.current().filter(proposal=proposal)
    return list(current.select_related("user").order_by("pk"))


def known_members(reader: User, proposal: Proposal) -> list[Member]:
    """The team as its member reads it; what the reader is in it need not be asked again."""
    found = members(proposal)
    mine = next(member for member in found if member.user_id == reader.pk)
    rules.remember(reader, proposal, rules.Standing(member=MemberRole(mine.role)))
    return found


def missing_of(proposal: Proposal) -> list[Signature]:
    """The signatures that are asked for and not given."""
    return [row for row in signatures(proposal) if row.signed_at is None]


def signers(proposal: Proposal) -> list[Member]:
    """Those in the team who may sign."""
    return [member for member in members(proposal) if member.role != MemberRole.VIEWER]


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
    answer = (
        rules.only_the_lead(actor, proposal)
        and hindrances.answer(proposal, Stage.SIGN)
        and _may_be_signed(proposal)
    )
    if not answer:
        return answer
    if len(signers(proposal)) < SIGNERS_NEEDED:
        return because(_("Two people must sign. Invite a colleague to the team first."))
    if sum(member.employed is True for member in members(proposal)) < STAFF_NEEDED:
        return because(
            _(
                "Two people in the team must work for your employer now. Each says so on the "
                "page of the team."
            )
        )
    return documents_are_safe(proposal)


def _may_be_signed(proposal: Proposal) -> Answer:
    """Yes when the text is ready: complete, or changed as the reviewers asked."""
    if proposal.status != Status.CHANGES_REQUESTED:
        return _complete(proposal, Stage.SIGN)
    if openness.is_being_signed(proposal):
        return because(_("People are asked to sign it already."))
    left = sum(not each.reply for each in openness.requests(proposal))
    if left:
        said = ngettext(
            "%(count)d request has no reply yet.", "%(count)d requests have no reply yet.", left
        )
        return because(said % {"count": left})
    return _complete(proposal, Stage.SUBMIT, openness.asked_places(proposal))


def can_sign(actor: Actor, proposal: Proposal) -> Answer:
    if not isinstance(actor, User) or not rules.is_member(actor, proposal):
        return NO
    if any(row.user_id == actor.pk for row in missing_of(proposal)):
        return YES
    return because(_("Your signature is not asked for, or is given."))


def can_reopen(actor: Actor, proposal: Proposal) -> Answer:
    if not rules.is_member(actor, proposal):
        return NO
    if not rules.can_edit(actor, proposal):
        return because(_("Somebody who edits or signs can do this."))
    if proposal.status == Status.CHANGES_REQUESTED and not openness.is_being_signed(proposal):
        return because(_("It is open already: nobody is asked to sign."))
    return YES


def can_submit(actor: Actor, proposal: Proposal) -> Answer:
    answer = rules.only_the_lead(actor, proposal) and signed(proposal)
    answer = answer and hindrances.answer(proposal, Stage.SUBMIT)
    return answer and _complete(proposal, Stage.SUBMIT) and documents_are_safe(proposal)


def signed(proposal: Proposal) -> Answer:
    """Yes when everybody who was asked has signed the text, under the declaration of today."""
    missing = len(missing_of(proposal))
    if missing:
        return because(
            ngettext(
                "%(count)d signature is missing.", "%(count)d signatures are missing.", missing
            )
            % {"count": missing}
        )
    # None: signed before it was kept under which scheme.
    schemes = {row.scheme_id for row in signatures(proposal) if row.scheme_id is not None}
    if schemes - {SchemeVersion.objects.in_force(clock.today()).pk}:
        return because(
            _(
                "What signers declare has changed since it was signed. Open the proposal again and "
                "ask people to sign it once more."
            )
        )
    return YES


def _complete(proposal: Proposal, stage: Stage, places: set[Place] | None = None) -> Answer:
    """Yes when every question that is needed by then is answered. places: on these pages alone."""
    pages = [
        str(page.title)
        for about, page in completeness.open_pages(proposal, stage)
        if places is None or (about.key, page.key) in places
    ]
    more = len(pages) - MOST_NAMED
    if more > 0:
        said = ngettext("and %(count)d more page", "and %(count)d more pages", more)
        pages[MOST_NAMED:] = [said % {"count": more}]
    return (
        because(_("Not complete yet: %(pages)s.") % {"pages": "; ".join(pages)}) if pages else YES
    )


def can_lapse(actor: Actor, proposal: Proposal) -> Answer:
    """Nobody but the job, and only while the team has still done nothing."""
    return YES if actor == lapsing.LAPSING and lapsing.may_lapse_now(proposal) else NO


def can_revive(actor: Actor, proposal: Proposal) -> Answer:
    answer = rules.only_the_lead(actor, proposal)
    last = proposal.revivable_until
    if answer and proposal.status == Status.LAPSED and last < clock.today():
        return because(
            _(
                "It could be brought back until %(day)s. Start a new proposal instead; your team "
                "can still read this one."
            )
            % {"day": in_words(last)}
        )
    return answer


def where_it_was(proposal: Proposal) -> str:
    """Where a proposal lapsed from; a draft again, where signatures were asked for: they are void."""
    return Status.CHANGES_REQUESTED if proposal.submitted_at else Status.DRAFT


# Where a text is written -> where it stands while people sign it. A proposal that the reviewers
# sent back stays where it is, for them and for its clock; its signatures say that it is closed.
SIGNED_IN: dict[str, str] = {
    Status.DRAFT: Status.AWAITING_SIGN_OFF,
    Status.CHANGES_REQUESTED: Status.CHANGES_REQUESTED,
}
WRITTEN_IN = {signing: writing for writing, signing in SIGNED_IN.items()}

ASK_SIGN_OFF = Step(
    name="ask_sign_off",
    label=gettext_lazy("Ask people to sign"),
    sources=(Status.DRAFT, Status.CHANGES_REQUESTED),
    to=lambda proposal: SIGNED_IN[proposal.status],
    results={source: (target,) for source, target in SIGNED_IN.items()},
    allowed=can_ask_for_signatures,
    effects=(effects.ask_signers,),
    tell=(Tell("proposal.ask_sign_off", to=asked_to_sign),),
)
SIGN = Step(
    name="sign",
    label=gettext_lazy("Sign"),
    sources=(Status.AWAITING_SIGN_OFF, Status.CHANGES_REQUESTED),
    to=lambda proposal: str(proposal.status),
    results={status: (status,) for status in SIGNED_IN.values()},
    allowed=can_sign,
)
REOPEN = Step(
    name="reopen",
    label=gettext_lazy("Open it again to change something"),
    sources=(Status.AWAITING_SIGN_OFF, Status.CHANGES_REQUESTED),
    to=lambda proposal: WRITTEN_IN[proposal.status],
    results={source: (target,) for source, target in WRITTEN_IN.items()},
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

LAPSE = Step(
    name="lapse",
    label=gettext_lazy("Set aside"),
    sources=MAY_LAPSE,
    to=Status.LAPSED,
    allowed=can_lapse,
    effects=(effects.void_signatures,),
    tell=(Tell("proposal.lapse", to=team, due=attrgetter("revivable_until")),),
)
REVIVE = Step(
    name="revive",
    label=gettext_lazy("Bring it back"),
    sources=(Status.LAPSED,),
    to=where_it_was,
    results=(Status.DRAFT, Status.CHANGES_REQUESTED),
    allowed=can_revive,
    tell=(Tell("proposal.revive", to=team),),
)

STEPS = (ASK_SIGN_OFF, SIGN, REOPEN, SUBMIT, WITHDRAW, LAPSE, REVIVE)
