"""The people of an entry: named and taken off by a coordinator, by the address of their account."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Role
from activity import delivery, outbox
from activity.models import Event, Notification
from activity.workflow import MovedOn
from pathfinders.mentoring import actions as mentoring
from pathfinders.register import actions
from pathfinders.register.models import Member, Pathfinder
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db
NOBODY = "Nobody has an account with this address."


@pytest.fixture
def entry(db):
    return factories.entry(published=False)


def address(entry, *more) -> str:
    return "/".join(["/pathfinders", entry.reference, "people", *more, ""])


def removal(member) -> str:
    return address(member.pathfinder, member.key, "remove")


def add(browser, entry, typed):
    return browser.post(address(entry), {"address": typed})


def test_a_private_entrys_people_are_hidden_from_strangers(as_, client, stranger, entry):
    member = factories.join(entry, factories.person())
    for page in (address(entry), removal(member)):
        assert as_(stranger).get(page).status_code == 404
        assert as_(stranger).post(page, {"address": stranger.email}).status_code == 404
        assert client.get(page).url.startswith("/accounts/sign-in/")
    assert list(entry.people) == [member.user]


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.COORDINATOR)])
def test_only_a_coordinator_names_people_and_takes_them_off(as_, role):
    public, other = factories.entry(), factories.person()
    own = factories.person(*([role] if role else []))
    member = factories.join(public, own)
    browser = as_(own)
    for page in (address(public), removal(member)):
        assert browser.get(page).status_code == 403
        assert browser.post(page, {"address": other.email}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.add_person(public, address=other.email, by=own)
    with pytest.raises(PermissionDenied):
        actions.remove_person(member, by=own)
    assert list(public.people) == [own]


def test_whether_an_address_has_an_account_is_told_to_no_one_else(as_, stranger):
    public = factories.entry()
    known, unknown = (
        as_(stranger).post(address(public), {"address": typed})
        for typed in (stranger.email, "nobody@home.example")
    )
    assert (known.status_code, unknown.status_code) == (403, 403)


def test_somebody_with_an_account_is_added_and_sees_the_entry(as_, coordinator, entry):
    nurse = factories.person()
    assert as_(nurse).get(entry.get_absolute_url()).status_code == 404
    reply = as_(coordinator).post(address(entry), {"address": nurse.email.upper()}, follow=True)
    assert f"{nurse.name} belongs to this pathfinder now, and is told." in reply.content.decode()
    assert as_(nurse).get(entry.get_absolute_url()).status_code == 200
    event = Event.objects.of(entry).last()
    assert (event.kind, event.data) == ("pathfinder.add_person", {"person": nurse.pk})
    assert nurse.email not in as_(coordinator).get(address(entry)).content.decode()


def test_then_they_can_be_offered_a_mentor_and_say_yes(as_, coordinator, entry):
    nurse, mentor = factories.person(), factories.mentor()
    browser = as_(coordinator)
    typed = {"seen": 0, "mentor": mentor.slug, "why": "Near."}
    refused = browser.post(f"/pathfinders/{entry.reference}/offer/", typed)
    assert "Name its people first." in refused.content.decode()
    add(browser, entry, nurse.email)
    browser.post(f"/pathfinders/{entry.reference}/offer/", typed)
    offer = entry.mentorships.get()
    assert mentoring.accept(offer, by=nurse, seen=offer.revision).pathfinder_yes_at


@pytest.mark.parametrize(
    ("whom", "sentence"),
    [
        (lambda entry: "nobody@home.example", NOBODY),
        (lambda entry: "", "Enter the address that they sign in with"),
        (lambda entry: "me", "Enter an e-mail address like name@"),
        (lambda entry: "\x00@home.example", "Enter an e-mail address like name@"),
        (lambda entry: f"{'x' * 250}@home.example", "of 254 letters or fewer"),
        (lambda entry: factories.coordinator().email, "coordinates the programme"),
        (lambda entry: factories.join(entry, factories.person()).user.email, "already"),
    ],
    ids=["unknown", "empty", "no-address", "null", "long", "coordinator", "already"],
)
def test_somebody_who_cannot_be_one_of_them_is_refused(as_, coordinator, entry, whom, sentence):
    typed = whom(entry)
    before = Member.objects.count()
    page = add(as_(coordinator), entry, typed)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert typed.replace("\x00", "") in page.content.decode().replace("\x00", "")
    assert Member.objects.count() == before


@pytest.mark.parametrize("spoil", ["closed", "unconfirmed"])
def test_an_account_that_nobody_can_enter_is_no_account(as_, coordinator, entry, spoil):
    nurse = factories.person()
    if spoil == "closed":
        nurse.is_active = False
        nurse.save()
    else:
        nurse.emailaddress_set.update(verified=False)
    assert NOBODY in add(as_(coordinator), entry, nurse.email).content.decode()


def test_nobody_stands_on_both_sides_of_a_mentorship(as_, coordinator):
    offer = factories.offer()
    mentor, _own = factories.sides(offer)
    page = add(as_(coordinator), offer.pathfinder, mentor.email)
    assert "answers for the pathfinder&#x27;s mentor" in page.content.decode()
    assert mentor not in offer.pathfinder.people
    other = factories.entry()
    assert add(as_(coordinator), other, mentor.email).status_code == 302


def test_taken_off_they_see_nothing_and_answer_for_nothing(as_, coordinator):
    offer = factories.offer()
    nurse = factories.sides(offer)[1]
    member = offer.pathfinder.members.get()
    browser = as_(coordinator)
    page = browser.get(removal(member))
    assert "no longer answer for it" in page.content.decode()
    assert list(offer.pathfinder.people) == [nurse]
    reply = browser.post(removal(member), follow=True)
    assert f"{nurse.name} is taken off this pathfinder" in reply.content.decode()
    assert as_(nurse).get(offer.pathfinder.get_absolute_url()).status_code == 404
    assert as_(nurse).get(offer.get_absolute_url()).status_code == 404
    assert not Pathfinder.objects.visible_to(nurse).exists()
    with pytest.raises(PermissionDenied):
        mentoring.accept(type(offer).objects.get(), by=nurse, seen=offer.revision)
    assert Event.objects.of(offer.pathfinder).last().kind == "pathfinder.remove_person"


def test_somebody_who_was_taken_off_may_come_back(as_, coordinator, entry):
    nurse = factories.person()
    first = factories.join(entry, nurse)
    actions.remove_person(first, by=coordinator)
    assert add(as_(coordinator), entry, nurse.email).status_code == 302
    assert list(entry.people) == [nurse]
    assert entry.members.filter(user=nurse).count() == 2


def test_taken_off_twice_the_second_hears_that_it_moved_on(as_, coordinator, entry):
    member = factories.join(entry, factories.person())
    browser = as_(coordinator)
    assert browser.post(removal(member)).status_code == 302
    assert browser.post(removal(member)).status_code == 409
    assert browser.get(removal(member)).status_code == 409
    with pytest.raises(MovedOn):
        actions.remove_person(member, by=coordinator)
    assert Event.objects.filter(kind="pathfinder.remove_person").count() == 1


def test_a_member_of_another_entry_is_not_found_here(as_, coordinator, entry):
    elsewhere = factories.join(factories.entry(), factories.person())
    page = address(entry, elsewhere.key, "remove")
    assert as_(coordinator).post(page).status_code == 404


def test_the_database_keeps_a_person_once_at_a_time(entry):
    nurse = factories.person()
    factories.join(entry, nurse)
    with pytest.raises(IntegrityError, match="member_once_in_a_pathfinder"), transaction.atomic():
        factories.join(entry, nurse)


def test_they_are_told_quietly(coordinator, entry, mailoutbox):
    nurse = factories.person()
    member = actions.add_person(entry, address=nurse.email, by=coordinator)
    actions.remove_person(member, by=coordinator)
    actions.add_person(entry, address=nurse.email, by=coordinator)
    told = Notification.objects.order_by("created_at")
    kinds = ["pathfinder.add_person", "pathfinder.remove_person", "pathfinder.add_person"]
    assert [(row.kind, row.user) for row in told] == [(kind, nurse) for kind in kinds]
    delivery.deliver_waiting()
    assert {mail.subject for mail in mailoutbox} == {"A message is waiting for you"}
    assert len(mailoutbox) == 3
    for mail in mailoutbox:
        assert entry.reference not in mail.body
        assert "athfinder" not in mail.body + mail.from_email
        assert "/inbox/" in mail.body


def test_the_message_to_somebody_taken_off_leads_to_a_page_that_opens(as_, coordinator, entry):
    nurse = factories.person()
    actions.remove_person(factories.join(entry, nurse), by=coordinator)
    message = Notification.objects.get(kind="pathfinder.remove_person")
    reply = as_(nurse).post(f"/inbox/{message.pk}/open/", follow=True)
    assert (reply.status_code, reply.request["PATH_INFO"]) == (200, "/start/")


def test_the_message_to_somebody_who_was_added_leads_to_the_entry(as_, coordinator, entry):
    nurse = factories.person()
    actions.add_person(entry, address=nurse.email, by=coordinator)
    message = Notification.objects.get(kind="pathfinder.add_person")
    reply = as_(nurse).post(f"/inbox/{message.pk}/open/", follow=True)
    assert (reply.status_code, reply.request["PATH_INFO"]) == (200, entry.get_absolute_url())


def test_an_address_without_an_account_is_told_nothing_of_an_entry(entry):
    [message] = outbox.tell("pathfinder.add_person", entry, ["nobody@home.example"])
    delivery.deliver_waiting()
    message.refresh_from_db()
    assert (message.sent_at, message.held_because) == (None, "no-account")


def test_ones_own_private_entry_is_found_from_the_start_page(as_, entry):
    nurse = factories.person()
    page = as_(nurse).get("/start/").content.decode()
    assert "See your pathfinder" not in page
    factories.join(entry, nurse)
    page = as_(nurse).get("/start/").content.decode()
    assert f"See your pathfinder: {entry.name}" in page
    assert entry.get_absolute_url() in page


def test_it_costs_the_same_with_1_and_20_people(
    as_, coordinator, entry, django_assert_max_num_queries, django_assert_num_queries
):
    browser = as_(coordinator)
    factories.join(entry, factories.person())
    with django_assert_max_num_queries(8) as at_one:
        browser.get(address(entry))
    for _ in range(19):
        factories.join(entry, factories.person())
    with django_assert_num_queries(len(at_one)):
        browser.get(address(entry))


def test_whoever_tries_out_addresses_is_stopped(as_, coordinator, entry):
    browser, nurse = as_(coordinator), factories.person()
    for n in range(10):
        page = add(browser, entry, f"nobody{n}@home.example").content.decode()
        assert "Nobody has an account with this address" in page
    stopped = "Too many addresses were refused. Wait 15 minutes, then go on."
    for typed in ("nobody@home.example", nurse.email):
        page = add(browser, entry, typed).content.decode()
        assert stopped in page
        assert "Nobody has an account" not in page
    assert not entry.members.exists()
    assert add(as_(factories.coordinator()), entry, nurse.email).status_code == 302
    assert entry.members.get().user == nurse
