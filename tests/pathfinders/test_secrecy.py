"""Who may see an entry: each audience alone, and nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import Role
from activity.actors import LinkHolder, System
from pathfinders.register import audiences
from pathfinders.register.entries import public_facts
from pathfinders.register.models import Pathfinder
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db

PUBLIC_FACTS = """name summary type sector form places regions staff seconded_staff
    maturity_as_stated announced_on status stage_known reached_on resumes_on ended_on end_staff
    end_service end_assets is_example parent_bodies"""


def test_the_public_audience_is_published_entries_alone():
    published = factories.entry()
    factories.entry(published=False)
    found = Pathfinder.objects.filter(audiences.public(AnonymousUser()))
    assert list(found) == [published]


def test_the_people_of_a_mutual_see_their_own_private_entry_alone(stranger):
    own = factories.entry(published=False, people=[stranger])
    factories.entry(published=False)
    assert list(Pathfinder.objects.filter(audiences.own_people(stranger))) == [own]


def test_the_audience_of_coordinators_is_for_them_alone(coordinator, stranger):
    factories.entry(published=False)
    assert Pathfinder.objects.filter(audiences.coordinators(coordinator)).count() == 1
    assert Pathfinder.objects.filter(audiences.coordinators(stranger)).count() == 0


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_no_other_role_sees_a_private_entry(role):
    factories.entry(published=False)
    assert not Pathfinder.objects.visible_to(factories.person(role)).exists()


@pytest.mark.parametrize(
    "reader",
    [AnonymousUser(), System("job"), LinkHolder("a.b", "pathfinders.pathfinder", 1, "a@b.example")],
    ids=["anonymous", "system", "link"],
)
def test_nobody_without_an_account_sees_a_private_entry(reader):
    factories.entry(published=False)
    assert not Pathfinder.objects.visible_to(reader).exists()


@pytest.mark.parametrize("page", ["pathfinder", "publish"])
def test_a_private_entry_is_not_found_by_a_stranger(page, as_, stranger):
    private = factories.entry(published=False)
    address = reverse(f"pathfinders:{page}", args=[private.reference])
    assert as_(stranger).get(address).status_code == 404
    assert as_(stranger).post(address).status_code in (404, 405)


def test_a_private_entry_is_not_found_by_the_public(client):
    private = factories.entry(published=False)
    assert client.get(private.get_absolute_url()).status_code == 404


def test_a_private_entry_is_in_no_list_no_count_and_no_search(client):
    factories.entry(published=False, name="Hidden nurses", sector="community-health")
    page = client.get(reverse("pathfinders:register"), {"q": "nurses"})
    assert "Hidden nurses" not in page.content.decode()
    assert page.context["facets"].total == 0
    assert Pathfinder.objects.published().counted()["pathfinders"] == 0


def test_the_page_shows_the_public_no_names_and_no_proposal(client, as_, stranger):
    stranger.name = "Person Private"
    stranger.save()
    own = factories.entry(people=[stranger], proposal_reference="RTP-2026-0042")
    public = client.get(own.get_absolute_url()).content.decode()
    assert "Person Private" not in public
    assert "RTP-2026-0042" not in public
    inside = as_(stranger).get(own.get_absolute_url()).content.decode()
    assert "Person Private" in inside
    assert "RTP-2026-0042" in inside


def test_what_is_hashed_holds_public_fields_alone(stranger):
    own = factories.entry(people=[stranger], proposal_reference="RTP-2026-0042")
    assert set(public_facts(own, [])) == set(PUBLIC_FACTS.split())
    assert stranger.name not in str(own.entries.get().facts)
