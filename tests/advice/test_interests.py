"""Who has an interest in the enquirer's employer learns nothing of the enquiry, anywhere."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Interest, Tie
from activity import clock, presence
from advice.intake import mail
from advice.intake.models import Enquiry, ProviderInterest
from advice.intake.presence import DESK, ENQUIRY
from advice.queue import actions, lists
from advice.queue.forms import HandOverForm
from tests.advice.factories import (
    CANARY_WORDS,
    advice_lead,
    adviser,
    again,
    employer,
    enquiry,
    held,
    provider,
)

pytestmark = pytest.mark.django_db
PAGES = ["enquiry", "claim", "reply", "wait", "note", "hand_over", "close", "reopen", "refuse"]


def declare(user, body, **more):
    tie = {"tie": Tie.WORK, "declared_at": clock.now(), **more}
    Interest.objects.create(user=user, organisation=body, **tie)


def work_for(user, body):
    """Their provider works for it; the enquiry came before."""
    (held_in,) = user.appointments.all()
    since = datetime.date(2011, 1, 4)
    ProviderInterest.objects.create(
        provider=held_in.organisation, organisation=body, starts_on=since
    )


@pytest.mark.slow
@pytest.mark.parametrize("tie", [declare, work_for])
@pytest.mark.parametrize("make", [adviser, advice_lead])
def test_the_conflicted_get_nothing_at_all(client, make, tie):
    body, reader = employer(), make()
    made, free = enquiry(employer=body), enquiry(topic=None, employer=body)
    mine = held(reader, employer=body) if make is adviser else enquiry(employer=body)
    urgent = enquiry("SAF-1", employer=body)
    tie(reader, body)
    client.force_login(reader)
    for view in lists.VIEWS:
        page = client.get("/advice/queue/", {"view": view}).content.decode()
        assert "ENQ-" not in page
        assert CANARY_WORDS not in page
    assert set(lists.counts(again(reader)).values()) == {0}
    for path in ("/advice/desk/", "/start/", "/search/?q=canaries", "/search/?q=" + made.reference):
        assert "/advice/enquiries/" not in client.get(path).content.decode()
    for record in (made, free, mine, urgent):
        for name in PAGES:
            address = reverse(f"advice:{name}", args=[record.reference])
            assert client.get(address).status_code == 404
            assert client.post(address, {"seen": record.revision}).status_code in (404, 405)
    if make is adviser:
        assert actions.take_next(by=again(reader)) is None


def test_the_conflicted_cannot_claim_what_they_saw_before_they_declared():
    body, user = employer(), adviser()
    made = enquiry(employer=body)
    declare(user, body)
    with pytest.raises(PermissionDenied):
        actions.claim(enquiry=made, seen=0, by=again(user))


def test_an_interest_that_ended_long_ago_closes_nothing():
    body, user = employer(), adviser()
    made = enquiry(employer=body)
    ended = clock.today() - datetime.timedelta(days=800)
    declare(user, body, ends_on=ended)
    assert list(Enquiry.objects.readable_by(again(user))) == [made]


def test_the_conflicted_are_not_seen_there_and_see_nobody():
    body, reader, colleague = employer(), adviser(), adviser()
    made = enquiry(employer=body)
    place = presence.place_of(DESK)
    for who in (reader, colleague):
        presence.come(place, made, spot=ENQUIRY, is_writing=False, by=who)
    assert presence.here(DESK, made, ENQUIRY, again(colleague)).lines
    declare(reader, body)
    assert presence.here(DESK, made, ENQUIRY, again(reader)).lines == []
    assert presence.here(DESK, made, ENQUIRY, again(colleague)).lines == []


def test_no_mail_goes_to_the_conflicted():
    body, user = employer(), adviser()
    made = enquiry(employer=body)
    assert mail.is_open_to(again(user), made)
    declare(user, body)
    assert not mail.is_open_to(again(user), made)


def test_nobody_hands_over_to_the_conflicted():
    body, user, colleague, free = employer(), adviser(), adviser(), adviser()
    other = provider("co-operatives-uk")
    mine = held(user, employer=body)
    declare(colleague, body)
    since = datetime.date(2011, 1, 4)
    ProviderInterest.objects.create(provider=other, organisation=body, starts_on=since)
    form = HandOverForm(None, enquiry=mine, by=user)
    assert list(form.fields["colleague"].queryset) == [free]
    assert other not in form.fields["provider"].queryset
    for to in (colleague, other):
        with pytest.raises(PermissionDenied):
            actions.hand_over(
                enquiry=mine, to=to, reason="r", once=uuid.uuid4(), seen=1, by=again(user)
            )
    mine.refresh_from_db()
    assert mine.adviser == user
