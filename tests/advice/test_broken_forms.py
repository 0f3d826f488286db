"""Every form of the line with each of its parts broken: a sentence of ours, and nothing lost."""

import re
import uuid

import pytest
from django.urls import reverse

from activity.forms import OPEN_AGAIN
from advice.intake.models import AdvicePolicy, Enquiry, Message, Note
from tests.advice.factories import adviser, enquiry, held, link, provider, typed

pytestmark = pytest.mark.django_db

KEPT = "Words that must stay."
CONTROLS = "\x00\x07\x1f\u202e\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace")
BROKEN = {
    "missing": None,
    "empty": "",
    "null": "a\x00b",
    "controls": CONTROLS,
    "long": "x" * 9_000,
    "number": "99999999999999999999",
    "negative": "-1",
    "HTML": "<b>&amp;</b>",
}
# Sentences of Django, which say what is wrong and not what to do.
DULL = re.compile(r"Ensure th|valid |is required|not allowed|one of the available|invalid", re.I)


def with_parts(form, ways=BROKEN):
    """Each part of a form broken in each way, as (name, how, answers)."""
    for name in form:
        for how, value in ways.items():
            answers = {other: form[other] for other in form if other != name}
            yield name, how, answers if value is None else {**answers, name: value}


def problems(page):
    """The sentences of the error summary."""
    found = re.search(r'class="govuk-error-summary.*?</ul>', page, re.DOTALL)
    return re.findall(r"<li>\s*(?:<a[^>]*>)?(.*?)(?:</a>)?\s*</li>", found[0]) if found else []


def check(client, address, form, kept, ways=BROKEN):
    """Send each broken form. It is taken, or answered with sentences and with what was typed."""
    for name, how, answers in with_parts(form, ways):
        response = client.post(address, answers)
        if response.status_code == 302:
            continue
        page = response.content.decode()
        said = problems(page)
        assert response.status_code == 200, (name, how, response.status_code)
        assert said, (name, how)
        assert not [words for words in said if DULL.search(words)], (name, how, said)
        for other in kept:
            assert other == name or form[other] in page, (name, how, other)


ASK = {"question": KEPT, "name": "Amira", "safe_ways": "after six", "telephone": "0116 496"}


@pytest.mark.slow
def test_the_question_form(client):
    everything = typed(
        **ASK,
        topic="STF-1",
        email="jo@home.example",
        employer_may_know="no",
        sector="nhs",
        employer="A trust",
        website="",
    )
    ways = {how: BROKEN[how] for how in ("missing", "null", "controls", "long")}
    check(client, "/advice/ask/", everything, ASK, ways)


@pytest.mark.parametrize("how", BROKEN)
def test_the_trap_and_the_seal_are_never_answered_with_an_error_of_their_own(client, how):
    for name in ("website", "began"):
        form = typed(**ASK)
        form.pop(name, None)
        answers = form if BROKEN[how] is None else {**form, name: BROKEN[how]}
        page = client.post("/advice/ask/", answers).content.decode()
        assert "id_website-error" not in page
        assert "id_began-error" not in page
        assert all("once more" in words for words in problems(page))


def test_an_address_of_more_letters_than_we_keep(client):
    address = f"{'j' * 300}@home.example"
    page = client.post("/advice/ask/", typed(**ASK, email=address)).content.decode()
    assert problems(page) == ["Enter an e-mail address of 254 letters or fewer"]
    assert address in page


def test_adding_words(client):
    token = link(client, enquiry())
    form = {"words": KEPT, "once": str(uuid.uuid4())}
    check(client, f"/advice/e/{token}/add/", form, ["words"])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["reply", "wait", "note", "hand_over", "close"])
def test_the_forms_of_an_adviser(client, name):
    user = adviser()
    client.force_login(user)
    form = {
        "reply": {"words": KEPT, "once": str(uuid.uuid4()), "seen": 1},
        "wait": {"words": KEPT, "once": str(uuid.uuid4()), "seen": 1},
        "note": {"words": KEPT, "once": str(uuid.uuid4())},
        "hand_over": {
            "reason": KEPT,
            "provider": provider("co-operatives-uk").slug,
            "colleague": "",
            "once": str(uuid.uuid4()),
            "seen": 1,
        },
        "close": {"outcome": "helped", "seen": 1},
    }[name]
    AdvicePolicy.objects.update(enquiries_each=1000)
    made = held(user)
    for part, how, answers in with_parts(form):
        address = reverse(f"advice:{name}", args=[made.reference])
        response = client.post(address, answers)
        if response.status_code == 302:
            made = held(user)  # taken, so the next is sent about another
            continue
        if response.status_code == 409:
            continue  # a mark of a page that never was
        page = response.content.decode()
        assert response.status_code == 200, (part, how, response.status_code)
        assert problems(page), (part, how)
        assert not [words for words in problems(page) if DULL.search(words)], problems(page)
        kept = "reason" if name == "hand_over" else "words"
        assert part == kept or form.get(kept, "") in page, (part, how)


@pytest.mark.parametrize("name", ["claim", "reopen", "withdraw"])
@pytest.mark.parametrize("how", [how for how in BROKEN if how != "HTML"])
def test_a_press_whose_mark_is_broken(client, name, how):
    user = adviser()
    made = enquiry() if name != "reopen" else held(user)
    address = f"/advice/e/{link(client, made)}/withdraw/"
    if name != "withdraw":
        client.force_login(user)
        address = reverse(f"advice:{name}", args=[made.reference])
    before = Enquiry.objects.get().status
    response = client.post(
        address, {"sent": "yes"} if BROKEN[how] is None else {"seen": BROKEN[how]}
    )
    assert response.status_code in ((409,) if name == "reopen" else (200,))
    assert name == "reopen" or problems(response.content.decode()) == [str(OPEN_AGAIN)]
    assert Enquiry.objects.get().status == before
    assert (Message.objects.count(), Note.objects.count()) == (1, 0)


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("name", ["view", "topic", "after"])
def test_a_queue_asked_for_in_a_broken_way_is_a_queue(client, name, how):
    client.force_login(adviser())
    enquiry(topic=None)
    response = client.get("/advice/queue/", {name: BROKEN[how] or ""})
    assert response.status_code == 200
    assert "Most urgent first" in response.content.decode()
