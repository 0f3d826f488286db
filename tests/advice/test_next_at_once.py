"""Sixteen advisers press "next" at the same moment, over a thousand enquiries."""

import copy
import datetime
import threading
import uuid

import pytest
from django.core.exceptions import PermissionDenied

from activity import clock
from advice.intake.models import AdviserProfile, Enquiry, Topic, TopicGroup
from advice.queue import actions
from advice.queue.actions import ORDER
from tests.advice.factories import adviser, again, enquiry, provider
from tests.at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ADVISERS, ENQUIRIES, MOST = 16, 1_000, 4
BODIES = ("local-partnerships", "employee-ownership-association")


def thousand():
    """Queued ones of two providers and of nobody, about two groups, some urgent, due in turn."""
    one, now = enquiry(), clock.now()
    topics = [*Topic.objects.filter(group__code__in=["STF", "FIN"]), None]
    bodies = [*map(provider, BODIES), None]
    made = []
    for number in range(ENQUIRIES):
        each = copy.copy(one)
        each.pk, each.reference, each.once = None, f"ENQ-2020-{number:06}", uuid.uuid4()
        each.topic, each.provider = topics[number % len(topics)], bodies[number % 3]
        each.urgent = number % 50 == 7
        each.due_at = now + datetime.timedelta(minutes=(number * 7919) % ENQUIRIES + 1)
        made.append(each)
    Enquiry.objects.filter(pk=one.pk).update(due_at=now + datetime.timedelta(days=900))
    Enquiry.objects.bulk_create(made)


def people():
    """Half of each provider; every second one takes one group alone; each has a limit."""
    finance = TopicGroup.objects.get(code="FIN")
    found = []
    for number in range(ADVISERS):
        user = adviser(provider(BODIES[number % 2]))
        profile = AdviserProfile.objects.create(user=user, most=MOST)
        if number % 4 > 1:
            profile.skills.add(finance)
        found.append(user)
    return found


def take_until_full(user):
    taken = []
    try:
        while found := actions.take_next(by=again(user)):
            taken.append(found)
    except PermissionDenied:
        return taken


def place(record):
    return not record.urgent, record.due_at, record.pk


def test_none_twice_none_lost_none_beyond_a_limit_each_in_its_order():
    thousand()
    advisers = people()
    given = at_once(*[lambda user=user: take_until_full(user) for user in advisers])
    every = [record.pk for taken in given for record in taken]
    assert len(every) == len(set(every)) == ADVISERS * MOST
    left = Enquiry.objects.filter(status="queued")
    assert left.count() == ENQUIRIES + 1 - len(every)
    for user, taken in zip(advisers, given, strict=True):
        assert set(Enquiry.objects.in_hand_of(user)) == set(taken)
        assert [place(record) for record in taken] == sorted(map(place, taken))
        fits = Enquiry.objects.next_for(again(user)).order_by(*ORDER).first()
        assert place(fits) > place(taken[-1])
        body = user.appointments.get().organisation_id
        assert {record.provider_id for record in taken} == {body}


def test_without_the_lock_the_same_one_is_given_to_many():
    thousand()
    read = threading.Barrier(ADVISERS, timeout=20)

    def press():
        first = Enquiry.objects.filter(status="queued").order_by(*ORDER).first()
        read.wait()
        return first.pk

    given = at_once(*[press] * ADVISERS)
    assert len(given) - len(set(given)) > 0
