"""Ideas: anybody may leave one, coordinators and the sender read it, mail gives nobody away."""

import datetime
import re

import pytest
from django.urls import reverse

import advice.reference
from accounts.models import Role
from activity import clock
from activity.delivery import subject_line
from activity.models import Event, Notification
from activity.subjects import guard_as, subject_of
from advice.intake.models import Enquiry
from proposals.draft.models import Proposal, Section
from proposals.ideas import actions
from proposals.ideas.actions import From
from proposals.ideas.models import Idea, IdeaCall, Sender
from tests.factories import OrganisationFactory, somebody
from tests.proposals import ideas

pytestmark = pytest.mark.django_db

NEW, SENT, QUEUE, CALLS = "/ideas/new/", "/ideas/sent/", "/ideas/queue/", "/ideas/"
SECRETS = [*ideas.CANARIES.values(), ideas.CANARY_WORDS, "canar"]
NOT_THEIRS = [role for role in Role if role != Role.COORDINATOR]


@pytest.fixture(autouse=True)
def line(stored):
    stored(advice.reference.load)


def text(client, address):
    return client.get(address).content.decode()


def call(**more):
    today = clock.today()
    fields = {"title": "Youth", "words": "Tell us.", "opens_on": today, "closes_on": today}
    return actions.call_edit(call=None, **fields | more, by=ideas.coordinator())


def pages_of(idea):
    names = ("idea", "idea_thank", "idea_take_up", "idea_pass_on")
    return [reverse(f"proposals:{name}", args=[idea.reference]) for name in names]


# Secrecy


@pytest.mark.parametrize("role", NOT_THEIRS)
def test_no_other_role_reads_an_idea_or_knows_that_there_is_one(client, role):
    idea = ideas.idea()
    client.force_login(somebody(role))
    assert not Idea.objects.visible_to(somebody(role)).exists()
    for address in pages_of(idea):
        assert client.get(address).status_code == 404
        assert client.post(address, {"reply": "x", "seen": 0}).status_code in (404, 405)
    assert Idea.objects.get().status == "new"
    assert client.get(QUEUE).status_code == 403


def test_visitors_are_asked_to_sign_in_and_are_told_nothing(client):
    idea = ideas.idea()
    for address in [*pages_of(idea), QUEUE]:
        page = client.get(address)
        assert page.status_code == 302
        assert "/accounts/sign-in/" in page.url


def test_a_canary_sings_to_coordinators_and_its_sender_alone(client):
    call()
    idea = ideas.idea()
    for reader in (None, somebody(), somebody(Role.ADVISER), somebody(Role.ADMINISTRATOR)):
        if reader:
            client.force_login(reader)
        for address in ("/", CALLS, NEW, "/ideas/calls/youth/", "/search/?q=lighthouse", "/start/"):
            words = client.get(address, follow=True).content.decode().lower()
            assert not [secret for secret in SECRETS if secret.lower() in words]
    client.force_login(ideas.coordinator())
    assert ideas.CANARY_WORDS in text(client, pages_of(idea)[0])


def test_anothers_link_reads_nothing_of_it():
    mine, theirs = ideas.idea(), ideas.idea("Something else altogether.")
    assert list(Idea.objects.visible_to(ideas.holder(mine))) == [mine]
    assert theirs not in Idea.objects.visible_to(ideas.holder(mine))


def test_a_link_that_was_mailed_shows_no_words_before_its_code(client):
    idea = ideas.idea()
    address = reverse("proposals:idea_mine", args=[ideas.token(idea, idea.sender.email)])
    client.post(address, {"open-link": ""})
    words = text(client, address)
    assert "we check that it is you" in words
    assert ideas.CANARY_WORDS not in words
    assert client.post(f"{address}on/").status_code == 302


def test_events_and_messages_hold_no_words():
    idea = ideas.idea()
    actions.thank(idea=idea, reply="Canary reply", seen=0, by=ideas.coordinator())
    for row in [*Event.objects.values(), *Notification.objects.values()]:
        kept = str({name: value for name, value in row.items() if name != "address"}).lower()
        assert "canar" not in kept


# Mail


def mail(idea, address):
    (row,) = Notification.objects.filter(kind="idea.receive")
    row.address = address
    return row


def test_no_mail_goes_where_an_employer_reads(client):
    OrganisationFactory(mail_domains=["trust.example"])
    idea = ideas.idea(sender=From(email="me@mail.trust.example"))
    (row,) = Notification.objects.filter(kind="idea.receive")
    assert guard_as("proposals.idea", idea.pk, row) == "employer-domain"
    Idea.objects.update(employer_must_not_know=False)
    assert guard_as("proposals.idea", idea.pk, row) is None


def test_no_mail_goes_to_anybody_but_the_sender():
    idea = ideas.idea()
    assert guard_as("proposals.idea", idea.pk, mail(idea, "x@home.example")) == "not-the-sender"
    assert guard_as("proposals.idea", idea.pk, mail(idea, "CANARY@home.example")) is None


def test_mail_is_quiet_while_the_employer_must_not_know():
    idea = ideas.idea()
    row = mail(idea, idea.sender.email)
    assert subject_of(row).quiet(row, idea)
    assert "idea" in subject_line(row).lower()
    idea.employer_must_not_know = False
    assert not subject_of(row).quiet(row, idea)


@pytest.mark.parametrize(
    ("email", "more", "words"),
    [
        ("me@trust.example", {}, "we write nothing there"),
        ("me@wash.nhs.uk", {}, "tell us that nobody else reads it"),
        ("me@wash.nhs.uk", {"address_is_private": "on"}, None),
        ("me@trust.example", {"employer_may_know": "yes"}, None),
        ("me@home.example", {}, None),
    ],
)
def test_an_address_that_gives_the_sender_away_is_refused_at_the_door(client, email, more, words):
    OrganisationFactory(name="The Trust", mail_domains=["trust.example"])
    page = client.post(NEW, ideas.form(email=email, **more))
    if words is None:
        assert page.status_code == 302
        return
    assert words in page.content.decode().replace("&#x27;", "'")
    assert ideas.CANARY_WORDS in page.content.decode()
    assert not Idea.objects.exists()


# Leaving one


def test_only_the_idea_is_needed_and_its_sender_gets_a_private_link(client):
    page = client.post(NEW, ideas.form())
    assert page.url == SENT
    words = text(client, SENT)
    idea = Idea.objects.get()
    assert re.fullmatch(r"IDEA-\d{4}", idea.reference)
    assert idea.reference in words
    assert "the only way back to your idea" in words
    assert idea.employer_must_not_know
    link = re.search(r'href="(/ideas/mine/[^"]+)"', words)[1]
    assert ideas.CANARY_WORDS in text(client, link)
    assert not Notification.objects.exists()


def test_what_was_left_is_kept_and_confirmed(client):
    client.post(NEW, ideas.form(**ideas.CANARIES))
    sender = Sender.objects.get()
    assert {name: getattr(sender, name) for name in ideas.CANARIES} == ideas.CANARIES
    assert Notification.objects.get().address == ideas.CANARIES["email"]


def test_sent_twice_is_one_and_changed_on_the_way_back_is_another(client):
    form = ideas.form()
    for _ in range(2):
        client.post(NEW, form)
    assert Idea.objects.count() == 1
    client.post(NEW, form | {"words": "Another one."})
    assert Idea.objects.count() == 2


@pytest.mark.parametrize("wrong", [{"website": "x"}, {"began": ""}, {"began": "forged"}])
def test_a_robot_is_slowed_down_and_a_person_presses_once_more(client, wrong):
    page = client.post(NEW, ideas.form(**wrong))
    words = page.content.decode()
    assert "Press the button once more" in words
    assert ideas.CANARY_WORDS in words
    assert not Idea.objects.exists()


@pytest.mark.parametrize("age", [0, 3 * 24 * 3600])
def test_a_form_sent_too_fast_or_too_late_is_asked_for_once_more(client, age):
    assert "once more" in client.post(NEW, ideas.form(age=age)).content.decode()


def test_many_from_one_network_wait_and_lose_nothing(client):
    for n in range(30):
        client.post(NEW, ideas.form(words=f"Idea {n}"))
    page = client.post(NEW, ideas.form(words="Idea 30"))
    assert "Many ideas came from your network" in page.content.decode()
    assert "Idea 30" in page.content.decode()
    assert Idea.objects.count() == 30


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "Write your idea"), ("word " * 301, "Take out 1"), ("x" * 100_000, None)],
)
def test_what_is_too_long_or_missing_says_what_to_do(client, typed, words):
    page = client.post(NEW, ideas.form(words=typed))
    assert (page.status_code == 302) if words is None else (words in page.content.decode())


@pytest.mark.parametrize("typed", ["<b>canary</b>", "a\x00b", "‮turned", "a\r\n\r\nb"])
def test_odd_letters_are_shown_harmlessly(client, typed):
    client.post(NEW, ideas.form(words=typed, name=typed, workplace=typed))
    client.force_login(ideas.coordinator())
    idea = Idea.objects.get()
    for address in (QUEUE, *pages_of(idea)):
        page = client.get(address)
        assert page.status_code == 200
        assert "<b>canary" not in page.content.decode()
        assert "‮" not in page.content.decode()


def test_the_page_after_sending_needs_a_sending(client):
    assert client.get(SENT).url == NEW


# Answering


def test_ideas_that_are_much_alike_stand_together(client):
    first = ideas.idea("Open the youth centres in the evening, when school is out, until nine.")
    ideas.idea("Repair the wheelchairs of ten hospitals in one workshop and use parts again.")
    alike = ideas.idea("Open the youth centres in the evening when school is out, until ten.")
    assert alike.together == first.pk
    client.force_login(ideas.coordinator())
    words = text(client, QUEUE)
    order = re.findall(r"/ideas/(IDEA-\d+)/", words)
    assert order == ["IDEA-0001", "IDEA-0003", "IDEA-0002"]
    assert words.count("much like the one above") == 1
    assert "until ten" in text(client, pages_of(first)[0])


def test_an_idea_is_answered_by_a_reply_that_its_sender_reads(client):
    idea = ideas.idea()
    client.force_login(ideas.coordinator())
    address = pages_of(idea)[1]
    assert "Write what the sender is told" in client.post(address, {"seen": 0}).content.decode()
    assert client.post(address, {"seen": 0, "reply": "Not now, because."}).url == QUEUE
    again = client.post(address, {"seen": 0, "reply": "Twice."})
    assert again.status_code == 409
    assert "Every idea has been answered" in text(client, QUEUE)
    assert idea.reference in text(client, f"{QUEUE}?view=answered")
    client.logout()
    mine = reverse("proposals:idea_mine", args=[ideas.token(idea)])
    client.post(mine, {"open-link": ""})
    assert "Not now, because." in text(client, mine)


@pytest.mark.parametrize("view", ["nonsense", "new", "taken-up", "passed-on"])
def test_a_view_that_is_empty_or_none_is_a_page(client, view):
    client.force_login(ideas.coordinator())
    assert client.get(QUEUE, {"view": view, "after": "forged"}).status_code == 200


def test_a_taken_up_idea_becomes_its_senders_draft_after_sign_in(client):
    idea = ideas.idea()
    mine = reverse("proposals:idea_mine", args=[ideas.token(idea)])
    client.post(mine, {"open-link": ""})
    assert client.post(f"{mine}on/").url == mine
    actions.take_up(idea=idea, reply="Do.", seen=0, by=ideas.coordinator())
    assert "Make it my proposal" in text(client, mine)
    page = client.post(f"{mine}on/")
    assert page.url == reverse("proposals:new")
    assert "/accounts/sign-in/" in client.get(page.url).url
    employer, user = OrganisationFactory(), somebody()
    client.force_login(user)
    words = text(client, page.url)
    assert ideas.CANARY_WORDS in words
    once = re.search(r'name="once" value="([^"]+)"', words)[1]
    typed = {"title": "Lighthouse", "employer": employer.slug, "bring": "on", "once": once}
    client.post(page.url, typed)
    assert Section.objects.get(proposal=Proposal.objects.get()).answers["S5"] == ideas.CANARY_WORDS
    assert list(Proposal.objects.of_team(user)) == [Proposal.objects.get()]


def test_an_idea_that_was_passed_on_leads_its_sender_to_the_question(client):
    idea = ideas.idea()
    actions.pass_on(idea=idea, reply="They know.", seen=0, by=ideas.coordinator())
    mine = reverse("proposals:idea_mine", args=[ideas.token(idea)])
    client.post(mine, {"open-link": ""})
    assert Enquiry.objects.get().reference in text(client, mine)
    question = client.post(f"{mine}on/").url
    client.post(question, {"open-link": ""})
    assert ideas.CANARY_WORDS in text(client, question)


def test_nothing_goes_on_by_looking(client):
    idea = ideas.idea()
    mine = reverse("proposals:idea_mine", args=[ideas.token(idea)])
    client.post(mine, {"open-link": ""})
    assert client.get(f"{mine}on/").url == mine


def test_a_coordinator_finds_what_waits_on_the_start_page(client):
    ideas.idea()
    client.force_login(ideas.coordinator())
    words = text(client, "/start/")
    assert "1 idea" in words
    assert f'href="{QUEUE}"' in words


# Calls


def test_a_call_is_open_until_its_last_day_and_takes_ideas(client):
    call(closes_on=clock.today() + datetime.timedelta(days=1))
    assert "Youth" in text(client, CALLS)
    assert "Send an idea" in text(client, "/ideas/calls/youth/")
    client.post(f"{NEW}?call=youth", ideas.form())
    assert Idea.objects.get().call == IdeaCall.objects.get()


def test_without_a_call_an_idea_can_be_sent_at_any_time(client):
    call(
        opens_on=clock.today() + datetime.timedelta(days=1),
        closes_on=clock.today() + datetime.timedelta(days=2),
    )
    assert "No call is open. You can send an idea at any time." in text(client, CALLS)
    client.post(f"{NEW}?call=youth", ideas.form())
    assert Idea.objects.get().call is None


def day(name, on):
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def test_a_call_is_opened_changed_and_closed_with_what_came_of_it(client):
    client.force_login(ideas.coordinator())
    today = clock.today()
    typed = {"title": "New", "words": "Tell us."} | day("opens_on", today)
    late = day("closes_on", today - datetime.timedelta(days=1))
    refused = client.post("/ideas/calls/new/", typed | late)
    assert "must not be before the first" in refused.content.decode()
    page = client.post("/ideas/calls/new/", typed | day("closes_on", today))
    # "new" is a page of ours already.
    assert page.url == "/ideas/calls/new-2/"
    client.post("/ideas/calls/new-2/edit/", typed | day("closes_on", today) | {"title": "Newer"})
    assert IdeaCall.objects.get().title == "Newer"
    assert (
        "Write what came of it"
        in client.post("/ideas/calls/new-2/close/", {"outcome": ""}).content.decode()
    )
    client.post("/ideas/calls/new-2/close/", {"outcome": "Three proposals began."})
    assert client.post("/ideas/calls/new-2/close/", {"outcome": "Again."}).status_code == 404
    assert client.get("/ideas/calls/new-2/edit/").status_code == 404
    client.logout()
    assert "Three proposals began." in text(client, "/ideas/calls/new-2/")
    assert "Three proposals began." in text(client, CALLS)


@pytest.mark.parametrize("verb", ["edit", "close"])
def test_a_call_is_changed_by_coordinators_alone(client, verb):
    call()
    client.force_login(somebody(Role.ADMINISTRATOR))
    assert client.post(f"/ideas/calls/youth/{verb}/", {"outcome": "x"}).status_code == 403
    assert client.get("/ideas/calls/new/").status_code == 403
    assert client.get("/ideas/calls/nowhere/").status_code == 404


def test_closing_twice_keeps_what_was_said_first():
    by, made = ideas.coordinator(), call()
    actions.call_close(call=made, outcome="First.", by=by)
    assert actions.call_close(call=made, outcome="Second.", by=by).outcome == "First."


def test_the_public_pages_cost_little(client, django_assert_max_num_queries):
    call()
    ideas.idea()
    with django_assert_max_num_queries(4):
        client.get(CALLS)
    with django_assert_max_num_queries(4):
        client.get(NEW)
    with django_assert_max_num_queries(1):
        client.get("/ideas/calls/youth/")
