"""Which pages of a proposal may be changed where it stands now, by those who may write."""

from __future__ import annotations

from proposals.draft.models import Proposal, Request, Signature, Status
from proposals.draft.questions import Page, Topic, topics
from proposals.draft.remembered import remembered

# The keys of a topic and of one of its pages.
Place = tuple[str, str]


@remembered
def signatures(proposal: Proposal) -> list[Signature]:
    """Every signature that is asked for or given, for the text as it stands."""
    current = Signature.objects.current().filter(proposal=proposal)
    return list(current.select_related("user").order_by("pk"))


@remembered
def ever_asked(proposal: Proposal) -> list[Request]:
    """Everything that reviewers asked, each with its version and whether a later one answered it."""
    sent = Request.objects.with_answered().filter(proposal=proposal)
    return list(sent.select_related("version", "code").order_by("number"))


def was_asked(proposal: Proposal) -> bool:
    """Whether reviewers ever asked anything, without reading it where its own query has said so."""
    known: bool | None = getattr(proposal, "was_asked", None)
    return bool(ever_asked(proposal)) if known is None else known


def remember_nothing_asked(proposal: Proposal) -> None:
    """Spare this instance a reading: its own query has said that nothing was ever asked."""
    proposal.__dict__["_ever_asked"] = []


def requests(proposal: Proposal) -> list[Request]:
    """What the reviewers wait for, in its order; nothing unless changes are requested."""
    if proposal.status != Status.CHANGES_REQUESTED:
        return []
    return [each for each in ever_asked(proposal) if not each.is_answered]


def asked_places(proposal: Proposal) -> set[Place]:
    """The pages that the reviewers wait for."""
    return {(each.section, each.page) for each in requests(proposal)}


def is_being_signed(proposal: Proposal) -> bool:
    """Whether people are asked to sign the text, or have signed it, so that it stands."""
    if proposal.status == Status.AWAITING_SIGN_OFF:
        return True
    return proposal.status == Status.CHANGES_REQUESTED and bool(signatures(proposal))


def open_places(proposal: Proposal) -> set[Place]:
    """The pages that were asked about, while they may be changed: not once people sign."""
    asked = asked_places(proposal)
    return set() if asked and is_being_signed(proposal) else asked


def is_open(proposal: Proposal, about: Topic, asked: Page) -> bool:
    """Whether a page may be changed: any of a draft, and those that the reviewers asked about."""
    if proposal.status == Status.DRAFT:
        return True
    return (about.key, asked.key) in open_places(proposal)


def open_sections(proposal: Proposal) -> set[str]:
    """The sections that documents may be added to now: all of a draft, or those that were asked about."""
    if proposal.status == Status.DRAFT:
        return {about.key for about in topics()}
    return {section for section, _page in open_places(proposal)}
