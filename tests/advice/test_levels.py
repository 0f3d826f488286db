"""How much work an answer is: chosen by its topic, changed by a lead who says why."""

import datetime
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from activity.models import Event
from activity.workflow import MovedOn
from activity.worktime import UK
from advice.intake import actions as intake
from advice.intake.models import Enquiry, Level, Note, Topic
from advice.queue import leveling
from tests.advice.factories import (
    advice_lead,
    adviser,
    enquiry,
    held,
    holder,
    link,
    provider,
    somebody,
)

pytestmark = pytest.mark.django_db

BEGAN = datetime.datetime(2027, 4, 6, 10, tzinfo=UK)
DUE = {
    Level.SIMPLE: datetime.datetime(2027, 4, 13, 10, tzinfo=UK),
    Level.SPECIALIST: datetime.datetime(2027, 4, 20, 10, tzinfo=UK),
    Level.COMPLEX: datetime.datetime(2027, 5, 5, 10, tzinfo=UK),
}


@pytest.fixture(autouse=True)
def stopped():
    with time_machine.travel(BEGAN, tick=False):
        yield


@pytest.fixture
def made():
    return held(adviser())


def address(of):
    return reverse("advice:level", args=[of.reference])


def press(client, of, level="complex", reason="Three bodies", seen=None, once=None):
    form = {"level": level, "reason": reason, "once": str(once or uuid.uuid4())}
    return client.post(address(of), form | {"seen": of.revision if seen is None else seen})


@pytest.mark.parametrize(
    ("topic", "level"),
    [(None, "simple"), ("STF-1", "simple"), ("WRK-2", "specialist"), ("FIN-1", "complex")],
)
def test_a_question_has_the_level_of_its_topic_and_keeps_it(topic, level):
    asked = enquiry(topic=topic)
    assert (asked.level, asked.resolve_due_at) == (level, DUE[Level(level)])
    Topic.objects.update(level=Level.COMPLEX)
    asked.refresh_from_db()
    assert asked.level == level


def test_a_lead_changes_it_with_a_reason_that_advisers_read(client, made):
    client.force_login(advice_lead())
    page = client.get(address(made)).content.decode()
    for days in ("5 working days", "10 working days", "20 working days"):
        assert days in page
    assert press(client, made).url == reverse("advice:enquiry", args=[made.reference])
    changed = Enquiry.objects.get(pk=made.pk)
    assert (changed.level, changed.resolve_due_at) == ("complex", DUE[Level.COMPLEX])
    assert changed.due_at == made.due_at
    assert Note.objects.get().words == "Three bodies"
    data = Event.objects.get(kind="enquiry.level").data
    assert data == {"before": "simple", "after": "complex"}


def test_the_enquirer_reads_the_new_day_and_not_why(client, made):
    client.force_login(advice_lead())
    press(client, made, reason="Canary")
    page = client.get(f"/advice/e/{link(client, made)}/").content.decode()
    assert "20 working days from Tuesday 6 April 2027 at 10am" in page
    assert "Wednesday 5 May 2027 at 10am" in page
    assert "Canary" not in page


def test_pressed_twice_it_is_changed_once(client, made):
    client.force_login(advice_lead())
    once = uuid.uuid4()
    assert [press(client, made, once=once).status_code for _press in range(2)] == [302, 302]
    assert Note.objects.count() == Event.objects.filter(kind="enquiry.level").count() == 1


@pytest.mark.parametrize(
    ("level", "reason"),
    [("", "x"), ("hard", "x"), ("complex", ""), ("complex", "\x00"), ("complex", "word " * 201)],
)
def test_wrong_answers_get_a_sentence(client, made, level, reason):
    client.force_login(advice_lead())
    page = press(client, made, level, reason)
    assert (page.status_code, b"There is a problem" in page.content) == (200, True)
    made.refresh_from_db()
    assert made.level == "simple"


def test_advisers_are_refused_and_strangers_find_nothing(client, made):
    other = provider("co-operatives-uk")
    for reader, status in (
        (made.adviser, 403),
        (adviser(), 403),
        (advice_lead(other), 404),
        (somebody(), 403),
    ):
        client.force_login(reader)
        assert client.get(address(made)).status_code == status
        assert press(client, made).status_code == status
    made.refresh_from_db()
    assert made.level == "simple"
    change = {"enquiry": made, "level": Level.COMPLEX, "reason": "x", "seen": made.revision}
    with pytest.raises(PermissionDenied):
        leveling.set_level(**change, once=uuid.uuid4(), by=adviser())


def test_an_old_page_and_one_that_is_over_change_nothing(client, made):
    client.force_login(advice_lead())
    assert press(client, made, seen=0).status_code == 409
    over = intake.withdraw(enquiry=made, seen=made.revision, by=holder(made))
    assert client.get(address(over)).status_code == 409
    change = {"enquiry": over, "level": Level.COMPLEX, "reason": "x", "seen": over.revision}
    with pytest.raises(MovedOn):
        leveling.set_level(**change, once=uuid.uuid4(), by=advice_lead())


def test_the_way_there_is_shown_to_leads_alone_and_costs_at_most_eight(
    client, made, django_assert_max_num_queries
):
    for reader, is_shown in ((advice_lead(), True), (made.adviser, False)):
        client.force_login(reader)
        page = client.get(reverse("advice:enquiry", args=[made.reference])).content.decode()
        assert (address(made) in page) == is_shown
    client.force_login(advice_lead())
    with django_assert_max_num_queries(8):
        client.get(address(made))
