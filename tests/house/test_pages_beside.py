"""Pages that no link of an example leads to: accessible and narrow too."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.urls import reverse

import proposals.reference
from proposals.draft import actions as draft
from proposals.draft.actions.writing import mark_of
from proposals.draft.models import Status
from proposals.draft.questions import topic
from proposals.review import actions as review
from proposals.review import triage
from tests.browser import NARROW, assert_accessible, assert_fits, sign_in
from tests.pathfinders import factories as mutuals
from tests.proposals import builders, officials

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Where the verb's page opens, and to whom.
VERBS = {
    "begin": (Status.SUBMITTED, "reviewer"),
    "return_incomplete": (Status.SUBMITTED, "reviewer"),
    "submit": (Status.AWAITING_SIGN_OFF, "lead"),
    "recall": (Status.DECIDED, "decider"),
    "confirm_exempt": (Status.SUBMITTED, "reviewer"),
    "take_back_exempt": (Status.SUBMITTED, "decider"),
    "triage": (Status.SUBMITTED, "reviewer"),
}


@pytest.fixture
def look(portal, browser):
    """Look at an address as somebody."""

    def at(address: str, user: Any) -> None:
        with browser.new_context(viewport=NARROW) as context:
            sign_in(context, portal, user)
            page = context.new_page()
            assert page.goto(portal + address).status == 200
            assert page.url == portal + address
            assert_accessible(page)
            assert_fits(page)

    return at


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_of_a_proposal(look, verb):
    proposals.reference.load()
    status, who = VERBS[verb]
    people, staff = builders.team(), builders.officials()
    proposal = builders.proposal_at(status, people, staff)
    if verb == "submit":
        proposal = builders.sign_all(proposal)
    if verb in ("confirm_exempt", "take_back_exempt"):
        builders.ask_exempt(proposal, staff.decider)
    if verb == "triage":
        noted = builders.proposal_at(status, builders.team(), staff)
        triage.note_duplicate(proposal=proposal, other=noted.reference, by=staff.reviewer)
    reader = (vars(people) | vars(staff))[who]
    look(reverse(f"proposals:{verb}", args=[proposal.reference]), reader)


def test_what_a_second_version_changed(look):
    proposals.reference.load()
    people, staff = builders.team(), builders.officials()
    first = builders.proposal_at(Status.SUBMITTED, people, staff)
    typed = {
        "employer": {"C6": "7"},
        "staff": {"U9": [{"worry": "Parking", "answer": "It is free."}]},
        "quality": {"Q5": "Records could be lost. We run both systems for two months."},
    }
    second = builders.submit_again(first, people, staff, typed)
    look(reverse("proposals:versions_compare", args=[second.reference]), people.viewer)
    look(reverse("proposals:case_versions_compare", args=[second.reference]), staff.reviewer)
    for criterion in ("savings", "staff", "viability"):
        address = reverse("proposals:read", args=[second.reference, criterion])
        look(address, staff.reviewer)


def test_a_note_that_mentions_its_reader_and_what_was_decided_of_like_services(look):
    proposals.reference.load()
    people, staff = builders.team(), builders.officials()
    case = builders.proposal_at(Status.ASSESSING, people, staff)
    noted = builders.said("See the lease.")
    review.write_note(proposal=case, **noted, colleagues=[staff.decider], by=staff.reviewer)
    builders.many(1, status=Status.REJECTED, also=lambda n: {"sector": case.sector})
    for page in ("notes", "case_similar"):
        look(reverse(f"proposals:{page}", args=[case.reference]), staff.decider)


def test_asking_for_changes_and_answering(look):
    proposals.reference.load()
    people, staff = builders.team(), builders.officials()
    case = builders.proposal_at(Status.ASSESSING, people, staff)
    drafted = builders.draft_request(case, staff.reviewer)
    look(reverse("proposals:ask_changes", args=[case.reference]), staff.reviewer)
    for verb in ("ask_change", "ask_remove"):
        look(reverse(f"proposals:{verb}", args=[case.reference, drafted.key]), staff.reviewer)
    asked = builders.ask_changes(case, staff, ("staff", "worries"))
    look(reverse("proposals:resubmit", args=[asked.reference]), people.lead)
    builders.resubmit(asked, people)
    look(reverse("proposals:case", args=[asked.reference]), staff.reviewer)


def test_taking_an_employers_silence_to_its_department(look):
    proposals.reference.load()
    people, staff = builders.team(), builders.officials()
    case = officials.submitted(people, staff)
    look(reverse("proposals:escalate", args=[case.reference]), staff.reviewer)


def test_taking_an_invitation_back(look):
    proposals.reference.load()
    people = builders.team()
    proposal = builders.draft_of(people)
    invited = draft.invite(
        proposal=proposal,
        name="Jo",
        email="jo@home.example",
        role="editor",
        once=uuid.uuid4(),
        by=people.lead,
    )
    look(reverse("proposals:revoke", args=[proposal.reference, invited.key]), people.lead)


def test_taking_somebody_off_a_pathfinder(look):
    member = mutuals.join(mutuals.entry(), mutuals.person())
    address = reverse("pathfinders:remove_person", args=[member.pathfinder.reference, member.key])
    look(address, mutuals.coordinator())


def test_a_change_of_a_draft(look):
    proposals.reference.load()
    people = builders.team()
    proposal = builders.draft_of(people)
    about = topic("service")
    page = about.page("description")
    answers = proposal.sections.get(key="service").answers
    form = page.form(data=answers | {"S5": "Fewer words than before.", "S9_how": "Counted."})
    seen = mark_of(answers, page)
    draft.save_page(proposal, about, page, form, seen=seen, by=people.editor)
    look(reverse("proposals:change", args=[proposal.reference, 1]), people.lead)
