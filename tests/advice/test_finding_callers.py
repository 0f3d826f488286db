"""Who rings: found by a whole number or address everywhere, by name in what one may read."""

import pytest
from django.db import connection
from django.urls import reverse

from advice.intake import callers
from advice.intake.callers import Caller, find
from advice.intake.models import Call, Contact, Enquiry
from advice.queue import actions as queue
from tests.advice.factories import (
    CANARIES,
    CANARY_WORDS,
    adviser,
    again,
    canary,
    enquiry,
    held,
    provider,
)

pytestmark = pytest.mark.django_db
OTHER = "co-operatives-uk"
NUMBER = CANARIES["telephone"]


@pytest.fixture
def other():
    return adviser(provider(OTHER))


def look(reader, **typed):
    return find(Caller(**typed), reader, everywhere=True)


def found(reader, **typed):
    result = look(reader, **typed)
    return [each.enquiry.reference for each in (*result.open, *result.over)]


@pytest.mark.parametrize(
    "typed",
    [
        {"telephone": "0044 116 496 0999"},
        {"telephone": "+44 (0)1164960999"},
        {"email": "Wilhelmina.CANARY@home.example "},
        {"telephone": NUMBER, "email": CANARIES["email"], "name": "Wilhelmina"},
    ],
)
def test_a_whole_number_or_address_is_found_once_by_every_provider(other, typed):
    made = canary()
    assert found(adviser(), **typed) == [made.reference]
    assert found(other, **typed) == [made.reference]


PARTS = [
    *("0116", "0116 496", "0116 496 099", "496 0999", "0999", "%", "0116 496 0999 or", "+44"),
    *("", " ", "0116%", "\x00", "' or ''='"),
]


def test_a_part_of_a_number_or_address_finds_nothing_and_counts_nothing(other):
    canary()
    for reader in (adviser(), other):
        for part in PARTS:
            assert not look(reader, telephone=part).asked, part
        for part in ("wilhelmina", "@home.example", "wilhelmina.canary@", "%@home.example"):
            assert found(reader, email=part) == [], part
    assert callers.may_look(other)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(knocks) FROM activity_doorcount")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("name", ["Wilhelmina", "canary", "WILH", "Wilhelmina Canary", "Mrs? Can"])
def test_a_name_is_looked_for_among_what_one_may_read_alone(other, name):
    made = canary()
    name = name.removeprefix("Mrs? ")
    assert found(adviser(), name=name) == [made.reference]
    assert found(other, name=name) == []


@pytest.mark.parametrize(
    "name", ["Wilhelmina Smith", "W", "ilhelmina", "!! & | :*", "\x00", "____"]
)
def test_another_name_or_none_finds_nobody(name):
    canary()
    assert found(adviser(), name=name) == []


def test_what_nobody_holds_yet_is_found_by_number_and_tells_no_name(client, other):
    canary(topic=None)
    client.force_login(other)
    assert_tells_where_it_stands_alone(client, other, "nobody has it yet")


def test_of_what_another_provider_holds_no_name_and_no_word_is_told(client, other):
    canary()
    client.force_login(other)
    assert_tells_where_it_stands_alone(client, other, "Employee Ownership Association")


def test_of_what_a_colleague_elsewhere_holds_not_even_who_is_told(client, other):
    holder = adviser()
    held(holder, **CANARIES)
    client.force_login(other)
    assert_tells_where_it_stands_alone(client, other, "With adviser", never=holder.name)


def test_of_what_waits_for_a_lead_of_ours_no_adviser_is_told_a_word(client):
    made, ours = canary(topic="SAF-1"), adviser()
    Enquiry.objects.filter(pk=made.pk).update(provider=provider())
    client.force_login(ours)
    assert_tells_where_it_stands_alone(client, ours, "Employee Ownership Association")


def assert_tells_where_it_stands_alone(client, reader, where, never="Wilhelmina"):
    """The answer to the script, and the page with what was typed of the caller taken out."""
    client.post("/advice/call/")
    call = Call.objects.get(adviser=reader)
    address = reverse("advice:one_call", args=[call.public_id])
    asked = {"telephone": NUMBER, "seen": 0, "press": "find"}
    part = client.post(f"{address}find/", asked).content.decode()
    client.post(address, asked)
    whole = client.get(address).content.decode().replace(f'value="{NUMBER}"', "")
    for page in (part, whole):
        assert where in page
        assert "1 earlier contact" in page
        assert "It is the same matter" not in page
        for secret in (*CANARIES.values(), CANARY_WORDS, "canar", never):
            assert secret.lower() not in page.lower()


def test_of_ours_the_question_is_told_and_it_can_be_joined(client):
    user = adviser()
    made = held(user, **CANARIES)
    client.force_login(user)
    client.post("/advice/call/")
    address = reverse("advice:call_find", args=[Call.objects.get().public_id])
    page = client.post(address, {"name": "canary"}).content.decode()
    for words in (made.reference, CANARY_WORDS, user.name, "A name like it", "the same matter"):
        assert words in page
    assert client.get(address).status_code == 405


def test_closed_ones_come_after_those_that_may_be_the_same_matter():
    user = adviser()
    closed = held(user, telephone=NUMBER)
    queue.close(enquiry=closed, outcome="helped", seen=closed.revision, by=again(user))
    newer = enquiry(telephone="01164960999")
    result = look(user, telephone=NUMBER)
    assert [each.enquiry.pk for each in result.open] == [newer.pk]
    assert [each.enquiry.pk for each in result.over] == [closed.pk]
    assert all(each.is_same_caller for each in (*result.open, *result.over))


def test_no_more_than_a_few_are_told_the_newest():
    made = [enquiry(telephone=NUMBER).reference for _ in range(callers.MOST + 1)]
    result = look(adviser(), telephone=NUMBER)
    assert [each.enquiry.reference for each in result.open] == made[:0:-1]
    assert result.is_more


def test_whole_numbers_are_counted_once_each_and_many_are_refused(client, monkeypatch):
    monkeypatch.setattr(callers, "LOOKS_AN_HOUR", 2)
    user = adviser()
    canary()
    client.force_login(user)
    client.post("/advice/call/")
    call = Call.objects.get()
    address = reverse("advice:one_call", args=[call.public_id])

    def ask(**typed):
        return client.post(f"{address}find/", typed).content.decode()

    for _ in range(3):
        assert "No earlier contact" in ask(telephone="07700 900123")
    assert "1 earlier contact" in ask(telephone=NUMBER)
    refused = ask(telephone="07700 900124", name="canary")
    assert "was not looked for" in refused
    assert CANARY_WORDS in refused
    # A page that is read asks no more than was let through, whatever was saved.
    client.post(address, {"telephone": "07700 900124", "seen": 0, "press": "save"})
    assert "was not looked for" in client.get(address).content.decode()


def test_a_number_that_is_corrected_is_found_by_the_new_one():
    made = canary()
    made.contact.telephone = "07700 900123"
    made.contact.save()
    assert found(adviser(), telephone=NUMBER) == []
    assert found(adviser(), telephone="+447700900123") == [made.reference]


@pytest.mark.parametrize(
    ("contacts", "index"),
    [
        (Contact.objects.filter(whole_telephone="+441164960999"), "contact_by_telephone"),
        (Contact.objects.filter(email__iexact="a@b.example"), "contact_by_email"),
        (callers._named(["canary"]), "contact_by_name"),
    ],
)
def test_each_way_to_find_has_its_index(contacts, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in contacts.explain()
