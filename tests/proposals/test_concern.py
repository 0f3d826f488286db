"""A concern about an employer goes outside it: to officials, and to nobody else, once a day."""

import datetime
import uuid

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from activity import clock, delivery
from activity.models import Event, Notification
from activity.workflow import MovedOn
from proposals.employer.models import Escalation
from proposals.review import actions as review
from proposals.review import concerning
from proposals.review.models import Concern
from tests.factories import somebody
from tests.proposals import builders, officials
from tests.proposals import test_silence as silence

SAID = "Canary: my manager took me off the rota."


@pytest.fixture
def asked(stored, people, staff):
    """Submitted; an official of its employer is asked, which belongs to a department with a lead."""
    return stored(silence.submitted, people, staff)


def address(name, *of):
    return reverse(f"proposals:{name}", args=of)


def typed(**changes):
    return {"about": "badly", "text": SAID, "once": str(uuid.uuid4())} | changes


def text_of(client, where):
    return client.get(where).content.decode().replace("&#x27;", "'")


def raised(proposal, by, text=SAID):
    return concerning.concern(proposal=proposal, about="badly", text=text, once=uuid.uuid4(), by=by)


def answered(concern, by, *, escalate=False, text="We talk to them.", once=None):
    return concerning.answer_concern(
        concern=concern, text=text, escalate=escalate, once=once or uuid.uuid4(), by=by
    )


def test_it_says_who_reads_it_before_it_is_sent_and_goes_to_officials(client, asked, people, staff):
    client.force_login(people.viewer)
    where = address("concern", asked.reference)
    assert where in text_of(client, address("proposal", asked.reference))
    page = text_of(client, where)
    assert "Officials of the Cabinet Office who read your proposal read it, with your name." in page
    assert "Your employer and its department never read it" in page
    sent = typed()
    for _time in range(2):
        assert client.post(where, sent).url == address("proposal", asked.reference)
    concern = Concern.objects.get()
    assert (concern.by, concern.about, concern.text) == (people.viewer, "badly", SAID)
    told = Notification.objects.filter(kind="case.concern")
    assert {each.user for each in told} == {staff.reviewer, staff.countersigner}
    client.force_login(staff.countersigner)
    page = text_of(client, address("employer_case", asked.reference))
    assert SAID in page
    assert people.viewer.name in page
    assert "Answer this concern" not in page


def test_one_a_day_is_heard_of_each_person(client, asked, people):
    raised(asked, people.viewer)
    client.force_login(people.viewer)
    page = text_of(client, address("concern", asked.reference))
    assert "You have raised a concern about it today." in page
    assert SAID in page
    late = client.post(address("concern", asked.reference), typed(text="More"))
    assert late.status_code == 409
    assert "More" in late.content.decode()
    raised(asked, people.lead)
    with time_machine.travel(clock.now() + datetime.timedelta(days=1)):
        raised(asked, people.viewer)
    assert Concern.objects.count() == 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"about": ""}, "Choose what it is about"),
        ({"about": "x"}, "Choose what it is about"),
        ({"text": ""}, "Say what has happened"),
        ({"text": "a " * 501}, "Take out 1"),
        ({"once": "x"}, "This page did not load whole."),
    ],
)
def test_what_is_missing_is_said_in_words(client, asked, people, wrong, said):
    client.force_login(people.viewer)
    page = client.post(address("concern", asked.reference), typed(**wrong))
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not Concern.objects.exists()


def test_where_no_officials_have_it_the_page_says_so_and_sends_nothing(stored, client, people):
    found = stored(builders.draft_of, people)
    client.force_login(people.lead)
    page = text_of(client, address("concern", found.reference))
    assert "from when it is submitted until there is a decision" in page
    assert "Ask the advice line" in page
    assert client.post(address("concern", found.reference), typed()).status_code == 409
    assert not Concern.objects.exists()


def test_nobody_outside_the_team_raises_one(client, asked, staff):
    for who in (somebody(), staff.reviewer, somebody("coordinator")):
        client.force_login(who)
        assert client.get(address("concern", asked.reference)).status_code == 404
        with pytest.raises(PermissionDenied):
            raised(asked, who)
    assert not Concern.objects.exists()


def test_where_nobody_reads_the_case_yet_every_reviewer_is_told(asked, people, staff):
    asked.declarations.all().delete()
    raised(asked, people.lead)
    assert {each.user for each in Notification.objects.filter(kind="case.concern")} == {
        staff.reviewer
    }


def test_the_rest_of_the_team_sees_that_one_was_raised_and_not_by_whom(client, asked, people):
    raised(asked, people.editor)
    event = Event.objects.get(kind="proposal.concern")
    assert event.data == {}
    client.force_login(people.lead)
    page = text_of(client, address("proposal", asked.reference))
    assert "A concern about your employer was raised with the Cabinet Office." in page
    assert people.editor.name not in page.split("A concern about")[1].split("</li>")[0]
    pages = ("tasks", "team", "messages", "history", "receipt", "concern")
    texts = [text_of(client, address(name, asked.reference)) for name in pages]
    for text in (page, *texts, text_of(client, "/inbox/"), text_of(client, "/start/")):
        assert "Canary" not in text


def test_neither_the_employer_nor_its_department_hears_of_it(
    settings, client, asked, people, staff
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    concern = raised(asked, people.editor)
    answered(concern, staff.reviewer, escalate=True)
    delivery.deliver_waiting()
    official = officials.opened(client, officials.live(asked))
    lead = silence.opened(client, Escalation.objects.get())
    mails = "".join(f"{each.subject}{each.body}" for each in mail.outbox)
    assert [each.to for each in mail.outbox if "trees" in str(each.to)]
    for text in (mails, text_of(client, official), text_of(client, lead)):
        assert "Canary" not in text
        assert "We talk to them" not in text
        assert "concern about your employer" not in text


def test_a_reviewer_answers_by_a_message_and_goes_above_the_employer_at_once(
    client, asked, people, staff
):
    concern = raised(asked, people.editor)
    client.force_login(staff.reviewer)
    where = address("concern_answer", asked.reference, concern.key)
    assert where in text_of(client, address("employer_case", asked.reference))
    page = text_of(client, where)
    assert SAID in page
    assert "do not say it" in page
    words = builders.said("We have taken it up.") | {"escalate": "on"}
    for _time in range(2):
        assert client.post(where, words).url == address("employer_case", asked.reference)
    assert Escalation.objects.get().by == staff.reviewer
    assert asked.messages.count() == 1
    page = text_of(client, address("employer_case", asked.reference))
    assert "We have taken it up." in page
    assert "Answer this concern" not in page
    assert "It is answered already." in text_of(client, where)
    client.force_login(people.viewer)
    page = text_of(client, address("messages", asked.reference))
    assert "We have taken it up." in page
    assert "Canary" not in page
    assert Notification.objects.filter(kind="proposal.message", user=people.viewer).exists()


def test_an_answer_alone_leaves_the_employer_its_time(client, asked, people, staff):
    answered(raised(asked, people.editor), staff.reviewer)
    assert not Escalation.objects.exists()
    officials.answered(asked)
    late = raised(asked, people.lead)
    client.force_login(staff.reviewer)
    page = text_of(client, address("concern_answer", asked.reference, late.key))
    assert 'type="checkbox"' not in page
    with pytest.raises(MovedOn):
        answered(late, staff.reviewer, escalate=True)
    late.refresh_from_db()
    assert late.answer is None


def test_an_answer_stands(client, asked, people, staff):
    concern, once = raised(asked, people.editor), uuid.uuid4()
    answered(concern, staff.reviewer, once=once)
    answered(concern, staff.reviewer, once=once)
    with pytest.raises(MovedOn):
        answered(concern, staff.reviewer, text="Other words.")
    assert asked.messages.count() == 1


def test_reviewers_of_the_case_alone_answer(client, asked, people, staff):
    concern = raised(asked, people.editor)
    where = address("concern_answer", asked.reference, concern.key)
    client.force_login(staff.countersigner)
    assert client.post(where, builders.said("x")).status_code == 403
    client.force_login(people.editor)
    assert client.get(where).status_code == 404
    client.force_login(staff.reviewer)
    assert client.get(address("concern_answer", asked.reference, "none")).status_code == 404
    assert "Write your answer" in client.post(where, builders.said("")).content.decode()
    other = somebody("reviewer")
    with pytest.raises(PermissionDenied):
        answered(concern, other)


def test_a_conflict_closes_it_with_the_case(client, asked, people, staff):
    raised(asked, people.editor)
    review.declare(proposal=asked, is_conflict=True, by=staff.reviewer)
    client.force_login(staff.reviewer)
    assert client.get(address("employer_case", asked.reference)).status_code == 404
    delivery.deliver_waiting()
    told = Notification.objects.get(kind="case.concern", user=staff.reviewer)
    assert told.held_because == "conflict"


def test_the_pages_ask_few_questions_and_show_what_is_typed_harmlessly(
    client, asked, people, staff
):
    concern = raised(asked, people.editor, "<i>Canary</i>")
    where = address("concern_answer", asked.reference, concern.key)
    for who, page, most in (
        (people.lead, address("concern", asked.reference), 6),
        (staff.reviewer, where, 12),
    ):
        client.force_login(User.objects.get(pk=who.pk))
        with CaptureQueriesContext(connection) as queries:
            text = text_of(client, page)
        assert len(queries) <= most, page
        assert "<i>Canary" not in text
