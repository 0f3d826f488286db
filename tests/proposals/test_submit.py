"""Asking, signing, reopening and submitting, by the pages; and what is frozen."""

import datetime
import hashlib
import html
import json
import re

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activity.dates import in_words
from activity.models import Event, Notification
from activity.worktime import ENGLAND_AND_WALES, calendar_for, working_days_between
from proposals.draft import printing
from proposals.draft.models import Member, SchemeVersion, Signature, Status, Version
from proposals.review import actions as review
from tests.proposals import builders

PARTS = [
    "accurate",
    "authority",
    "staff",
    "conflicts",
    "employer",
    "data",
    "published",
    "contract",
]
DECLARED = [f"1-{part}" for part in PARTS]


def address(name, proposal, *more):
    return reverse(f"proposals:{name}", args=[proposal.reference, *more])


def sign(client, proposal, who, **changes):
    client.force_login(who)
    asked = Signature.objects.current().get(proposal=proposal, user=who).key
    typed = {"asked": asked, "declared": DECLARED, "typed_name": who.name, "typed_role": "Nurse"}
    return client.post(address("sign", proposal), typed | changes)


def sent_back(page, name):
    """The values of the inputs of that name."""
    inputs = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    return {re.search(r'value="([^"]*)"', each)[1] for each in inputs}


def told(kind):
    return set(Notification.objects.filter(kind=kind).values_list("user", flat=True))


def test_the_whole_way_from_answers_to_receipt(stored, client, people):
    proposal = stored(builders.draft_of, people)
    client.force_login(people.lead)
    members = list(Member.objects.filter(proposal=proposal).exclude(role="viewer"))

    typed = {"signers": [m.key for m in members], "seen": proposal.revision}
    assert client.post(address("ask_sign_off", proposal), typed).status_code == 302
    assert told("proposal.ask_sign_off") == {people.lead.pk, people.editor.pk}
    for person in (people.lead, people.editor):
        assert sign(client, proposal, person).status_code == 302
    client.force_login(people.lead)
    seen = builders.again(proposal).revision
    done = client.post(address("submit", proposal), {"seen": seen}, follow=True)

    words = done.content.decode()
    version = Version.objects.get(proposal=proposal)
    assert done.redirect_chain[-1][0] == address("receipt", proposal)
    assert version.sha256 in words
    fresh = builders.again(proposal)
    assert fresh.status == Status.SUBMITTED
    calendar = calendar_for(ENGLAND_AND_WALES)
    received = fresh.submitted_at.date()
    assert working_days_between(received, fresh.due_on, [], calendar) == 40
    assert told("proposal.submit") == {person.pk for person in vars(people).values()}


def test_no_page_of_signing_shows_a_primary_key(stored, client, people):
    proposal = stored(builders.draft_of, people)
    client.force_login(people.lead)
    rows = [*Member.objects.filter(proposal=proposal)]
    asking = client.get(address("ask_sign_off", proposal)).content.decode()
    assert sent_back(asking, "signers") == {row.key for row in rows if row.role != "viewer"}

    proposal = builders.ask_to_sign(proposal, people)
    mine = Signature.objects.get(proposal=proposal, user=people.lead)
    signing = client.get(address("sign", proposal)).content.decode()
    assert sent_back(signing, "asked") == {str(mine.key)}


def test_a_signature_asked_of_somebody_else_is_not_mine_to_give(client, people):
    proposal = builders.ask_to_sign(builders.draft_of(people), people)
    theirs = Signature.objects.get(proposal=proposal, user=people.lead).key

    assert sign(client, proposal, people.editor, asked=theirs).status_code == 409
    assert not Signature.objects.exclude(signed_at=None).exists()


@pytest.mark.parametrize("chosen", [["lead"], ["editor"], [], ["lead", "viewer"]])
def test_two_people_sign_and_the_lead_is_one_of_them(stored, client, people, chosen):
    proposal = stored(builders.draft_of, people)
    client.force_login(people.lead)
    rows = {m.role: m.key for m in Member.objects.filter(proposal=proposal)}
    typed = {"signers": [rows[name] for name in chosen], "seen": proposal.revision}

    assert client.post(address("ask_sign_off", proposal), typed).status_code == 200
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"declared": DECLARED[:-1]},
        {"declared": [part.replace("1-", "2-") for part in DECLARED]},
        {"typed_name": " "},
        {"typed_role": ""},
    ],
)
def test_a_signature_needs_the_whole_declaration_a_name_and_a_job(client, people, changes):
    proposal = builders.ask_to_sign(builders.draft_of(people), people)

    assert sign(client, proposal, people.editor, **changes).status_code == 200
    assert not Signature.objects.exclude(signed_at=None).exists()


def test_reopening_takes_signatures_off_and_tells_their_owners(client, people):
    proposal = builders.ask_to_sign(builders.draft_of(people), people)
    sign(client, proposal, people.lead)
    proposal = builders.again(proposal)
    client.force_login(people.editor)
    assert people.lead.name in client.get(address("reopen", proposal)).content.decode()

    client.post(address("reopen", proposal), {"seen": proposal.revision})

    assert builders.again(proposal).status == Status.DRAFT
    assert not Signature.objects.current().exists()
    assert told("proposal.reopen") == {people.lead.pk, people.editor.pk}


def test_a_signature_for_an_older_text_is_refused(client, people):
    proposal = builders.ask_to_sign(builders.draft_of(people), people)
    old = Signature.objects.get(user=people.editor).key
    client.force_login(people.lead)
    client.post(address("reopen", proposal), {"seen": proposal.revision})
    proposal = builders.ask_to_sign(builders.again(proposal), people)

    page = sign(client, proposal, people.editor, asked=old)

    assert page.status_code == 409
    assert people.editor.name in page.content.decode()
    assert not Signature.objects.exclude(signed_at=None).exists()


def test_a_submit_page_that_is_out_of_date_does_nothing(client, people):
    proposal = builders.sign_all(builders.ask_to_sign(builders.draft_of(people), people))
    client.force_login(people.lead)

    assert (
        client.post(address("submit", proposal), {"seen": proposal.revision - 1}).status_code == 409
    )
    assert client.post(address("submit", proposal), {"seen": "x"}).status_code == 200
    assert builders.again(proposal).status == Status.AWAITING_SIGN_OFF


def test_what_is_frozen_is_canonical_without_people_and_never_changes(stored, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    version = Version.objects.get(proposal=proposal)

    content = json.loads(version.text)
    again = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert again == version.text
    assert hashlib.sha256(version.text.encode()).hexdigest() == version.sha256
    assert version.is_intact()
    assert set(content["sections"]) == set(builders.ANSWERED) | {"money"}
    for person in vars(people).values():
        assert person.name not in version.text
        assert person.email not in version.text
    assert {p.user for p in version.people.all()} == set(vars(people).values())
    assert version.people.exclude(signed_at=None).count() == 2
    with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(text="{}")
    version.text = version.text.replace("nursing", "Nursing")
    assert not version.is_intact()


def test_a_returned_proposal_is_submitted_again_as_version_2(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    review.return_incomplete(
        proposal=proposal, missing="Say when.", seen=proposal.revision, by=staff.reviewer
    )
    client.force_login(people.lead)
    assert "Say when." in client.get(address("messages", proposal)).content.decode()
    assert client.get(address("receipt", proposal)).status_code == 404

    proposal = builders.ask_to_sign(builders.again(proposal), people)
    proposal = builders.sign_all(proposal)
    client.post(address("submit", proposal), {"seen": proposal.revision})

    assert list(proposal.versions.values_list("number", flat=True)) == [1, 2]


def test_events_hold_no_names_and_no_words(stored, people, staff):
    proposal = stored(builders.proposal_at, Status.REJECTED, people, staff)

    kept = json.dumps(list(Event.objects.of(proposal).values("kind", "actor_id", "data")))
    for person in [*vars(people).values(), *vars(staff).values()]:
        assert person.name not in kept
    assert proposal.title not in kept


# Page -> the most queries it may cost, session and user included.
MOST = {
    "proposal": 11,
    "tasks": 12,
    "answers": 12,
    "promises": 8,
    "team": 8,
    "messages": 8,
    "money": 12,
}


@pytest.mark.parametrize("name", MOST)
def test_pages_of_the_team_cost_few_queries(stored, client, people, name):
    proposal = stored(builders.draft_of, people)
    client.force_login(people.lead)
    client.get(address(name, proposal))

    with CaptureQueriesContext(connection) as captured:
        assert client.get(address(name, proposal)).status_code == 200
    asked = [query["sql"] for query in captured]
    assert len(asked) <= MOST[name], asked
    assert len(asked) == len(set(asked)), sorted(asked)


def test_what_was_signed_can_be_shown_later(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    words = dict(SchemeVersion.objects.get().declarations.values_list("key", "wording"))
    assert list(words) == PARTS
    later = SchemeVersion.objects.create(number=2, starts_on=datetime.date(2011, 1, 1))
    later.declarations.create(key="accurate", position=1, wording="Other words.")

    shown = [
        (people.lead, "receipt", address("receipt", proposal)),
        (people.viewer, "version", address("version", proposal, 1)),
        (staff.reviewer, "case_version", address("case_version", proposal, 1)),
    ]
    for who, name, path in shown:
        client.force_login(who)
        page = html.unescape(client.get(path).content.decode())
        for wording in words.values():
            assert wording in page, name
        assert "Other words." not in page
    assert dict(json.loads(proposal.versions.get().text)["declared"]) == words


def test_a_declaration_never_changes(scheme):
    for change in (lambda rows: rows.update(wording="Other."), lambda rows: rows.delete()):
        with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
            change(scheme.declarations.all())


def test_signatures_under_other_words_are_not_submitted(client, people):
    proposal = builders.sign_all(builders.ask_to_sign(builders.draft_of(people), people))
    SchemeVersion.objects.create(number=2, starts_on=datetime.date(2011, 1, 1))
    client.force_login(people.lead)

    assert (
        "has changed since it was signed"
        in client.get(address("submit", proposal)).content.decode()
    )
    sent = client.post(address("submit", proposal), {"seen": proposal.revision})

    assert sent.status_code == 403
    assert not Version.objects.exists()


def test_the_receipt_says_what_comes_next_by_when_and_where_the_pdf_is(
    stored, client, people, staff
):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    client.force_login(people.viewer)
    assert "being made" in client.get(address("receipt", proposal)).content.decode()

    printing.make_missing()

    page = client.get(address("receipt", proposal)).content.decode()
    assert in_words(proposal.due_on) in page
    assert "40 working days" in page
    assert reverse("proposals:version_pdf", args=[proposal.reference, 1]) in page
