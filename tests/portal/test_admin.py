"""Django's admin holds reference data only, behind the portal's own door."""

import pytest
from django.contrib import admin

from accounts.models import Role
from tests.factories import OrganisationFactory, UserFactory, somebody

REGISTERED = {
    "accounts.Organisation",
    "advice.AdvicePolicy",
    "advice.ProviderInterest",
    "advice.RoutingRule",
    "advice.Topic",
    "advice.TopicGroup",
}


def test_only_reference_data_is_registered():
    assert {model._meta.label for model in admin.site._registry} == REGISTERED


@pytest.mark.django_db
def test_admin_has_no_door_of_its_own(client):
    page = client.get("/admin/", follow=True)
    assert page.redirect_chain[-1][0].startswith("/accounts/sign-in/")


@pytest.mark.django_db
def test_who_is_no_administrator_is_refused(client):
    client.force_login(somebody(Role.REVIEWER))
    assert client.get("/admin/", follow=True).status_code == 403


@pytest.mark.django_db
def test_a_body_is_never_deleted(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    body = OrganisationFactory()
    address = f"/admin/accounts/organisation/{body.pk}/"
    assert client.get(f"{address}change/").status_code == 200
    assert client.get(f"{address}delete/").status_code == 403
