"""An adviser declares an interest: what they hold of that body's staff goes back in the same step."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Interest, Tie
from activity.models import Event
from activity.workflow import MovedOn
from advice.intake.models import Enquiry
from advice.queue import actions as queue
from mutuals_portal.interests import actions
from tests.advice.factories import (
    CANARY_WORDS,
    advice_lead,
    adviser,
    again,
    employer,
    enquiry,
    held,
)
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
LIST = reverse("accounts:interests")


def declare(user, body):
    return actions.declare(organisation=body, tie=Tie.PEOPLE, starts_on=None, by=again(user))


def test_advisers_and_their_leads_find_the_register_from_their_desk(client):
    for reader in (adviser(), advice_lead()):
        client.force_login(reader)
        assert f'href="{LIST}"' in client.get(reverse("advice:desk")).content.decode()
        assert f'href="{reverse("advice:desk")}"' in client.get(LIST).content.decode()


def test_what_they_hold_of_its_staff_goes_back_and_a_colleague_takes_it(client):
    ours, colleague, body = adviser(), adviser(), employer()
    mine, other = held(ours, employer=body), held(ours)
    client.force_login(ours)

    assert declare(ours, body).enquiries == 1

    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.status, mine.adviser) == ("queued", None)
    assert mine.pick_up_by is not None
    assert (other.status, other.adviser) == ("with-adviser", ours)
    assert client.get(reverse("advice:enquiry", args=[mine.reference])).status_code == 404
    queue.claim(enquiry=mine, seen=mine.revision, by=again(colleague))
    client.force_login(colleague)
    page = client.get(reverse("advice:enquiry", args=[mine.reference])).content.decode()
    assert CANARY_WORDS in page


def test_the_event_says_neither_who_nor_why():
    ours, body = adviser(), employer()
    mine = held(ours, employer=body)
    declare(ours, body)
    event = Event.objects.of(mine).last()
    assert (event.kind, event.actor_kind, event.actor_id) == ("enquiry.leave", "system", "conflict")
    assert event.data == {}


def test_declared_twice_it_is_kept_once():
    ours, body = adviser(), employer()
    held(ours, employer=body)
    assert [declare(ours, body).enquiries for _ in range(2)] == [1, 0]
    assert Interest.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_declaring_while_they_claim_leaves_nothing_of_that_body_with_them():
    ours, body = adviser(), employer()
    held(ours, employer=body)
    free = enquiry(employer=body)
    results = at_once(
        lambda: declare(ours, body),
        lambda: queue.claim(enquiry=free, seen=free.revision, by=again(ours)),
        lambda: queue.take_next(by=again(ours)),
    )
    assert isinstance(results[0], actions.Stopped), results
    assert all(
        each is None or isinstance(each, Enquiry | PermissionDenied | MovedOn)
        for each in results[1:]
    ), results
    assert not Enquiry.objects.held_by(ours).exists()
