"""Answers that fit a call: offered by its topic, put into what we told them, sent to nobody."""

import datetime

import pytest

from activity import clock
from activity.models import Notification
from advice.answers.canned.models import AnswerUse, CannedAnswer, CannedVersion
from advice.intake.models import Call, Enquiry
from tests.advice.factories import advice_lead, adviser

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
LOCK = "LEG-2"
NAMED = "Dear {name}, {adviser} of {provider} says {reference}, {opening hours}, {telephone}."
FILLED = (
    "Dear Jo <b>, Person of Employee Ownership Association says [fill in: reference], Monday to "
    "Friday, 9am to 5pm, [fill in: telephone]."
)


@pytest.fixture
def call(client):
    client.force_login(adviser())
    client.post("/advice/call/")
    return Call.objects.get()


@pytest.fixture
def page(call):
    return f"/advice/call/{call.public_id}/"


def typed(**answers):
    seen = Call.objects.get().revision
    return {"employer_may_know": "no", "then": "keep", "seen": seen, **answers}


def answer(words=NAMED, code="LOCK-2"):
    """A second one on the topic, to be looked over since yesterday."""
    lock, today = CannedAnswer.objects.get(code=LOCK), clock.today()
    day = datetime.timedelta(days=1)
    made = CannedAnswer.objects.create(
        code=code, topic=lock.topic, title="A <i>lock", newest=3, review_by=today - day
    )
    fields = {"answer": made, "number": 3, "words": words, "source": "us"}
    CannedVersion.objects.create(**fields, written_on=today - 9 * day, review_by=made.review_by)
    return made


def test_only_whoever_writes_the_call_down_is_offered_any(client, page):
    answer()
    sent = typed(topic=LOCK, insert=LOCK, name="Wilhelmina")
    for make, status in ((adviser, 404), (advice_lead, 403)):
        client.force_login(make())
        for told in (
            client.post(f"{page}fitting/", sent),
            client.post(page, sent, headers=JSON),
            client.post(page, sent),
        ):
            assert told.status_code == status
            assert "Association says" not in told.content.decode()
    assert Call.objects.get().typed == {}


def test_the_answers_of_the_topic_are_shown_with_and_without_the_script(client, page):
    late = answer()
    assert client.get(f"{page}fitting/").status_code == 405
    for topic in ("", "\0", "<b>", "NONE", "x" * 100_000):
        words = "Choose a topic in box 5" if topic in ("", "\0") else "No answer is kept on this"
        part = client.post(f"{page}fitting/", typed(topic=topic)).content.decode()
        assert words in part
        assert "<li>" not in part
    sent = typed(topic=LOCK, name="Jo <b>", press="save")
    client.post(page, sent)
    for text in (client.post(f"{page}fitting/", sent), client.get(page)):
        text = text.content.decode()
        for words in (
            "2 answers on this topic.",
            "Asset locks",
            "Version 1, checked ",
            "A &lt;i&gt;lock",
            "Version 3.",
            f"To be looked over by {late.review_by.day} ",
            FILLED.replace("<b>", "&lt;b&gt;"),
            'value="LOCK-2"',
        ):
            assert words in text, words
    for number in range(8):
        answer(code=f"MANY-{number}")
    part = client.post(f"{page}fitting/", sent).content.decode()
    assert "8 answers on this topic." in part
    assert "There are more" in part


def test_one_is_put_in_below_what_is_typed_and_told_to_a_script(client, page):
    answer()
    sent = typed(told="Mine.\r\n", name="Jo <b>", insert="LOCK-2")
    for _press in range(2):
        assert client.post(page, sent).url == f"{page}#id_told"
    assert Call.objects.get().typed["told"] == f"Mine.\n\n{FILLED}"
    assert client.post(page, sent, headers=JSON).json() == {"words": FILLED}
    assert Call.objects.get().revision == 1
    for code in ("NO-1", "\0", "", "x" * 100_000):
        hostile = typed(told="Kept.", insert=code)
        assert client.post(page, hostile, headers=JSON).status_code == 404
        assert client.post(page, hostile).status_code == 302
        assert Call.objects.get().typed["told"] == "Kept."
    both = client.post(page, {**sent, "seen": 0, "told": "Theirs."})
    assert both.status_code == 409
    assert "Theirs." in both.content.decode()


def test_what_was_put_in_is_a_note_and_recorded_as_sent_to_nobody(client, page):
    client.post(page, typed(question="What is a lock?", topic=LOCK, insert=LOCK))
    told = Call.objects.get().typed["told"]
    client.post(page, typed(question="What is a lock?", topic=LOCK, told=told, press="end"))
    made = Enquiry.objects.get()
    assert made.phone_notes.get().words == told
    assert [each.words for each in made.messages.all()] == ["What is a lock?"]
    assert not AnswerUse.objects.exists()
    assert not Notification.objects.exists()
