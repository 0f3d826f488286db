from proposals import examples
from proposals.draft.models import Proposal, Status
from tests.factories import OrganisationFactory, somebody


def test_one_example_a_status_and_a_second_time_changes_nothing(scheme):
    OrganisationFactory.create()
    people = {
        "lead": somebody(),
        "editor": somebody(),
        "reviewer": somebody("reviewer"),
        "decision_maker": somebody("decision-maker"),
        "second_decision_maker": somebody("decision-maker"),
    }

    made = examples.load(people)

    assert list(Proposal.objects.order_by("pk").values_list("status", flat=True)) == [
        Status.DRAFT,
        Status.AWAITING_SIGN_OFF,
        Status.SUBMITTED,
        Status.ASSESSING,
        Status.RECOMMENDED,
        Status.COUNTERSIGNED,
        Status.DECIDED,
        Status.REJECTED,
    ]
    assert len(made) == 8
    assert examples.load(people) == []


def test_without_an_employer_there_is_no_example(scheme):
    assert examples.load({}) == []
