"""Officials read what others keep secret: nothing opens to them until a code guards the account."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP

from accounts.models import Role
from tests.factories import somebody

OFFICIALS = [role for role in Role if role != Role.MENTOR]


@pytest.fixture(autouse=True)
def as_installed(settings):
    settings.SECOND_STEP_FOR_OFFICIALS = True


@pytest.mark.django_db
@pytest.mark.parametrize("role", OFFICIALS)
@pytest.mark.parametrize("address", ["/start/", "/casework/", "/advice/queue/", "/inbox/"])
def test_no_page_opens_to_an_official_without_a_second_step(client, role, address):
    client.force_login(somebody(role))
    page = client.get(address)
    assert page.status_code == 403
    assert "Set up a second step first" in page.content.decode()


@pytest.mark.django_db
def test_who_may_open_the_admin_needs_one_too(client):
    user = somebody()
    user.is_staff = True
    user.save()
    client.force_login(user)
    assert client.get("/admin/").status_code == 403


@pytest.mark.django_db
def test_an_official_can_set_it_up_and_goes_on(client):
    user = somebody(Role.REVIEWER)
    client.force_login(user)
    assert client.get("/accounts/me/second-step/").status_code == 200
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    assert client.get("/start/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("roles", [(), (Role.MENTOR,)])
def test_staff_of_a_service_and_mentors_may_do_without(client, roles):
    client.force_login(somebody(*roles))
    assert client.get("/start/").status_code == 200


@pytest.mark.django_db
def test_words_of_somebody_appointed_while_writing_are_shown_to_copy(client):
    client.force_login(somebody(Role.ADVISER))
    page = client.post("/proposals/new/", {"title": "Night nursing in Hull"})
    assert page.status_code == 403
    assert "Night nursing in Hull" in page.content.decode()


@pytest.mark.django_db
def test_visitors_are_not_asked(client):
    assert client.get("/").status_code == 200
