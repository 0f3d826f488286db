"""The example enquiries: one a status that can be reached, made once."""

import pytest

from activity.models import Event
from advice import examples
from advice.answers.checks.models import ReplyCheck
from advice.intake.models import Enquiry, Message
from tests.advice.factories import advice_lead, adviser, provider, somebody

pytestmark = pytest.mark.django_db


def test_there_is_one_in_each_status_that_steps_lead_to():
    body = provider("local-partnerships")
    people = {"adviser": adviser(body), "advice_lead": advice_lead(body)}
    examples.load(people)
    assert set(Enquiry.objects.values_list("status", flat=True)) == {
        "queued",
        "with-adviser",
        "waiting-for-enquirer",
        "waiting-for-other",
        "answered",
        "closed",
        "withdrawn",
    }
    assert not Enquiry.objects.filter(is_example=False).exists()
    assert Enquiry.objects.late(Event.objects.last().at).exists()
    assert not Message.objects.exclude(goes_at=None).exists()
    assert ReplyCheck.objects.get().colleague == people["advice_lead"]
    before = Event.objects.count()
    examples.load(people)
    assert Event.objects.count() == before


def test_an_adviser_of_no_provider_is_refused():
    with pytest.raises(ValueError, match="answers for no provider"):
        examples.load({"adviser": somebody()})
