"""The letter to the team."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from activity.dates import in_words
from proposals.decision.letters.criteria import criterion_of
from proposals.decision.letters.matter import (
    Matter,
    conditions,
    decided,
    head,
    judged,
    money,
)
from proposals.decision.letters.shape import Letter, Part, Said
from proposals.decision.models import Outcome, Reason
from proposals.employer.hearing import IN_THE_LETTER
from proposals.employer.models import Heard


def letter_to_team(matter: Matter) -> Letter:
    """What the team reads of a decision."""
    title, *lead = _opening(Outcome(matter.advice.outcome))
    service = matter.proposal.title
    return Letter(
        title=title,
        caption=_("%(reference)s, %(service)s")
        % {"reference": matter.proposal.reference, "service": service},
        head=head(matter, _("The team of %(service)s") % {"service": service}),
        lead=tuple(lead),
        parts=tuple(_parts(matter)),
    )


def _opening(outcome: Outcome) -> tuple[str, ...]:
    """The title, and what the letter comes to."""
    if outcome == Outcome.REJECTED:
        return (
            _("We cannot approve your proposal as it stands"),
            _(
                "We know that this is not the answer you worked for. This letter says what is good "
                "about your proposal, why we cannot approve it, what would change our answer, and "
                "what you can do now."
            ),
        )
    contract = _("This is not yet a contract. What has to happen first is set out below.")
    if outcome == Outcome.APPROVED_WITH_CONDITIONS:
        return (
            _("Your proposal is found suitable, with conditions"),
            _(
                "We find your proposal suitable, if the conditions in this letter are met by their "
                "dates. Your employer is expected to accept it on that footing, and we ask it to."
            ),
            contract,
        )
    return (
        _("Your proposal is found suitable"),
        _(
            "Under the Right to Provide your employer is expected to accept a suitable proposal, "
            "and we ask it to accept yours."
        ),
        contract,
    )


def _parts(matter: Matter) -> Iterator[Part]:
    yield Part(_("What is good about it"), (Said(matter.advice.good),))
    if not matter.is_approved:
        yield Part(_("Why we cannot approve it"), tuple(map(_reason, matter.reasons)))
    yield from conditions(
        matter,
        _(
            "Each must be met by its date. If you see that one cannot be, tell us before that day, "
            "and we look for a way with you."
        ),
    )
    yield from money(matter)
    if matter.is_approved:
        yield from _promises(matter)
        yield _next()
    else:
        yield from _again(matter)
    yield Part(_("Help that you can have"), tuple(_help(matter)))
    if matter.advice.outcome != Outcome.APPROVED:
        yield _review(matter)
    heard = IN_THE_LETTER.get(Heard(matter.advice.heard))
    told = (Said(str(heard)),) if heard else ()
    yield Part(_("How this was decided"), (*judged(matter), *told, decided(matter)))


def _reason(reason: Reason) -> Said:
    """One reason: what is missing, the test, what shows it, and what would change the answer."""
    facts = (
        (_("The test that is not met"), criterion_of(reason.code.code)),
        (_("What shows it"), reason.evidence),
        (_("What would change our answer"), reason.remedy),
        (_("Reason code"), reason.code.code),
    )
    return Said(head=reason.code.wording, facts=tuple(row for row in facts if row[1]))


def _promises(matter: Matter) -> Iterator[Part]:
    if matter.promised:
        said = Said(
            _(
                "These are the promises that you signed. They stand in the register beside your "
                "proposal, and results are held against them."
            )
        )
        yield Part(_("What you promised"), (said, Said(items=_sentences(matter))))


def _sentences(matter: Matter) -> tuple[str, ...]:
    return tuple(each.says for each in matter.promised)


def _next() -> Part:
    steps = (
        _("Your employer tells you and us whether it accepts."),
        _("You and your employer agree the savings and the quality in writing."),
        _("The commissioner finds a lawful route to award a contract."),
        _("The contract is signed. Until then you stay in your posts as you are."),
    )
    entry = _("A pathfinder entry is open for you. Tell us there what help you need first.")
    return Part(_("What comes next"), (Said(items=steps, is_numbered=True), Said(entry)))


def _again(matter: Matter) -> Iterator[Part]:
    """Whether and when it may be submitted again."""
    cured = _(
        "Yes. Once you have put right what is named above, you can submit a new proposal for this "
        "service at once; there is no wait."
    )
    if matter.again_on:
        as_it_is = _("Without such changes you can submit it again from %(day)s.") % {
            "day": in_words(matter.again_on)
        }
    else:
        as_it_is = _("Without such changes you can submit it again after %(months)d months.") % {
            "months": matter.scheme.again_months
        }
    start = (_("Start a proposal"), reverse("proposals:new"))
    yield Part(_("Can you submit it again?"), (Said(f"{cured} {as_it_is}", link=start),))


def _help(matter: Matter) -> Iterator[Said]:
    asked = (_("Get advice"), reverse("advice:ask"))
    if matter.is_approved:
        yield Said(
            _(
                "The advice line answers your questions on all of this, free of charge. People who "
                "run a mutual already can be your mentors: ask for one in your pathfinder entry."
            ),
            link=asked,
        )
        return
    yield Said(
        _(
            "The advice line goes through each of the points above with you, free of charge, and "
            "helps you to work out whether and how each can be put right."
        ),
        link=asked,
    )


def _review(matter: Matter) -> Part:
    """How and until when a review may be asked for."""
    if matter.appeal_by:
        until = _("You can ask for a review until %(day)s.") % {"day": in_words(matter.appeal_by)}
    else:
        until = _(
            "You can ask for a review within %(days)d working days. The last of them stands here "
            "once the letter is released."
        ) % {"days": matter.scheme.appeal_days}
    people = _(
        "People who had no part in this decision look at it again: at how it was made, at the "
        "evidence, and at the reasons. Asking is not held against you."
    )
    how = _(
        "Write to us by the messages of your proposal, with the word “review” and what you think "
        "is wrong."
    )
    messages = (
        _("Write to us"),
        reverse("proposals:messages", args=[matter.proposal.reference]),
    )
    said = (Said(f"{until} {people}"), Said(how, link=messages))
    return Part(_("If you think that this is wrong"), said)
