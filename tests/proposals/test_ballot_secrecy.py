"""That nobody can find out how anybody voted, with the whole database and every line of the logs."""

import datetime
import json
import random
import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activity import delivery
from activity.models import DoorCount, Event, Notification
from proposals import tasks
from proposals.ballot import codes, mail, voting
from proposals.ballot.models import Ballot, Choice, RollEntry, SealedCode, Vote, VotingCode
from tests.factories import somebody
from tests.proposals import attack, ballots, builders

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

VOTERS = 40
# Of 40 votes, half of them yes, this many are guessed right by chance once in four million times.
NOT_BY_CHANCE = 36


def held(people):
    """A vote of 40 in which everybody votes by the page, in an order that is returned.

    [(entry, code, choice)] in the order of voting.
    """
    ballot = ballots.begin(builders.draft_of(people), people.lead)
    ballot, known = ballots.opened(ballot, ballots.voters(VOTERS))
    with delivery.Post() as post:
        while delivery.deliver_next(post):
            pass
    choices = [Choice.FOR, Choice.AGAINST] * (VOTERS // 2)
    random.shuffle(choices)
    order = list(zip(known.items(), choices, strict=True))
    random.shuffle(order)
    signed_in = Client()
    signed_in.force_login(somebody())
    for turn, ((_entry, code), choice) in enumerate(order):
        # Some are signed in elsewhere, and some are on a computer where somebody is.
        browser = signed_in if turn % 3 else Client()
        page = reverse("proposals:vote", args=[code])
        assert browser.get(page).status_code == 200
        assert browser.post(page, {"choice": choice}).url == reverse("proposals:voted")
    return ballot, [(entry, code, choice.value) for (entry, code), choice in order]


def guessed(found, order):
    """How many votes somebody guesses who knows the order in which people voted."""
    return attack.best_by_order(
        found[attack.VOTES], [choice for *_, choice in order], lambda row: row["choice"]
    )


def test_the_whole_database_and_all_logs_tell_nobodys_vote(people, written):
    ballot, order = held(people)
    found = attack.whole_database()
    log = written.getvalue()

    # Every row of a vote looks as if all had been cast at one moment, and lies in no order.
    assert len(found[attack.VOTES]) == VOTERS
    assert attack.transactions(found[attack.VOTES]) == 1
    assert set(found[attack.VOTES][0]) == {*attack.SYSTEM, "id", "ballot_id", "choice", "group"}
    assert guessed(found, order) < NOT_BY_CHANCE
    # Nothing else was written in that transaction, whatever it is; the row of the ballot was held.
    assert attack.shared_transactions(found, attack.VOTES) <= {"proposals_ballot"}
    # No value leads from a vote to anything, nor is a hash of somebody.
    others = set(found) - {attack.VOTES}
    assert attack.values_in_common(found, attack.VOTES, others) == {}
    roll = attack.values(found["proposals_rollentry"]) | {code for _entry, code, _ in order}
    assert attack.made_of(roll, attack.values(found[attack.VOTES])) == set()
    # Used codes are gone, and those of mails and letters that have left.
    assert found[attack.CODES] == []
    assert found["proposals_sealedcode"] == []
    # No log names the place, a code, a vote or a voter.
    names = {row["name"] for row in found["proposals_rollentry"]}
    secrets = names | {row["id"] for row in found[attack.VOTES]} | {"/vote", "vote_code"}
    secrets |= {part for _entry, code, _ in order for part in (code, codes.hashed(code))}
    assert [secret for secret in secrets if secret in log] == []
    assert not re.search(r"canary\d", log)
    assert ballot.reference not in log


def test_the_same_attack_finds_every_vote_where_votes_are_not_mixed(people, monkeypatch):
    def put(ballot, new, most=0):
        for choice, group in new:
            Vote.objects.create(ballot=ballot, choice=choice, group=group)

    monkeypatch.setattr(voting, "mix", put)
    _ballot, order = held(people)
    found = attack.whole_database()
    assert guessed(found, order) == VOTERS
    assert attack.transactions(found[attack.VOTES]) == VOTERS


def test_where_there_are_very_many_votes_each_is_mixed_with_a_random_part_of_them(stored, people):
    ballot, _known = ballots.opened(ballots.begin(stored(builders.draft_of, people), people.lead))
    cast = [Choice.AGAINST] * 20 + [Choice.FOR] * 10
    for choice in cast:
        voting.mix(ballot, [(choice, "")], most=8)
    rows = attack.whole_database()[attack.VOTES]
    assert [row["choice"] for row in rows].count("for") == 10
    assert len(rows) == len(cast)
    # The last one is one of nine that look the same.
    last = max(int(row["xmin"]) for row in rows)
    assert sum(int(row["xmin"]) == last for row in rows) == 9


def test_codes_lie_in_an_order_that_has_nothing_to_do_with_the_roll(stored, people):
    ballot = ballots.ready(ballots.begin(stored(builders.draft_of, people), people.lead))
    truth = [codes.hashed(code) for _entry, code in sorted(ballots.codes_of(ballot).items())]
    found = attack.whole_database()

    def matched(rows):
        return attack.best_by_order(rows, truth, lambda row: row["code_hash"])

    # One in forty stands in its place by chance; ten never do.
    assert matched(found[attack.CODES]) < 10
    assert attack.transactions(found[attack.CODES]) == 1
    others = {"proposals_rollentry", "proposals_sealedcode", "activity_notification"}
    assert attack.values_in_common(found, attack.CODES, others) == {}
    roll = attack.values(found["proposals_rollentry"], set()) | {str(n) for n in range(1, 100)}
    assert attack.made_of(roll, attack.values(found[attack.CODES])) == set()
    # The same look finds them where they were written in the order of the roll,
    by_hash = {row["code_hash"]: row for row in found[attack.CODES]}
    in_order = [by_hash[each] | {"ctid": f"(0,{at:03d})"} for at, each in enumerate(truth)]
    assert matched(in_order) == VOTERS
    # and where a code says whose it is.
    entries = found["proposals_rollentry"]
    tampered = [row | {"voter": entries[at]["name"]} for at, row in enumerate(in_order)]
    named = found | {attack.CODES: tampered}
    assert attack.values_in_common(named, attack.CODES, {"proposals_rollentry"}) != {}


def test_a_voter_leaves_nothing_behind(stored, people, written):
    ballot, known = ballots.opened(ballots.begin(stored(builders.draft_of, people), people.lead))
    voter = somebody()
    browser = Client()
    browser.force_login(voter)
    browser.get(reverse("start"))
    written.truncate(0)
    before = attack.whole_database()
    page = reverse("proposals:vote", args=[next(iter(known.values()))])

    for answer in (
        browser.get(page),
        browser.post(page, {"choice": "nonsense"}),
        browser.post(page, {"choice": Choice.FOR}),
        browser.get(reverse("proposals:voted")),
        browser.post(reverse("proposals:vote_code"), {"code": page[6:-1]}),
        browser.get(page),
        browser.get(f"{page}more/"),
        browser.get("/vote"),
    ):
        assert settings.SESSION_COOKIE_NAME not in answer.cookies
        assert "messages" not in answer.cookies
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "strict-origin"

    after = attack.whole_database()
    changed = {table for table in before if before[table] != after[table]}
    # The ballot's row was held, which leaves a mark that says no more than that somebody voted.
    assert changed == {attack.VOTES, attack.CODES, "proposals_ballot"}
    without = [{n: v for n, v in row.items() if n != "xmax"} for row in after["proposals_ballot"]]
    assert without == [
        {n: v for n, v in row.items() if n != "xmax"} for row in before["proposals_ballot"]
    ]
    assert Session.objects.count() == 1
    assert User.objects.get(pk=voter.pk).last_login == voter.last_login
    assert DoorCount.objects.count() == 0
    assert written.getvalue().strip("\x00") == ""
    # They are signed in still, and were not on those pages.
    assert browser.get(reverse("start")).status_code == 200
    assert ballot.votes.count() == 1


def test_a_form_without_its_token_is_refused_and_stands_in_no_log(people, written):
    _ballot, known = ballots.opened(ballots.begin(builders.draft_of(people), people.lead))
    browser = Client(enforce_csrf_checks=True)
    page = reverse("proposals:vote", args=[next(iter(known.values()))])
    assert browser.post(page, {"choice": Choice.FOR}).status_code == 403
    assert Vote.objects.count() == 0
    assert "vote" not in written.getvalue()
    token = browser.get(page).cookies["csrftoken"].value
    sent = {"choice": Choice.FOR, "csrfmiddlewaretoken": token}
    # What a browser sends under the policy of the page: the origin, and no address.
    here = {"HTTP_ORIGIN": "http://testserver", "HTTP_REFERER": "http://testserver/"}
    assert browser.post(page, sent, **here).status_code == 302
    assert Vote.objects.count() == 1


def test_a_fault_of_ours_is_logged_by_its_place_in_the_code_alone(people, written, monkeypatch):
    _ballot, known = ballots.opened(ballots.begin(builders.draft_of(people), people.lead))
    code = next(iter(known.values()))

    def break_(**kwargs):
        raise LookupError(f"{kwargs}")

    monkeypatch.setattr(voting, "cast", break_)
    browser = Client(raise_request_exception=False)
    answer = browser.post(reverse("proposals:vote", args=[code]), {"choice": Choice.FOR})
    assert answer.status_code == 500
    log = written.getvalue()
    assert code not in log
    assert "/vote/" not in log
    assert "'choice'" not in log
    said = [json.loads(line) for line in log.splitlines()]
    assert any("LookupError" in line["event"] and "voter.py" in line["event"] for line in said)


def test_the_database_of_a_run_writes_no_statement_to_its_log(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name IN ('log_statement',"
            " 'log_min_duration_statement', 'log_min_error_statement', 'track_commit_timestamp')"
        )
        assert dict(cursor.fetchall()) == {
            "log_statement": "none",
            "log_min_duration_statement": "-1",
            "log_min_error_statement": "panic",
            "track_commit_timestamp": "off",
        }


def test_a_code_is_deleted_with_the_mail_that_carried_it_and_not_before(people, mailoutbox):
    ballots.opened(ballots.begin(builders.draft_of(people), people.lead))
    told = Notification.objects.filter(kind="ballot.open").order_by("pk")
    assert told.count() == SealedCode.objects.count() == VOTERS - 8
    one = told.first()
    entry = RollEntry.objects.get(pk=one.subject_id)
    # A worker that dies after the mail server took the mail has settled nothing: the mail goes
    # again, with the same code.
    first = code_in(mail_of(one, entry))
    again = code_in(mail_of(one, entry))
    assert first == again
    assert VotingCode.objects.filter(code_hash=codes.hashed(first)).exists()
    with delivery.Post() as post:
        while delivery.deliver_next(post):
            pass
    assert SealedCode.objects.count() == 0
    assert RollEntry.objects.filter(is_sent=True).count() == VOTERS
    bodies = [sent.body for sent in mailoutbox if sent.subject.startswith("Your vote")]
    assert len({code_in_words(body) for body in bodies}) == VOTERS - 8
    assert not [body for body in bodies if ballots.QUESTION in body or "Canary" in body]
    # No row that stays holds a code.
    left = attack.values(attack.whole_database()["activity_notification"], set())
    assert attack.made_of({first}, left) == set()


def mail_of(notification, entry):
    return delivery.compose(notification, entry, mail.code(notification, entry))


def code_in(sent):
    return code_in_words(sent.body)


def code_in_words(body):
    [found] = re.findall(r"/vote/([^/]+)/", body)
    assert codes.grouped(found) in body
    return found


def test_no_event_of_a_vote_names_a_person_or_a_time_of_voting(stored, people):
    ballot, known = ballots.opened(ballots.begin(stored(builders.draft_of, people), people.lead))
    for turn, code in enumerate(known.values()):
        voting.cast(code=code, choice=[Choice.FOR, Choice.AGAINST][turn % 2])
    ballots.closed(ballot)
    kinds = list(Event.objects.of(ballot).values_list("kind", flat=True))
    expected = ["begin", "roll", "check_roll", "codes", "print", "open", "close"]
    assert kinds == [f"ballot.{name}" for name in expected]
    told = json.dumps(list(Event.objects.of(ballot).values("actor_id", "data")))
    assert "Canary" not in told
    assert "@" not in told
    last = Event.objects.of(ballot).last()
    assert last.data == {
        "eligible": 40, "cast": 40, "for": 20, "against": 20, "blank": 0, "yes": False,
    }  # fmt: skip


def test_rolls_are_deleted_after_a_month_with_the_mails_about_them(stored, people):
    ballot, _known = ballots.opened(ballots.begin(stored(builders.draft_of, people), people.lead))
    ballots.closed(ballot)
    tasks.forget_rolls()
    assert RollEntry.objects.count() == VOTERS
    long_ago = datetime.timedelta(days=31)
    Ballot.objects.update(status_at=ballots.again(ballot).status_at - long_ago)
    tasks.forget_rolls()
    assert RollEntry.objects.count() == 0
    assert not Notification.objects.filter(kind="ballot.open").exists()
    assert ballots.again(ballot).result.eligible == VOTERS
