"""From the release of an approval to a mentor: the way that a pathfinder really goes."""

import pytest

from accounts.models import Role
from activity.models import Notification
from pathfinders import reference
from pathfinders.mentoring.models import Mentor, Mentorship
from pathfinders.register import actions
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db


def test_an_approved_proposal_gets_its_entry_and_a_real_mentor(as_, client, coordinator):
    reference.load()
    lead = factories.person()
    entry = actions.open_from_approval(
        proposal_reference="RTP-2026-0042",
        title="Wolds Nursing",
        sector="community-health",
        employer=factories.body("Wolds Trust"),
        people=[lead],
        by=factories.person(Role.DECISION_MAKER),
    )
    casa = Mentor.objects.get(slug="care-and-share-associates")
    mentor = factories.person(Role.MENTOR, organisation=casa.organisation)
    page = entry.get_absolute_url()
    assert client.get(page).status_code == 404

    as_(coordinator).post(f"{page}publish/", {"seen": entry.revision})
    assert "Wolds Nursing" in client.get("/pathfinders/").content.decode()

    typed = {"seen": entry.revision + 1, "mentor": casa.slug, "why": "Both visit homes."}
    as_(coordinator).post(f"{page}offer/", typed)
    offer = Mentorship.objects.get()
    for person in (mentor, lead):
        offer.refresh_from_db()
        address = offer.get_absolute_url()
        assert "Both visit homes." in as_(person).get(address).content.decode()
        as_(person).post(f"{address}accept/", {"seen": offer.revision})
    offer.refresh_from_db()
    assert offer.status == "accepted"
    kinds = Notification.objects.filter(user=lead).values_list("kind", flat=True)
    assert sorted(kinds) == ["mentorship.answer", "mentorship.offer", "pathfinder.open"]
