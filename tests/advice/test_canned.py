"""Canned answers: who writes them, what stands, and how one comes into a reply."""

import datetime
import uuid

import pytest
from django.db import Error, transaction
from django.urls import reverse

from activity import clock
from advice import reference
from advice.answers.canned import actions, filling
from advice.answers.canned.models import AnswerUse, CannedAnswer, CannedVersion
from advice.intake.models import Topic
from tests.advice.factories import advice_lead, adviser, held, provider, somebody

pytestmark = pytest.mark.django_db

PARTS = ("day", "month", "year")
SOON = datetime.timedelta(days=30)


@pytest.fixture
def lead(client):
    lead = advice_lead()
    client.force_login(lead)
    return lead


@pytest.fixture
def user(client):
    user = adviser(provider("co-operatives-uk"))
    client.force_login(user)
    return user


def page(name, code="LEG-2"):
    return reverse(f"advice:{name}", args=[code] if code else [])


def typed(**also):
    on = clock.today() + SOON
    return {
        "title": "Asset locks",
        "topic": "LEG-2",
        "words": "A lock keeps what is owned for its purpose.",
        "source": "The Act",
        "review_by-day": str(on.day),
        "review_by-month": str(on.month),
        "review_by-year": str(on.year),
        "seen": "1",
        "once": str(uuid.uuid4()),
        **also,
    }


def answer(code="LEG-2"):
    return CannedAnswer.objects.get(code=code)


def test_each_topic_begins_with_one_dated_answer_of_a_readable_length():
    versions = CannedVersion.objects.newest().select_related("answer__topic")
    # What a person must decide each time has no answer ready.
    apart = {"LEG-5", "PRS-1", "SAF-1"}
    assert {each.answer.topic.code for each in versions} == set(reference.TOPICS) - apart
    for each in versions:
        assert 60 <= len(each.words.split()) <= 150
        assert each.source
        assert each.review_by - each.written_on == datetime.timedelta(days=181)
        assert filling.unknown(each.words) == []
        assert "Next: " in each.words


def test_loading_again_keeps_what_was_written_since(client, lead):
    client.post(page("canned_edit"), typed())
    reference.load()
    assert (CannedAnswer.objects.count(), CannedVersion.objects.count()) == (28, 29)
    assert answer().newest == 2


@pytest.mark.parametrize("name", ["canned", "canned_answer", "canned_new", "canned_edit"])
def test_nobody_else_comes_near_them(client, name):
    address = page(name, None if name in ("canned", "canned_new") else "LEG-2")
    assert client.get(address).url.startswith("/accounts/sign-in/")
    client.force_login(somebody())
    assert client.get(address).status_code == 403


def test_an_adviser_reads_them_and_writes_none(client, user):
    assert client.get(page("canned", None)).status_code == 200
    assert b"Write the next version" not in client.get(page("canned_answer")).content
    for name, code in (("canned_new", None), ("canned_edit", "LEG-2")):
        assert client.get(page(name, code)).status_code == 403
        assert client.post(page(name, code), typed(code="LEG-9")).status_code == 403
    assert CannedVersion.objects.count() == 28
    assert client.get(page("canned_answer", "NO-1")).status_code == 404


def test_a_lead_writes_the_next_version_once_and_the_first_stays(client, lead):
    sent = typed()
    for _ in range(2):
        assert client.post(page("canned_edit"), sent).url == page("canned_answer")
    assert list(answer().versions.order_by("number").values_list("number", "author")) == [
        (1, None),
        (2, lead.pk),
    ]
    read = client.get(page("canned_answer")).content.decode()
    assert "What version 2 changed" in read
    assert "<del" in read
    assert "no longer used" in client.get(f"{page('canned_answer')}?version=1").content.decode()


def test_what_was_written_is_never_changed(client, lead):
    version = answer().versions.get()
    for change in (lambda: version.save(), lambda: version.delete()):
        with pytest.raises(Error, match="canned_version_stands"), transaction.atomic():
            change()


def test_of_two_leads_the_second_sees_the_words_of_the_first(client, lead):
    theirs = {"answer": answer(), "topic": answer().topic, "title": "Locks", "source": "The Act"}
    theirs |= {"review_by": clock.today() + SOON, "seen": 1, "once": uuid.uuid4()}
    other = advice_lead(provider("co-operatives-uk"))
    actions.write(**theirs, words="Their words", by=other)
    response = client.post(page("canned_edit"), typed(words="My words"))
    read = response.content.decode()
    assert response.status_code == 409
    assert f"{other} wrote version 2" in read
    assert "Their words" in read
    assert read.count("My words") >= 2
    seen = str(response.context["form"]["seen"].value())
    assert client.post(page("canned_edit"), typed(words="My words", seen=seen)).status_code == 302
    assert answer().newest == 3


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": "Dear {nam}, look {here}"}, "“{nam}”, “{here}” are no variables."),
        ({"words": "Dear {name"}, "“{name” is no variable."),
        ({"words": "\x00\u202e"}, "Write the words of the answer"),
        ({"words": "word " * 20_000}, "Take out 19600."),
        ({"words": ""}, "Write the words of the answer"),
        ({"title": "t" * 100_000}, "letters too long"),
        ({"topic": "NO-1"}, "Choose a topic from the list"),
        ({"review_by-year": "2011"}, "There is a problem"),
        ({"source": ""}, "Write what the answer rests on"),
        ({"seen": "x"}, "This page did not load whole"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(client, lead, wrong, sentence):
    read = client.post(page("canned_edit"), typed(**wrong)).content.decode()
    assert sentence in read
    assert "There is a problem" in read
    assert CannedVersion.objects.count() == 28


def test_nothing_changed_is_no_version(client, lead):
    now = answer().versions.get()
    begun = {"words": now.words, "source": now.source, "title": now.answer.title}
    same = {f"review_by-{part}": str(getattr(now.review_by, part)) for part in PARTS}
    read = client.post(page("canned_edit"), typed(**begun, **same)).content.decode()
    assert "Nothing was changed" in read
    assert answer().newest == 1


def test_a_new_answer_has_a_code_of_its_own(client, lead):
    assert client.get(page("canned_new", None)).status_code == 200
    sent = typed(code="LEG-9", words="<b>bold</b> {name}")
    for _ in range(2):
        assert client.post(page("canned_new", None), sent).url == page("canned_answer", "LEG-9")
    assert b"&lt;b&gt;bold" in client.get(page("canned_answer", "LEG-9")).content
    for code, sentence in (("LEG-9", "Another answer has this code"), ("a b", "Enter a code of")):
        read = client.post(page("canned_new", None), typed(code=code)).content.decode()
        assert sentence in read
    assert CannedAnswer.objects.count() == 29


def test_a_lead_meets_first_what_should_have_been_looked_over(client, lead):
    CannedAnswer.objects.filter(code="EXI-1").update(review_by=clock.today() - SOON)
    first = client.get(page("canned", None)).context["page"].rows
    assert [first[0].code, first[1].code] == ["EXI-1", "GEN-1"]
    assert b"should have been looked over" in client.get(page("canned_answer", "EXI-1")).content
    client.force_login(adviser())
    assert client.get(page("canned", None)).context["page"].rows[0].code == "GEN-1"


@pytest.mark.parametrize(
    ("looked_for", "codes"),
    [
        ({"q": "PENSION direction"}, ["WRK-2"]),
        ({"topic": "LEG-2"}, ["LEG-2"]),
        ({"q": "xylophone"}, []),
        ({"topic": "NO-1"}, []),
        ({"q": "%_\x00"}, []),
        ({"q": "w" * 100_000}, []),
    ],
)
def test_they_are_found_by_words_and_topic(client, user, looked_for, codes):
    response = client.get(page("canned", None), looked_for)
    assert [row.code for row in response.context["page"].rows] == codes
    assert codes or b"No answer has all of these words" in response.content


# In a reply


def writing(user, **fields):
    made = held(user, topic="LEG-2", **fields)
    return made, reverse("advice:reply", args=[made.reference])


def reply(made, words, **also):
    return {"words": words, "seen": made.revision, "once": str(uuid.uuid4()), **also}


def say(words, code="LEG-2"):
    lead = advice_lead()
    found = answer(code)
    fields = {"topic": found.topic, "title": found.title, "source": "us", "once": uuid.uuid4()}
    fields |= {"review_by": clock.today() + SOON, "seen": found.newest}
    return actions.write(answer=found, words=words, by=lead, **fields)


def test_the_reply_page_offers_those_on_the_topic_and_finds_others(client, user):
    made, address = writing(user)
    read = client.get(address)
    assert [each.code for each in read.context["choices"]] == ["LEG-2"]
    found = client.post(address, reply(made, "Mine.", press="find", find="asset lock"))
    assert found.context["choices"][0].code == "LEG-2"
    assert "Mine." in found.content.decode()
    for hostile in ("\x00", "w" * 100_000, "<b>x</b>", "\u202e%"):
        answered = client.post(address, reply(made, "Mine.", press="find", find=hostile))
        assert answered.status_code == 200
        assert b"<b>x" not in answered.content


def test_without_a_topic_any_can_be_found(client, user):
    made = held(user, topic=None)
    address = reverse("advice:reply", args=[made.reference])
    assert b"There is none on the topic" in client.get(address).content
    CannedAnswer.objects.filter(code="LEG-2").update(review_by=clock.today() - SOON)
    found = client.post(address, reply(made, "", press="find", find="a"))
    assert (len(found.context["choices"]), found.context["more"]) == (8, True)
    assert (
        b"To be looked over"
        in client.post(address, reply(made, "", press="find", find="LEG-2")).content
    )


def test_an_answer_is_put_in_below_and_its_gaps_keep_the_reply_back(client, user):
    say("Dear {name}, this is {adviser} of {provider} about {reference}. Ring {opening hours}.")
    made, address = writing(user)
    form = client.post(address, reply(made, "Hello.", insert="LEG-2")).context["form"]
    words = form["words"].value()
    assert words == (
        f"Hello.\n\nDear [fill in: name], this is Person of Co-operatives UK about "
        f"{made.reference}. Ring Monday to Friday, 9am to 5pm."
    )
    sent = reply(made, words, used=form["used"].value())
    assert "Fill in “[fill in: name]” or take it out" in client.post(address, sent).content.decode()
    assert "“{telephone}”" in client.post(address, reply(made, "Ring {telephone}")).content.decode()
    assert not made.messages.exclude(author=None).exists()


def test_a_script_gets_the_words_and_their_mark(client, user):
    say("Dear {name}, write back.")
    made, address = writing(user, name="{reference} Jo")
    json = {"HTTP_ACCEPT": "application/json"}
    told = client.post(address, {"insert": "LEG-2"}, **json)
    assert told.json() == {"words": "Dear {reference} Jo, write back.", "used": "LEG-2.2"}
    for code in ("NO-1", "\x00", "x" * 100_000):
        assert client.post(address, {"insert": code}, **json).status_code == 404
        assert client.post(address, reply(made, "Kept.", insert=code)).status_code == 200
    client.force_login(adviser(provider("co-operatives-uk")))
    assert client.post(address, {"insert": "LEG-2"}, **json).status_code == 403


def test_a_reply_notes_what_it_was_sent_with_and_only_that(client, user):
    made, address = writing(user)
    lock, pension = answer().versions.get(), answer("WRK-2").versions.get()
    words = f"Dear Jo,\n\n{lock.words[:300]}"
    marks = f"LEG-2.1 WRK-2.1 NO-1.1 LEG-2.99999999 LEG-2.² {'x' * 1000} LEG-2.1"
    assert client.post(address, reply(made, words, used=marks)).status_code == 302
    use = AnswerUse.objects.get()
    assert use.version == lock
    assert use.message.words == words
    assert not pension.uses.exists()
    client.force_login(advice_lead())
    assert b"1 reply" in client.get(page("canned_answer")).content


def test_the_page_of_a_reply_costs_ten_queries(client, user, django_assert_max_num_queries):
    _made, address = writing(user)
    Topic.objects.filter(code="LEG-2").update(title="Locks")
    client.get(address)
    with django_assert_max_num_queries(10):
        client.get(address)
