"""What the line starts with."""

import pytest

from accounts.models import Organisation, OrganisationKind
from advice import reference
from advice.intake.models import AdvicePolicy, Topic, TopicGroup

pytestmark = pytest.mark.django_db


def test_there_are_31_topics_in_12_groups_and_the_three_providers():
    assert (Topic.objects.count(), TopicGroup.objects.count()) == (31, 12)
    providers = Organisation.objects.filter(kind=OrganisationKind.ADVICE_PROVIDER)
    assert [str(body) for body in providers] == [
        "Co-operatives UK",
        "Employee Ownership Association",
        "Local Partnerships",
    ]


def test_every_lead_is_a_provider():
    leads = {slug for _title, slug in reference.TOPICS.values()} - {reference.ANY}
    assert leads == set(Organisation.objects.values_list("slug", flat=True))


def test_a_second_load_keeps_what_was_changed():
    Topic.objects.filter(code="STF-1").update(title="Ballots")
    reference.load()
    assert Topic.objects.get(code="STF-1").title == "Ballots"
    assert (Topic.objects.count(), AdvicePolicy.objects.count()) == (31, 1)


def test_no_telephone_number_is_invented():
    assert AdvicePolicy.objects.get().telephone == ""
