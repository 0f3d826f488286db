"""The public list: every filter, nothing found, long lists, bad addresses."""

import pytest
from django.urls import reverse

from activity import counting, keyset
from pathfinders import reference
from pathfinders.register.choices import Status
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db
REGISTER = "/pathfinders/"


def names(page) -> list[str]:
    return [found.name for found in page.context["page"].rows]


def counts(page, name: str) -> dict[str, int]:
    found = next(f for f in page.context["facets"].facets if f.name == name)
    return {value.code: value.count for value in found.values}


def test_it_lists_the_real_ones_by_name(client):
    assert reverse("pathfinders:register") == REGISTER
    reference.load()
    page = client.get(REGISTER)
    assert names(page) == sorted(names(page))
    assert len(names(page)) == 13
    assert "13 pathfinders" in page.content.decode()


def test_facets_count_the_real_ones(client):
    reference.load()
    page = client.get(REGISTER)
    stages = counts(page, "stage")
    assert stages == {"appraisal": 5, "implementation": 7, "not-known": 1}
    places = counts(page, "place")
    assert (places["london"], places["east-midlands"], places["not-known"]) == (6, 2, 2)
    assert counts(page, "form")["not-known"] == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"stage": "not-known"}, ["Circle Healthcare"]),
        ({"stage": "established"}, []),
        ({"sector": "youth"}, ["Kensington and Chelsea youth support services"]),
        ({"place": "south-west"}, ["Swindon community health and adult social services"]),
        ({"place": "not-known"}, ["Circle Healthcare", "FE colleges awarding body"]),
        ({"form": "trust"}, ["Newton Rigg Agricultural College"]),
        ({"q": "homeless"}, ["Leicester homeless people's services"]),
        ({"q": "Cumbria"}, ["Newton Rigg Agricultural College"]),
        ({"q": "PF-0013"}, ["Circle Healthcare"]),
        ({"q": "clinicians", "place": "not-known"}, ["Circle Healthcare"]),
        ({"q": "' OR 1=1 --"}, []),
        ({"q": "<script>alert(1)</script>"}, []),
    ],
    ids=str,
)
def test_each_filter_narrows_the_list(client, query, found):
    reference.load()
    page = client.get(REGISTER, query)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    if query.get("q") == "PF-0013":
        assert len(names(page)) == 1
    else:
        assert names(page) == found


def test_control_letters_alone_are_no_filter(client):
    factories.entry()
    assert len(names(client.get(REGISTER, {"q": "\x00\x1b"}))) == 1


@pytest.mark.slow
def test_every_link_to_narrow_leads_to_as_many_as_it_says(client):
    reference.load()
    for facet in client.get(REGISTER).context["facets"].facets:
        for value in facet.values:
            assert len(names(client.get(REGISTER + value.address))) == value.count


def test_a_filter_in_use_can_be_taken_off_alone(client):
    reference.load()
    page = client.get(REGISTER, {"q": "nothing-like-it", "stage": "appraisal"})
    html = page.content.decode()
    assert "Nothing matches these filters" in html
    assert [chip.address for chip in page.context["chips"]] == [
        "?stage=appraisal",
        "?q=nothing-like-it",
    ]
    assert "There are 13 without filters" in html


def test_an_empty_register_says_so(client):
    assert "No pathfinder is on the register yet" in client.get(REGISTER).content.decode()


@pytest.mark.parametrize(
    "query",
    [{"stage": "no-such"}, {"order": "by-luck"}, {"q": "x" * 101}, {"place": "\x00"}],
    ids=str,
)
def test_a_filter_that_is_not_ours_is_told_and_left_out(client, query):
    factories.entry()
    page = client.get(REGISTER, query)
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert len(names(page)) == 1


def test_a_key_of_another_order_begins_at_the_first_page(client):
    for _ in range(keyset.ROWS + 1):
        factories.entry()
    after = client.get(REGISTER).context["page"].after
    page = client.get(REGISTER, {"order": "newest", "after": after})
    assert page.context["page"].is_first
    assert client.get(REGISTER, {"after": "nonsense"}).status_code == 200


def test_pages_hold_25_and_keep_the_filter(client):
    for _ in range(keyset.ROWS + 2):
        factories.entry(sector="youth")
    first = client.get(REGISTER, {"sector": "youth"})
    second = client.get(REGISTER, {"sector": "youth", "after": first.context["page"].after})
    assert (len(names(first)), len(names(second))) == (25, 2)
    assert not set(names(first)) & set(names(second))
    assert "sector=youth" in first.content.decode()


def test_beyond_the_bound_no_single_count_is_told(client, monkeypatch):
    monkeypatch.setattr(counting, "MOST", 2)
    for _ in range(3):
        factories.entry()
    page = client.get(REGISTER)
    assert "2+ pathfinders" in page.content.decode()
    assert set(counts(page, "stage").values()) == {None}


@pytest.mark.slow
@pytest.mark.parametrize("signed_in", [False, True])
def test_it_costs_the_same_at_1_and_100_rows(
    client, coordinator, signed_in, django_assert_max_num_queries, django_assert_num_queries
):
    if signed_in:
        client.force_login(coordinator)
    factories.entry()
    with django_assert_max_num_queries(8) as at_one:
        client.get(REGISTER)
    for n in range(99):
        factories.entry(list(Status)[n % 5], places=["Leeds"], regions=["north-east"])
    with django_assert_num_queries(len(at_one)):
        client.get(REGISTER)


def test_it_takes_no_post(client):
    assert client.post(REGISTER).status_code == 405
