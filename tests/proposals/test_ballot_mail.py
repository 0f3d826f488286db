"""Mail about a vote: whom it reaches, whom it never does, and what it gives away."""

import re

import pytest

from activity import clock, delivery
from activity.models import Notification
from proposals.ballot import actions, mail, voting
from proposals.ballot.models import Ballot, Choice, RollEntry, SealedCode, VotingCode
from proposals.draft.models import Member
from tests.factories import somebody
from tests.proposals import ballots, builders

pytestmark = pytest.mark.django_db
FEW = 12


@pytest.fixture
def ballot(stored, people):
    return ballots.begin(stored(builders.draft_of, people), people.lead)


def deliver():
    with delivery.Post() as post:
        while delivery.deliver_next(post):
            pass


def held():
    return {
        (row.kind, row.held_because) for row in Notification.objects.filter(held_at__isnull=False)
    }


def test_a_scrutineers_link_opens_their_vote_and_the_mail_names_nothing(client, ballot, mailoutbox):
    deliver()
    [sent] = mailoutbox
    assert sent.to == [ballot.scrutineer_address]
    for secret in (ballot.proposal.title, ballot.reference, ballot.question):
        assert secret not in sent.body
    path = re.search(r"/scrutineer/\S+", sent.body)[0]
    client.post(path, {"open-link": "yes"})
    assert "Run a vote of staff" in client.get(path).content.decode()
    assert client.post(path).url == path


def test_a_mail_to_who_runs_it_no_longer_is_held(people, ballot, mailoutbox):
    actions.replace(
        ballot=ballot,
        scrutineer_name="Ben",
        scrutineer_address="ben@union.example",
        seen=0,
        by=people.lead,
    )
    deliver()
    assert ("ballot.scrutineer", "not-the-scrutineer") in held()
    assert [sent.to for sent in mailoutbox if "/scrutineer/" in sent.body] == [
        ["ben@union.example"]
    ]


def test_mail_to_a_team_with_hidden_names_is_quiet_and_passes_by_whom_it_must(
    people, ballot, mailoutbox
):
    employer = ballot.proposal.employer
    at_work = somebody()
    at_work.email = f"nurse@{employer.mail_domains[0]}"
    at_work.save()
    Member.objects.create(proposal=ballot.proposal, user=at_work, role="viewer")
    off = {"because": "Canary", "seen": 0, "by": ballots.holder(ballot)}
    actions.call_off(ballot=ballot, **off)
    Member.objects.filter(user=people.viewer).update(left_at=clock.now())
    deliver()
    assert held() >= {("ballot.call_off", "employer-domain"), ("ballot.call_off", "left-team")}
    quiet = [sent for sent in mailoutbox if sent.to == [people.editor.email]]
    assert len(quiet) == 1
    assert "vote" not in f"{quiet[0].subject} {quiet[0].body}".lower()
    [plain] = [
        s for s in mailoutbox if s.to == [ballot.scrutineer_address] and "called" in s.subject
    ]
    assert "Canary" not in plain.body
    row = Notification.objects.filter(kind="ballot.call_off", user=people.lead).get()
    assert mail.address(row, ballot) == f"/proposals/{ballot.proposal.reference}/ballot/"


def test_a_code_leaves_for_its_own_voter_alone_and_only_while_it_can_be_used(ballot):
    ballot, _known = ballots.opened(ballot, ballots.voters(FEW, letters=2))
    row = Notification.objects.filter(kind="ballot.open").first()
    entry = RollEntry.objects.get(pk=row.subject_id)
    assert mail.guard_voter(row, entry) is None
    row.address = "other@staff.example"
    assert mail.guard_voter(row, entry) == "not-the-voter"
    row.address = entry.address
    Ballot.objects.update(closes_at=clock.now())
    assert mail.guard_voter(row, RollEntry.objects.get(pk=entry.pk)) == "vote-over"
    SealedCode.objects.all().delete()
    later = clock.now() + (ballot.closes_at - ballot.opened_at)
    Ballot.objects.update(closes_at=later)
    assert mail.guard_voter(row, RollEntry.objects.get(pk=entry.pk)) == "code-has-left"


def test_a_mail_that_failed_for_good_becomes_a_letter_and_is_printed_once(ballot):
    ballot, known = ballots.opened(ballot, ballots.voters(FEW, letters=2))
    row = Notification.objects.filter(kind="ballot.open").first()
    row.failed_at = clock.now()
    row.save()
    [waiting] = actions.next_letters(RollEntry.objects.filter(ballot=ballot))
    assert waiting.pk == row.subject_id
    assert ballots.codes_of(ballot)[waiting.pk] == known[waiting.pk]
    ballots.printed(ballot)
    assert not RollEntry.objects.filter(ballot=ballot).not_delivered().exists()
    # The mail could not leave any more: its code has gone to paper.
    Notification.objects.filter(pk=row.pk).update(failed_at=None)
    deliver()
    assert (row.kind, "code-has-left") in held()


def test_a_code_that_somebody_else_has_just_used_is_refused(ballot, monkeypatch):
    ballot, known = ballots.opened(ballot, ballots.voters(FEW))
    waits = voting.lock

    def after_the_other(model, pk):
        VotingCode.objects.all().delete()
        return waits(model, pk)

    monkeypatch.setattr(voting, "lock", after_the_other)
    with pytest.raises(voting.NotACode):
        voting.cast(code=next(iter(known.values())), choice=Choice.FOR)
    assert not ballot.votes.exists()
