"""A body is found by part of its name: accents, short forms, former names, typing errors."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.finding import await_body, find, free_slug, successor_of
from accounts.models import Organisation
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 25)
NAMES = [
    "London Borough of Sutton",
    "Royal Borough of Kensington and Chelsea",
    "Leicestershire Partnership NHS Trust",
    "University Hospitals of Leicester NHS Trust",
    "North East Essex Primary Care Trust",
    "HM Prison Leicester",
    "Leicestershire County Council",
    "Ynys Môn Council",
    "King's College Hospital NHS Foundation Trust",
    "Essex PCT",
    "Westminster City Council",
    "Department of Health and Social Care",
]


@pytest.fixture
def register():
    return {name: OrganisationFactory(name=name) for name in NAMES}


def names(words, on=TODAY):
    return [each.body.name for each in find(Organisation.objects.employers(), words, on).offered]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("sutton", "London Borough of Sutton"),
        ("LB Sutton", "London Borough of Sutton"),
        ("kensignton", "Royal Borough of Kensington and Chelsea"),
        ("RBKC", "Royal Borough of Kensington and Chelsea"),
        ("kensington & chelsea", "Royal Borough of Kensington and Chelsea"),
        ("leicestershire partnership nhs", "Leicestershire Partnership NHS Trust"),
        ("Leicstershire Partnershp", "Leicestershire Partnership NHS Trust"),
        ("n e essex pct", "North East Essex Primary Care Trust"),
        ("NEEPCT", "North East Essex Primary Care Trust"),
        ("HMP Leicester", "HM Prison Leicester"),
        ("Leicestershire CC", "Leicestershire County Council"),
        ("ynys mon", "Ynys Môn Council"),
        ("Ynys Môn", "Ynys Môn Council"),
        ("kings college hospital", "King's College Hospital NHS Foundation Trust"),
        ("king’s college hospital ft", "King's College Hospital NHS Foundation Trust"),
        ("essex primary care trust", "Essex PCT"),
        ("Westminister", "Westminster City Council"),
        ("DHSC", "Department of Health and Social Care"),
    ],
)
def test_part_of_a_name_finds_it_among_the_first(register, typed, name):
    assert name in names(typed)[:3]


def test_what_is_like_nothing_finds_nothing(register):
    assert names("xylophone") == []


@pytest.mark.parametrize("typed", ["", "  ", "…", "‮", "\x00", "%", "_", "'; --", "l" * 100_000])
def test_whatever_is_typed_does_no_harm(register, typed):
    assert names(typed) in ([], names(typed))


def test_a_body_is_found_by_what_it_was_called_before():
    OrganisationFactory(name="NHS Resolution", other_names=["NHS Litigation Authority"])
    (found,) = find(Organisation.objects.employers(), "litigation authority", TODAY).offered
    assert found.body.name == "NHS Resolution"
    assert found.hint() == "Also or once called NHS Litigation Authority"


def test_of_a_body_that_ended_what_took_its_place_is_offered():
    now = OrganisationFactory(name="Westmorland and Furness Council")
    between = OrganisationFactory(
        name="Eden Interim Council", ends_on=datetime.date(2023, 4, 1), successor=now
    )
    OrganisationFactory(
        name="Eden Rural Council", ends_on=datetime.date(2013, 4, 1), successor=between
    )
    (found,) = find(Organisation.objects.employers(), "eden rural", TODAY).offered
    assert found.body == now
    assert found.hint() == "Eden Rural Council until 2013, now Westmorland and Furness Council"


def test_of_a_body_that_ended_with_no_successor_the_end_is_said():
    gone = OrganisationFactory(name="Fenland Trust", ends_on=datetime.date(2013, 4, 1))
    finding = find(Organisation.objects.employers(), "fenland", TODAY)
    assert (finding.offered, finding.gone) == ([], [gone])


def test_a_ring_of_successors_ends():
    one = OrganisationFactory(ends_on=datetime.date(2013, 4, 1))
    two = OrganisationFactory(ends_on=datetime.date(2014, 4, 1), successor=one)
    one.successor = two
    assert successor_of(one, TODAY) is None


def test_a_search_is_one_query_and_shows_as_many_as_somebody_reads():
    for _ in range(30):
        OrganisationFactory(name="Fenland Trust")
    with CaptureQueriesContext(connection) as captured:
        finding = find(Organisation.objects.employers(), "fenland", TODAY)
    assert len(captured) == 1
    assert (len(finding.offered), finding.is_more) == (20, True)


def test_the_index_is_used_for_a_search_of_many():
    Organisation.objects.bulk_create(
        Organisation(name=f"Body {n} of {n * 7}", slug=f"many-{n}", kind="other")
        for n in range(500)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE accounts_organisation")
        # Whether reading the whole table is cheaper depends on the machine; here it may not.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = 0.4")
        cursor.execute("EXPLAIN SELECT id FROM accounts_organisation WHERE 'fenland' <% findable")
        assert "organisation_by_name" in str(cursor.fetchall())


def test_a_name_that_nobody_has_checked_is_found_by_nobody():
    await_body("Fenland Night Service")
    assert names("fenland night") == []


def test_the_same_name_awaited_twice_is_one_body():
    assert await_body("Fenland Trust") == await_body("FENLAND trust")


def test_a_name_that_was_answered_is_its_answer():
    awaited, real = await_body("Fenland"), OrganisationFactory(name="Fenland NHS Trust")
    awaited.successor, awaited.ends_on = real, TODAY
    awaited.save()
    assert await_body("fenland") == real


def test_the_name_of_an_employer_that_we_have_is_that_employer():
    real = OrganisationFactory(name="Fenland NHS Trust", other_names=["Fenland PCT"])
    OrganisationFactory(name="Wash Mentors", kind="mentor-body")
    assert await_body("fenland nhs trust") == await_body("Fenland PCT") == real
    assert await_body("Wash Mentors").is_awaited


def test_a_slug_is_never_anothers():
    slugs = set()
    for _ in range(3):
        slugs.add(OrganisationFactory(slug=free_slug("Ünïon / 12"), name="x").slug)
    assert slugs == {"union-12", "union-12-2", "union-12-3"}
    assert free_slug("漢字") == "body"
