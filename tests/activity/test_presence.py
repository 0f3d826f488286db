"""A row for a minute: who is here, said once a person, by the clock, and never by a look alone."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from activity import presence, tasks
from activity.models import Presence
from proposals import reference
from proposals.draft.models import Member
from proposals.draft.presence import TASKS, TEAM
from tests.at_once import at_once
from tests.proposals import builders

NINE = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
HERE = "/here/"


@pytest.fixture
def people(stored):
    stored(reference.load)
    return stored(builders.team)


@pytest.fixture
def draft(stored, people):
    return stored(builders.draft_of, people)


@pytest.fixture
def place():
    return presence.place_of(TEAM)


def beat(client, record, **more):
    said = {"place": TEAM, "reference": record.reference, "spot": TASKS, **more}
    return client.post(HERE, said, headers={"Accept": "application/json"})


def lines(record, reader, spot=TASKS):
    return presence.here(TEAM, record, spot, reader).lines


def test_looking_at_a_page_writes_nothing(client, draft, people):
    client.force_login(people.lead)
    client.get(reverse("proposals:tasks", args=[draft.reference]))
    assert not Presence.objects.exists()
    assert client.get(HERE).status_code == 405


def test_nobody_is_told_of_themselves(draft, people, place):
    presence.come(place, draft, spot=TASKS, is_writing=True, by=people.lead)
    assert lines(draft, people.lead) == []
    assert lines(draft, people.editor) == [f"{people.lead.name} is writing here"]


def test_who_was_silent_for_a_minute_is_gone_and_swept(draft, people, place):
    with time_machine.travel(NINE, tick=False) as time:
        presence.come(place, draft, spot=TASKS, is_writing=False, by=people.lead)
        time.shift(59)
        assert lines(draft, people.editor)
        tasks.sweep()
        assert Presence.objects.count() == 1
        time.shift(1)
        assert lines(draft, people.editor) == []
        tasks.sweep()
        assert not Presence.objects.exists()


def test_a_person_is_at_one_page_of_a_place(draft, people, place):
    presence.come(place, draft, spot="service/name", is_writing=True, by=people.lead)
    presence.come(place, draft, spot=TASKS, is_writing=False, by=people.lead)
    row = Presence.objects.get()
    assert (row.spot, row.writing) == (TASKS, False)
    # The page that was left says so after the next one has said that it is there.
    presence.leave(place, draft, spot="service/name", by=people.lead)
    assert Presence.objects.exists()
    presence.leave(place, draft, spot=TASKS, by=people.lead)
    assert not Presence.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_windows_of_a_person_say_so_at_once():
    reference.load()
    people = builders.team()
    draft, place = builders.draft_of(people), presence.place_of(TEAM)

    def come():
        presence.come(place, draft, spot=TASKS, is_writing=False, by=people.lead)

    for _ in range(5):
        Presence.objects.all().delete()
        assert at_once(*[come] * 4) == [None] * 4
        assert Presence.objects.count() == 1


def test_an_account_that_was_closed_is_seen_no_more(draft, people, place):
    presence.come(place, draft, spot=TASKS, is_writing=False, by=people.lead)
    people.lead.is_active = False
    people.lead.save()
    assert lines(draft, people.editor) == []


def test_the_script_is_told_who_else_is_here(client, draft, people, place):
    presence.come(place, draft, spot="staff/staff", is_writing=True, by=people.lead)
    client.force_login(people.editor)
    answer = beat(client, draft)
    assert answer.json() == {"lines": [f"{people.lead.name} is in “Staff support”"]}
    assert Presence.objects.get(user=people.editor).writing is False
    beat(client, draft, writing="on")
    assert Presence.objects.get(user=people.editor).writing is True
    assert beat(client, draft, left="on").json() == {"lines": []}
    assert not Presence.objects.filter(user=people.editor).exists()


def test_a_stranger_is_told_nothing_and_writes_nothing(client, draft, people, place):
    presence.come(place, draft, spot=TASKS, is_writing=True, by=people.lead)
    assert beat(client, draft).status_code == 403
    client.force_login(builders.somebody())
    assert beat(client, draft).status_code == 404
    assert beat(client, draft, left="on").status_code == 404
    assert Presence.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": "nowhere"},
        {"place": ""},
        {"spot": "nowhere"},
        {"spot": "x" * 100_000},
        {"reference": "RTP-1999-0001"},
        {"reference": "\x00"},
        {"reference": ""},
    ],
)
def test_what_is_no_place_of_ours_is_not_found(client, draft, people, wrong):
    client.force_login(people.lead)
    assert beat(client, draft, **wrong).status_code == 404
    assert not Presence.objects.exists()


def test_a_page_that_is_only_open_keeps_nobody_signed_in(client, draft, people):
    people.lead.emailaddress_set.create(email=people.lead.email, verified=True, primary=True)
    typed = {"login": people.lead.email, "password": "a long enough secret"}
    with time_machine.travel(NINE, tick=False) as time:
        client.post("/accounts/sign-in/", typed)
        for _ in range(3):
            time.shift(19 * 60)
            answer = beat(client, draft)
            assert answer.status_code == 200
            assert "Session-Seconds" not in answer.headers
        time.shift(4 * 60)
        assert beat(client, draft).status_code == 403


def test_names_are_text(client, draft, people, place):
    people.lead.name = "<b>Amina</b>"
    people.lead.save()
    presence.come(place, draft, spot=TASKS, is_writing=True, by=people.lead)
    client.force_login(people.editor)
    words = client.get(reverse("proposals:tasks", args=[draft.reference])).content.decode()
    assert "&lt;b&gt;Amina&lt;/b&gt; is writing here" in words
    assert "<b>Amina" not in words


def test_many_people_cost_one_query(draft, people, place, django_assert_num_queries):
    for _ in range(20):
        person = builders.somebody()
        Member.objects.create(proposal=draft, user=person, role="viewer")
        presence.come(place, draft, spot=TASKS, is_writing=False, by=person)
    with django_assert_num_queries(1, connection=connection):
        assert len(lines(draft, people.lead)) == 20


def test_a_row_says_who_is_where_by_numbers(draft, people, place):
    presence.come(place, draft, spot=TASKS, is_writing=False, by=people.lead)
    assert str(Presence.objects.get()) == f"{people.lead.pk} at {place.name} {draft.pk}"
