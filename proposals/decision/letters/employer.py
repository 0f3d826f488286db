"""The letter to the employer: it asks for acceptance, and tells nothing that is the team's alone.

Nobody of the team is named in it, and neither the reasons of a refusal nor what the team's letter
calls good stand in it: they were written for the team.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.dates import in_words
from proposals.decision.letters.matter import (
    Matter,
    conditions,
    decided,
    head,
    judged,
    money,
)
from proposals.decision.letters.shape import Letter, Part, Said
from proposals.decision.models import Outcome
from proposals.employer.models import Heard

HEARD: dict[Heard, str | Promise] = {
    Heard.ANSWERED: gettext_lazy("We took the answer of your organisation into account."),
    Heard.EARLIER: gettext_lazy(
        "Your organisation answered about an earlier version of the proposal, and not about this "
        "one. We took that answer into account."
    ),
    Heard.SILENT: gettext_lazy(
        "Your organisation was asked and had not answered when we judged it. That counted neither "
        "for nor against the proposal."
    ),
}


def letter_to_employer(matter: Matter, post: str = "") -> Letter:
    """What an employer's official reads of a decision. post: theirs; "" where nobody is asked."""
    employer = str(matter.proposal.employer)
    title, *lead = _opening(matter)
    return Letter(
        title=title,
        caption=_("%(reference)s, %(service)s")
        % {"reference": matter.proposal.reference, "service": matter.proposal.title},
        head=head(matter, f"{post}, {employer}" if post else employer),
        lead=tuple(lead),
        parts=tuple(_parts(matter)),
    )


def _opening(matter: Matter) -> tuple[str, ...]:
    """The title, and what the letter comes to."""
    made = _(
        "Staff of yours proposed to take over %(service)s and run it as a mutual, under the Right "
        "to Provide."
    ) % {"service": matter.proposal.title}
    outcome = matter.advice.outcome
    if outcome == Outcome.REJECTED:
        stands = _("We do not approve the proposal as it stands. Nothing is asked of you now.")
        return _("A proposal of your staff is not approved"), f"{made} {stands}"
    if outcome == Outcome.APPROVED_WITH_CONDITIONS:
        title = _("A proposal of your staff is found suitable, with conditions")
        found = _(
            "We find the proposal suitable, if the conditions in this letter are met by their "
            "dates. We ask you to accept it on that footing."
        )
    else:
        title = _("A proposal of your staff is found suitable")
        found = _("We find the proposal suitable, and we ask you to accept it.")
    return title, f"{made} {found}"


def _parts(matter: Matter) -> Iterator[Part]:
    if matter.is_approved:
        yield from _asked()
    else:
        yield _refused(matter)
    yield from conditions(
        matter,
        _("The approval holds if each of these is met by its date. For some you may be needed."),
    )
    yield from money(matter)
    if matter.is_approved and matter.promised:
        intro = Said(_("If it goes ahead, results are held against these promises:"))
        sentences = tuple(each.says for each in matter.promised)
        yield Part(_("What the staff promise"), (intro, Said(items=sentences)))
    yield _staff()
    heard = Said(str(HEARD[Heard(matter.advice.heard)]))
    yield Part(_("How this was decided"), (*judged(matter), heard, decided(matter)))
    yield _questions()


def _asked() -> Iterator[Part]:
    asks = (
        _("Tell the staff and us, in writing, that your organisation accepts the proposal."),
        _("Name the official who agrees the savings and the quality with the staff in writing."),
        _("Find out with them by which lawful route a contract can be awarded."),
    )
    contract = _(
        "To accept is not to sign a contract. A contract follows where the rules on procurement "
        "allow it and the savings are properly agreed."
    )
    how = Said(
        _("Write to us through the advice line, and give the reference at the top of this letter."),
        link=(_("Write to us"), reverse("advice:ask")),
    )
    expected = Said(_("An employer is expected to accept a suitable proposal of its staff."))
    yield Part(
        _("What we ask of you"),
        (expected, Said(items=asks, is_numbered=True), Said(contract), how),
    )
    cannot = _(
        "Tell us why in writing. To prefer that the service stays in-house, to have no capacity, "
        "or that it is not your policy, is no ground. We take a refusal to the department that is "
        "responsible for your organisation."
    )
    yield Part(_("If you cannot accept it"), (Said(cannot),))


def _refused(matter: Matter) -> Part:
    """What the staff may do, so that an employer is not taken by surprise."""
    reasons = _("The staff have a letter with the reasons, and with what would change our answer.")
    if matter.appeal_by:
        review = _(
            "They can ask for a review until %(day)s, and they can submit a new proposal."
        ) % {"day": in_words(matter.appeal_by)}
    else:
        review = _("They can ask for a review, and they can submit a new proposal.")
    told = _("If either needs anything of you, we write to you again.")
    return Part(_("What happens now"), (Said(f"{reasons} {review} {told}"),))


def _staff() -> Part:
    said = _(
        "They used a right that they have. Nobody may be treated worse for having made this "
        "proposal, signed it, voted on it or kept out of it. Those who have not let you know their "
        "names keep them to themselves: do not try to find out who they are."
    )
    return Part(_("The staff who made it"), (Said(said),))


def _questions() -> Part:
    said = Said(
        _("The advice line answers employers too, free of charge."),
        link=(_("Guide for an employer's official"), reverse("help", args=["employer"])),
    )
    return Part(_("If you have questions"), (said,))
