"""The front door of the line."""

import datetime

import pytest

from advice.intake.models import AdvicePolicy

pytestmark = pytest.mark.django_db


def test_it_names_hours_and_providers_in_two_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        page = client.get("/advice/").content.decode()
    assert "Monday to Friday, 9am to 5pm" in page
    assert "Co-operatives UK" in page
    assert "has no number yet" in page


def test_the_number_of_the_installation_is_shown(client):
    day = datetime.date(2020, 1, 1)
    AdvicePolicy.objects.create(starts_on=day, telephone="0300 000 0000")
    page = client.get("/advice/").content.decode()
    assert 'href="tel:03000000000"' in page
    assert "has no number yet" not in page


def test_a_policy_of_the_future_is_not_in_force_yet(client):
    AdvicePolicy.objects.create(starts_on=datetime.date(2099, 1, 1), telephone="0300 000 0000")
    assert "0300 000 0000" not in client.get("/advice/").content.decode()


def test_it_works_before_anything_is_loaded(client):
    AdvicePolicy.objects.all().delete()
    assert client.get("/advice/").status_code == 200


def test_nothing_can_be_posted_to_it(client):
    assert client.post("/advice/").status_code == 405
