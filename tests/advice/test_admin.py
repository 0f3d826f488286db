"""What administrators keep of the line: topics and promises."""

import datetime

import pytest

from accounts.models import User
from advice.intake.models import AdvicePolicy, Topic
from tests.advice.factories import enquiry

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    client.force_login(User.objects.create_superuser("admin@office.example"))


@pytest.mark.usefixtures("administrator")
def test_a_number_is_given_by_a_new_row_from_a_date(client):
    form = {
        "starts_on": "2026-01-01",
        "telephone": "0300 000 0000",
        "opens_at": "09:00",
        "closes_at": "17:00",
        "first_reply_working_days": 2,
        "voicemail_working_days": 1,
        "wait_working_days": 20,
        "simple_working_days": 5,
        "specialist_working_days": 10,
        "complex_working_days": 20,
        "still_late_working_days": 5,
        "closed_on": "",
        "remind_working_days": 10,
        "settle_working_days": 10,
        "reopen_working_days": 20,
        "enquiries_each": 8,
        "pick_up_working_days": 1,
    }
    assert client.post("/admin/advice/advicepolicy/add/", form).status_code == 302
    assert AdvicePolicy.objects.in_force(form["starts_on"])[0].telephone == "0300 000 0000"


@pytest.mark.usefixtures("administrator")
def test_of_a_promise_that_was_given_only_the_days_of_closing_change(client):
    policy = AdvicePolicy.objects.get()
    address = f"/admin/advice/advicepolicy/{policy.pk}/change/"
    assert b'name="first_reply_working_days"' in client.get(address).content
    enquiry()
    page = client.get(address).content
    assert b'name="first_reply_working_days"' not in page
    assert b'name="closed_on"' in page
    form = {"first_reply_working_days": 9, "closed_on": "2027-12-24"}
    assert client.post(address, form).status_code == 302
    policy.refresh_from_db()
    assert policy.first_reply_working_days == 2
    assert policy.closed_on == [datetime.date(2027, 12, 24)]


@pytest.mark.usefixtures("administrator")
def test_a_topic_is_never_deleted(client):
    topic = Topic.objects.get(code="STF-1")
    address = f"/admin/advice/topic/{topic.pk}/delete/"
    assert client.get(address).status_code == 403
