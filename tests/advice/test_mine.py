"""The private page: what a link shows, and what it shows only with proof."""

import pytest

from activity import links
from activity.models import Event
from advice.intake.models import Enquiry
from tests.advice.factories import CANARY_WORDS, canary, enquiry, holder, link

pytestmark = pytest.mark.django_db


def test_a_new_browser_sees_a_button_and_nothing_else(client):
    token = links.issue("advice.mine", canary())
    page = client.get(f"/advice/e/{token}/").content.decode()
    assert 'name="open-link"' in page
    assert "ENQ-" not in page
    assert CANARY_WORDS not in page


def test_a_forwarded_link_shows_state_and_dates_and_no_words(client):
    token = links.issue("advice.mine", canary(), address="wilhelmina.canary@home.example")
    client.post(f"/advice/e/{token}/", {"open-link": "yes"})
    page = client.get(f"/advice/e/{token}/").content.decode()
    assert "In line for a person" in page
    assert "canaries" not in page
    assert "Canary" not in page
    assert "Read what was said" in page
    for verb in ("add", "withdraw"):
        assert client.get(f"/advice/e/{token}/{verb}/").url == f"/link/{token}/code/"


def test_a_code_shows_the_words(client):
    made = enquiry(email="jo@home.example")
    token = links.issue("advice.mine", made, address="jo@home.example")
    client.post(f"/advice/e/{token}/", {"open-link": "yes"})
    assert type_code(client, token).url == f"/advice/e/{token}/"
    assert CANARY_WORDS in client.get(f"/advice/e/{token}/").content.decode()


def type_code(client, token):
    code = links.make_code(links.find(token, "advice.mine"))
    return client.post(f"/link/{token}/code/", {"code": code})


def test_a_code_leads_back_to_the_page_that_asked_for_it_and_to_no_other_links(client):
    made = enquiry(email="jo@home.example")
    token, other = (links.issue("advice.mine", made, address="jo@home.example") for _ in "ab")
    for each in (token, other):
        client.post(f"/advice/e/{each}/", {"open-link": "yes"})
    client.get(f"/advice/e/{token}/add/")
    assert type_code(client, token).url == f"/advice/e/{token}/add/"
    client.get(f"/advice/e/{other}/withdraw/")
    assert type_code(client, token).url == f"/advice/e/{token}/"


def test_without_an_address_there_is_nobody_to_ask_for_a_code(client):
    token = links.issue("advice.mine", enquiry())
    client.post(f"/advice/e/{token}/", {"open-link": "yes"})
    assert CANARY_WORDS in client.get(f"/advice/e/{token}/").content.decode()


def test_a_link_opens_one_enquiry(client):
    mine, other = enquiry(words="mine alone"), canary()
    token = link(client, mine)
    assert CANARY_WORDS not in client.get(f"/advice/e/{token}/").content.decode()
    assert list(Enquiry.objects.visible_to(holder(mine))) == [mine]
    assert other not in Enquiry.objects.readable_by(holder(mine))


def test_words_are_not_readable_without_proof():
    made = enquiry()
    unproved = holder(made, proved=False)
    assert list(Enquiry.objects.visible_to(unproved)) == [made]
    assert not Enquiry.objects.readable_by(unproved).exists()


def test_a_link_for_another_purpose_shows_nothing():
    made = enquiry()
    stranger = links.LinkHolder("proposals.employer", "advice.enquiry", made.pk, "", True)
    assert not Enquiry.objects.visible_to(stranger).exists()


def test_an_unknown_link_has_ended(client):
    response = client.get("/advice/e/nothing/")
    assert response.status_code == 404
    assert b"This link has ended" in response.content


def test_it_leaves_no_trace_behind(client):
    token = link(client, enquiry())
    response = client.get(f"/advice/e/{token}/")
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-store"


def test_it_costs_at_most_eight_queries_and_reading_writes_nothing(
    client, django_assert_max_num_queries
):
    token = link(client, enquiry())
    before = Event.objects.count()
    with django_assert_max_num_queries(8):
        client.get(f"/advice/e/{token}/")
    assert Event.objects.count() == before


def test_the_button_of_the_link_may_be_pressed_twice(client):
    token = link(client, enquiry())
    response = client.post(f"/advice/e/{token}/", {"open-link": "yes"})
    assert response.url == f"/advice/e/{token}/"


def test_the_due_date_is_explained(client):
    token = link(client, enquiry())
    page = client.get(f"/advice/e/{token}/").content.decode()
    assert "2 working days from" in page
