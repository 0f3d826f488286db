"""A provider begins to work for a body: what it has of that body's staff goes to another at once."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Organisation, OrganisationKind, User
from activity.models import Event, Notification
from activity.workflow import MovedOn
from advice import tasks
from advice.answers import actions as answers
from advice.answers import drafts
from advice.answers.models import ReplyDraft
from advice.intake import actions as intake
from advice.intake.models import Enquiry, ProviderInterest, Why
from advice.queue import actions as queue
from advice.queue import lists, tying
from tests.advice.factories import (
    CANARIES,
    CANARY_WORDS,
    advice_lead,
    adviser,
    again,
    canary,
    employer,
    enquiry,
    held,
    holder,
    provider,
)
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
CUK, LP = "co-operatives-uk", "local-partnerships"
SINCE = datetime.date(2011, 1, 4)
TYPED = {key: value for key, value in CANARIES.items() if key != "employer_name"}


def tie(body, to=None, starts_on=SINCE):
    interest = ProviderInterest(provider=to or provider(), organisation=body, starts_on=starts_on)
    return tying.keep(interest=interest)


def say(act, made, by, words="Which form?"):
    said = {"words": words, "once": uuid.uuid4(), "seen": made.revision}
    return act(enquiry=made, by=again(by), **said)


@pytest.mark.slow
def test_all_that_it_has_goes_to_others_and_nobody_there_reads_a_word(client):
    ours, lead, body = adviser(), advice_lead(), employer()
    mine = held(ours, employer=body, **TYPED)
    answers.note(enquiry=mine, words="Noted canary.", once=uuid.uuid4(), by=again(ours))
    drafts.save(enquiry=mine, words="Half a canary", used="", by=again(ours))
    waits = say(answers.wait, held(ours, employer=body, email="al@home.example"), ours)
    free = canary(employer=body, employer_name="")
    urgent, other = enquiry("SAF-1", employer=body), held(ours, words="Plain.")
    Enquiry.objects.filter(pk=urgent.pk).update(provider=provider())
    Notification.objects.all().delete()
    client.force_login(User.objects.create_superuser("admin@office.example"))
    typed = {"provider": provider().pk, "organisation": body.pk, "starts_on": SINCE, "ends_on": ""}
    page = client.post("/admin/advice/providerinterest/add/", typed, follow=True)
    assert "4 enquiries of its staff went from" in page.content.decode()

    gone = (mine, waits, free, urgent)
    for made in gone:
        made.refresh_from_db()
        assert (made.status, made.adviser) == ("queued", None)
        assert made.provider != provider()
    assert {mine.route, free.route, urgent.route} == {Why.TURN, Why.SAFETY}
    assert mine.pick_up_by is not None
    other.refresh_from_db()
    assert other.adviser == ours
    # It says why, and by whom it was done, without a name.
    data = {"reason": "conflict", "provider": provider().pk}
    for made, kind in ((mine, "enquiry.leave"), (free, "enquiry.offer_on")):
        event = Event.objects.of(made).last()
        assert (event.kind, event.actor_id, event.data) == (kind, "conflict", data)
    # Those whom an adviser had hear that another has it; nobody else hears anything.
    told = Notification.objects.exclude(address="").values_list("kind", "address")
    assert sorted(told) == [
        ("enquiry.leave", "al@home.example"),
        ("enquiry.leave", CANARIES["email"]),
    ]
    secrets = (CANARY_WORDS, *TYPED.values(), "canary", *(made.reference for made in gone))
    for reader in (ours, lead):
        client.force_login(again(reader))
        assert not Enquiry.objects.visible_to(again(reader)).exclude(pk=other.pk).exists()
        pages = [f"/advice/queue/?view={view}" for view in lists.VIEWS]
        pages += ["/advice/desk/", "/start/", "/search/?q=canaries", reverse("activity:inbox")]
        for path in pages:
            text = client.get(path).content.decode()
            assert "</html>" in text
            assert not [secret for secret in secrets if secret in text], path
        for name in ("enquiry", "claim", "reply", "note", "reopen"):
            assert client.get(reverse(f"advice:{name}", args=[mine.reference])).status_code == 404
    # Nobody loses a word.
    assert ReplyDraft.objects.get().words == "Half a canary"
    client.force_login(adviser(mine.provider))
    page = client.get(reverse("advice:enquiry", args=[mine.reference])).content.decode()
    assert all(words in page for words in (CANARY_WORDS, "Noted canary."))


def test_where_no_other_is_left_a_lead_without_an_interest_decides():
    fourth = Organisation.objects.create(
        name="A fourth", slug="a-fourth", kind=OrganisationKind.ADVICE_PROVIDER
    )
    tied, free, body = advice_lead(), advice_lead(fourth), employer()
    mine = held(adviser(), employer=body)
    for slug in (CUK, LP):
        tie(body, provider(slug))
    assert tie(body) == 1
    mine.refresh_from_db()
    assert (mine.provider, mine.for_leads, mine.route) == (None, True, Why.NOBODY)
    assert Notification.objects.get(kind="enquiry.lead").user == free
    assert list(Enquiry.objects.for_lead(again(free))) == [mine]
    assert not Enquiry.objects.for_lead(again(tied)).exists()


def test_what_no_press_brings_is_found_by_the_job(time_machine):
    """An interest that begins on a day to come; words to an answer of before it."""
    time_machine.move_to("2026-03-02T10:00Z")
    ours, body = adviser(), employer()
    mine, done = held(ours, employer=body), held(ours, employer=body)
    say(answers.reply, done, ours)
    assert tie(body, starts_on=datetime.date(2026, 3, 3)) == 0
    tasks.offer_on()
    mine.refresh_from_db()
    assert mine.adviser == ours
    time_machine.move_to("2026-03-03T10:00Z")
    tasks.offer_on()
    mine.refresh_from_db()
    assert mine.provider != provider()
    done.refresh_from_db()
    with pytest.raises(PermissionDenied):
        queue.reopen(enquiry=done, seen=done.revision, by=again(ours))
    moved = intake.add(enquiry=done, words="And?", once=uuid.uuid4(), by=holder(done))
    assert (moved.status, moved.adviser) == ("queued", None)
    assert not Notification.objects.filter(kind="enquiry.add").exists()
    tasks.offer_on()
    moved.refresh_from_db()
    assert moved.provider != provider()
    assert not [each for each in (mine, moved) if each.exclusions.exists()]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_while_they_reply_and_claim_nothing_of_that_body_stays():
    ours, body = adviser(), employer()
    mine, free = held(ours, employer=body), enquiry(topic=None, employer=body)
    assert free.provider is None
    results = at_once(
        lambda: tie(body),
        lambda: say(answers.reply, mine, ours, words="Yes, you may."),
        lambda: queue.claim(enquiry=free, seen=free.revision, by=again(ours)),
    )
    assert isinstance(results[0], int), results
    assert all(isinstance(each, Enquiry | PermissionDenied | MovedOn) for each in results[1:])
    assert not Enquiry.objects.open().filter(provider=provider()).exists()
    assert not Enquiry.objects.readable_by(again(ours)).exists()
    mine.refresh_from_db()
    replied = isinstance(results[1], Enquiry)
    assert mine.status == ("answered" if replied else "queued")
    assert mine.messages.filter(words="Yes, you may.").exists() == replied
    assert results[0] == (not replied) + isinstance(results[2], Enquiry)
