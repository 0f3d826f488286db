"""Documents and a scanner that answers well, slowly, wrongly or not at all."""

import datetime

import pytest
import redis
import time_machine
from django.conf import settings as portal

from activity import clamd, clock, scanning
from activity.models import Event, Notification
from activity.models.documents import PIECE, Scan
from proposals import tasks
from proposals.draft import actions
from proposals.draft.models import Document, DocumentPiece
from tests.at_once import at_once
from tests.clamd import VIRUS, running
from tests.proposals import builders, documents


@pytest.fixture
def daemon(settings):
    with running() as (found, settings.CLAMD_URL):
        yield found


@pytest.fixture
def draft(stored, people):
    return stored(builders.draft_of, people)


def known(document):
    document.refresh_from_db()
    return Scan(document.scan)


def test_a_clean_file_is_heard_whole_and_said_to_be_clean(daemon, draft, people):
    content = documents.PDF + bytes(PIECE)
    document = documents.add(draft, people.lead, content=content)
    assert known(document) == Scan.WAITING
    tasks.scan_documents()
    assert known(document) == Scan.CLEAN
    assert daemon.heard == [content]
    tasks.scan_documents()
    assert len(daemon.heard) == 1


def test_a_virus_takes_the_content_and_the_team_is_told_once(daemon, draft, people):
    document = documents.add(draft, people.lead, content=documents.PDF + VIRUS)
    other = documents.add(draft, people.lead, "other.txt", b"Other.")
    for _ in range(2):
        tasks.scan_documents()
    assert known(document) == Scan.INFECTED
    assert known(other) == Scan.CLEAN
    assert not DocumentPiece.objects.filter(document=document).exists()
    [event] = Event.objects.filter(kind="proposal.document_infected")
    assert (event.actor_kind, event.actor_id) == ("system", "scanning")
    told = Notification.objects.filter(kind="proposal.document_infected")
    assert {each.user for each in told} == set(vars(people).values())
    actions.remove_document(document=document, by=people.lead)
    assert Document.objects.get() == other


@pytest.mark.parametrize("mood", ["slow", "dies", "confused", "away"])
def test_without_a_verdict_it_is_asked_again_later_and_not_for_ever(
    daemon, draft, people, settings, monkeypatch, mood
):
    monkeypatch.setattr(clamd, "PATIENCE", 0.2)
    daemon.mood = mood
    if mood == "away":
        settings.CLAMD_URL = "tcp://127.0.0.1:9"
    document = documents.add(draft, people.lead)
    for _ in range(2):
        tasks.scan_documents()
    assert known(document) == Scan.WAITING
    assert document.tries == 1
    assert documents.content_of(document) == documents.PDF
    Document.objects.update(tries=scanning.MOST_TRIES - 1, scan_at=clock.now())
    tasks.scan_documents()
    assert known(document) == Scan.NOT_SCANNED
    daemon.mood = "well"
    with time_machine.travel(clock.now() + datetime.timedelta(days=9), tick=False):
        assert scanning.scan_waiting(Document, actions.mark_infected) == 0


def test_it_is_asked_again_as_soon_as_the_pause_is_over(daemon, draft, people):
    daemon.mood = "dies"
    document = documents.add(draft, people.lead)
    tasks.scan_documents()
    daemon.mood = "well"
    for minutes, expected in ((0.5, Scan.WAITING), (1.5, Scan.CLEAN)):
        with time_machine.travel(clock.now() + datetime.timedelta(minutes=minutes), tick=False):
            tasks.scan_documents()
            assert known(document) == expected


def test_a_file_that_is_too_large_for_it_is_not_asked_about_again(daemon, draft, people):
    daemon.mood = "small"
    document = documents.add(draft, people.lead, content=documents.PDF + bytes(100_000))
    tasks.scan_documents()
    assert known(document) == Scan.NOT_SCANNED
    assert daemon.heard == []


def test_one_that_refuses_and_hangs_up_while_we_send_has_given_no_verdict(daemon):
    daemon.mood = "small"
    with pytest.raises(clamd.NotScanned):
        clamd.is_infected(portal.CLAMD_URL, (bytes(PIECE) for _ in range(20)))


def test_it_may_listen_at_a_path(tmp_path):
    with running(tmp_path / "clamd") as (daemon, address):
        assert clamd.is_infected(address, [VIRUS])
        assert not clamd.is_infected(f"unix:{address}", [b"x", b"y"])
        assert daemon.heard == [VIRUS, b"xy"]


def test_what_was_added_before_there_was_a_scanner_is_scanned_too(settings, draft, people):
    document = documents.add(draft, people.lead)
    tasks.scan_documents()
    assert known(document) == Scan.NOT_SCANNED
    with running() as (_daemon, settings.CLAMD_URL):
        tasks.scan_documents()
    assert known(document) == Scan.CLEAN


def test_nothing_waits_for_a_scanner_that_is_there_no_longer(settings, daemon, draft, people):
    document = documents.add(draft, people.lead)
    settings.CLAMD_URL = ""
    tasks.scan_documents()
    assert known(document) == Scan.NOT_SCANNED


def test_a_file_that_is_taken_out_meanwhile_troubles_nobody(daemon, draft, people):
    document = documents.add(draft, people.lead)
    claimed = scanning._claim(Document)
    actions.remove_document(document=document, by=people.lead)
    scanning._scan(claimed, actions.mark_infected)
    actions.mark_infected(claimed)
    assert not Event.objects.filter(kind="proposal.document_infected").exists()


def test_a_worker_is_asked_once_it_is_kept_and_the_beat_asks_anyway(
    daemon, draft, people, django_capture_on_commit_callbacks
):
    with redis.Redis.from_url(portal.REDIS_URL) as broker:
        broker.delete("celery")
        with django_capture_on_commit_callbacks(execute=True):
            documents.add(draft, people.lead)
            assert broker.llen("celery") == 0
        assert b"proposals.tasks.scan_documents" in broker.lindex("celery", 0)
        broker.delete("celery")
    names = {each["task"] for each in portal.CELERY_BEAT_SCHEDULE.values()}
    assert tasks.scan_documents.name in names


@pytest.mark.django_db(transaction=True)
def test_two_workers_scan_each_file_once(daemon, people, draft):
    for n in range(4):
        documents.add(draft, people.lead, f"{n}.txt", b"%d" % n)
    at_once(tasks.scan_documents, tasks.scan_documents)
    assert sorted(daemon.heard) == [b"0", b"1", b"2", b"3"]
    assert set(Document.objects.values_list("scan", flat=True)) == {Scan.CLEAN}
