"""Whether an enquirer may be rung now: the facts, the moment, the words; and where they are asked."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from activity.worktime import UK
from advice.intake.models import Contact, RingDays
from advice.intake.safety import May, is_within, may_ring, next_start
from tests.advice.factories import adviser, enquiry, held, typed

NUMBER = "01632 960 187"
SIX, NINE = datetime.time(18), datetime.time(21)


def contact(**facts):
    return Contact(**{"telephone": NUMBER, "may_ring": True, **facts})


def at(day, hour, minute=0, *, month=11, fold=0):
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=UK, fold=fold)


@pytest.mark.parametrize(
    ("facts", "answer", "reason"),
    [
        ({"telephone": ""}, May.NO, "They gave no number."),
        ({"may_ring": None}, May.NOT_KNOWN, "They did not say whether we may ring."),
        ({"may_ring": False}, May.NO, "They asked us not to ring."),
        ({"may_ring": False, "ring_from": SIX}, May.NO, "They asked us not to ring."),
        ({}, May.YES, "They said yes: at any hour, any day."),
        (
            {"ring_days": "weekdays", "ring_from": SIX, "ring_until": NINE},
            May.NO,
            "Only between 6pm and 9pm, Monday to Friday. Next today from 6pm.",
        ),
        (
            {"ring_until": datetime.time(12)},
            May.NO,
            "Only before midday, any day. Next on Friday 27 November 2026 from midnight.",
        ),
        ({"ring_from": NINE}, May.NO, "Only after 9pm, any day. Next today from 9pm."),
    ],
)
def test_the_answer_comes_with_its_reason(facts, answer, reason):
    """It is Thursday 26 November 2026, one in the afternoon."""
    ring = may_ring(contact(**facts), at(26, 13))
    assert ring.answer == answer
    assert ring.reason.startswith(reason)
    assert ring.is_dialled == (answer != May.NO)


@pytest.mark.parametrize(
    ("moment", "is_safe"),
    [
        (at(26, 17, 59), False),
        (at(26, 18), True),
        (at(26, 20, 59), True),
        (at(26, 21), False),
        (at(27, 18), True),
        (at(28, 18), False),  # Saturday
        # The day before the clocks go back, and the day after: six is six in the kitchen.
        (datetime.datetime(2026, 10, 23, 17, tzinfo=datetime.UTC), True),
        (datetime.datetime(2026, 10, 26, 17, tzinfo=datetime.UTC), False),
        (datetime.datetime(2026, 10, 26, 18, tzinfo=datetime.UTC), True),
        # The same in spring.
        (datetime.datetime(2027, 3, 26, 18, tzinfo=datetime.UTC), True),
        (datetime.datetime(2027, 3, 29, 16, 59, tzinfo=datetime.UTC), False),
        (datetime.datetime(2027, 3, 29, 17, tzinfo=datetime.UTC), True),
    ],
)
def test_hours_and_days_are_those_of_the_united_kingdom(moment, is_safe):
    given = contact(ring_days=RingDays.WEEKDAYS, ring_from=SIX, ring_until=NINE)
    assert is_within(given, moment) == is_safe


@pytest.mark.parametrize(
    ("days", "after", "starts"),
    [
        ("", at(26, 22), at(27, 18)),
        ("weekdays", at(27, 22), at(30, 18)),
        ("weekends", at(29, 21), at(5, 18, month=12)),
        ("thursdays", at(26, 21), at(3, 18, month=12)),
        ("thursdays", at(26, 17), at(26, 18)),
        ("sundays", at(24, 18, month=10), at(25, 18, month=10)),  # the day the clocks go back
    ],
)
def test_the_next_moment_is_the_first_in_those_days_and_hours(days, after, starts):
    given = contact(ring_days=days, ring_from=SIX, ring_until=NINE)
    assert next_start(given, after) == starts
    assert is_within(given, starts)


def test_of_the_hour_that_comes_twice_both_are_told_apart():
    """On 25 October 2026 half past one comes twice; whoever said "from one" means the first."""
    given = contact(ring_from=datetime.time(1), ring_until=datetime.time(2))
    assert is_within(given, at(25, 1, 30, month=10))
    assert is_within(given, at(25, 1, 30, month=10, fold=1))
    first = datetime.datetime(2026, 10, 25, 0, tzinfo=datetime.UTC)
    assert next_start(given, at(25, 0, 30, month=10)) == first


def test_every_choice_of_days_names_some():
    assert all(Contact(ring_days=days).weekdays for days in ["", *RingDays])
    assert [*Contact(ring_days="mondays").weekdays, *Contact(ring_days="sundays").weekdays] == [
        0,
        6,
    ]


FACTS = {
    "telephone": NUMBER,
    "may_ring": "yes",
    "may_leave_message": "no",
    "ring_days": "weekdays",
    "ring_from": "18:00",
    "ring_until": "21:00",
    "say_we_are": "Sam from the choir",
    "may_write": "no",
}


@pytest.mark.django_db
def test_what_the_form_asks_is_kept_as_facts(client):
    client.post("/advice/ask/", typed(**FACTS))
    made = Contact.objects.get()
    assert (made.may_ring, made.may_leave_message, made.may_write) == (True, False, False)
    assert (made.ring_days, made.ring_from, made.ring_until) == ("weekdays", SIX, NINE)
    assert made.say_we_are == "Sam from the choir"


@pytest.mark.django_db
def test_nothing_of_it_must_be_answered_and_without_a_number_nothing_is_kept(client):
    client.post("/advice/ask/", typed(telephone=NUMBER))
    client.post("/advice/ask/", typed(**{**FACTS, "telephone": " "}))
    silent, hidden = Contact.objects.order_by("pk")
    for made in (silent, hidden):
        assert (made.may_ring, made.may_leave_message, made.may_write) == (None, None, None)
        assert (made.ring_days, made.ring_from, made.say_we_are) == ("", None, "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"ring_until": "18:00"}, "Choose a later hour than the one before"),
        ({"ring_from": "25:00"}, "Choose one of the answers"),
        ({"ring_days": "\x00"}, "Choose one of the answers"),
        ({"may_ring": "maybe"}, "Choose one of the answers"),
        ({"say_we_are": "s" * 102}, "2 letters too long"),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_keeps_the_rest(client, answers, sentence):
    page = client.post("/advice/ask/", typed(**{**FACTS, **answers}))
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert NUMBER in page.content.decode()
    assert not Contact.objects.exists()


@pytest.mark.django_db
def test_hours_that_end_before_they_begin_cannot_be_kept():
    made = enquiry().contact
    with pytest.raises(IntegrityError, match="rung_from_before_until"), transaction.atomic():
        Contact.objects.filter(pk=made.pk).update(ring_from=NINE, ring_until=SIX)


def panel(client, **facts):
    user = adviser()
    made = held(user, telephone=NUMBER, **facts)
    client.force_login(user)
    page = client.get(reverse("advice:enquiry", args=[made.reference])).content.decode()
    return page.split('id="safety"')[1].split("</section>")[0]


@pytest.mark.django_db
def test_a_number_that_may_not_be_rung_is_shown_and_never_dialled(client):
    told = panel(client, may_ring=False, safe_ways="never")
    assert "They asked us not to ring." in told
    assert NUMBER in told
    assert "tel:" not in told
    assert "Leave none" not in told


@pytest.mark.django_db
def test_the_panel_says_who_to_be_and_whether_to_leave_a_message(client):
    told = panel(client, may_ring=True, say_we_are="Sam <b>from</b> the choir", may_write=False)
    for words in (
        "Yes",
        "Sam &lt;b&gt;from",
        "They did not say: leave none.",
        "Send none.",
        "tel:",
    ):
        assert words in told
    told = panel(client, may_ring=None, may_leave_message=True, safe_ways="after six")
    for words in ("Not known", "Your first name.", "You may leave one.", "Read their own words"):
        assert words in told
