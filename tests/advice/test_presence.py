"""Who is at an enquiry is known to advisers of the provider that holds it, and to nobody else."""

import pytest
from django.urls import reverse

from accounts.models import Organisation, OrganisationKind
from activity import clock, presence
from activity.models import Presence
from advice.intake.models import Enquiry
from advice.intake.presence import DESK, ENQUIRY
from tests.advice import factories as line
from tests.factories import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder():
    return line.adviser()


@pytest.fixture
def colleague(holder):
    return line.adviser(holder.appointments.get().organisation)


@pytest.fixture
def other_provider(holder):
    providers = Organisation.objects.filter(kind=OrganisationKind.ADVICE_PROVIDER)
    mine = holder.appointments.get().organisation_id
    return line.adviser(providers.exclude(pk=mine).first())


@pytest.fixture
def enquiry(holder):
    return line.held(holder)


def at(record, spot, person, *, is_writing=False):
    place = presence.place_of(DESK)
    presence.come(place, record, spot=spot, is_writing=is_writing, by=person)


def here(record, reader):
    return presence.here(DESK, record, ENQUIRY, reader).lines


def beat(client, record, spot=ENQUIRY):
    said = {"place": DESK, "reference": record.reference, "spot": spot}
    return client.post("/here/", said, headers={"Accept": "application/json"})


def test_another_provider_learns_nothing_and_is_not_there(client, enquiry, holder, other_provider):
    at(enquiry, ENQUIRY, holder)
    assert here(enquiry, other_provider) == []
    client.force_login(other_provider)
    assert beat(client, enquiry).status_code == 404
    words = client.get(reverse("advice:queue") + "?view=all").content.decode()
    assert enquiry.reference in words
    assert holder.name not in words
    assert "app-who" not in words


def test_whoever_answers_nothing_learns_nothing(client, enquiry, holder):
    at(enquiry, ENQUIRY, holder)
    for person in (somebody(), somebody("reviewer"), somebody("coordinator")):
        client.force_login(person)
        assert beat(client, enquiry).status_code == 404
        assert here(enquiry, person) == []


def test_who_stopped_answering_for_the_provider_is_gone_at_once(enquiry, holder, colleague):
    at(enquiry, ENQUIRY, holder)
    assert here(enquiry, colleague) == [f"{holder.name} is reading"]
    holder.appointments.update(ends_on=clock.today())
    assert here(enquiry, colleague) == []


def test_an_enquiry_that_went_to_another_provider_shows_who_is_there_to_that_one_only(
    enquiry, holder, colleague, other_provider
):
    at(enquiry, ENQUIRY, holder)
    Enquiry.objects.filter(pk=enquiry.pk).update(
        provider=other_provider.appointments.get().organisation
    )
    assert here(enquiry, colleague) == []
    assert here(enquiry, other_provider) == []
    at(enquiry, ENQUIRY, other_provider)
    assert here(enquiry, colleague) == []


@pytest.mark.parametrize(
    ("spot", "is_writing", "words"),
    [
        (ENQUIRY, False, "is reading"),
        ("reply", False, "is reading"),
        ("reply", True, "is writing to the enquirer"),
        ("wait", True, "is writing to the enquirer"),
        ("note", True, "is writing a note"),
    ],
)
def test_pages_and_rows_say_who_else_is_there(
    client, enquiry, holder, colleague, spot, is_writing, words
):
    at(enquiry, spot, colleague, is_writing=is_writing)
    client.force_login(holder)
    line_of = f'<span class="app-here">{colleague.name} {words}</span>'
    for name in ("enquiry", "reply", "wait", "note"):
        page = client.get(reverse(f"advice:{name}", args=[enquiry.reference]))
        assert line_of in page.content.decode(), name
    for address in (reverse("advice:desk"), reverse("advice:queue") + "?view=provider"):
        assert line_of in client.get(address).content.decode()


def test_the_script_of_an_enquiry_is_told(client, enquiry, holder, colleague):
    at(enquiry, ENQUIRY, colleague)
    client.force_login(holder)
    assert beat(client, enquiry, "note").json() == {"lines": [f"{colleague.name} is reading"]}
    assert Presence.objects.get(user=holder).spot == "note"


def test_an_enquiry_costs_no_more_than_it_may(
    client, enquiry, holder, colleague, django_assert_max_num_queries
):
    at(enquiry, ENQUIRY, colleague)
    client.force_login(holder)
    address = reverse("advice:enquiry", args=[enquiry.reference])
    client.get(address)
    with django_assert_max_num_queries(10):
        assert client.get(address).status_code == 200
