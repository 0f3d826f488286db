"""Every page of every role at every status opens, and a stranger finds none of them."""

import datetime
from itertools import groupby
from operator import itemgetter

import pytest
from django.urls import reverse

from proposals.draft.models import Proposal, Status
from proposals.draft.questions import topics
from tests.factories import somebody
from tests.proposals import builders

TEAM_PAGES = ["proposal", "tasks", "answers", "promises", "team", "messages", "money_result"]
CASE_PAGES = ["case", "reads", "case_similar", "notes", "case_messages", "clock"]
# Where a verb's page opens: status -> the verbs and who reads them.
VERBS = {
    Status.DRAFT: [("ask_sign_off", "lead"), ("withdraw", "lead"), ("invite", "lead")],
    Status.AWAITING_SIGN_OFF: [("sign", "editor"), ("reopen", "editor"), ("submit", "lead")],
    Status.SUBMITTED: [
        ("begin", "reviewer"),
        ("return_incomplete", "reviewer"),
        ("exempt", "decider"),
        ("confirm_exempt", "reviewer"),
        ("receipt", "lead"),
    ],
    Status.ASSESSING: [("recommend", "reviewer")],
    Status.RECOMMENDED: [
        ("countersign", "countersigner"),
        ("send_back", "countersigner"),
        ("defer", "decider"),
        ("case_letter", "reviewer"),
    ],
    Status.COUNTERSIGNED: [("decide", "decider"), ("send_back", "decider")],
    Status.DECIDED: [("release", "decider"), ("recall", "decider"), ("case_letter", "decider")],
    Status.APPROVED: [("letter", "viewer"), ("case_letter", "reviewer")],
    Status.APPROVED_WITH_CONDITIONS: [("letter", "viewer"), ("case_letter", "reviewer")],
    Status.REJECTED: [("letter", "lead"), ("letter_pdf", "lead"), ("case_letter", "reviewer")],
    Status.EXEMPT: [("letter", "viewer"), ("case_letter", "reviewer")],
    Status.WITHDRAWN: [],
}


def addresses(proposal, names):
    return [reverse(f"proposals:{name}", args=[proposal.reference]) for name in names]


def all_addresses(proposal):
    """Every page of a proposal, and of each section the first page of questions.

    All pages of questions are one view: what it refuses depends on none of what they ask.
    """
    found = addresses(proposal, TEAM_PAGES + CASE_PAGES)
    verbs = dict.fromkeys(name for verbs in VERBS.values() for name, _who in verbs)
    found += addresses(proposal, verbs)
    for topic in topics():
        found.append(reverse("proposals:section", args=[proposal.reference, topic.key]))
        found.append(topic.pages[0].address(proposal.reference, topic.key))
    for number in proposal.versions.values_list("number", flat=True):
        for name in ("version", "case_version"):
            found.append(reverse(f"proposals:{name}", args=[proposal.reference, number]))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("status", VERBS)
def test_pages_open_to_those_they_are_for(stored, client, people, staff, status):
    proposal = stored(builders.proposal_at, status, people, staff)
    everybody = vars(people) | vars(staff)
    cells = [("viewer", TEAM_PAGES, 200), ("reviewer", TEAM_PAGES, 404)]
    if proposal.submitted_at:
        cells += [("reviewer", CASE_PAGES, 200), ("lead", CASE_PAGES, 404)]
    cells += [(who, [name], 200) for name, who in VERBS[status]]

    for who, pages in groupby(sorted(cells), key=itemgetter(0)):
        client.force_login(everybody[who])
        for _who, names, expected in pages:
            for address in addresses(proposal, names):
                assert client.get(address).status_code == expected, (who, address)


@pytest.mark.slow
@pytest.mark.parametrize("status", [Status.DRAFT, Status.ASSESSING, Status.REJECTED])
def test_strangers_find_nothing(stored, client, people, staff, status):
    proposal = stored(builders.proposal_at, status, people, staff)

    every = all_addresses(proposal)

    client.force_login(somebody())
    assert {client.get(address).status_code for address in every} == {404}
    client.logout()
    assert {client.get(address).status_code for address in every} == {302}


def test_pages_of_questions_open_to_who_writes_and_not_to_who_reads(stored, client, people):
    proposal = stored(builders.draft_of, people)

    for who, expected in ((people.editor, 200), (people.viewer, 302)):
        client.force_login(who)
        for topic in topics():
            address = topic.pages[0].address(proposal.reference, topic.key)
            assert client.get(address).status_code == expected, address


def test_a_reviewer_who_declared_nothing_is_asked_first(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    undeclared = somebody("reviewer")
    client.force_login(undeclared)

    for address in addresses(proposal, [*CASE_PAGES, "begin", "return_incomplete"]):
        page = client.get(address)
        assert page.url == reverse("proposals:declare", args=[proposal.reference])
    page = client.get(page.url)
    assert page.status_code == 200
    assert proposal.title in page.content.decode()
    assert people.lead.name not in page.content.decode()


@pytest.mark.parametrize(("status", "promised"), [("submitted", True), ("rejected", False)])
def test_a_date_is_promised_only_until_there_is_a_decision(
    stored, client, people, staff, status, promised
):
    stored(builders.proposal_at, status, people, staff)
    client.force_login(people.lead)
    assert ("No date" in client.get("/proposals/").content.decode()) is not promised


@pytest.mark.parametrize(("status", "promised"), [("decided", True), ("rejected", False)])
def test_a_case_and_its_receipt_promise_no_date_after_the_decision(
    stored, client, people, staff, status, promised
):
    proposal = stored(builders.proposal_at, status, people, staff)
    Proposal.objects.filter(pk=proposal.pk).update(due_on=datetime.date(2020, 1, 2))
    client.force_login(staff.fourth)
    case = client.get(reverse("proposals:case", args=[proposal.reference])).content.decode()
    client.force_login(people.lead)
    receipt = client.get(reverse("proposals:receipt", args=[proposal.reference])).content.decode()

    assert ("Late: due" in case) is promised
    assert ("2 January 2020" in case) is promised
    assert ("Decision by" in receipt) is promised
    assert ("Reviewers read it" in receipt) is promised
    assert ("Not found suitable as it stands" in receipt) is not promised
