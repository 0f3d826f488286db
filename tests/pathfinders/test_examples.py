"""The examples: one a status that can be reached, marked, made once."""

import pytest

from accounts.models import Role
from activity.models import Event
from pathfinders import examples, reference
from pathfinders.mentoring.models import Mentorship
from pathfinders.register.choices import Status
from pathfinders.register.models import Pathfinder
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    return {
        "coordinator": factories.coordinator(),
        "mentor": factories.person(Role.MENTOR),
        "lead": factories.person(),
        "editor": factories.person(),
    }


@pytest.mark.slow
def test_each_status_has_its_example(people):
    examples.load(people)
    found = Pathfinder.objects.filter(is_example=True)
    assert set(found.values_list("status", flat=True)) == set(Status.values)
    mentorships = Mentorship.objects.filter(is_example=True)
    assert set(mentorships.values_list("status", flat=True)) == set(examples.PAIRS)
    assert not Pathfinder.objects.filter(is_example=False).exists()


def test_a_second_time_changes_nothing(people):
    examples.load(people)
    before = Event.objects.count(), Pathfinder.objects.count(), Mentorship.objects.count()
    examples.load(people)
    assert before == (Event.objects.count(), Pathfinder.objects.count(), Mentorship.objects.count())


@pytest.mark.slow
def test_they_take_no_seat_of_a_real_mentor_and_no_place_in_the_totals(people):
    reference.load()
    examples.load(people)
    assert not Mentorship.objects.filter(mentor__is_example=False).exists()
    assert Pathfinder.objects.published().counted()["pathfinders"] == 13


def test_an_example_mentor_without_a_body_gets_one(people):
    people["mentor"].appointments.all().delete()
    examples._mentor(people["mentor"])
    assert examples._mentor(people["mentor"]).organisation.slug == "example-mentoring-body"
