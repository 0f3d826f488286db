"""The thirteen real pathfinders, as the sources give them and no further."""

import datetime

import pytest

from accounts.reference import read
from pathfinders import reference
from pathfinders.register.models import Entry, Pathfinder
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db

FACTS = read("pathfinders.json")["pathfinders"]


def test_all_thirteen_are_published_with_source_and_date():
    reference.load()
    found = {each.slug: each for each in Pathfinder.objects.published()}
    assert set(found) == {fact["slug"] for fact in FACTS}
    assert len(found) == 13
    for fact in FACTS:
        each = found[fact["slug"]]
        assert each.announced_on == datetime.date.fromisoformat(fact["announced"])
        assert "2010" in each.entries.get().source


def test_loading_again_changes_nothing():
    reference.load()
    before = list(Entry.objects.values())
    reference.load()
    assert list(Entry.objects.values()) == before
    assert Pathfinder.objects.count() == 13


def test_what_a_source_does_not_give_stays_unknown():
    reference.load()
    for fact in FACTS:
        entry = Pathfinder.objects.get(slug=fact["slug"]).entries.get()
        assert entry.facts["form"] == fact["form_as_stated"]
        assert entry.facts["staff"] == fact["staff"]
        assert entry.facts["places"] == fact["places"]
        said = [body["as_stated"] for body in entry.facts["parent_bodies"]]
        assert said == fact["parent_bodies"]
        assert bool(entry.facts["regions"]) == bool(fact["places"])


@pytest.mark.parametrize(
    ("slug", "status", "stage_known"),
    [
        ("leicester-homeless-health", "implementation", True),
        ("lambeth-resource-centre", "appraisal", True),
        ("circle-healthcare", "established", False),
    ],
)
def test_the_stage_is_our_reading_of_what_was_said(slug, status, stage_known):
    reference.load()
    found = Pathfinder.objects.get(slug=slug)
    assert (found.status, found.stage_known) == (status, stage_known)


def test_a_body_is_ours_only_when_its_name_is_exact():
    borough = factories.body("Westminster City Council")
    factories.body("NHS England")
    reference.load()
    westminster = Pathfinder.objects.get(slug="westminster-childrens-services")
    leicester = Pathfinder.objects.get(slug="leicester-homeless-health")
    assert westminster.parent_bodies.get().organisation == borough
    assert leicester.parent_bodies.get().organisation is None


def test_totals_come_in_one_query(django_assert_num_queries):
    reference.load()
    factories.entry(is_example=True)
    with django_assert_num_queries(1):
        totals = Pathfinder.objects.published().counted()
    assert totals == {
        "pathfinders": 13,
        "setting_up": 12,
        "weighing_up": 5,
        "trading": 0,
        "ended": 0,
    }
