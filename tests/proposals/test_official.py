"""An employer's official is asked on submission, or once a reviewer has found and checked them."""

import datetime
import re
import uuid

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Nation, Organisation
from activity import clock, delivery
from activity.models import Event, Link, Notification
from activity.workflow import MovedOn
from activity.worktime import ENGLAND_AND_WALES, calendar_for, due_on
from proposals import reference, waiting
from proposals.draft import actions as draft
from proposals.draft.models import Proposal, SchemeVersion, VersionAnswer
from proposals.employer import actions
from proposals.employer.clocks import answer_by
from proposals.employer.models import ASKED, Basis, EmployerInvitation, Ended
from proposals.review import actions as review
from tests.at_once import at_once
from tests.proposals import builders, officials

TWENTY_DAYS = 20


@pytest.fixture
def found(stored, people, staff):
    """A proposal whose employer's record names a contact."""
    return stored(officials.submitted, people, staff)


@pytest.fixture
def to_find(stored, people, staff):
    """A proposal whose employer's record names nobody."""
    return stored(officials.submitted, people, staff, contact=False)


def page_of(proposal):
    return reverse("proposals:employer_case", args=[proposal.reference])


def team_page(client, proposal, people):
    client.force_login(people.viewer)
    return client.get(reverse("proposals:proposal", args=[proposal.reference])).content.decode()


def typed_on(client, page, proposal, name="director", **changes):
    """What a reviewer types into the form as the page drew it."""
    form = client.get(page).context["form"]
    hidden = {name: form[name].value() for name in ("shown", "once")}
    words = {"post": "Director", "checked_how": "Rang the switchboard."}
    return hidden | words | {"address": officials.at(proposal.employer, name)} | changes


def test_the_official_of_the_record_is_asked_by_the_submission_itself(found, people, client):
    asked = officials.live(found)
    assert (asked.post, asked.address) == (officials.POST, found.employer.contact_address)
    assert (asked.basis, asked.asked_by, found.employer_due_on) == ("record", None, asked.due_on)
    days = calendar_for(ENGLAND_AND_WALES)
    assert asked.due_on == due_on(clock.today(), TWENTY_DAYS, [], days)
    [event] = Event.objects.of(found).filter(kind="employer.ask")
    assert (event.actor_kind, event.actor_id) == ("system", "employer")
    assert "Your employer has been asked and has until" in team_page(client, found, people)


def test_the_mail_says_what_is_asked_and_leads_to_the_page(settings, found, client):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Notification.objects.exclude(kind="employer.invite").delete()
    delivery.deliver_waiting()
    [sent] = mail.outbox
    asked = officials.live(found)
    day = f"{asked.due_on.day} {asked.due_on:%B %Y}"
    assert sent.subject == f"Staff have proposed to run a service: answer by {day}"
    assert sent.to == [asked.address]
    assert found.reference not in sent.subject + sent.body
    path = re.search(r"http://[^/]+(/employer/\S+)", sent.body)[1]
    client.post(path, {"open-link": "yes"})
    page = client.get(path)
    assert (
        f"It is with the Cabinet Office. Your answer is due by {asked.due_on:%A} {day}."
        in page.content.decode()
    )
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("same-origin", "no-store")
    assert client.post(path, {"open-link": "yes"}).url == path


@pytest.mark.parametrize(
    ("nation", "due"),
    [
        (Nation.ENGLAND, "2027-04-06"),
        (Nation.WALES, "2027-04-06"),
        # Easter Monday is worked in Scotland, Saint Patrick's day is not in Northern Ireland.
        (Nation.SCOTLAND, "2027-04-05"),
        (Nation.NORTHERN_IRELAND, "2027-04-07"),
    ],
)
def test_the_days_are_working_days_of_where_the_employer_is(scheme, nation, due):
    proposal = Proposal(employer=Organisation(nation=nation), scheme=scheme)
    given = answer_by(proposal, datetime.date(2027, 3, 5))
    assert given == datetime.date.fromisoformat(due)


def test_how_many_days_is_said_by_the_scheme_in_force(scheme):
    SchemeVersion.objects.filter(pk=scheme.pk).update(employer_days=1)
    proposal = Proposal(employer=Organisation(nation=Nation.ENGLAND))
    assert answer_by(proposal, datetime.date(2027, 3, 5)) == datetime.date(2027, 3, 8)


def test_without_a_contact_nobody_is_asked_and_reviewers_have_it_to_do(
    client, to_find, people, staff
):
    assert not EmployerInvitation.objects.exists()
    assert not Notification.objects.filter(kind="employer.invite").exists()
    assert "We are finding the right person at your employer." in team_page(client, to_find, people)
    client.force_login(staff.reviewer)
    case = client.get(reverse("proposals:case", args=[to_find.reference])).content.decode()
    assert "official is still to be found." in case
    work = client.get(reverse("proposals:work"), {"queue": "official"})
    assert [row.pk for row in work.context["page"].rows] == [to_find.pk]
    assert {queue.key: count for queue, count in work.context["queues"]}["official"] == "1"
    assert todo(staff.reviewer) == ["1 case"]
    assert todo(staff.countersigner) == []

    officials.checked(to_find, staff.reviewer)

    assert todo(staff.reviewer) == []
    work = client.get(reverse("proposals:work"), {"queue": "official"})
    assert work.context["page"].rows == []
    assert (
        "An official of the employer is asked and has until"
        in client.get(reverse("proposals:case", args=[to_find.reference])).content.decode()
    )


def todo(person):
    things = waiting.for_anybody(person)
    return [thing.title for thing in things if "official" in getattr(thing, "needed", "")]


def test_a_reviewer_reads_what_the_team_gave_and_asks_whom_they_checked(
    client, to_find, people, staff
):
    version = to_find.versions.latest()
    told = {"section": "employer", "question": "C1_who", "typed": "Jo Marsh, head of people"}
    VersionAnswer.objects.create(version=version, **told)
    client.force_login(staff.reviewer)
    page = page_of(to_find)
    with CaptureQueriesContext(connection) as queries:
        text = client.get(page).content.decode()
    assert len(queries) <= 10
    assert "Jo Marsh, head of people" in text
    assert "None. An administrator or a coordinator enters it." in text

    typed = typed_on(client, page, to_find)
    assert client.post(page, typed).url == page
    assert client.post(page, typed).url == page  # pressed twice

    asked = officials.live(to_find)
    assert (asked.basis, asked.asked_by) == (Basis.CHECKED, staff.reviewer)
    assert asked.checked_how == "Rang the switchboard."
    text = client.get(page).content.decode()
    assert "Waits to be sent" in text
    assert asked.address in text
    assert Notification.objects.filter(kind="employer.invite").count() == 1
    case = client.get(reverse("proposals:case", args=[to_find.reference])).content.decode()
    assert "An official of the employer was asked." in case


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"post": ""}, "Enter their post"),
        ({"address": "a@evil.example"}, "Enter an address of the employer's own, one that ends"),
        ({"checked_how": " \x00"}, "Say how you checked it"),
        ({"shown": "x" * 40}, "This page did not load whole."),
        ({"once": "x"}, "This page did not load whole."),
        ({"post": "x" * 101}, "1 letter too long"),
    ],
)
def test_what_a_reviewer_leaves_out_is_asked_for_and_the_rest_stays(
    client, to_find, staff, changes, words
):
    client.force_login(staff.reviewer)
    page = page_of(to_find)
    answer = client.post(page, typed_on(client, page, to_find, **changes))
    text = answer.content.decode().replace("&#x27;", "'")
    assert words in text
    assert "Rang the switchboard." in text or "checked_how" in changes
    assert not EmployerInvitation.objects.exists()


def test_who_signs_in_with_the_address_is_not_asked_to_answer_to_themselves(
    client, to_find, people, staff
):
    people.editor.email = officials.at(to_find.employer, "director")
    people.editor.save()
    client.force_login(staff.reviewer)
    page = page_of(to_find)
    answer = client.post(page, typed_on(client, page, to_find))
    assert "Somebody in the team signs in with this address." in answer.content.decode()


def test_nobody_is_asked_at_an_employer_whose_domains_nobody_knows(client, to_find, staff):
    Organisation.objects.filter(pk=to_find.employer_id).update(mail_domains=[])
    client.force_login(staff.reviewer)
    page = page_of(to_find)
    answer = client.post(page, typed_on(client, page, to_find)).content.decode()
    assert "Ask an administrator to enter them in its record first." in answer
    assert "Nobody can be asked before" in answer


def test_a_reviewer_replaces_who_is_asked_and_the_clock_runs_on(client, found, staff):
    first = officials.live(found)
    EmployerInvitation.objects.filter(pk=first.pk).update(due_on=datetime.date(2030, 1, 2))
    Proposal.objects.filter(pk=found.pk).update(employer_due_on=datetime.date(2030, 1, 2))
    path = officials.opened(client, first)
    client.force_login(staff.reviewer)
    page = page_of(found)
    again = client.post(page, typed_on(client, page, found, "people"))
    assert "This is the address that is asked now." in again.content.decode()
    path = officials.opened(client, first)

    client.post(page, typed_on(client, page, found))

    first.refresh_from_db()
    assert first.ended_because == Ended.REPLACED
    assert officials.live(found).due_on == datetime.date(2030, 1, 2)
    assert builders.again(found).employer_due_on == datetime.date(2030, 1, 2)
    assert "This link has ended" in client.get(path).content.decode()
    text = client.get(page).content.decode()
    assert "A reviewer replaced them" in text
    second = officials.opened(client, officials.live(found))
    told = client.get(second).content.decode()
    assert "Before you we asked 1 other official of your organisation." in told


def test_a_page_from_before_somebody_else_was_asked_asks_nobody(client, found, staff):
    client.force_login(staff.reviewer)
    page = page_of(found)
    old = typed_on(client, page, found, "late")
    officials.checked(found, staff.reviewer)
    answer = client.post(page, old)
    assert answer.status_code == 409
    assert "Rang the switchboard." in answer.content.decode()
    assert officials.live(found).address == officials.at(found.employer, "director")


def test_nobody_is_asked_once_the_team_has_stopped_it(client, found, people, staff):
    client.force_login(staff.reviewer)
    page = page_of(found)
    old = typed_on(client, page, found)
    builders.withdraw(found, people)
    assert client.post(page, old).status_code == 409
    text = client.get(page).content.decode()
    assert "Ask this official" not in text
    assert "The team stopped the proposal" in text
    assert not EmployerInvitation.objects.live().exists()


def test_only_a_reviewer_of_the_case_asks(to_find, staff):
    with pytest.raises(PermissionDenied):
        officials.checked(to_find, staff.countersigner)


def test_an_official_names_the_right_one_and_the_clock_runs_on(client, found, staff):
    first = officials.live(found)
    path = officials.opened(client, first)
    form = f"{path}hand-on/"
    assert f"by {first.due_on:%A} " in client.get(form).content.decode()
    wrong = {"post": "Chief", "address": "chief@evil.example"}
    refused = client.post(form, wrong).content.decode()
    assert f"@{found.employer.mail_domains[0]}" in refused
    assert "chief@evil.example" in refused
    mine = {"post": "Chief", "address": first.address.upper()}
    assert "This is the address that is asked now." in client.post(form, mine).content.decode()

    right = {"post": "Chief", "address": officials.at(found.employer, "chief")}
    done = client.post(form, right, follow=True)

    assert "We ask the official whom you named" in done.content.decode()
    second = officials.live(found)
    assert (second.post, second.basis, second.due_on) == ("Chief", Basis.NAMED, first.due_on)
    assert client.get(path).status_code == 404
    assert client.post(form, right).status_code == 404
    assert Notification.objects.filter(kind="employer.invite", address=second.address).count() == 1
    [event] = Event.objects.of(found).filter(kind="employer.handed-on")
    assert (event.actor_kind, event.actor_id) == ("link", f"{ASKED}:{first.pk}")
    client.force_login(staff.reviewer)
    text = client.get(page_of(found)).content.decode()
    assert "Named by the official who was asked before" in text
    assert "They named somebody else" in text
    told = client.get(officials.opened(client, second)).content.decode()
    assert "The last of them named you." in told


def test_a_link_that_ran_out_gives_the_page_for_it(client, found):
    path = officials.opened(client, officials.live(found))
    assert client.get(path).status_code == 200
    Link.objects.filter(purpose=ASKED).update(
        created_at="2020-01-01T00:00Z", expires_at="2020-01-02T00:00Z"
    )
    ended = client.get(path)
    assert ended.status_code == 404
    assert "This link has ended" in ended.content.decode()


def test_back_with_its_team_nothing_is_asked_and_the_same_official_is_asked_anew(
    client, to_find, people, staff
):
    officials.checked(to_find, staff.reviewer)
    first = officials.live(to_find)
    path = officials.opened(client, first)
    returned = builders.again(to_find)
    review.return_incomplete(
        proposal=returned, missing="The vote.", seen=returned.revision, by=staff.reviewer
    )
    assert "with the staff again" in client.get(path).content.decode()
    assert "Your employer was asked before this came back" in team_page(client, to_find, people)

    signed = builders.sign_all(builders.ask_to_sign(builders.again(to_find), people))
    draft.submit(proposal=signed, seen=signed.revision, by=people.lead)

    second = officials.live(to_find)
    assert (second.address, second.checked_how) == (first.address, first.checked_how)
    assert second.asked_by == staff.reviewer
    assert "with the staff again" in client.get(path).content.decode()


def test_whoever_may_not_be_asked_any_more_is_to_be_found_anew(to_find, people, staff):
    officials.checked(to_find, staff.reviewer)
    returned = builders.again(to_find)
    review.return_incomplete(
        proposal=returned, missing="The vote.", seen=returned.revision, by=staff.reviewer
    )
    Organisation.objects.update(mail_domains=["elsewhere.example"])
    actions.ask_on_submission(builders.again(to_find))
    assert not EmployerInvitation.objects.live().exists()
    assert builders.again(to_find).employer_due_on is None


def test_stopping_where_nobody_is_asked_is_no_event(to_find, people):
    builders.withdraw(to_find, people)
    assert not Event.objects.filter(kind="employer.stop").exists()


@pytest.mark.parametrize(
    ("settled", "words"),
    [
        ({"sent_at": clock.now()}, "Sent"),
        ({"failed_at": clock.now()}, "It did not arrive."),
        ({"held_at": clock.now(), "held_because": "outside-employer"}, "Held back:"),
    ],
)
def test_a_reviewer_reads_whether_the_mail_has_gone(client, found, staff, settled, words):
    Notification.objects.filter(kind="employer.invite").update(**settled)
    client.force_login(staff.reviewer)
    assert words in client.get(page_of(found)).content.decode()


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"post": ""}, "to_a_post_with_an_address"),
        ({"basis": "checked"}, "checked_by_somebody"),
        ({"basis": "guessed"}, "checked_by_somebody"),
        ({"ended_at": clock.now()}, "ended_with_a_reason"),
        ({}, "one_live_a_proposal"),
    ],
)
def test_the_database_refuses_what_cannot_be(found, columns, constraint):
    values = {
        "post": "Chief",
        "address": "chief@body.example",
        "basis": "record",
        "due_on": clock.today(),
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        EmployerInvitation.objects.create(proposal=found, **values | columns)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_goes_through_and_one_link_is_live():
    reference.load()
    people, staff = builders.team(), builders.officials()
    proposal = officials.submitted(people, staff)
    first = officials.live(proposal)
    by = officials.holder(first)
    named = {"post": "Chief", "address": officials.at(proposal.employer, "chief")}

    [one, other] = at_once(
        lambda: actions.hand_on(invitation=first, by=by, **named),
        lambda: officials.checked(proposal, staff.reviewer, shown=str(first.once)),
    )

    [lost] = [each for each in (one, other) if isinstance(each, Exception)]
    assert isinstance(lost, MovedOn)
    assert EmployerInvitation.objects.live().count() == 1
    assert EmployerInvitation.objects.count() == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_one_official_is_asked_and_told():
    reference.load()
    people, staff = builders.team(), builders.officials()
    proposal = officials.submitted(people, staff, contact=False)
    once = uuid.uuid4()

    def press():
        return officials.checked(proposal, staff.reviewer, shown="", once=once)

    assert len({each.pk for each in at_once(press, press)}) == 1
    assert Notification.objects.filter(kind="employer.invite").count() == 1
