"""Filters and words narrow the queue, and tell nobody what they may not read."""

import datetime
import uuid

import pytest

from accounts.models import Interest, Tie
from activity import clock
from advice.answers.actions import note
from advice.intake.models import Enquiry
from advice.queue import seeking
from tests.advice.factories import (
    CANARIES,
    CANARY_WORDS,
    adviser,
    again,
    canary,
    employer,
    enquiry,
    held,
    provider,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = adviser()
    client.force_login(user)
    return user


def found(client, **filters):
    page = client.get("/advice/queue/", {"view": "all", **filters})
    return {row.enquiry for row in page.context["rows"]}


@pytest.mark.slow
def test_each_filter_leaves_what_it_says(client, user):
    now = clock.now()
    ballot = enquiry("STF-1", sector="nhs", received_at=now - datetime.timedelta(days=8))
    mine = held(user, topic="STF-2", sector="council")
    colleagues = held(adviser(), topic="EMP-2")
    Enquiry.objects.filter(pk=colleagues.pk).update(urgent=True, first_replied_at=now)
    elsewhere = enquiry("WRK-2", sector="nhs")
    assert found(client, topic="STF") == {ballot, mine}
    assert found(client, topic="STF-1") == {ballot}
    assert found(client, due="late") == {ballot}
    Enquiry.objects.filter(pk=mine.pk).update(due_at=now + datetime.timedelta(hours=5))
    assert found(client, due="soon") == {mine}
    assert found(client, age="7") == {ballot}
    assert found(client, by="me") == {mine}
    assert found(client, by="others") == {colleagues}
    assert found(client, by="nobody") == {ballot}
    assert found(client, urgent="on") == found(client, back="on") == {colleagues}
    assert found(client, topic="STF", by="me", sector="council") == {mine}
    assert found(client) == {ballot, mine, colleagues, elsewhere}


def test_a_filter_tells_no_sector_of_another_providers(client, user):
    theirs = enquiry("WRK-2", sector="justice")
    nobodys = enquiry(None, sector="justice")
    assert found(client, sector="justice") == set()
    assert found(client) == {theirs, nobodys}


@pytest.fixture(params=[seeking.MOST, 0], ids=["few", "many"])
def have_them(request, monkeypatch):
    """The words are as good as few, or as many, have."""
    monkeypatch.setattr(seeking, "MOST", request.param)


@pytest.mark.usefixtures("have_them")
def test_words_find_messages_and_notes_of_readable_ones_alone(client, user):
    mine = held(user, words="What of the quagga?")
    other = adviser(provider("co-operatives-uk"))
    theirs = held(other, topic="LEG-1", words="A quagga of our own")
    noted = enquiry("STF-2", words="Nothing of it")
    note(enquiry=noted, words="Reminds me of the quagga", once=uuid.uuid4(), by=again(user))
    note(enquiry=theirs, words="zebra", once=uuid.uuid4(), by=again(other))
    assert found(client, q="quaggas") == {mine, noted}
    assert found(client, q="zebra") == set()
    assert found(client, q=theirs.reference) == {theirs}
    assert found(client, q="the") == set()
    assert found(client, q="-quagga") == set()
    assert found(client, q="quagga -reminds") == {mine}
    client.force_login(other)
    assert found(client, q="quagga") == {theirs}


@pytest.mark.slow
@pytest.mark.usefixtures("have_them")
def test_another_provider_and_the_conflicted_find_no_canary(client):
    body = employer("Canary Row")
    canary()
    fields = {name: CANARIES[name] for name in CANARIES if name != "employer_name"}
    enquiry(**fields, employer=body)
    tied = adviser()
    Interest.objects.create(user=tied, organisation=body, tie=Tie.WORK, declared_at=clock.now())
    Enquiry.objects.filter(contact__employer=None).update(provider=provider("local-partnerships"))
    for reader in (adviser(provider("co-operatives-uk")), tied):
        client.force_login(reader)
        asked = [(view, "canaries") for view in ("all", "open", "provider", "unassigned")]
        for view, word in [*asked, *(("all", word) for word in CANARIES.values())]:
            page = client.get("/advice/queue/", {"view": view, "q": word})
            assert page.context["rows"] == [], (view, word)
            assert CANARY_WORDS not in page.content.decode()


@pytest.mark.parametrize(
    "bent",
    [
        {"q": "\x00"},
        {"q": "x" * 100_000},
        {"q": "<script>alert(1)</script>"},
        {"q": "\u202e\u202d' OR 1=1 -- & | ! :*"},
        {"topic": "<b>"},
        {"sector": "\x00", "due": "never", "age": "-1", "by": "x' --"},
    ],
)
def test_hostile_filters_are_answered(client, user, bent):
    enquiry()
    page = client.get("/advice/queue/", bent)
    assert page.status_code == 200
    assert b"<script>alert" not in page.content


@pytest.mark.slow
def test_filters_cost_no_query_and_stay_in_every_link(client, user, django_assert_max_num_queries):
    for _ in range(26):
        held(adviser(), words="find me")
    every = {"q": "find", "topic": "STF", "by": "others", "view": "all"}
    client.get("/advice/queue/", every)
    with django_assert_max_num_queries(8):
        page = client.get("/advice/queue/", every)
    assert len(page.context["rows"]) == 25
    text = page.content.decode()
    assert "?view=mine&amp;q=find&amp;topic=STF&amp;by=others" in text
    labels = [chip.label for chip in page.context["chips"]]
    assert labels == ["“find”", "All: Colleagues and unions", "With: A colleague"]
    onward = client.get("/advice/queue/", {**every, "after": page.context["page"].after})
    assert len(onward.context["rows"]) == 1
    nothing = client.get("/advice/queue/", {**every, "topic": "EXI"}).content.decode()
    assert "Take one off" in nothing
