"""The result of a vote held elsewhere: entered by the lead, judged by the same rules."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from activity import clock
from activity.models import Event
from proposals.ballot import actions, gate
from proposals.ballot.counting import Count
from proposals.ballot.models import Ballot, Choice, Result, Status
from tests.factories import somebody
from tests.proposals import ballots, builders
from tests.proposals.test_ballot_pages import address, parts, read, said, words_of

pytestmark = pytest.mark.django_db

NUMBERS = {"eligible": 80, "cast": 61, "votes_for": 40, "votes_against": 19, "votes_blank": 2}


@pytest.fixture
def draft(stored, people, client):
    client.force_login(people.lead)
    return stored(builders.draft_of, people)


def typed(client, draft, *, opened=30, closed=20, **changes):
    today = clock.today()
    page = client.get(address("ballot_elsewhere", draft))
    return {
        "question": ballots.QUESTION,
        "run_by": "Civica Election Services",
        **parts("opened_on", today - datetime.timedelta(days=opened)),
        **parts("closed_on", today - datetime.timedelta(days=closed)),
        **NUMBERS,
        "once": page.context["form"]["once"].value(),
        **changes,
    }


def test_a_lead_enters_what_came_of_it_and_reads_the_same_measures(client, draft):
    assert "held elsewhere" in read(client, "ballot", draft)
    sent = client.post(address("ballot_elsewhere", draft), typed(client, draft))
    assert sent.url == address("ballot_result", draft)
    shown = read(client, "ballot_result", draft)
    for part in (
        *("Staff said yes.", "61 of 80 voted (76%)", "40 of 59 said yes (68%)"),
        *("40 of 80 said yes (50%)", "Civica Election Services", "This vote was held elsewhere."),
    ):
        assert part in shown
    assert "Download the certificate" not in shown
    assert client.get(address("ballot_certificate", draft, 1)).status_code == 404
    ballot = Ballot.objects.get()
    assert (ballot.status, ballot.result.is_yes) == (Status.CLOSED, True)
    assert Event.objects.of(ballot).get().kind == "ballot.enter"
    assert "The result of a vote held elsewhere was entered." in read(client, "proposal", draft)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"cast": 81, "votes_for": 60}, "81 voted, but only 80 could vote"),
        ({"votes_for": 41}, "Yes, no and spoiled add up to 62; you said that 61 voted"),
        ({"closed": 31}, "The close must be after the open"),
        ({"closed": -1}, "The vote must have closed"),
        ({"eligible": "about 80"}, "Enter a whole number, like 42"),
        ({"eligible": ""}, "Enter how many could vote, like 42"),
        ({"votes_blank": -1}, "Enter how many were spoiled or blank, or 0"),
        ({"question": "Yes?"}, "Write at least 10"),
        ({"run_by": ""}, "Enter who ran the vote"),
    ],
)
def test_numbers_and_days_that_cannot_be_are_refused(client, draft, changes, told):
    answer = client.post(address("ballot_elsewhere", draft), typed(client, draft, **changes))
    assert told in words_of(answer)
    assert not Ballot.objects.exists()


def test_nobody_of_the_team_ran_it(client, draft, people):
    sent = typed(client, draft, run_by=people.viewer.name.upper())
    answer = client.post(address("ballot_elsewhere", draft), sent)
    assert "Somebody in your team has this name." in words_of(answer)


def test_only_the_lead_enters_it_and_strangers_find_nothing(client, draft, people):
    sent = typed(client, draft)
    client.force_login(people.editor)
    assert client.get(address("ballot_elsewhere", draft)).context["refused"]
    client.post(address("ballot_elsewhere", draft), sent)
    client.force_login(somebody())
    assert client.post(address("ballot_elsewhere", draft), sent).status_code == 404
    assert not Ballot.objects.exists()


def test_a_no_from_elsewhere_closes_the_way_until_it_is_put_right(client, draft, people):
    sent = typed(client, draft, votes_for=19, votes_against=40)
    for _pressed_twice in range(2):
        client.post(address("ballot_elsewhere", draft), sent)
    assert Ballot.objects.count() == 1
    assert "said no" in said(client, draft, "ask_sign_off")
    assert not gate.can_begin(people.lead, builders.again(draft))
    # The numbers stood the wrong way round.
    client.post(address("ballot_elsewhere", draft), typed(client, draft))
    assert not said(client, draft, "ask_sign_off")
    shown = read(client, "ballot", draft)
    assert "You entered another result in its place." in shown
    assert Ballot.objects.filter(replaced_at=None).count() == 1


def held_here(draft, people, choice):
    ballot, known = ballots.opened(ballots.begin(draft, people.lead))
    for code in known.values():
        ballots.cast(code, choice)
    return ballots.closed(ballot)


def test_a_no_of_a_vote_held_here_is_not_undone_by_one_that_opened_before_its_time(
    client, draft, people
):
    held_here(draft, people, Choice.AGAINST)
    answer = client.post(address("ballot_elsewhere", draft), typed(client, draft))
    assert "After the vote that said no, another may open from" in words_of(answer)
    today = clock.today()
    with pytest.raises(PermissionDenied, match="After the vote that said no"):
        actions.enter(
            proposal=draft,
            question=ballots.QUESTION,
            count=Count(*NUMBERS.values()),
            opened_on=today,
            closed_on=today,
            run_by="X",
            by=people.lead,
        )
    assert "said no" in said(client, draft, "ask_sign_off")


def test_while_a_vote_is_prepared_none_is_entered(client, draft, people):
    ballots.begin(draft, people.lead)
    answer = client.post(address("ballot_elsewhere", draft), typed(client, draft))
    assert "One at a time" in words_of(answer)
    assert "held elsewhere" not in read(client, "ballot", draft)


def test_the_last_to_close_counts_whichever_was_entered_last(client, draft, people):
    held_here(draft, people, Choice.FOR)
    older = typed(client, draft, votes_for=19, votes_against=40)
    client.post(address("ballot_elsewhere", draft), older)
    assert not said(client, draft, "ask_sign_off")
    assert "Staff said yes." in read(client, "ballot_result", draft)


@pytest.mark.parametrize(
    "wrong",
    [
        {"is_elsewhere": False},
        {"scrutineer_name": ""},
        {"status": Status.PREPARING},
        {"status": Status.OPEN},
    ],
)
def test_the_database_refuses_one_that_cannot_be(client, draft, wrong):
    client.post(address("ballot_elsewhere", draft), typed(client, draft))
    kept = Ballot.objects.values().get() | {"id": None, "number": 2, "reference": "X-2"}
    kept |= {"once": None, "replaced_at": clock.now()} | wrong
    del kept["once"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(**kept)
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.create(**Result.objects.values().get() | {"cast": 9, "ballot_id": 0})
