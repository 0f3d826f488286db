"""The coordinator's lists and one's own mentoring: rows, tabs, empty, roles, cost."""

import datetime

import pytest

from accounts.models import Role
from activity import clock
from pathfinders.mentoring import lists
from pathfinders.mentoring.models import Mentorship
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db
TABS = [("/programme/", each.code) for each in lists.PROGRAMME]
TABS += [("/mentoring/", each.code) for each in lists.MENTORING]


def rows(browser, address, code=""):
    page = browser.get(address, {"show": code})
    assert page.status_code == 200
    return list(page.context["page"].rows)


@pytest.mark.slow
def test_each_tab_shows_what_it_says(as_, coordinator):
    waiting = factories.entry(published=False, people=[factories.person()], name="A waiting")
    offer = factories.offer(by=coordinator, pathfinder=factories.entry(people=[coordinator]))
    late = factories.offer(by=coordinator)
    days = [clock.today() - datetime.timedelta(days=n) for n in (30, 16)]
    Mentorship.objects.filter(pk=late.pk).update(offered_on=days[0], answer_by=days[1])
    browser = as_(coordinator)
    everything = {waiting, offer.pathfinder, late.pathfinder}
    assert set(rows(browser, "/programme/")) == everything
    assert set(rows(browser, "/programme/", "nonsense")) == everything
    assert set(rows(browser, "/programme/", "unpublished")) == {waiting, late.pathfinder}
    assert rows(browser, "/programme/", "without") == [waiting]
    assert rows(browser, "/programme/", "overdue") == [late.pathfinder]
    assert rows(browser, "/mentoring/") == [waiting]
    assert rows(browser, "/mentoring/", "offers") == [late, offer]
    assert len(rows(browser, "/mentoring/", "mentors")) == 2
    html = browser.get("/mentoring/", {"show": "offers"}).content.decode()
    assert html.count("is-late") == 1


@pytest.mark.parametrize(("address", "code"), TABS)
def test_an_empty_list_says_so(as_, coordinator, address, code):
    html = as_(coordinator).get(address, {"show": code}).content.decode()
    empty = next(each.empty for each in (*lists.PROGRAMME, *lists.MENTORING) if each.code == code)
    assert str(empty) in html


@pytest.mark.parametrize("address", ["/programme/", "/mentoring/"])
def test_they_are_for_coordinators_alone(as_, client, address):
    for role in [role for role in Role if role != Role.COORDINATOR]:
        assert as_(factories.person(role)).get(address).status_code == 403
    assert client.get(address).status_code == 302
    assert as_(factories.coordinator()).post(address).status_code == 405


@pytest.mark.slow
@pytest.mark.parametrize(("address", "code"), TABS)
def test_each_tab_costs_the_same_at_1_and_10_rows(
    as_, coordinator, address, code, django_assert_max_num_queries, django_assert_num_queries
):
    def fill():
        factories.entry(published=False, people=[coordinator])
        made = factories.offer(by=coordinator)
        Mentorship.objects.filter(pk=made.pk).update(
            offered_on=datetime.date(2026, 1, 1), answer_by=datetime.date(2026, 1, 15)
        )

    browser = as_(coordinator)
    fill()
    with django_assert_max_num_queries(8) as at_one:
        rows(browser, address, code)
    for _ in range(9):
        fill()
    with django_assert_num_queries(len(at_one)):
        rows(browser, address, code)


def test_my_mentoring_shows_both_sides_their_own(as_, stranger):
    offer = factories.offer()
    factories.offer()
    for person in factories.sides(offer):
        assert rows(as_(person), "/mentoring/mine/") == [offer]
    html = as_(stranger).get("/mentoring/mine/").content.decode()
    assert "Nothing has been offered to you yet" in html
