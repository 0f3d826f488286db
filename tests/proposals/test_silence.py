"""An employer's silence goes up: to its department's lead, then to the Cabinet Office, each once."""

import datetime
from functools import partial

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organisation, OrganisationKind, User
from activity import delivery, transactions
from activity.actors import LinkHolder
from activity.models import Event, Notification
from activity.worktime import ENGLAND_AND_WALES, calendar_for
from proposals import reference, tasks
from proposals.decision import actions as decision
from proposals.draft.models import Proposal, SchemeVersion, Status
from proposals.employer import escalating
from proposals.employer.clocks import ladder
from proposals.employer.hearing import has_had_its_time
from proposals.employer.mail import guard, guard_lead
from proposals.employer.models import ESCALATED, EmployerInvitation, Escalation
from proposals.review import actions as review
from tests import held_links
from tests.at_once import at_once
from tests.days import acted_on, at
from tests.factories import OrganisationFactory, somebody
from tests.proposals import builders, officials
from tests.proposals.test_workflow import force

# A Monday. Twenty working days later it is 1 February, eleven more make 16 February.
BEGAN = datetime.date(2027, 1, 4)
LAST, DEPARTMENT, CABINET_OFFICE = (
    datetime.date(2027, 2, 1),
    datetime.date(2027, 2, 2),
    datetime.date(2027, 2, 16),
)
LEAD = "Right to Provide lead"
WHY = {"reply": "why-not", "why": "The trust is being merged until May."}


@pytest.fixture
def moved():
    with time_machine.travel(at(BEGAN), tick=False) as traveller:
        yield traveller


@pytest.fixture
def asked(stored, moved, people, staff):
    return stored(submitted, people, staff)


@pytest.fixture
def escalated(asked, moved):
    """On the day on which the lead is asked."""
    moved.move_to(at(DEPARTMENT))
    escalating.go_through_the_silent()
    return asked


def submitted(people, staff, *, lead=True):
    """Submitted; the contact of its employer is asked, which belongs to a department."""
    found = officials.submitted(people, staff)
    department = OrganisationFactory.create(
        name="Department of Trees",
        kind=OrganisationKind.DEPARTMENT,
        mail_domains=["trees.example"],
        contact_post=LEAD if lead else "",
        contact_address="lead@trees.example" if lead else "",
    )
    Organisation.objects.filter(pk=found.employer_id).update(department=department)
    return builders.again(found)


# The days on which the job did anything.
days = partial(acted_on, escalating.go_through_the_silent)


def live(proposal):
    return Escalation.objects.live().get(proposal=proposal)


def lead(escalation, *, proved=True):
    kind = escalation._meta.label_lower
    return LinkHolder(ESCALATED, kind, escalation.pk, escalation.address, proved)


def opened(client, escalation, *, proved=True):
    """The address of the lead's page, in a browser that has opened its link."""
    return held_links.opened(client, ESCALATED, escalation, escalation.address, proved=proved)


def named(proposal):
    return {"reply": "named", "post": "Chief", "address": officials.at(proposal.employer, "chief")}


def text_of(client, where):
    page = client.get(where)
    assert page.status_code == 200, where
    return page.content.decode().replace("&#x27;", "'")


def page_of(name, proposal):
    return reverse(f"proposals:{name}", args=[proposal.reference])


class TestTheDays:
    def test_silence_goes_up_on_two_days_once_each_in_office_hours(self, moved, asked, staff):
        end = CABINET_OFFICE + datetime.timedelta(10)
        assert days(moved, LAST, end, (7, 10, 11, 19)) == [DEPARTMENT, CABINET_OFFICE]
        told = Notification.objects.filter(kind="employer.escalate")
        assert [each.address for each in told] == ["lead@trees.example"]
        told = Notification.objects.filter(kind="case.employer_silent")
        assert {each.user for each in told} == {staff.reviewer, staff.countersigner}
        kinds = ("employer.escalate", "employer.pass_on")
        events = Event.objects.of(asked).filter(kind__in=kinds)
        assert [(each.kind, each.actor_id) for each in events] == [
            (kind, "escalating") for kind in kinds
        ]

    def test_the_days_are_data_of_the_scheme_and_of_the_employers_nation(self, moved, asked):
        SchemeVersion.objects.update(employer_department_days=22, employer_cabinet_office_days=24)
        Organisation.objects.filter(pk=asked.employer_id).update(nation="northern-ireland")
        proposal = Proposal.objects.filter(pk=asked.pk)
        proposal.update(employer_due_on=datetime.date(2027, 3, 15))
        # Saint Patrick's day is not worked there.
        assert days(moved, datetime.date(2027, 3, 16), datetime.date(2027, 3, 31)) == [
            datetime.date(2027, 3, 18),
            datetime.date(2027, 3, 22),
        ]

    def test_they_are_counted_without_holidays(self):
        # Good Friday and Easter Monday lie between.
        found = ladder(datetime.date(2027, 3, 25), SchemeVersion(), calendar_for(ENGLAND_AND_WALES))
        assert found.department_on == datetime.date(2027, 3, 30)
        assert found.cabinet_office_on == datetime.date(2027, 4, 13)

    def test_what_came_due_while_no_worker_ran_is_done_at_once(self, moved, asked):
        assert days(moved, CABINET_OFFICE, CABINET_OFFICE) == [CABINET_OFFICE]
        assert live(asked).post == LEAD
        assert live(asked).passed_on_at
        assert days(moved, CABINET_OFFICE, CABINET_OFFICE + datetime.timedelta(5)) == []

    def test_a_department_that_names_nobody_is_passed_over_on_its_day(
        self, client, moved, asked, people, staff
    ):
        Organisation.objects.filter(name="Department of Trees").update(
            contact_post="", contact_address=""
        )
        assert days(moved, LAST, CABINET_OFFICE) == [DEPARTMENT]
        assert not Notification.objects.filter(kind="employer.escalate").exists()
        client.force_login(staff.reviewer)
        page = text_of(client, page_of("employer_case", asked))
        assert "names no contact who can be asked. It came to the Cabinet Office at once." in page
        client.force_login(people.viewer)
        assert "the Cabinet Office has taken it up on 2 February 2027" in text_of(
            client, page_of("proposal", asked)
        )

    @pytest.mark.parametrize("department", [False, True])
    def test_nobody_in_the_team_is_asked_and_no_department_is_no_hindrance(
        self, moved, asked, people, department
    ):
        User.objects.filter(pk=people.editor.pk).update(email="Lead@trees.example")
        if not department:
            Organisation.objects.filter(pk=asked.employer_id).update(department=None)
        assert days(moved, DEPARTMENT, DEPARTMENT) == [DEPARTMENT]
        assert (live(asked).post, bool(live(asked).department)) == ("", department)
        assert live(asked).passed_on_at

    def test_where_nobody_reads_the_case_every_reviewer_is_told(self, moved, asked, staff):
        asked.declarations.all().delete()
        days(moved, DEPARTMENT, CABINET_OFFICE)
        told = Notification.objects.filter(kind="case.employer_silent")
        assert {each.user for each in told} == {staff.reviewer}

    def test_the_timetable_runs_it_with_the_reminders(self, moved, asked):
        moved.move_to(at(DEPARTMENT))
        tasks.go_through_the_asked()
        assert live(asked).post == LEAD


class TestNothingIsDone:
    def test_once_the_employer_has_answered(self, moved, asked):
        officials.answered(asked)
        assert days(moved, LAST, CABINET_OFFICE) == []

    def test_before_anybody_is_asked(self, stored, moved, people, staff):
        stored(officials.submitted, people, staff, contact=False)
        assert days(moved, LAST, CABINET_OFFICE) == []

    @pytest.mark.parametrize("how", ["withdrawn", "returned"])
    def test_once_the_team_has_it_or_has_stopped_it(
        self, client, settings, moved, escalated, people, staff, how
    ):
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        ended = live(escalated)
        if how == "withdrawn":
            builders.withdraw(escalated, people)
        else:
            review.return_incomplete(
                proposal=escalated, missing="x", seen=escalated.revision, by=staff.reviewer
            )
        assert days(moved, DEPARTMENT, CABINET_OFFICE) == []
        delivery.deliver_waiting()
        told = Notification.objects.get(kind="employer.escalate")
        assert told.held_because == "silence-over"
        path = opened(client, ended)
        page = text_of(client, path)
        said = {"withdrawn": "was stopped", "returned": "is with the staff again"}[how]
        assert said in page
        assert escalated.title not in page
        assert client.post(path, WHY).status_code == 409
        ended.refresh_from_db()
        assert (ended.ended_because, ended.reply) == (how, "")

    @pytest.mark.parametrize(
        ("status", "said"), [(Status.LAPSED, "set aside"), (Status.APPROVED, "There is a decision")]
    )
    def test_when_officials_have_it_no_longer(self, client, moved, escalated, status, said):
        force(escalated, status)
        assert days(moved, DEPARTMENT, CABINET_OFFICE) == []
        assert said in text_of(client, opened(client, live(escalated)))

    def test_a_new_version_that_nobody_was_asked_about_is_no_silence(
        self, moved, asked, people, staff
    ):
        officials.answered(asked)
        review.begin(proposal=asked, seen=asked.revision, by=staff.reviewer)
        begun = builders.again(asked)
        again = builders.resubmit(builders.ask_changes(begun, staff), people)
        assert days(moved, LAST, CABINET_OFFICE) == []
        officials.checked(again, staff.reviewer)
        assert days(moved, CABINET_OFFICE, CABINET_OFFICE + datetime.timedelta(40)) != []


class TestTheLead:
    def test_the_mail_says_what_is_asked_and_leads_to_a_page_behind_a_code(
        self, settings, client, escalated
    ):
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        Notification.objects.exclude(kind="employer.escalate").delete()
        delivery.deliver_waiting()
        [sent] = mail.outbox
        assert (sent.subject, sent.to) == (
            "An employer has not answered",
            ["lead@trees.example"],
        )
        for secret in (escalated.reference, escalated.title, escalated.employer.name, "Person"):
            assert secret not in sent.subject + sent.body
        path = opened(client, live(escalated), proved=False)
        assert client.get(path).url.startswith("/link/")
        assert client.post(path, WHY).status_code == 403
        assert live(escalated).reply == ""

    def test_they_read_who_was_silent_for_how_long_and_no_name(self, client, moved, escalated):
        moved.move_to(at(DEPARTMENT + datetime.timedelta(2)))
        page = text_of(client, opened(client, live(escalated)))
        for said in (
            f"{officials.POST}, on 4 January 2027",
            "1 February 2027",
            "That is 3 working days ago.",
            "the Cabinet Office takes it up on 16 February 2027",
            escalated.title,
            "Department of Trees",
            "has 10 working days from when you reply",
        ):
            assert said in page, said
        assert officials.live(escalated).address not in page
        assert "Person" not in page

    def test_they_name_an_official_who_has_days_of_their_own(
        self, client, moved, escalated, people, staff
    ):
        first = officials.live(escalated)
        link = officials.opened(client, first)
        path = opened(client, live(escalated))
        assert client.post(path, named(escalated)).url == path
        assert "We have asked the official whom you named." in text_of(client, path)
        asked = officials.live(escalated)
        assert (asked.post, asked.basis) == ("Chief", "department")
        assert asked.due_on == CABINET_OFFICE
        assert "This link has ended" in client.get(link).content.decode()
        # The days of the employer do not begin again: it can be recommended on.
        again = builders.again(escalated)
        assert again.employer_due_on == LAST
        assert has_had_its_time(again)
        assert "the lead of its department named you" in text_of(
            client, officials.opened(client, asked)
        )
        # The Cabinet Office waits for them, and then no longer.
        end = CABINET_OFFICE + datetime.timedelta(5)
        assert days(moved, DEPARTMENT, end) == [CABINET_OFFICE + datetime.timedelta(1)]
        client.force_login(staff.reviewer)
        case = text_of(client, page_of("employer_case", escalated))
        assert "Named by the lead of its department" in case
        assert "It named an official of the employer" in case
        client.force_login(people.lead)
        team = text_of(client, page_of("proposal", escalated))
        assert "The department has replied." in team
        assert "Chief" not in team

    def test_they_answer_themselves_on_the_pages_of_an_official(self, client, moved, escalated):
        path = opened(client, live(escalated))
        official = client.post(path, {"reply": "answers"}).url
        assert official.startswith("/employer/")
        page = text_of(client, official)
        assert "as the lead of its department" in page
        assert escalated.title in page
        officials.typed(client, official, officials.facts(), officials.ACCEPTANCE)
        check = f"{official}answers/"
        assert client.post(check, officials.marks(client, check)).url == f"{official}sent/"
        assert builders.again(escalated).employer_answered_at
        ended = Escalation.objects.get()
        assert (ended.reply, ended.ended_because) == ("answers", "answered")
        assert "The employer has answered" in text_of(client, path)
        assert days(moved, DEPARTMENT, CABINET_OFFICE) == []

    def test_mail_to_them_as_the_official_goes_to_their_department_alone(self, settings, escalated):
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        escalating.reply(escalation=live(escalated), reply="answers", by=lead(live(escalated)))
        Notification.objects.exclude(kind="employer.invite").delete()
        delivery.deliver_waiting()
        assert [sent.to for sent in mail.outbox] == [["lead@trees.example"]]
        Organisation.objects.filter(name="Department of Trees").update(mail_domains=[])
        told = Notification.objects.get(address="lead@trees.example")
        assert guard(told, officials.live(escalated)) == "outside-employer"

    def test_they_say_why_nobody_answers_and_officials_read_it(
        self, client, escalated, people, staff
    ):
        path = opened(client, live(escalated))
        client.post(path, WHY)
        assert WHY["why"] in text_of(client, path)
        told = Notification.objects.filter(kind="case.department_reply")
        assert {each.user for each in told} == {staff.reviewer, staff.countersigner}
        client.force_login(staff.reviewer)
        assert WHY["why"] in text_of(client, page_of("employer_case", escalated))
        client.force_login(people.lead)
        team = text_of(client, page_of("proposal", escalated))
        assert "Its department was asked on 2 February 2027 and has replied." in team
        assert "merged" not in team

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({}, "Choose who answers, or that nobody will"),
            ({"reply": "x"}, "Choose who answers, or that nobody will"),
            ({"reply": "named"}, "Enter their post"),
            ({"reply": "named", "post": "Chief"}, "Enter their e-mail address at work"),
            ({"reply": "named", "post": "C", "address": "c@trees.example"}, "address of the empl"),
            ({"reply": "why-not", "post": "Chief"}, "Say why nobody will answer"),
            ({"reply": "why-not", "why": "a " * 301}, "Take out 1"),
        ],
    )
    def test_what_is_missing_is_said_in_words(self, client, escalated, typed, said):
        path = opened(client, live(escalated))
        page = client.post(path, typed)
        assert page.status_code == 200
        assert said in page.content.decode()
        assert live(escalated).reply == ""

    def test_the_official_who_was_silent_is_not_named_again(self, client, escalated):
        path = opened(client, live(escalated))
        typed = named(escalated) | {"address": officials.live(escalated).address}
        page = client.post(path, typed).content.decode()
        assert "This is the address that is asked now." in page

    def test_a_reply_stands_and_pressed_twice_happens_once(self, client, escalated):
        path = opened(client, live(escalated))
        client.post(path, WHY)
        for typed in (WHY, named(escalated), {"reply": "x"}):
            late = client.post(path, typed)
            assert late.status_code == 409
        assert client.post(path, {"open-link": "yes"}).url == path
        assert live(escalated).reply == "why-not"
        assert EmployerInvitation.objects.count() == 1

    def test_who_holds_another_link_or_has_proved_nothing_replies_nothing(self, escalated):
        found = live(escalated)
        other = Escalation(pk=found.pk + 1, address=found.address)
        strangers = (
            lead(found, proved=False),
            lead(other),
            LinkHolder("proposals.employer", "proposals.escalation", found.pk, found.address, True),
            LinkHolder(ESCALATED, "proposals.proposal", found.pk, found.address, True),
        )
        for stranger in strangers:
            with pytest.raises(PermissionDenied):
                escalating.reply(escalation=found, **WHY, by=stranger)
        assert not Escalation.objects.visible_to(somebody()).exists()
        typed = {"reply": "named", "post": "C", "address": "c@evil.example"}
        with pytest.raises(PermissionDenied):
            escalating.reply(escalation=found, **typed, by=lead(found))

    def test_every_page_asks_few_questions_of_the_database(self, client, escalated, people, staff):
        path = opened(client, live(escalated))
        pages = [(None, path, 8), (people.lead, page_of("proposal", escalated), 11)]
        pages += [(staff.reviewer, page_of("employer_case", escalated), 12)]
        pages += [(staff.reviewer, page_of("case", escalated), 12)]
        for who, where, most in pages:
            if who:
                client.force_login(who)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(where).status_code == 200
            assert len(queries) <= most, where


class TestAReviewer:
    def test_takes_it_up_before_the_day_once(self, client, asked, people, staff):
        client.force_login(staff.reviewer)
        page = page_of("escalate", asked)
        assert page in text_of(client, page_of("employer_case", asked))
        assert f"We ask {LEAD}, Department of Trees" in text_of(client, page)
        for _time in range(2):
            assert client.post(page).url == page_of("employer_case", asked)
        assert live(asked).by == staff.reviewer
        assert Notification.objects.filter(kind="employer.escalate").count() == 1
        assert client.get(page).status_code == 409
        assert page not in text_of(client, page_of("employer_case", asked))
        # The employer's own day is not over for that.
        assert not has_had_its_time(builders.again(asked))
        client.force_login(people.viewer)
        assert "The department of your employer was asked" in text_of(
            client, page_of("proposal", asked)
        )

    @pytest.mark.parametrize(("named", "said"), [(True, "no contact"), (False, "no department")])
    def test_is_told_first_where_nobody_can_be_asked(self, client, asked, staff, named, said):
        Organisation.objects.update(contact_post="", contact_address="")
        if not named:
            Organisation.objects.filter(pk=asked.employer_id).update(department=None)
        client.force_login(staff.reviewer)
        assert said in text_of(client, page_of("escalate", asked))
        after = client.post(page_of("escalate", asked), follow=True)
        assert "so it is in your queue now." in after.content.decode()

    def test_alone_can(self, client, asked, people, staff):
        page = page_of("escalate", asked)
        client.force_login(staff.countersigner)
        assert client.post(page).status_code == 403
        for who in (people.lead, somebody(), somebody("coordinator")):
            client.force_login(who)
            assert client.post(page).status_code == 404
        with pytest.raises(PermissionDenied):
            escalating.start(proposal=asked, by=staff.countersigner)
        assert not Escalation.objects.exists()

    def test_cannot_once_it_is_answered_or_before_anybody_is_asked(self, client, asked, staff):
        officials.answered(asked)
        client.force_login(staff.reviewer)
        page = page_of("escalate", asked)
        assert client.get(page).status_code == 409
        assert client.post(page).status_code == 409

    def test_finds_who_is_silent_in_a_queue(self, client, moved, asked, staff):
        where = f"{reverse('proposals:work')}?queue=silent"
        days(moved, LAST, DEPARTMENT)
        client.force_login(staff.reviewer)
        assert client.get(where).context["page"].rows == []
        days(moved, DEPARTMENT, CABINET_OFFICE)
        client.force_login(staff.reviewer)
        found = client.get(where)
        assert [row.pk for row in found.context["page"].rows] == [asked.pk]
        assert {each.key: n for each, n in found.context["queues"]}["silent"] == "1"
        officials.answered(asked)
        assert client.get(where).context["page"].rows == []


class TestTheTeam:
    def test_reads_each_step_as_it_happens_by_state_alone(self, client, moved, asked, people):
        def read():
            client.force_login(people.viewer)
            return text_of(client, page_of("proposal", asked))

        moved.move_to(at(LAST))
        tasks.go_through_the_asked()
        page = read()
        assert "Your employer was reminded." in page
        assert "has until 1 February 2027" in page
        moved.move_to(at(LAST) + datetime.timedelta(hours=20))
        page = read()
        assert "Your employer has not answered. On 2 February 2027 it goes to the lead of" in page
        days(moved, DEPARTMENT, DEPARTMENT)
        page = read()
        assert "On 16 February 2027 the Cabinet Office takes it up." in page
        assert "Not answering cannot stop your proposal." in page
        days(moved, CABINET_OFFICE, CABINET_OFFICE)
        page = read()
        assert "the Cabinet Office has taken it up on 16 February 2027." in page
        assert "The Cabinet Office took up that your employer has not answered." in page
        for secret in (LEAD, "trees.example", officials.POST, "Department of Trees"):
            assert secret not in page


CANARIES = ("Canary", "Ngozi", "Adeyemi", "Reyes", "2,400,000", "81.5", "home.example", "draft")


class TestSecrecy:
    def test_nothing_of_the_team_or_the_reviewers_reaches_the_department(
        self, settings, client, moved, asked, people, staff
    ):
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        for who in (*vars(people).values(), *vars(staff).values()):
            User.objects.filter(pk=who.pk).update(name=f"Canary {who.pk}")
        review.write_note(proposal=asked, **builders.said("Canary note"), by=staff.reviewer)
        review.write_to_team(proposal=asked, **builders.said("Canary"), by=staff.reviewer)
        client.force_login(staff.reviewer)
        client.post(page_of("escalate", asked))
        reader, found = Client(), live(asked)
        path = opened(reader, found)
        texts = [text_of(reader, path)]
        reader.post(path, {"reply": "named"})
        Notification.objects.exclude(kind="employer.escalate").delete()
        delivery.deliver_waiting()
        texts += [f"{sent.subject}{sent.body}" for sent in mail.outbox]
        reader.post(path, WHY)
        texts.append(text_of(reader, path))
        for text in texts:
            assert [each for each in CANARIES if each in text] == []

    def test_an_inside_step_changes_nothing_of_the_leads_page(self, client, escalated, staff):
        path = opened(client, live(escalated))
        before = text_of(client, path)
        review.begin(proposal=escalated, seen=escalated.revision, by=staff.reviewer)
        decided = builders.answer_gates(escalated, staff.reviewer)
        decision.recommend(
            proposal=decided,
            outcome="approved",
            good="x",
            heard="silent",
            seen=decided.revision,
            by=staff.reviewer,
        )
        assert without_csrf(text_of(client, path)) == without_csrf(before)

    def test_mail_to_anybody_but_the_lead_at_the_department_is_held(self, escalated):
        told, found = Notification.objects.get(kind="employer.escalate"), live(escalated)
        assert guard_lead(told, found) is None
        Organisation.objects.filter(name="Department of Trees").update(mail_domains=["x.example"])
        assert guard_lead(told, live(escalated)) == "outside-department"
        told.address = "canary@home.example"
        assert guard_lead(told, found) == "not-the-lead"
        told.address = found.address
        escalating.reply(escalation=found, **WHY, by=lead(found))
        assert guard_lead(told, live(escalated)) == "replied"

    def test_events_hold_no_address_and_no_words(self, escalated):
        escalating.reply(escalation=live(escalated), **named(escalated), by=lead(live(escalated)))
        for event in Event.objects.filter(kind__startswith="employer."):
            assert "@" not in f"{event.data}{event.actor_id}"
            assert "Chief" not in str(event.data)

    def test_what_a_lead_types_is_shown_harmlessly(self, client, escalated, staff):
        typed = {"reply": "why-not", "why": "<i>Canary</i>"}
        path = opened(client, live(escalated))
        client.post(path, typed)
        client.force_login(staff.reviewer)
        for where in (path, page_of("employer_case", escalated)):
            assert "<i>Canary" not in client.get(where).content.decode()


def without_csrf(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


class TestTheDatabase:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"post": "", "passed_on_at": None},
            {"reply": "why-not"},
            {"reply": "named", "why": "x"},
            {"ended_because": "answered"},
        ],
    )
    def test_keeps_no_escalation_that_says_two_things(self, escalated, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            Escalation.objects.filter(proposal=escalated).update(**wrong)

    def test_keeps_one_live_escalation_of_a_proposal(self, escalated):
        found = live(escalated)
        found.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            found.save(force_insert=True)


@pytest.fixture
def alone(moved, transactional_db):
    """A case of its own, committed, on the day on which the lead is asked."""
    reference.load()
    found = submitted(builders.team(), builders.officials())
    officials.fill(officials.live(found), officials.facts(), officials.ACCEPTANCE)
    moved.move_to(at(DEPARTMENT))
    return found


@pytest.mark.slow
class TestAtTheSameMinute:
    def test_answered_and_escalated_is_one_state(self, alone):
        """Whichever is first: the answer is there, and nothing is asked of the department any longer."""
        asked = officials.live(alone)
        done, sent = at_once(lambda: escalating.escalate(alone), lambda: officials.send(asked))
        assert sent.invitation == asked
        assert not Escalation.objects.live().exists()
        assert Escalation.objects.count() == int(done)
        assert builders.again(alone).employer_answered_at == sent.sent_at
        held = Escalation.objects.filter(ended_because="answered")
        assert held.count() == Escalation.objects.count()
        assert not escalating.escalate(alone)

    def test_of_an_answer_and_a_lead_who_names_another_the_loser_gets_a_clear_page(self, alone):
        escalating.escalate(alone)
        official, department = Client(), Client()
        asked, found = officials.live(alone), live(alone)
        check = f"{officials.opened(official, asked)}answers/"
        path = opened(department, found)
        typed = officials.marks(official, check)
        sent, replied = at_once(
            lambda: official.post(check, typed), lambda: department.post(path, named(alone))
        )
        answered = builders.again(alone).employer_answered_at is not None
        assert (sent.status_code, replied.status_code) == ((302, 409) if answered else (409, 302))
        late = replied if answered else sent
        assert "Somebody has already moved this on" in late.content.decode()
        assert "Nothing that you did was applied." in late.content.decode()
        assert EmployerInvitation.objects.live().count() == 1
        assert officials.live(alone).post == (officials.POST if answered else "Chief")
        if answered:
            assert "Chief" in late.content.decode()
            assert "The employer has answered" in text_of(department, path)

    def test_one_that_is_held_by_somebody_is_taken_up_the_next_time(self, alone, monkeypatch):
        monkeypatch.setattr(transactions, "LOCK_WAIT", "100ms")
        with transaction.atomic():
            Proposal.objects.select_for_update().get(pk=alone.pk)
            assert at_once(escalating.go_through_the_silent) == [0]
        assert escalating.go_through_the_silent() == 1

    def test_two_workers_and_a_reviewer_ask_the_department_once(self, alone):
        reviewer = alone.declarations.first().user
        found = at_once(
            lambda: escalating.escalate(alone),
            lambda: escalating.escalate(alone),
            lambda: escalating.start(proposal=alone, by=reviewer),
        )
        assert not [each for each in found if isinstance(each, Exception)]
        assert Notification.objects.filter(kind="employer.escalate").count() == 1
