"""The answer of an employer's official, for the examples of the embedded database only."""

from __future__ import annotations

from accounts.models import User
from activity import clock
from activity.actors import LinkHolder
from activity.models import Event
from proposals.draft.models import Proposal
from proposals.employer import answers
from proposals.employer.actions import ASKING
from proposals.employer.answer_forms import Written, answer_of
from proposals.employer.clocks import answer_by
from proposals.employer.models import ASKED, Basis, EmployerAnswer, EmployerInvitation

POST = "Head of people"
# No body's own, and nobody's: what is mailed there comes to nobody.
ADDRESS = "head.of.people@employer.example"
DISPUTED = {
    "one-off": "ours",
    "one-off-ours": "65,000",
    "one-off-source": "Estimate of our transfer team, with the move of the telephones",
}
POSITION = {
    "position": "conditions",
    "conditions": "The night rota stays as it is for the first year.\n"
    "Payroll is bought back from us until the first audit.",
    "to_team": "Thank you for the work in this. We would like to meet you before the summer.",
    "to_reviewers": "Our estimate of the telephones rests on one offer. We can send a second one.",
}


def answered(proposal: Proposal, checked_by: User) -> EmployerAnswer:
    """Have an employer accept with conditions and dispute one figure, as its official would."""
    asked = ask(proposal, checked_by)
    by = LinkHolder(ASKED, asked._meta.label_lower, asked.pk, asked.address, proved=True)
    version = proposal.versions.select_related("scheme").latest()
    written = Written(answers.draft_of(asked), version)
    right = {each.fact.key: "right" for each in written.told}
    kept = answers.save_facts(
        invitation=asked,
        typed=written.facts(right | DISPUTED).typed(),
        told=written.told_by_key(),
        seen=answers.mark_of_facts(written.draft, version),
        by=by,
    )
    kept = answers.save_position(
        invitation=asked,
        typed=written.position(POSITION).typed(),
        seen=answers.mark_of_position(kept),
        by=by,
    )
    facts, position = Written(kept, version).whole()
    if not (facts.is_valid() and position.is_valid()):
        raise ValueError(facts.errors | position.errors)
    seen = answers.mark_of_all(kept, version)
    return answers.send(invitation=asked, answer=answer_of(facts, position), seen=seen, by=by)


def ask(proposal: Proposal, checked_by: User) -> EmployerInvitation:
    """Who is asked; written down without the mail that asking sends."""
    asked = EmployerInvitation.objects.create(
        proposal=proposal,
        post=POST,
        address=ADDRESS,
        basis=Basis.CHECKED,
        checked_how="Made up for the example.",
        asked_by=checked_by,
        due_on=answer_by(proposal, clock.today()),
    )
    Proposal.objects.filter(pk=proposal.pk).update(employer_due_on=asked.due_on)
    told = {"basis": str(asked.basis), "due_on": asked.due_on}
    Event.objects.write("employer.ask", proposal, by=ASKING, data=told)
    return asked
