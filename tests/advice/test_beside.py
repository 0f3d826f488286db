"""Beside the queue: the views that its reader keeps, and who of their provider is on duty."""

import datetime
import uuid

import pytest

from accounts.models import Absence, Interest, Role, Tie
from activity import clock
from advice.answers import actions as answers
from advice.intake.models import AdvicePolicy, AdviserProfile
from advice.queue import beside, duty
from advice.queue.models import QueueView
from tests.advice.factories import (
    advice_lead,
    adviser,
    again,
    employer,
    enquiry,
    held,
    provider,
    somebody,
)

pytestmark = pytest.mark.django_db
QUEUE = "/advice/queue/"


def keep(owner, name, filters):
    QueueView.objects.create(owner=owner, name=name, filters=filters, once=uuid.uuid4())


def names(user, name):
    type(user).objects.filter(pk=user.pk).update(name=name)
    return user


def ties(user, body):
    when = {"starts_on": datetime.date(2011, 1, 4), "declared_at": clock.now()}
    Interest.objects.create(user=user, organisation=body, tie=Tie.PEOPLE, **when)


def kept(client, **here):
    return {each.label: each for each in client.get(QUEUE, here).context["views"].kept}


def colleagues(client):
    return {each.name: each for each in client.get(QUEUE).context["known"].colleagues}


def test_only_people_of_the_readers_own_provider_are_told_of(client):
    reader, colleague = names(adviser(), "Ada"), names(adviser(), "Leo <b>")
    names(adviser(provider("co-operatives-uk")), "Elsewhere"), names(advice_lead(), "Lead")
    left, asleep = names(adviser(), "Left"), names(adviser(), "Asleep")
    left.appointments.update(ends_on=clock.today())
    type(asleep).objects.filter(pk=asleep.pk).update(is_active=False)
    secret = held(colleague, employer=employer())
    held(colleague), held(reader)
    client.force_login(reader)
    assert list(colleagues(client)) == ["Ada", "Leo <b>"]
    assert colleagues(client)["Leo <b>"].in_hand == 2

    ties(reader, secret.contact.employer)
    assert colleagues(client)["Leo <b>"].in_hand == 1
    page = client.get(QUEUE).content.decode()
    assert "You: 1 of 8" in page
    assert "Leo &lt;b&gt;: 1 of 8" in page

    client.force_login(names(adviser(provider("co-operatives-uk")), "Far"))
    assert set(colleagues(client)) == {"Elsewhere", "Far"}
    client.force_login(advice_lead(provider("local-partnerships")))
    assert "On duty now" not in client.get(QUEUE).content.decode()


def test_who_is_here_comes_before_who_is_off_or_away_and_only_so_many_are_shown(
    client, monkeypatch
):
    reader, away, off, few = [names(adviser(), name) for name in ("Zoe", "Ann", "Ben", "Cat")]
    today = clock.today()
    Absence.objects.create(user=away, starts_on=today, ends_on=today + datetime.timedelta(days=3))
    AdviserProfile.objects.create(user=off, on_duty=False)
    AdviserProfile.objects.create(user=few, most=3)
    waits, _ = held(few), held(few)
    asks = {"words": "Which trust?", "once": uuid.uuid4(), "seen": waits.revision}
    answers.wait(enquiry=waits, by=again(few), **asks)
    client.force_login(reader)
    found = colleagues(client)
    assert list(found) == ["Zoe", "Cat", "Ben", "Ann"]
    assert [each.is_here for each in found.values()] == [True, True, False, False]
    assert (found["Cat"].in_hand, found["Cat"].most) == (1, 3)
    page = client.get(QUEUE).content.decode()
    for line in ("You: 0 of 8", "Cat: 1 of 3", "Ben: off duty", "Ann: away until "):
        assert line in page
    assert "more." not in page.split("On duty now")[1].split("</section>")[0]

    monkeypatch.setattr(duty, "MOST_SHOWN", 2)
    assert list(colleagues(client)) == ["Zoe", "Cat"]
    assert "And 2 more." in client.get(QUEUE).content.decode()
    AdvicePolicy.objects.update(enquiries_each=2)
    assert colleagues(client)["Cat"].most == 2


def test_saved_views_stand_beside_the_others_with_what_they_hold_now(client):
    user = adviser()
    enquiry("STF-1", sector="nhs"), enquiry("STF-2"), enquiry("WRK-2"), held(user)
    keep(user, "All ballots <b>", "view=all&topic=STF")
    keep(user, "Words", "view=all&q=canaries")
    keep(user, "NHS", "view=provider&sector=nhs")
    keep(user, "Of a lead", "view=leads&topic=gone")
    keep(adviser(), "Canary view", "view=all")
    client.force_login(user)
    found = kept(client, view="provider", sector="nhs")
    counts = {label: each.count for label, each in found.items()}
    assert counts == {"All ballots <b>": "3", "NHS": "1", "Of a lead": "0", "Words": ""}
    assert [label for label, each in found.items() if each.is_current] == ["NHS"]
    for each in found.values():
        assert client.get(each.address).status_code == 200
    page = client.get(QUEUE).content.decode()
    assert "All ballots &lt;b&gt;" in page
    assert "/advice/queue/?view=all&amp;topic=STF" in page
    assert 'href="/advice/views/"' in page
    assert "Canary view" not in page


def test_a_count_tells_nothing_of_what_its_reader_may_not_read(client):
    user = adviser()
    enquiry("WRK-2", sector="nhs")
    keep(user, "NHS of all", "view=all&sector=nhs")
    client.force_login(user)
    assert kept(client)["NHS of all"].count == "0"
    made = enquiry("STF-1", sector="nhs", employer=employer())
    assert kept(client)["NHS of all"].count == "1"
    ties(user, made.contact.employer)
    assert kept(client)["NHS of all"].count == "0"


def test_among_more_rows_than_are_looked_at_a_saved_view_says_at_least(client, monkeypatch):
    user = adviser()
    for topic in ("STF-1", "STF-1", "STF-2", "STF-2"):
        enquiry(topic)
    for name, filters in (("First", "view=all&topic=STF"), ("None", "view=all&topic=WRK")):
        keep(user, name, filters)
    monkeypatch.setattr(beside, "AMONG", 3)
    client.force_login(user)
    found = kept(client)
    assert (found["First"].count, found["None"].count) == ("3+", "")


@pytest.mark.slow
@pytest.mark.parametrize("who", [adviser, advice_lead])
def test_many_views_and_many_people_ask_no_query_more(client, who, django_assert_num_queries):
    user = who()
    client.force_login(user)
    enquiry()
    for number in range(12):
        keep(again(user), f"View {number:02}", f"view=all&topic=STF&age=2&by=me&q=w{number}")
        somebody(Role.ADVISER)
    with django_assert_num_queries(8):
        page = client.get(QUEUE)
    views = page.context["views"].kept
    assert [each.label for each in views] == [f"View {n:02}" for n in range(beside.MOST_KEPT)]
    assert "All your saved views" in page.content.decode()
