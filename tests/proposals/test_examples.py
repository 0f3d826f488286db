import pytest
from django.urls import reverse

import accounts.reference
from activity.models import Event, Notification
from proposals import examples
from proposals.draft.completeness import Progress, progress_of
from proposals.draft.models import Member, Proposal, Signature, Status
from proposals.draft.questions import topics
from proposals.employer.models import EmployerAnswer
from tests.factories import somebody


@pytest.mark.slow
def test_one_example_a_status_and_a_second_time_changes_nothing(scheme, client):
    accounts.reference.load()
    people = {
        "lead": somebody(),
        "editor": somebody(),
        "signer": somebody(),
        "reviewer": somebody("reviewer"),
        "decision_maker": somebody("decision-maker"),
        "second_decision_maker": somebody("decision-maker"),
    }

    made = examples.load(people)

    assert list(Proposal.objects.order_by("pk").values_list("status", flat=True)) == [
        Status.DRAFT,
        Status.DRAFT,
        Status.AWAITING_SIGN_OFF,
        Status.SUBMITTED,
        Status.ASSESSING,
        Status.RECOMMENDED,
        Status.COUNTERSIGNED,
        Status.DECIDED,
        Status.REJECTED,
        Status.LAPSED,
        Status.CHANGES_REQUESTED,
        Status.DRAFT,
        Status.EXEMPT,
    ]
    assert len(made) == 13
    asked = Signature.objects.missing().get(user=people["signer"])
    assert asked.proposal.status == Status.AWAITING_SIGN_OFF
    assert list(Proposal.objects.of_team(people["signer"])) == [asked.proposal]
    leicester = made[0].documents.order_by("kind")
    assert [each.name for each in leicester] == ["Letter about the lease.pdf", "Staff meeting.txt"]
    assert all(each.is_intact() for each in leicester)
    [answer] = EmployerAnswer.objects.filter(version__proposal__status=Status.ASSESSING)
    assert answer.position == "conditions"
    assert [each.fact for each in answer.figures.filter(verdict="ours")] == ["one-off"]
    told = Notification.objects.filter(address__endswith="employer.example")
    assert [each.kind for each in told] == ["employer.decided"]
    client.force_login(people["lead"])
    for title, net in (("homeless people's", "£453,915"), ("night shelters", "−£21,085")):
        reference = Proposal.objects.get(title__contains=title).reference
        page = client.get(reverse("proposals:money_result", args=[reference]))
        assert net in page.content.decode()
    before = [Member.objects.count(), Signature.objects.count(), Event.objects.count()]
    assert examples.load(people) == []
    assert [Member.objects.count(), Signature.objects.count(), Event.objects.count()] == before


def test_each_says_of_itself_what_its_form_would_take(scheme):
    accounts.reference.load()
    apart = (examples._read()[key] for key in ("sent_back", "exempt"))
    services = [*examples.services(), *(examples.Service(**words) for words in apart)]
    whole = [examples.answers(service) for service in services]
    leicester = examples._read()["leicester"]
    whole.append(examples.leicester_answers())
    for answers in whole:
        service = {"S1": leicester["title"], "S2": leicester["employer"], **answers["service"]}
        everything = answers | {"service": service}
        for topic in topics():
            asked = {name for page in topic.pages for name in page.form.base_fields}
            assert set(everything[topic.key]) <= asked
            progress = progress_of(topic, everything[topic.key], everything)
            assert progress.progress == Progress.COMPLETE, (
                everything["service"]["S1"],
                [form.errors for _page, form in progress.forms],
                progress.against,
            )
    assert len({service.described for service in examples.services()}) == 8
