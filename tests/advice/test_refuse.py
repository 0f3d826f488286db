"""A provider that cannot answer, or does not pick up: the next one gets it, and at last a lead."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from activity import clock
from activity.models import Event, Notification
from activity.workflow import MovedOn
from advice import tasks
from advice.intake import routing
from advice.intake.models import Enquiry, Note, Refusal, Share, Why
from advice.queue import actions, lists, refusing, steps
from tests.advice.factories import (
    CANARY_WORDS,
    advice_lead,
    adviser,
    again,
    enquiry,
    held,
    provider,
)
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
LP, EOA, CUK = "local-partnerships", "employee-ownership-association", "co-operatives-uk"


def refuse(made, by, reason=Refusal.NO_SKILL, **more):
    said = {"words": "", "once": uuid.uuid4(), "seen": made.revision, **more}
    return refusing.refuse(enquiry=made, reason=reason, by=again(by), **said)


def address(made):
    return reverse("advice:refuse", args=[made.reference])


def test_it_goes_to_the_next_and_whoever_refused_reads_it_no_more(client):
    user = adviser()
    made = held(user)
    client.force_login(user)
    assert CANARY_WORDS not in client.get(address(made)).content.decode()
    once = uuid.uuid4()
    typed = {"reason": "no-skill", "words": "They ask about <b>deeds</b>.", "once": once, "seen": 1}
    assert client.post(address(made), typed).url == "/advice/desk/"
    made.refresh_from_db()
    assert (made.status, made.adviser, made.route) == ("queued", None, Why.TURN)
    assert made.provider.slug in (LP, CUK)
    assert made.pick_up_by > clock.now()
    assert "Another provider could not take it" in routing.reason(made)
    assert client.get(address(made)).status_code == 404
    assert not Enquiry.objects.readable_by(again(user)).exists()
    note = Note.objects.get()
    assert note.words == "Nobody here knows enough about it: They ask about <b>deeds</b>."
    event = Event.objects.get(kind="enquiry.refuse")
    assert event.data == {"reason": "no-skill", "provider": provider(EOA).pk}
    client.force_login(adviser(made.provider))
    page = client.get(reverse("advice:enquiry", args=[made.reference])).content.decode()
    assert "&lt;b&gt;deeds&lt;/b&gt;" in page


def test_pressed_twice_it_is_refused_once():
    user, once = adviser(), uuid.uuid4()
    made = enquiry()
    for _ in range(2):
        refuse(made, user, once=once)
    assert Event.objects.filter(kind="enquiry.refuse").count() == 1
    with pytest.raises(PermissionDenied):
        refuse(made, user)


@pytest.mark.slow
def test_when_none_is_left_a_lead_decides(client):
    lead = advice_lead(provider(CUK))
    made = enquiry()
    for _ in range(3):
        made = refuse(made, adviser(made.provider))
    assert (made.provider, made.for_leads, made.route) == (None, True, Why.NOBODY)
    assert made.exclusions.count() == 3
    assert Notification.objects.get(kind="enquiry.lead").user == lead
    assert "No provider is left" in routing.reason(made)
    hand = adviser(provider(CUK))
    assert actions.take_next(by=hand) is None
    client.force_login(hand)
    assert "It waits for a lead." in client.get("/advice/queue/?view=all").content.decode()
    client.force_login(lead)
    page = client.get("/advice/queue/?view=leads")
    (row,) = page.context["rows"]
    assert (row.can_take, row.can_read) == (True, False)
    assert CANARY_WORDS not in page.content.decode()
    claim = reverse("advice:claim", args=[made.reference])
    assert "No provider is left" in client.get(claim).content.decode()
    client.post(claim, {"seen": made.revision})
    made.refresh_from_db()
    assert (made.adviser, made.provider.slug, made.for_leads) == (lead, CUK, False)
    given = {"to": hand, "reason": "You know most.", "once": uuid.uuid4(), "seen": made.revision}
    assert actions.hand_over(enquiry=made, by=again(lead), **given).adviser == hand


@pytest.mark.slow
def test_what_waits_for_a_lead_is_read_by_leads_alone(client):
    Share.objects.create(provider=provider(EOA), weight=1, starts_on=datetime.date(2011, 1, 4))
    made, lead, hand = enquiry("SAF-1"), advice_lead(), adviser()
    assert made.provider == provider(EOA)
    for reader, status in [(lead, 200), (hand, 404), (advice_lead(provider(CUK)), 404)]:
        client.force_login(reader)
        page = client.get(reverse("advice:enquiry", args=[made.reference]))
        assert page.status_code == status
        rows = client.get("/advice/queue/?view=all").content.decode()
        assert (CANARY_WORDS in rows) == (status == 200)
        assert CANARY_WORDS not in client.get("/search/?q=canaries").content.decode() or (
            status == 200
        )
    with pytest.raises(PermissionDenied, match="waits for a lead"):
        actions.claim(enquiry=made, seen=0, by=again(hand))
    with pytest.raises(PermissionDenied):
        refuse(made, hand)
    assert lists.counts(again(lead))["leads"] == 1


def test_who_refused_is_not_offered_what_anybody_may_take():
    made = enquiry(topic=None)
    user = adviser()
    actions.claim(enquiry=made, seen=0, by=user)
    made.refresh_from_db()
    moved = refuse(made, user)
    assert (moved.provider, moved.route) == (None, Why.ANY) or moved.provider != provider(EOA)
    Enquiry.objects.filter(pk=moved.pk).update(provider=None)
    assert actions.take_next(by=again(user)) is None
    with pytest.raises(PermissionDenied, match="refused"):
        actions.claim(enquiry=moved, seen=moved.revision, by=again(user))


def test_a_provider_that_refused_gets_nothing_handed_back():
    made = refuse(enquiry(), adviser())
    taker = adviser(made.provider)
    actions.claim(enquiry=made, seen=made.revision, by=taker)
    made.refresh_from_db()
    given = {"to": provider(EOA), "reason": "r", "once": uuid.uuid4(), "seen": made.revision}
    with pytest.raises(PermissionDenied, match="cannot answer this one"):
        actions.hand_over(enquiry=made, by=again(taker), **given)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose why you cannot answer it"),
        ({"reason": "late"}, "Choose one of the reasons"),
        ({"reason": "other"}, "Write why you cannot answer it"),
        ({"reason": "\x00"}, "Choose one of the reasons"),
        ({"reason": "no-time", "words": "w " * 50_000}, "Take out"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_moves(client, typed, sentence):
    made = enquiry()
    client.force_login(adviser())
    page = client.post(address(made), {"once": uuid.uuid4(), "seen": 0, **typed})
    assert page.status_code == 200
    assert sentence in page.content.decode()
    made.refresh_from_db()
    assert made.revision == 0


def test_a_stranger_finds_nothing_to_refuse_and_reading_changes_nothing(client):
    made = enquiry()
    client.force_login(adviser(provider(CUK)))
    for send in (client.get, client.post):
        assert send(address(made)).status_code == 404
    client.force_login(adviser())
    client.get(address(made))
    made.refresh_from_db()
    assert made.revision == 0


def later(monkeypatch, days):
    at = clock.now() + datetime.timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.mark.slow
def test_what_is_not_picked_up_in_a_working_day_is_offered_on(monkeypatch):
    lead, made, taken = advice_lead(), enquiry(), held(adviser())
    tasks.offer_on()
    made.refresh_from_db()
    assert made.revision == 0
    had = []
    for _ in range(3):
        had.append(made.provider.slug)
        later(monkeypatch, 5)
        tasks.offer_on()
        made.refresh_from_db()
    assert sorted(had) == sorted([LP, EOA, CUK])
    assert had[0] == EOA
    assert (made.provider, made.for_leads) == (None, True)
    assert {event.actor_id for event in Event.objects.filter(kind="enquiry.offer_on")} == {
        "routing"
    }
    assert Notification.objects.filter(kind="enquiry.lead", user=lead).exists()
    taken.refresh_from_db()
    assert taken.status == "with-adviser"
    tasks.offer_on()
    assert Event.objects.filter(kind="enquiry.offer_on").count() == 3


def test_nobody_but_the_job_offers_on():
    made = enquiry()
    for who in (adviser(), advice_lead()):
        assert not steps.OFFER_ON.allowed(who, made)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_questions_that_come_at_once_keep_the_shares():
    for slug, weight in ((LP, 2), (EOA, 1), (CUK, 1)):
        since = datetime.date(2011, 1, 4)
        Share.objects.create(provider=provider(slug), weight=weight, starts_on=since)
    at_once(*[lambda: [enquiry(topic=None) for _ in range(4)] for _ in range(8)])
    counts = {
        slug: Enquiry.objects.filter(provider=provider(slug)).count() for slug in (LP, EOA, CUK)
    }
    assert counts == {LP: 16, EOA: 8, CUK: 8}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_claim_and_a_refusal_at_once_leave_one_state():
    made, one, other = enquiry(), adviser(), adviser()
    results = at_once(
        lambda: actions.claim(enquiry=made, seen=0, by=one),
        lambda: refuse(made, other),
    )
    made.refresh_from_db()
    won = [each for each in results if isinstance(each, Enquiry)]
    assert len(won) == 1
    assert made.revision == 1
    assert isinstance(
        next(each for each in results if each is not won[0]), MovedOn | PermissionDenied
    )
    assert (made.status == "with-adviser") == (made.adviser == one)
