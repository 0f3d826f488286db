"""The page that everybody lands on."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import proposals.reference
from accounts.examples import address
from accounts.models import Role, User
from activity import clock, outbox
from activity.models import Event, Notification
from proposals.draft.models import Member, MemberRole, Proposal, Status
from proposals.review.actions import declare
from tests.factories import OrganisationFactory, UserFactory, somebody
from tests.proposals import builders


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/start/").url.startswith("/accounts/sign-in/")


@pytest.mark.django_db
def test_somebody_new_is_told_what_they_can_begin(client):
    client.force_login(UserFactory(name="Amira Cole"))
    page = client.get("/start/").content.decode()
    assert "What waits for you, Amira" in page
    assert "Nothing waits for you." in page
    assert 'href="/proposals/new/"' in page


def tiles_of(client) -> dict[str, str]:
    return {tile.counts: str(tile.number) for tile in client.get("/start/").context["tiles"]}


@pytest.fixture
def case(stored):
    stored(proposals.reference.load)
    found = builders.proposal_at(
        Status.RECOMMENDED, stored(builders.team), stored(builders.officials)
    )
    Proposal.objects.update(employer_due_on=clock.today())
    return found


@pytest.mark.django_db
def test_a_case_in_conflict_is_not_even_counted(client, case):
    reviewer = somebody(Role.REVIEWER)
    client.force_login(reviewer)
    assert tiles_of(client) == {"wait for you": "0", "waits for others": "1"}
    declare(proposal=case, is_conflict=True, by=reviewer)
    assert tiles_of(client) == {"wait for you": "0"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.ADVISER, Role.MENTOR, Role.COORDINATOR, Role.OBSERVER])
def test_others_are_told_of_no_case(client, case, role):
    client.force_login(somebody(role))
    assert "waits for others" not in tiles_of(client)


@pytest.mark.django_db
def test_a_team_reads_of_its_case_nothing_but_that_it_is_with_others(client, case):
    client.force_login(Member.objects.get(role=MemberRole.LEAD).user)
    page = client.get("/start/").content.decode()
    assert tiles_of(client)["waits for others"] == "1"
    assert "the Cabinet Office 1" in page
    for inside in ("decision makers", "reviewers", "Recommended"):
        assert inside not in page


@pytest.mark.django_db
def test_what_is_new_is_the_newest_of_what_is_unread(client):
    user = UserFactory()
    client.force_login(user)
    assert "Nothing that you have not read." in client.get("/start/").content.decode()
    for _ in range(6):
        outbox.tell("account.password_changed", user, [user])
    Notification.objects.filter(pk=Notification.objects.latest("created_at").pk).update(
        read_at=clock.now()
    )
    page = client.get("/start/")
    unread = Notification.objects.unread().order_by("-created_at", "-pk")
    assert [each.message for each in page.context["news"]] == list(unread[:4])
    assert page.context["portal"].unread == 5
    outbox.tell("account.password_changed", UserFactory(), [UserFactory()])
    assert client.get("/start/").context["portal"].unread == 5


@pytest.mark.django_db
def test_an_empty_desk_says_what_was_done_last_and_of_no_record(client, case):
    reviewer = Event.objects.filter(kind="proposal.recommend").get()
    client.force_login(User.objects.get(pk=reviewer.actor_id))
    page = client.get("/start/")
    assert page.context["last_done"].startswith("Last done: “Recommend”, on ")
    assert case.reference not in page.context["last_done"]


@pytest.mark.django_db
def test_what_is_late_is_told_first_and_by_how_much(client, case):
    Proposal.objects.update(due_on=clock.today() - datetime.timedelta(days=2))
    client.force_login(somebody(Role.DECISION_MAKER))
    page = client.get("/start/")
    assert [tile.kind for tile in page.context["tiles"]] == ["bad", ""]
    assert "the oldest by 2 days" in page.content.decode()
    assert "2 days late" in page.content.decode()


# What the example records leave to each of the example people.
WAITS = {
    "lead": ["Read this text and sign it", "Go on writing", "Read the letter"],
    "reviewer": ["Say whether you have a conflict"],
    "decision_maker": ["Countersign, or send back", "Release the letter"],
    "coordinator": ["Publish it when its facts are right"],
    "mentor": ["Answer the offer of a mentor"],
    "adviser": ["Take the next enquiry"],
}


@pytest.mark.slow
def test_each_person_lands_on_what_waits_for_them(examples, client):
    missing = {}
    for person, words in WAITS.items():
        client.force_login(User.objects.get(email=address(person)))
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/start/").content.decode()
        assert len(queries) <= 8, person
        if absent := [each for each in words if each not in page]:
            missing[person] = absent
    assert missing == {}


@pytest.mark.django_db
def test_who_keeps_the_register_is_told_of_names_and_of_messages_that_did_not_arrive(client):
    keeper = somebody(Role.ADMINISTRATOR)
    client.force_login(keeper)
    page = client.get("/start/").content.decode()
    assert "Nothing waits for you." in page
    assert 'href="/organisations/new/"' in page
    OrganisationFactory(is_awaited=True)
    outbox.tell("account.password_changed", keeper, [keeper])
    Notification.objects.update(failed_at=clock.now(), failure="No such mailbox")
    page = client.get("/start/").content.decode()
    assert 'href="/organisations/awaited/">1 name awaits adding</a>' in page
    assert 'href="/activity/outbox/">1 message was not delivered</a>' in page


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADVISER, Role.MENTOR, Role.OBSERVER])
def test_others_are_told_of_neither(client, role):
    OrganisationFactory(is_awaited=True)
    client.force_login(somebody(role))
    assert "awaits adding" not in client.get("/start/").content.decode()
