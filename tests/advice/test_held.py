"""Nothing that the portal can send about an enquiry reaches an employer that must not know of it."""

import datetime
import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.core import mail
from django.db.models import Model
from django.urls import reverse

from accounts.models import Organisation
from activity import delivery, kinds, links, outbox
from activity.models import Event, Notification
from activity.subjects import subject_of
from activity.worktime import UK
from advice.intake import holding
from advice.intake.models import Enquiry
from advice.queue import actions as queue
from tests.advice.factories import CANARIES, adviser, canary, employer, enquiry, held, link

pytestmark = pytest.mark.django_db(transaction=True)

# A Tuesday: mail that waits for office hours may go.
NOW = datetime.datetime(2027, 4, 6, 10, tzinfo=UK)
READ_BY_EMPLOYER = [
    "jo@leicester.example",
    "jo@mail.leicester.example",
    "JO@LEICESTER.EXAMPLE",
    "jo+private@leicester.example",
    "jo@successor.example",
    "jo@before.example",
    "jo@added.example",
]


@pytest.fixture(autouse=True)
def in_office_hours():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def body():
    """An employer that others became, that became another, and that gets a domain of late."""
    trust, before = employer(), employer("Old Trust", "before.example")
    trust.successor = employer("New Trust", "successor.example")
    before.successor = trust
    for each in (trust, before):
        each.save()
    return trust


def settle():
    """Deliver what waits; what is for the inbox alone would go no further if it were mailed."""
    Notification.objects.update(mailed=True)
    while delivery.deliver_waiting():
        pass


def every_message(made: Enquiry, address: str) -> Iterator[tuple[Notification, Model]]:
    """Every kind that is registered, about the enquiry, and a code for a link to it."""
    token = links.issue("advice.mine", made, address=address)
    for kind in kinds.registered():
        yield Notification(kind=kind.name, address=address, **of(made)), made
    link_to_it = links.find(token, "advice.mine")
    yield Notification(kind="link.code", address=address, **of(link_to_it)), link_to_it


def of(record: Model) -> dict[str, object]:
    return {"subject_type": record._meta.label_lower, "subject_id": record.pk}


@pytest.mark.slow
@pytest.mark.parametrize("address", READ_BY_EMPLOYER)
def test_no_kind_of_message_may_go_where_the_employer_reads(body, address):
    made = enquiry(email=address, employer=body)
    domains = ["leicester.example", "added.example"]
    Organisation.objects.filter(pk=body.pk).update(mail_domains=domains)
    made = Enquiry.objects.get(pk=made.pk)
    answers = [subject_of(row).guard(row, record) for row, record in every_message(made, address)]
    assert len(answers) == len(kinds.registered()) + 1
    assert set(answers) == {"employer-domain"}


@pytest.mark.slow
def test_no_kind_of_message_leaves_and_each_is_held_with_its_reason(body):
    made = enquiry(email="jo@leicester.example", employer=body)
    for kind in kinds.registered():
        outbox.tell(kind.name, made, ["jo@leicester.example"])
    settle()
    assert mail.outbox == []
    rows = Notification.objects.values_list("held_because", flat=True)
    assert list(rows) == ["employer-domain"] * (len(kinds.registered()) + 1)


@pytest.mark.slow
def test_subjects_are_the_same_for_any_secret_enquiry_and_say_nothing():
    for topic in ("WRK-2", None):
        made = canary(topic=topic)
        for row, record in every_message(made, CANARIES["email"]):
            assert subject_of(row).guard(row, record) is None
            if record == made:
                message = delivery.compose(row, record, {})
                assert message.subject == "A message is waiting for you"
                assert made.reference not in message.body
            else:
                links.ask_for_code(record)
    Notification.objects.exclude(kind="link.code").delete()
    settle()
    assert [message.subject for message in mail.outbox] == ["Your code"] * 2


def test_subjects_to_others_name_the_reference_and_nothing_else():
    """The same words for any two enquiries, whoever reads them, but for the reference."""
    lines = []
    for topic in ("STF-1", "EMP-2"):
        made = canary(topic=topic, employer_must_not_know=False)
        about = {"reference": made.reference, **of(made)}
        rows = [Notification(kind=kind.name, **about) for kind in kinds.registered()]
        lines.append([delivery.subject_line(row).replace(made.reference, "") for row in rows])
    assert lines[0] == lines[1]


def test_mail_about_an_account_says_nothing_of_the_questions_of_its_owner():
    """Somebody may sign up with an address at work: that mail knows of no enquiry."""
    for kind in (each.name for each in kinds.registered() if each.name.startswith("account.")):
        words = delivery.body(kind, {"link": "", "reference": ""}).lower()
        line = delivery.line(f"{kind}-subject", {}).lower()
        for word in ("question", "enquir", "advice", "adviser", "answer ", "reply"):
            assert word not in words.replace("nobody can answer", "") + line, kind


def test_asking_tells_no_account_and_no_account_tells_of_asking(client, body):
    user = adviser()
    user.email = "jo@leicester.example"
    user.save()
    client.post(reverse("account_reset_password"), {"email": user.email})
    before = list(Notification.objects.values_list("kind", "subject_type"))
    enquiry(email="jo@home.example", employer=body)
    after = Notification.objects.exclude(address="jo@home.example")
    assert list(after.values_list("kind", "subject_type")) == before
    assert not Notification.objects.filter(user=user).exists()


def test_whoever_holds_it_is_told_once_in_the_portal_and_on_the_page(client, body):
    user = adviser()
    made = held(user, email="jo@leicester.example", employer=body, telephone="0116 496 0999")
    for _again in range(2):
        outbox.tell("enquiry.reply", made, ["jo@leicester.example"])
    delivery.deliver_waiting()
    told = Notification.objects.get(kind="enquiry.held")
    assert (told.user, told.mailed, delivery.subject_line(told)) == (
        user,
        False,
        f"{made.reference}: mail to the enquirer was held",
    )
    client.force_login(user)
    page = client.get(reverse("advice:enquiry", args=[made.reference])).content.decode()
    assert "because their employer can read it" in page
    assert "A message was held on 6 April 2027 at 10am." in page
    assert "ask for an address that nobody else reads" in page


def test_who_gets_it_afterwards_is_told_too_and_nobody_while_nobody_has_it(body):
    made = enquiry(email="jo@leicester.example", employer=body)
    settle()
    assert not Notification.objects.filter(kind="enquiry.held").exists()
    first, second = adviser(), adviser()
    made = queue.claim(enquiry=made, seen=made.revision, by=first)
    hold_twice(made)
    to = {"to": second, "reason": "Leave", "once": uuid.uuid4()}
    queue.hand_over(enquiry=made, **to, seen=made.revision, by=first)
    hold_twice(made)
    told = Notification.objects.filter(kind="enquiry.held")
    assert list(told.order_by("user").values_list("user", flat=True)) == [first.pk, second.pk]
    assert Event.objects.filter(kind="enquiry.held").count() == 5


def hold_twice(made: Enquiry):
    for _again in range(2):
        holding.note_held(made)


def test_an_enquiry_whose_employer_may_know_holds_nothing(client, body):
    user = adviser()
    made = held(user, email="jo@leicester.example", employer_must_not_know=False, employer=body)
    settle()
    assert len(mail.outbox) == 1
    client.force_login(user)
    page = client.get(reverse("advice:enquiry", args=[made.reference])).content.decode()
    assert "because their employer can read it" not in page


def test_the_page_of_whose_address_is_held_says_so_and_no_code_is_promised(client, body):
    made = enquiry(email="jo@leicester.example", employer=body)
    token = link(client, made, proved=False, address="jo@leicester.example")
    assert "We cannot send it a code" in client.get(f"/advice/e/{token}/").content.decode()
    Notification.objects.all().delete()
    for answer in (
        client.get(f"/link/{token}/code/"),
        client.post(f"/link/{token}/code/", {"send-code": "yes"}),
    ):
        assert answer.status_code == 403
        assert "In the browser in which you asked" in answer.content.decode()
    assert not Notification.objects.exists()
