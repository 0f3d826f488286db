"""Open questions in words like those of a call: offered where they may be read, and joined."""

import itertools
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import Interest, Tie
from activity import clock
from advice.answers import actions as answers
from advice.intake import actions as intake
from advice.intake.alike import MOST, find, like
from advice.intake.models import Call, Enquiry, Message
from advice.queue import actions as queue
from tests.advice.factories import adviser, again, employer, enquiry, held, holder, let_go, provider

pytestmark = pytest.mark.django_db
ASKED = "May eight canaries leave the cage together?"
ALIKE = "They would like the canary to be leaving its cages."


def references(reader, words=ALIKE):
    return [each.reference for each in find(words, again(reader)).open]


@pytest.fixture
def call(client):
    client.force_login(adviser())
    client.post("/advice/call/")
    return Call.objects.get()


def test_what_may_not_be_read_is_never_offered_nor_counted(client, call):
    """Of another provider, of nobody, for a lead, of a body with a tie, over: not a word of any."""
    body, user = employer(), call.adviser
    tie = {"tie": Tie.WORK, "declared_at": clock.now()}
    Interest.objects.create(user=user, organisation=body, **tie)
    urgent, done = enquiry("SAF-1", ASKED), held(user, words=ASKED)
    Enquiry.objects.filter(pk=urgent.pk).update(provider=provider())
    queue.close(enquiry=done, outcome="helped", seen=done.revision, by=again(user))
    kept = [
        enquiry("WRK-2", ASKED),
        held(adviser(provider("co-operatives-uk")), topic=None, words=ASKED),
        enquiry(None, ASKED),
        urgent,
        enquiry(words=ASKED, employer=body),
        done,
    ]
    page = reverse("advice:one_call", args=[call.public_id])
    typed = {"question": ALIKE, "seen": 0, "press": "save"}
    client.post(page, typed)
    for text in (client.post(f"{page}alike/", typed), client.get(page)):
        text = text.content.decode()
        assert "No open question that you may read" in text
        for secret in ("eight", "together", "same matter", *(each.reference for each in kept)):
            assert secret not in text
    client.force_login(adviser())
    assert client.post(f"{page}alike/", typed).status_code == 404


def test_of_ours_it_is_offered_with_and_without_the_script_and_joined(client, call):
    made, other = held(adviser(), words=f"<b>{ASKED}"), enquiry(words="The canary sings.")
    page = reverse("advice:one_call", args=[call.public_id])
    typed = {"question": ALIKE, "seen": 0, "press": "save"}
    assert "questions in words like it come here" in client.get(page).content.decode()
    assert client.get(f"{page}alike/").status_code == 405
    client.post(page, typed)
    for text in (client.post(f"{page}alike/", typed), client.get(page)):
        text = text.content.decode()
        for words in ("1 open question in words", made.reference, "&lt;b&gt;May eight"):
            assert words in text
        assert other.reference not in text
    answers = {"employer_may_know": "no", "then": "keep", "seen": 1, "press": made.reference}
    joined = client.post(page, typed | answers)
    assert joined.url == reverse("advice:enquiry", args=[made.reference])
    assert ALIKE in made.phone_notes.get().words


def test_the_most_alike_come_first_and_a_few_of_many():
    user = adviser()
    some = enquiry(words="Canaries leave?")
    most = enquiry(words=ASKED)
    assert references(user) == [most.reference, some.reference]
    newer = [enquiry(words=ASKED).reference for _ in range(MOST)]
    found = find(ALIKE, user)
    assert [each.reference for each in found.open] == newer[::-1]
    assert found.is_more


def test_what_ends_is_offered_no_more_and_what_is_taken_up_again_is():
    user = adviser()
    made = held(user, words=ASKED)
    assert references(user) == [made.reference]
    said = {"words": ASKED, "once": uuid.uuid4(), "seen": made.revision}
    made = let_go(answers.reply(enquiry=made, by=again(user), **said))
    assert references(user) == []
    assert not Message.objects.filter(asks=True).exists()
    intake.add(enquiry=made, words="And?", once=uuid.uuid4(), by=holder(made))
    assert references(user) == [made.reference]
    assert Message.objects.get(asks=True).author is None


@pytest.mark.parametrize(
    "words",
    ["", "canary", "an of to", "!! & | :* ' \\ <->", "co-op ab 1", "May I ask what it would mean?"],
)
def test_too_little_is_looked_for_nowhere(words):
    enquiry(words=ASKED)
    assert not find(words, adviser()).asked


def test_hostile_and_endless_words_are_words():
    made = enquiry(words=ASKED)
    for words in ("canary') | leave:* & cage", "canary leave " + "x&y " * 9_000, f"{ALIKE} é ' \\"):
        assert references(adviser(), words) == [made.reference]


def test_two_of_them_are_needed_and_any_two_are_enough():
    words = [("canary", "leave", "cage")[: count + 1] for count in range(3)]
    made = {some: enquiry(words=f"A {' or '.join(some)}?").pk for some in words}
    for asked in itertools.chain(*(itertools.combinations(words[-1], n) for n in (1, 2, 3))):
        matching = {each for some, each in made.items() if len({*some} & {*asked}) >= 2}
        found = {each.enquiry_id for each in like(" ".join(asked))}
        assert found == (matching if len(asked) > 1 else set()), asked


def test_the_words_of_open_questions_have_their_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "message_asked" in like(ALIKE).order_by().explain()
