"""The register of interests: what closes to whom, from when to when, and who is told of it."""

import datetime
import html

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import proposals.reference
from accounts.models import Interest, Role, Tie
from activity import clock, outbox
from activity.dates import PARTS
from activity.models import Event, Notification
from mutuals_portal.interests import actions
from proposals import searching
from proposals.decision.steps import decision_makers
from proposals.draft.models import ConflictDeclaration, Proposal, Status
from proposals.draft.readers import officials
from proposals.review import actions as review
from proposals.review.presence import PLACE
from proposals.telling import guard
from tests.at_once import at_once
from tests.factories import OrganisationFactory, somebody
from tests.proposals import builders
from tests.proposals.test_pages import all_addresses

NOON = datetime.time(12, tzinfo=datetime.UTC)
LIST = reverse("accounts:interests")
DECLARE = reverse("accounts:interest_declare")


@pytest.fixture
def people(stored):
    stored(proposals.reference.load)
    return stored(builders.team)


@pytest.fixture
def staff(stored, people):
    return stored(builders.officials)


@pytest.fixture
def case(stored, people, staff):
    """One that the reviewer has opened, as have two decision makers."""
    return stored(builders.proposal_at, Status.RECOMMENDED, people, staff)


def tied(user, organisation, tie=Tie.WORK, **fields):
    return actions.declare(organisation=organisation, tie=tie, starts_on=None, by=user, **fields)


def day(on, name="ends_on"):
    """A day as its three boxes send it."""
    return {f"{name}-{part}": getattr(on, part) for part in PARTS}


def sees(user, proposal):
    return Proposal.objects.visible_to(user).filter(pk=proposal.pk).exists()


class TestClosing:
    def test_an_interest_closes_every_case_of_the_body_everywhere(self, client, case, staff):
        pages = all_addresses(case)
        tied(staff.reviewer, case.employer)
        client.force_login(staff.reviewer)

        assert {client.get(address).status_code for address in pages} == {404}
        assert case.title not in client.get(reverse("proposals:work")).content.decode()
        assert not sees(staff.reviewer, case)
        found = searching.search(staff.reviewer, case.title)
        assert not [hit for hit in found.hits if case.reference in str(hit)]
        assert not PLACE.open_to(staff.reviewer).exists()
        assert staff.reviewer not in officials(case)

    def test_it_closes_cases_to_come_and_none_of_other_bodies(self, stored, people, staff):
        later = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
        other = builders.proposal_at(Status.SUBMITTED, builders.team(), staff)
        other_body = OrganisationFactory()
        Proposal.objects.filter(pk=other.pk).update(employer=other_body)
        newcomer = somebody(Role.REVIEWER, Role.DECISION_MAKER)
        tied(newcomer, later.employer)

        assert set(Proposal.objects.of_officials(newcomer)) == {other}
        assert newcomer not in decision_makers(later, by=staff.decider)
        assert newcomer in decision_makers(other, by=staff.decider)
        with pytest.raises(PermissionDenied):
            review.declare(proposal=later, is_conflict=False, by=newcomer)

    @pytest.mark.parametrize("steps", [1, 2])
    def test_it_holds_for_what_a_body_became_and_what_it_took_over(self, case, staff, steps):
        first = last = case.employer
        for _ in range(steps):
            before, after = OrganisationFactory(), OrganisationFactory()
            before.successor, last.successor = first, after
            before.save()
            last.save()
            first, last = before, after
        beside = OrganisationFactory(successor=last)
        for body, closes in ((first, True), (last, True), (beside, False)):
            official = somebody(Role.REVIEWER)
            tied(official, body)
            assert sees(official, case) is not closes, body

    def test_it_counts_for_two_years_after_its_end(self, case, staff):
        official = somebody(Role.REVIEWER)
        tied(official, case.employer)
        interest = Interest.objects.get(user=official)
        today = clock.today()
        actions.end(interest=interest, ends_on=today, by=official)
        interest.refresh_from_db()

        for days, closed in ((0, True), (730, True), (731, False)):
            day = today + datetime.timedelta(days=days)
            with time_machine.travel(datetime.datetime.combine(day, NOON)):
                assert sees(official, case) is not closed, days
                assert (interest.counts_until >= clock.today()) is closed

    def test_mail_that_waits_is_not_sent_to_somebody_with_an_interest(self, case, staff):
        outbox.tell("proposal.recommend", case, [staff.decider])
        waiting = Notification.objects.filter(user=staff.decider).latest("created_at")
        assert guard(waiting, case) is None
        tied(staff.decider, case.employer)
        assert guard(waiting, case) == "conflict"


class TestInMidCase:
    def test_they_are_off_the_case_and_what_they_did_stays_with_a_mark(self, client, case, staff):
        review.write_note(proposal=case, **builders.said("Mine."), by=staff.reviewer)
        stopped = tied(staff.reviewer, case.employer)

        assert stopped.cases == [case]
        assert ConflictDeclaration.objects.get(user=staff.reviewer, proposal=case).is_conflict
        assert case.recommendations.get().by == staff.reviewer
        client.force_login(staff.decider)
        page = client.get(reverse("proposals:case", args=[case.reference])).content.decode()
        assert "Mine." in page
        # The note, what they declared first, what they began and what they recommended.
        assert page.count("has since declared a conflict of interest") == 4

    def test_those_who_go_on_are_told_without_a_reason(self, case, staff):
        tied(staff.reviewer, case.employer)
        told = Notification.objects.filter(kind="case.replace")
        going_on = {staff.countersigner, staff.decider, staff.fourth}
        assert {each.user for each in told} == going_on

    def test_where_nobody_goes_on_all_who_may_are_told(self, stored, people, staff):
        case = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
        ConflictDeclaration.objects.exclude(user=staff.reviewer).delete()
        tied(staff.reviewer, case.employer)
        told = {each.user for each in Notification.objects.filter(kind="case.replace")}
        assert told == {staff.countersigner, staff.decider, staff.fourth}

    def test_a_case_that_has_ended_closes_and_nobody_is_told(self, stored, people, staff):
        case = stored(builders.proposal_at, Status.REJECTED, people, staff)
        tied(staff.reviewer, case.employer)
        assert not sees(staff.reviewer, case)
        assert not Notification.objects.filter(kind="case.replace").exists()

    def test_a_step_and_an_interest_at_once_leave_one_state(self, transactional_db):
        proposals.reference.load()
        staff = builders.officials()
        case = builders.proposal_at(Status.SUBMITTED, builders.team(), staff)
        began, stopped = at_once(
            lambda: review.begin(proposal=case, seen=case.revision, by=staff.reviewer),
            lambda: tied(staff.reviewer, case.employer),
        )
        case.refresh_from_db()
        assert stopped.cases == [case]
        refused = isinstance(began, PermissionDenied)
        assert case.status == (Status.SUBMITTED if refused else Status.ASSESSING)
        assert not sees(staff.reviewer, case)
        # Whichever came first, the event of the step stands before that of the conflict.
        kinds = list(Event.objects.of(case).order_by("pk").values_list("kind", flat=True))
        assert kinds[-1] == "case.declare_conflict"


class TestPages:
    @pytest.fixture
    def official(self, client, staff):
        client.force_login(staff.reviewer)
        return staff.reviewer

    def test_nobody_but_officials_and_advisers_has_a_register(self, client, people):
        for who in (people.lead, somebody(Role.MENTOR), somebody(Role.COORDINATOR)):
            client.force_login(who)
            assert {client.get(page).status_code for page in (LIST, DECLARE)} == {403}
        client.logout()
        assert client.get(LIST).status_code == 302

    def test_nobody_reads_or_ends_anothers(self, client, official, staff):
        body = OrganisationFactory(name="Canary body")
        tied(staff.decider, body)
        theirs = Interest.objects.get()
        end = reverse("accounts:interest_end", args=[theirs.key])
        assert "Canary" not in client.get(LIST).content.decode()
        assert client.get(end).status_code == 404
        assert client.post(end, {"ends_on": "1 1 2020"}).status_code == 404
        theirs.refresh_from_db()
        assert theirs.ends_on is None

    def test_an_interest_is_declared_seen_and_ended(self, client, official, case):
        typed = {"body_words": case.employer.name, "tie": "people", "press": "save"}
        found = client.post(DECLARE, typed)
        assert not Interest.objects.exists()
        assert case.employer.slug in found.content.decode()
        page = client.post(DECLARE, typed | {"body": case.employer.slug}, follow=True)
        words = page.content.decode()
        assert "You are off 1 case that you had opened or answered for" in words
        assert "Closed to you" in words
        end = reverse("accounts:interest_end", args=[Interest.objects.get().key])
        today = clock.today()
        words = client.post(end, day(today), follow=True).content.decode()
        assert "Closed to you until" in words
        assert "has ended already" in client.get(end, follow=True).content.decode()

    @pytest.mark.parametrize("body", ["", "not-listed"])
    def test_whoever_searches_is_told_of_no_mistake(self, client, official, case, body):
        typed = {"body_words": case.employer.name, "body": body, "press": "find"}
        page = client.post(DECLARE, typed)
        assert not page.context["form"].errors
        assert case.employer.slug in page.content.decode()

    def test_whoever_ends_one_reads_which(self, client, official, case):
        actions.declare(organisation=case.employer, tie=Tie.WORK, starts_on=None, by=official)
        end = reverse("accounts:interest_end", args=[Interest.objects.get().key])
        asked = f"When did your interest in {case.employer} end?"
        assert asked in html.unescape(client.get(end).content.decode())

    def test_pressed_twice_it_is_declared_once(self, client, official):
        body = OrganisationFactory()
        typed = {"body_words": body.name, "body": body.slug, "tie": "work", "press": "save"}
        for _ in range(2):
            assert client.post(DECLARE, typed).status_code == 302
        assert Interest.objects.count() == 1
        assert Event.objects.filter(kind="interest.declare").count() == 1

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"tie": ""}, "Choose what ties you to it"),
            ({"tie": "x"}, "Choose what ties you to it"),
            ({"body": "not-listed"}, "Search by another name"),
            ({"body": "no-such-body"}, "Choose one of the organisations we found"),
            ({"body_words": "", "body": ""}, "Choose the organisation"),
            (
                {"starts_on-day": "31", "starts_on-month": "4", "starts_on-year": "2020"},
                "does not exist",
            ),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, client, official, changes, said):
        body = OrganisationFactory(name="Harbour <b>trust</b>")
        typed = {"body_words": "Harbour", "body": body.slug, "tie": "work", "press": "save"}
        page = client.post(DECLARE, typed | changes).content.decode()
        assert said in page
        assert "<b>trust" not in page
        assert not Interest.objects.exists()

    def test_it_can_end_neither_later_nor_before_it_began(self, client, official):
        today = clock.today()
        began = today - datetime.timedelta(days=10)
        actions.declare(
            organisation=OrganisationFactory(), tie=Tie.WORK, starts_on=began, by=official
        )
        end = reverse("accounts:interest_end", args=[Interest.objects.get().key])
        for off, said in ((1, "cannot be in the future"), (-11, "enter a later day")):
            page = client.post(end, day(today + datetime.timedelta(days=off)))
            assert said in page.content.decode()
        assert "Enter the last day" in client.post(end, {}).content.decode()
        assert Interest.objects.get().ends_on is None

    def test_the_list_costs_the_same_with_one_and_with_many(self, client, official):
        client.get(LIST)
        counts = []
        for n in (1, 20):
            for _ in range(n):
                tied(official, OrganisationFactory())
            with CaptureQueriesContext(connection) as captured:
                client.get(LIST)
            counts.append(len(captured))
        assert counts[0] == counts[1] <= 6


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({}, "interest_declared_once_while_it_lasts"),
        ({"tie": "bribe"}, "interest_tie_is_known"),
        (
            {"starts_on": datetime.date(2020, 1, 2), "ends_on": datetime.date(2020, 1, 1)},
            "interest_ends_after_it_starts",
        ),
    ],
)
def test_the_database_keeps_one_that_lasts_once_and_its_days_in_order(staff, wrong, constraint):
    fields = {"user": staff.reviewer, "organisation": OrganisationFactory(), "tie": Tie.WORK}
    fields["declared_at"] = clock.now()
    Interest.objects.create(**fields)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Interest.objects.create(**fields | wrong)
