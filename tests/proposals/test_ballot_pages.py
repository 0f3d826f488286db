"""The pages of a vote: the team sets it up and sees numbers, the scrutineer runs it, voters vote."""

import datetime
import io
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Role
from activity import clock, links
from activity.models import Notification
from proposals.ballot import codes, told
from proposals.ballot.models import (
    SCRUTINEER,
    Ballot,
    Choice,
    RollEntry,
    SealedCode,
    Status,
    Vote,
    VotingCode,
)
from proposals.draft.models import Section
from proposals.draft.models import Status as Stands
from tests.factories import somebody
from tests.proposals import ballots, builders

pytestmark = pytest.mark.django_db
CANARY = re.compile(r"Canary|canary\d")


def address(name, proposal, *more):
    return reverse(f"proposals:{name}", args=[proposal.reference, *more])


def words_of(page):
    return " ".join(page.content.decode().split())


def read(client, name, proposal, *more):
    return words_of(client.get(address(name, proposal, *more)))


def parts(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def typed(client, proposal, *, opens=1, closes=15, **changes):
    once = client.get(address("ballot_begin", proposal)).context["form"]["once"].value()
    today = clock.today()
    return {
        "question": ballots.QUESTION,
        **parts("opens_on", today + datetime.timedelta(days=opens)),
        **parts("closes_on", today + datetime.timedelta(days=closes)),
        **ballots.RUN_BY,
        "once": once,
        **changes,
    }


@pytest.fixture
def draft(stored, people, client):
    client.force_login(people.lead)
    return stored(builders.draft_of, people)


def test_a_lead_sets_a_vote_up_after_reading_that_the_employer_will_hear_of_it(client, draft):
    empty = read(client, "ballot", draft)
    assert "No vote has been held." in empty
    assert "your employer will hear of this" in empty
    Section.objects.filter(proposal=draft, key="staff").update(answers={"U8": "Asked before?"})
    form = read(client, "ballot_begin", draft)
    assert "your employer will hear of this" in form
    assert "Asked before?" in form
    assert "at least 10 days after the first" in form

    sent = client.post(address("ballot_begin", draft), typed(client, draft))

    assert sent.url == address("ballot", draft)
    ballot = Ballot.objects.get()
    shown = read(client, "ballot", draft)
    assert ballots.QUESTION in shown
    assert "Una Officer" in shown
    assert "Upload" not in shown
    assert ballot.reference == f"{draft.reference}-V1"
    assert client.get(address("ballot_begin", draft)).context["refused"]
    told = Notification.objects.get(kind="ballot.scrutineer")
    assert told.address == ballot.scrutineer_address
    assert "Vote of staff" in read(client, "tasks", draft)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"question": "Yes or no?"}, "Write at least 10"),
        ({"question": "word " * 61}, "Take out 1"),
        ({"opens": -1}, "The first day cannot be in the past"),
        ({"closes": 10}, "The last day must be at least 10 days after the first"),
        ({"scrutineer_name": ""}, "Enter the name of the scrutineer"),
        ({"scrutineer_address": "una"}, "Enter an e-mail address like"),
    ],
)
def test_what_is_typed_wrong_says_what_to_do_and_stays(client, draft, changes, said):
    answer = client.post(address("ballot_begin", draft), typed(client, draft, **changes))
    assert said in words_of(answer)
    assert "There is a problem" in words_of(answer)
    assert "una" in words_of(answer).lower()
    assert not Ballot.objects.exists()


def test_nobody_of_the_team_is_taken_as_scrutineer(client, draft, people):
    theirs = {"scrutineer_address": people.viewer.email}
    answer = client.post(address("ballot_begin", draft), typed(client, draft, **theirs))
    assert "Name somebody outside the team." in words_of(answer)


def test_a_lead_changes_and_replaces_and_calls_off(client, draft, people):
    ballot = ballots.begin(draft, people.lead)
    link = ballots.link(client, ballot)
    sent = typed(client, draft, opens=2, closes=30) | {"seen": 0}
    sent["question"] = "Would you rather stay as you are, or run this service yourselves from May?"
    assert client.post(address("ballot_change", draft), sent).status_code == 302
    assert "from May" in read(client, "ballot", draft)
    same = ballots.RUN_BY | {"seen": 1}
    assert "They run it already" in words_of(client.post(address("ballot_replace", draft), same))
    other = {"scrutineer_name": "Ben", "scrutineer_address": "ben@union.example", "seen": 1}
    assert client.get(link).status_code == 200
    client.post(address("ballot_replace", draft), other)
    assert client.get(link).status_code == 404
    assert "Ben" in read(client, "ballot", draft)
    assert Notification.objects.filter(kind="ballot.replace").count() == 3
    off = address("ballot_call_off", draft)
    assert "Say why it is called off" in words_of(client.post(off, {"seen": 2, "because": ""}))
    client.post(off, {"seen": 2, "because": "Wrong <b>dates</b>"})
    shown = read(client, "ballot", draft)
    assert "Wrong &lt;b&gt;dates" in shown
    assert "Set up a vote" in shown
    assert client.get(off).status_code == 404


@pytest.mark.parametrize("who", ["editor", "viewer"])
def test_others_in_the_team_read_and_do_nothing(client, draft, people, who):
    ballot = ballots.begin(draft, people.lead)
    client.force_login(getattr(people, who))
    assert ballots.QUESTION in read(client, "ballot", draft)
    for name in ("ballot_begin", "ballot_change", "ballot_replace", "ballot_call_off"):
        assert client.get(address(name, draft)).context["refused"], name
    off = {"seen": 0, "because": "x"}
    assert client.post(address("ballot_call_off", draft), off).status_code == 403
    assert client.post(address("ballot_begin", draft), typed(client, draft)).status_code == 403
    assert ballots.again(ballot).status == Status.PREPARING


def test_strangers_and_officials_without_the_case_find_nothing(client, draft, people):
    ballots.at(Status.CLOSED, people, draft)
    for user in (somebody(), somebody(Role.REVIEWER), somebody(Role.COORDINATOR)):
        client.force_login(user)
        for name in ("ballot", "ballot_begin", "ballot_result", "ballot_call_off"):
            assert client.get(address(name, draft)).status_code == 404, name
        assert client.get(address("ballot_certificate", draft, 1)).status_code == 404


def test_the_team_and_officials_see_numbers_and_nobody_of_the_roll(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Stands.SUBMITTED, people, staff)
    ballot = ballots.begin(proposal, people.lead)
    ballot, known = ballots.opened(ballot)
    SealedCode.objects.all().delete()
    failed = Notification.objects.filter(kind="ballot.open").first()
    failed.failed_at = clock.now()
    failed.save()
    for code in list(known.values())[:9]:
        ballots.cast(code, Choice.FOR)
    client.force_login(people.lead)
    shown = read(client, "ballot", proposal)
    assert "40 people may vote." in shown
    assert "8 of 40 have left. 1 did not arrive." in shown
    assert "Fewer than 10 have voted so far." in shown
    ballots.cast(list(known.values())[9], Choice.AGAINST)
    assert "10 of 40 have voted so far." in read(client, "ballot", proposal)
    assert "Hidden until the vote closes." in read(client, "ballot_result", proposal)
    assert client.get(address("ballot_certificate", proposal, 1)).status_code == 404
    # Everywhere that somebody of the team or an official could look.
    for name in ("ballot", "ballot_result", "proposal", "tasks", "history", "print", "answers"):
        assert not CANARY.search(read(client, name, proposal)), name
    found = words_of(client.get("/search/?q=Canary+Voter")).replace('value="Canary Voter"', "")
    assert not re.search(r"Canary Voter \d|canary\d", found)
    client.force_login(staff.reviewer)
    assert not CANARY.search(read(client, "case", proposal))
    # Those who mend mail see neither that it failed nor for whom.
    client.force_login(somebody(Role.ADMINISTRATOR))
    assert not CANARY.search(words_of(client.get(reverse("activity:outbox"))))
    again = client.post(reverse("activity:resend", args=[failed.pk]), follow=True)
    assert "We will try" not in words_of(again)
    failed.refresh_from_db()
    assert failed.failed_at is not None


def test_a_scrutineer_runs_a_vote_from_roll_to_certificate(client, draft, people):
    ballot = ballots.begin(draft, people.lead)
    browser = Client()
    link = ballots.link(browser, ballot)
    page = words_of(browser.get(link))
    assert "Roll of who may vote" in page
    assert people.lead.email not in page
    ballot = ballots.with_roll(ballot)
    codes_page = browser.get(f"{link}codes/")
    assert "Make the codes?" in words_of(codes_page)
    browser.post(f"{link}codes/", {"seen": 0})
    ballot = ballots.again(ballot)
    assert ballot.status == Status.READY
    page = words_of(browser.get(link))
    assert "8 letters to print." in page
    assert "Print the letters first" in page
    assert "Print the letters first" in words_of(browser.get(f"{link}open/"))
    assert "Make all codes anew?" in words_of(browser.get(f"{link}codes/"))
    assert browser.post(f"{link}open/", {"seen": 1}).status_code == 403

    shown = browser.get(f"{link}letters/")
    pdf = browser.get(f"{link}letters.pdf")
    assert pdf["Cache-Control"] == "no-store"
    pages = PdfReader(io.BytesIO(pdf.content)).pages
    assert len(pages) == 8
    known = ballots.codes_of(ballot)
    last = RollEntry.objects.filter(address="").order_by("group", "name").last()
    text = " ".join(pages[-1].extract_text().split())
    assert last.name in text
    assert codes.grouped(known[last.pk]) in text
    assert ballots.QUESTION in text
    assert "Canary Voter 00" not in " ".join(each.extract_text() for each in pages)
    browser.post(f"{link}letters/", {"shown": shown.context["form"]["shown"].value()})
    assert browser.get(f"{link}letters.pdf").status_code == 404
    assert "There is no letter to print." in words_of(browser.get(f"{link}letters/"))
    assert SealedCode.objects.count() == 32

    browser.post(f"{link}open/", {"seen": 1})
    ballot = ballots.again(ballot)
    assert ballot.status == Status.OPEN
    assert "Call the vote off?" in words_of(browser.get(f"{link}call-off/"))
    assert "Say why" in words_of(browser.post(f"{link}call-off/", {"seen": 2}))
    failed = Notification.objects.filter(kind="ballot.open").first()
    Notification.objects.filter(pk=failed.pk).update(failed_at=clock.now())
    page = words_of(browser.get(link))
    assert failed.address in page
    assert "1 letter is to be printed" in words_of(browser.get(f"{link}letters/"))
    assert "It closes by itself" in words_of(browser.get(f"{link}close/"))
    for code in list(known.values())[:30]:
        ballots.cast(code, Choice.FOR)
    with time_machine.travel(ballot.closes_at + datetime.timedelta(seconds=1)):
        # The worker is away: the scrutineer's own press closes it.
        browser = Client()
        renewed = ballots.link(browser, ballot)
        assert "Its time is past." in words_of(browser.get(renewed))
        browser.post(f"{renewed}close/", {"seen": 2})
        page = words_of(browser.get(renewed))
        assert "Staff said yes." in page
        assert "30 of 40 voted (75%)" in page
        assert browser.get(f"{renewed}certificate.pdf").status_code == 200
        assert browser.get(f"{renewed}roll/").status_code == 200


def test_a_scrutineer_proves_who_is_there_before_anything_is_named(draft, people):
    ballot = ballots.at(Status.READY, people, draft)
    browser = Client()
    link = ballots.link(browser, ballot, proved=False)
    page = words_of(browser.get(link))
    assert "Go on with a code" in page
    assert draft.title not in page
    assert ballots.QUESTION not in page
    code = reverse("activity:link_code", args=[link.split("/")[2]])
    for name in ("roll", "codes", "letters", "open", "close", "call-off"):
        assert browser.get(f"{link}{name}/").url == code, name
        assert browser.post(f"{link}{name}/", {"seen": 1}).status_code == 302
    for name in ("letters.pdf", "certificate.pdf"):
        assert browser.get(f"{link}{name}").url == code, name
    assert ballots.again(ballot).revision == 1


def test_the_scrutineer_of_another_vote_reaches_nothing_of_this_one(draft, people):
    ballot = ballots.at(Status.READY, people, draft)
    other = ballots.at(Status.READY, builders.team())
    browser = Client()
    link = ballots.link(browser, other)
    assert draft.title not in words_of(browser.get(link)) or draft.title == other.proposal.title
    entries = browser.get(f"{link}roll/").context["entries"]
    assert {entry.ballot_id for entry in entries} == {other.pk}
    # A link of theirs, sent before somebody else took over.
    stale = links.issue(SCRUTINEER, ballot, address="before@union.example")
    session = browser.session
    session[links.GRANTS] = {links._hash(stale): True}
    session.save()
    assert browser.get(links.path(SCRUTINEER, stale)).status_code == 404


@pytest.mark.parametrize("script", ["<script>alert(1)</script>", "\u202e", "x" * 90])
def test_whatever_stands_on_a_roll_is_shown_and_printed_harmlessly(draft, people, script):
    rows = [ballots.Voter(f"{script}{n}"[-100:], "", "") for n in range(10)]
    ballot = ballots.ready(ballots.begin(draft, people.lead), rows)
    browser = Client()
    link = ballots.link(browser, ballot)
    assert "<script>alert" not in browser.get(f"{link}roll/").content.decode()
    assert browser.get(f"{link}letters.pdf").status_code == 200


def voting_page(code):
    return reverse("proposals:vote", args=[code])


def test_a_voter_votes_once_and_reads_what_both_can_mean(draft, people):
    ballot, known = ballots.opened(ballots.begin(draft, people.lead))
    code = next(iter(known.values()))
    browser = Client()
    typed_code = {"code": codes.grouped(code).lower().replace(" ", " - ")}
    assert browser.post(reverse("proposals:vote_code"), typed_code).url == voting_page(code)
    with CaptureQueriesContext(connection) as captured:
        page = words_of(browser.get(voting_page(code)))
    assert len(captured) <= 4
    assert ballots.QUESTION in page
    assert "Una Officer" in page
    assert "Your code works once" in page
    assert "Choose yes, no, or to leave it blank" in words_of(
        browser.post(voting_page(code), {"choice": ""})
    )
    assert not Vote.objects.exists()
    assert browser.post(voting_page(code), {"choice": "for"}).url == reverse("proposals:voted")
    again = browser.post(voting_page(code), {"choice": "against"})
    assert again.status_code == 404
    assert "This code has been used, or is not one of this vote" in words_of(again)
    assert "If you have voted with it, your vote was counted, once." in words_of(again)
    assert words_of(browser.get(voting_page(code))) == words_of(again)
    assert list(Vote.objects.values_list("choice", flat=True)) == ["for"]
    # One that never was reads the same, and names nothing.
    never = words_of(browser.get(voting_page(codes.new_code(ballot.tag))))
    assert "This code has been used, or is not one of this vote" in never
    assert ballots.QUESTION not in never


@pytest.mark.parametrize("wrong", ["x", "KX94", "0" * 24, "a" * 300, "<b>", "\u202e"])
def test_what_is_no_code_says_what_one_looks_like(client, wrong, db):
    answer = client.post(reverse("proposals:vote_code"), {"code": wrong})
    assert answer.status_code == 200
    said = words_of(answer)
    assert "24 letters and digits" in said or "nothing else" in said
    assert client.get(f"/vote/{wrong if wrong.isalnum() else 'x'}/").status_code == 404


def test_a_code_says_that_its_vote_is_not_open_or_is_over(draft, people):
    ballot = ballots.ready(ballots.begin(draft, people.lead))
    known = list(ballots.codes_of(ballot).values())
    browser = Client()

    def reads(code=known[0]):
        return words_of(browser.get(voting_page(code))), browser.post(
            voting_page(code), {"choice": "for"}
        )

    page, posted = reads()
    assert "This vote is not open yet" in page
    assert "not open yet" in words_of(posted)
    ballot = ballots.printed(ballot)
    ballot = ballots.actions.open_(ballot=ballot, seen=1, by=ballots.holder(ballot))
    ballots.cast(known[1], Choice.FOR)
    Ballot.objects.update(closes_at=clock.now())
    for _before_and_after_it_was_counted in range(2):
        for code in known[:2]:
            page, posted = reads(code)
            assert "This vote has closed" in page
            assert "This vote has closed" in words_of(posted)
            assert ballots.QUESTION not in page
        if ballots.again(ballot).status == Status.OPEN:
            ballots.closed(ballot)
    assert Vote.objects.count() == 1


def test_a_code_of_a_vote_that_was_called_off_says_so(draft, people):
    ballot = ballots.ready(ballots.begin(draft, people.lead))
    code = next(iter(ballots.codes_of(ballot).values()))
    ballots.actions.call_off(
        ballot=ballot, because="Canary reason", seen=1, by=ballots.holder(ballot)
    )
    page = words_of(Client().get(voting_page(code)))
    assert "This vote was called off" in page
    assert "Canary" not in page
    assert not VotingCode.objects.exists()


def said(client, proposal, name):
    return client.get(address(name, proposal)).context["refused"]


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (None, None),
        (
            {"is_yes": False, "is_elsewhere": True, "votes_for": 0, "votes_against": 0},
            "Staff did not say yes. 4 of 40 voted; 0 of 0 said yes.",
        ),
    ],
)
def test_a_case_says_how_the_last_vote_went_or_that_there_was_none(read, words):
    found = told.in_words(read and {"number": 2, "eligible": 40, "cast": 4} | read)
    assert (found and found.words) == words
    assert not (found and found.is_ours)


def decided(draft, people, *, yes):
    ballot, known = ballots.opened(ballots.begin(draft, people.lead))
    for code in known.values():
        ballots.cast(code, Choice.FOR if yes else Choice.AGAINST)
    return ballots.closed(ballot)


def test_a_no_closes_the_way_until_a_later_vote_says_yes(client, draft, people):
    assert not said(client, draft, "ask_sign_off")
    ballot = decided(draft, people, yes=False)
    again = ballots.gate.again_on(ballot)
    assert (again - clock.today()).days in range(89, 93)
    refused = said(client, draft, "ask_sign_off")
    assert "said no. Another may be set up from" in refused
    signers = {"signers": [people.lead.pk], "seen": 0}
    assert client.post(address("ask_sign_off", draft), signers).status_code in (200, 403)
    assert builders.again(draft).status == Stands.DRAFT
    assert refused in read(client, "tasks", draft)
    assert refused in read(client, "ballot", draft)
    assert "Set up a vote" not in read(client, "ballot", draft)
    result = read(client, "ballot_result", draft)
    assert "Staff did not say yes" in result
    assert "0 of 40 said yes (0%)" in result
    with time_machine.travel(
        datetime.datetime.combine(again, datetime.time(12), datetime.UTC), tick=False
    ):
        client.force_login(people.lead)
        assert "Set up a vote" in read(client, "ballot", draft)
        assert "Hold another vote first" in said(client, draft, "ask_sign_off")
        decided(builders.again(draft), people, yes=True)
        assert not said(client, draft, "ask_sign_off")
        assert "Staff said yes." in read(client, "ballot_result", draft)
        assert read(client, "ballot", draft).count("Closed on") == 2


def test_a_no_that_comes_while_people_sign_keeps_it_from_being_submitted(client, people, staff):
    proposal = builders.sign_all(builders.proposal_at(Stands.AWAITING_SIGN_OFF, people, staff))
    client.force_login(people.lead)
    assert not said(client, proposal, "submit")
    decided(proposal, people, yes=False)
    assert "said no" in said(client, proposal, "submit")
    seen = {"seen": builders.again(proposal).revision}
    assert client.post(address("submit", proposal), seen).status_code == 403


def test_a_team_that_promises_a_secret_ballot_submits_with_a_yes_or_with_its_days_set(
    stored, client, people, staff
):
    proposal = stored(builders.draft_of, people)
    section = Section.objects.get(proposal=proposal, key="staff")
    section.answers |= {"U6": "ballot", "U8": ballots.QUESTION}
    section.save()
    proposal = builders.sign_all(builders.ask_to_sign(proposal, people))
    client.force_login(people.lead)
    assert "a secret ballot shows that staff support this" in said(client, proposal, "submit")
    ballot = ballots.begin(proposal, people.lead)
    assert not said(client, proposal, "submit")
    off = {"because": "x", "seen": 0, "by": people.lead}
    ballots.actions.call_off(ballot=ballot, **off)
    assert said(client, proposal, "submit")
    decided(proposal, people, yes=True)
    assert not said(client, proposal, "submit")


def test_a_certificate_says_all_of_it_and_is_the_same_each_time(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Stands.SUBMITTED, people, staff)
    ballot, known = ballots.opened(ballots.begin(proposal, people.lead))
    for turn, code in enumerate(list(known.values())[:36]):
        ballots.cast(code, Choice.FOR if turn < 24 else Choice.AGAINST)
    ballots.closed(ballot)
    pdf = address("ballot_certificate", proposal, 1)
    client.force_login(people.viewer)
    first = client.get(pdf)
    assert first["Content-Type"] == "application/pdf"
    text = " ".join(PdfReader(io.BytesIO(first.content)).pages[0].extract_text().split())
    for part in (
        *(ballots.QUESTION, "Una Officer", proposal.title, "Staff said yes."),
        *("36 of 40 voted (90%)", "24 of 36 said yes (67%)", "24 of 40 said yes (60%)"),
        *("at least 50%", "more than 50%", "How the vote was kept secret"),
    ):
        assert part in text
    assert not CANARY.search(text)
    RollEntry.objects.all().delete()
    client.force_login(staff.reviewer)
    assert client.get(pdf).content == first.content
    case = " ".join(client.get(address("case", proposal)).content.decode().split())
    assert "Staff said yes. 36 of 40 voted; 24 of 36 said yes." in case
    assert f'href="{pdf}"' in case
    undeclared = somebody(Role.REVIEWER)
    client.force_login(undeclared)
    assert client.get(pdf).status_code == 403


@pytest.mark.parametrize("status", list(Status))
def test_pages_of_a_vote_cost_few_queries(client, people, status):
    ballot = ballots.at(status, people)
    client.force_login(people.lead)
    browser = Client()
    link = ballots.link(browser, ballot)
    asked = {
        address("ballot", ballot.proposal): client,
        address("ballot_result", ballot.proposal): client,
        link: browser,
        f"{link}roll/": browser,
        f"{link}letters/": browser,
    }
    for page, reader in asked.items():
        reader.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(page).status_code == 200
        assert len(captured) <= 8, (page, "\n".join(each["sql"][:150] for each in captured))


def test_many_letters_are_printed_some_after_the_others(people, draft, monkeypatch):
    monkeypatch.setattr("proposals.ballot.actions.running.LETTERS_AT_ONCE", 9)
    rows = ballots.voters(20, letters=20)
    ballot = ballots.ready(ballots.begin(draft, people.lead), rows)
    browser = Client()
    link = ballots.link(browser, ballot)
    seen = []
    for left in (11, 2, 0):
        page = browser.get(f"{link}letters/")
        assert page.context["later"] == left
        pdf = PdfReader(io.BytesIO(browser.get(f"{link}letters.pdf").content))
        seen += [sheet.extract_text() for sheet in pdf.pages]
        shown = {"shown": page.context["form"]["shown"].value()}
        assert browser.post(f"{link}letters/", shown).url == f"{link}letters/"
        # Pressed twice, nobody's code is deleted who has not been printed.
        assert browser.post(f"{link}letters/", shown).status_code == 409
    assert len(seen) == 20
    assert all(any(row.name in text for text in seen) for row in rows)
    assert not SealedCode.objects.exists()
