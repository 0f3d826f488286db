"""Many cases for one reviewer: who may, what is left out and why, and that it happens once."""

import datetime
import re
import uuid

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Interest, Role, Tie
from accounts.people import holders
from activity import clock, delivery
from activity.models import Event, Notification
from mutuals_portal.interests import actions as interests
from proposals import reference
from proposals.draft import readers
from proposals.draft.models import ConflictDeclaration, Member, Proposal, Status
from proposals.review import actions as review
from proposals.review import assigning, ticked
from proposals.review.assigning_many import assign_many, takers
from tests.at_once import at_once
from tests.factories import OrganisationFactory, somebody
from tests.proposals import builders
from tests.proposals.ticking import WORK, again, cases_of, happens, refs, sent, words

pytestmark = pytest.mark.django_db
ASSIGN = reverse("proposals:assign_many")


@pytest.fixture
def anna(scheme):
    return somebody(Role.REVIEWER)


@pytest.fixture
def cases(client, staff):
    client.force_login(staff.decider)
    return cases_of(staff.decider)


def leads(*cases):
    return [case.lead_reviewer for case in again(*cases)]


def given(cases):
    return Event.objects.filter(kind="case.assign", subject_id__in=[case.pk for case in cases])


def press(client, cases, reader, to, **more):
    typed = sent(cases, reader, to=to.email, press="assign") | more
    return client.post(ASSIGN, typed, follow=True)


class TestWhoMay:
    def test_nobody_but_officials_opens_it(self, client, cases, people, anna):
        typed = sent(cases, anna, to=anna.email, press="assign")
        for who in (people.lead, somebody(), somebody(Role.ADVISER), somebody(Role.COORDINATOR)):
            client.force_login(who)
            assert client.get(ASSIGN, {"tick": refs(cases)}).status_code == 403
            assert client.post(ASSIGN, typed).status_code == 403
        client.logout()
        assert client.post(ASSIGN, typed).status_code in (302, 403)
        assert leads(*cases) == [None] * 3

    @pytest.mark.parametrize("why", ["conflict", "interest", "team", "draft"])
    def test_a_case_that_is_closed_to_its_reader_is_as_if_it_did_not_exist(
        self, client, cases, staff, anna, why
    ):
        [hidden] = cases_of(count=1, status=Status.DRAFT if why == "draft" else Status.ASSESSING)
        if why == "conflict":
            review.declare(proposal=hidden, is_conflict=True, by=staff.decider)
        if why == "interest":
            bodies = {"organisation": hidden.employer, "tie": Tie.WORK, "starts_on": None}
            interests.declare(**bodies, by=staff.decider)
        if why == "team":
            Member.objects.create(proposal=hidden, user=staff.decider, role="viewer")
        seen = []
        for other in (hidden.reference, "RTP-2024-9999"):
            page = client.get(ASSIGN, {"tick": [cases[0].reference, other]})
            once = str(uuid.uuid4())
            typed = sent(cases[:1], staff.decider, to=anna.email, once=once)
            typed["tick"] = [cases[0].reference, other]
            seen.append((words(page), words(client.post(ASSIGN, typed))))
            assert hidden.title not in page.content.decode()
            done = client.post(ASSIGN, typed | {"press": "assign"}, follow=True)
            assert "1 case that you ticked cannot be found any more." in words(done)
            Proposal.objects.filter(pk=cases[0].pk).update(lead_reviewer=None)
        assert seen[0] == seen[1]
        assert leads(hidden) == [None]
        assert not given([hidden]).exists()

    def test_it_is_given_to_no_one_but_reviewers(self, client, cases, staff):
        for who in (staff.countersigner, somebody(), somebody(Role.ADVISER)):
            answer = press(client, cases, staff.decider, who)
            assert "Choose one of these; others may not have them" in words(answer)
            with pytest.raises(PermissionDenied):
                assign_many(
                    references=refs(cases), to=who, shown=[], once=uuid.uuid4(), by=staff.decider
                )
        assert leads(*cases) == [None] * 3


class TestLeftOut:
    def test_the_confirm_page_says_of_each_case_whether_it_goes_and_why_not(
        self, client, cases, staff, anna
    ):
        first, conflict, tied = cases
        [unknown] = cases_of(count=1)
        [team] = cases_of(staff.decider, count=1)
        [over] = cases_of(staff.decider, count=1, status=Status.WITHDRAWN)
        [hers] = cases_of(staff.decider, count=1, also=lambda n: {"lead_reviewer": anna})
        review.declare(proposal=conflict, is_conflict=True, by=anna)
        Proposal.objects.filter(pk=tied.pk).update(employer=OrganisationFactory())
        body = again(tied)[0].employer
        interests.declare(organisation=body, tie=Tie.WORK, starts_on=None, by=anna)
        Member.objects.create(proposal=team, user=anna, role="viewer")
        every = [first, conflict, tied, team, unknown, over, hers]

        chosen = client.post(ASSIGN, sent(every, staff.decider, to=anna.email))
        assert happens(chosen) == {
            first.reference: f"Goes to {anna}",
            # Why it is closed is nobody's business.
            **dict.fromkeys(refs([conflict, tied, team]), "Left out: closed to them"),
            unknown.reference: "Left out: you have not said yet whether you have a conflict of "
            f"interest. Say so {unknown.reference}",
            over.reference: "Left out: not open any more",
            hers.reference: "Left out: theirs already",
        }
        assert f"Assign 1 case to {anna}</h1>" in chosen.content.decode()
        assert "Assign 1 case</button>" in chosen.content.decode()
        assert not given(every).exists()

        done = press(client, every, staff.decider, anna)
        assert f"{anna} answers for 1 case now, and is told." in words(done)
        left = words(done).split("6 were left out: ")[1]
        for each in refs([conflict, tied, team]):
            assert f"{each} (closed to them)" in left
        assert f"{over.reference} (not open any more)" in left
        assert leads(*every) == [anna, None, None, None, None, None, anna]
        assert set(given(every).values_list("subject_id", flat=True)) == {first.pk}

    def test_what_moved_on_since_the_page_was_drawn_is_left_out(self, client, cases, staff, anna):
        typed = sent(cases, staff.decider, to=anna.email, press="assign")
        other = somebody(Role.REVIEWER)
        assigning.assign(proposal=cases[0], to=other, shown="", by=staff.decider)
        review.declare(proposal=cases[1], is_conflict=False, by=other)
        done = words(client.post(ASSIGN, typed, follow=True))
        assert f"{anna} answers for 2 cases now" in done
        assert f"1 was left out: {cases[0].reference} (moved on since you ticked)." in done
        assert leads(*cases) == [other, anna, anna]

    def test_where_nothing_can_go_there_is_no_button(self, client, staff, anna):
        client.force_login(staff.decider)
        unknown = cases_of(count=2)
        page = client.get(ASSIGN, {"tick": refs(unknown)})
        assert "None of these cases can be assigned" in words(page)
        assert 'name="to"' not in page.content.decode()
        hers = cases_of(staff.decider, count=2, also=lambda n: {"lead_reviewer": anna})
        page = client.post(ASSIGN, sent(hers, staff.decider, to=anna.email))
        assert 'name="press"' not in page.content.decode()
        assert "Choose somebody else" in words(page)

    def test_nobody_chosen_is_said_and_the_ticks_stay(self, client, cases, staff, anna):
        page = client.post(ASSIGN, sent(cases, staff.decider))
        assert "Choose who answers for these cases" in words(page)
        for each in refs(cases):
            assert f'<input type="hidden" name="tick" value="{each}">' in page.content.decode()

    def test_more_than_a_page_of_them_is_not_taken(self, client, staff, anna):
        client.force_login(staff.decider)
        many = cases_of(staff.decider, count=26)
        assert len(happens(client.get(ASSIGN, {"tick": refs(many)}))) == 25


class TestOnce:
    def test_pressed_twice_it_happens_once_and_is_told_alike(self, client, cases, staff, anna):
        typed = sent(cases, staff.decider, to=anna.email, press="assign")
        pages = [client.post(ASSIGN, typed, follow=True) for _ in range(2)]
        for page in pages:
            assert page.redirect_chain == [(f"{WORK}?queue=all", 302)]
            assert f"{anna} answers for 3 cases now, and is told." in words(page)
            assert "left out" not in words(page)
        assert leads(*cases) == [anna] * 3
        assert given(cases).count() == 3
        assert Notification.objects.filter(kind="case.assign").count() == 1

    def test_who_gives_them_to_themselves_is_not_told(self, client, cases, staff):
        ConflictDeclaration.objects.bulk_create(
            ConflictDeclaration(proposal=case, user=staff.reviewer, is_conflict=False)
            for case in cases
        )
        client.force_login(staff.reviewer)
        done = press(client, cases, staff.reviewer, staff.reviewer)
        assert "You answer for 3 cases now." in words(done)
        assert not Notification.objects.filter(kind="case.assign").exists()

    def test_two_who_assign_overlapping_cases_in_opposite_order_both_finish(self, transactional_db):
        reference.load()
        staff = builders.officials()
        cases = cases_of(staff.decider, staff.reviewer, count=8)
        anna, bert = somebody(Role.REVIEWER), somebody(Role.REVIEWER)

        def assign(some, to, by):
            typed = sent(some, by)
            return lambda: assign_many(
                references=typed["tick"], shown=typed["shown"], once=typed["once"], to=to, by=by
            )

        done = at_once(
            assign(cases[:6], anna, staff.decider),
            assign(cases[:1:-1], bert, staff.reviewer),
        )

        assert not [each for each in done if isinstance(each, Exception)]
        assert sum(len(each.done) for each in done) == given(cases).count() == 8
        assert None not in leads(*cases)
        assert {why for each in done for _case, why in each.left} == {str(ticked.MOVED)}

    def test_an_interest_declared_as_they_are_given_leaves_them_to_nobody(self, transactional_db):
        reference.load()
        staff = builders.officials()
        cases = cases_of(staff.decider, count=3)
        anna = somebody(Role.REVIEWER)
        typed = sent(cases, staff.decider)
        body = {"organisation": cases[0].employer, "tie": Tie.WORK, "starts_on": None}
        at_once(
            lambda: assign_many(
                references=typed["tick"],
                shown=typed["shown"],
                once=typed["once"],
                to=anna,
                by=staff.decider,
            ),
            lambda: interests.declare(**body, by=anna),
        )
        assert leads(*cases) == [None] * 3


class TestMail:
    def test_one_press_is_one_mail_that_names_no_case(self, client, cases, staff, anna):
        press(client, cases, staff.decider, anna)
        delivery.deliver_waiting()
        [letter] = mail.outbox
        assert letter.subject == "3 proposals are with you"
        assert "You are asked to answer for 3 cases." in letter.body
        assert f"{WORK}?queue=mine" in letter.body
        for case in cases:
            assert case.reference not in letter.body
            assert case.title not in letter.body
        client.force_login(anna)
        inbox = client.get(reverse("activity:inbox"))
        assert "3 proposals are with you" in words(inbox)
        opened = client.post(reverse("activity:open", args=[Notification.objects.get().pk]))
        assert opened.url == f"{WORK}?queue=mine"

    def test_of_one_case_it_is_the_mail_of_a_single_one(self, client, cases, staff, anna):
        press(client, cases[:1], staff.decider, anna)
        delivery.deliver_waiting()
        assert mail.outbox[0].subject == "A proposal is with you"
        assert reverse("proposals:case", args=[cases[0].reference]) in mail.outbox[0].body

    @pytest.mark.parametrize(("closed", "held"), [(1, ""), (3, "conflict")])
    def test_it_is_held_once_all_of_them_are_closed_to_its_reader(
        self, client, cases, staff, anna, closed, held
    ):
        press(client, cases, staff.decider, anna)
        for case in cases[:closed]:
            review.declare(proposal=case, is_conflict=True, by=anna)
        delivery.deliver_waiting()
        told = Notification.objects.get(kind="case.assign")
        assert told.held_because == held
        assert bool(told.sent_at) is not bool(held)


class TestSuiting:
    def test_who_can_have_most_of_them_comes_first(self, client, cases, staff, anna):
        bert, carl = somebody(Role.REVIEWER), somebody(Role.REVIEWER)
        cases_of(count=2, also=lambda n: {"lead_reviewer": bert})
        review.declare(proposal=cases[0], is_conflict=True, by=anna)
        for case in cases:
            review.declare(proposal=case, is_conflict=True, by=carl)
        Proposal.objects.filter(pk=cases[1].pk).update(sector="fire")
        rows = ticked.read(refs(cases), staff.decider)
        found = {each.candidate.person: each for each in takers(rows)}
        assert [each.takes for each in found.values()] == [3, 3, 2, 0]
        assert list(found)[:2] == [staff.reviewer, bert]
        assert found[bert].why == (
            "All of them can go to this person. Has 2 open cases; 2 of these sectors so far."
        )
        assert found[anna].why.startswith("2 of 3 can go to this person. Has 0 open cases;")
        page = client.get(ASSIGN, {"tick": refs(cases)}).content.decode()
        assert anna.email in page
        assert carl.email not in page

    def test_many_cases_are_barred_to_those_to_whom_each_alone_is(self, staff, people):
        cases = cases_of(count=4)
        old, new = OrganisationFactory(), OrganisationFactory()
        type(old).objects.filter(pk=old.pk).update(successor=new)
        Proposal.objects.filter(pk=cases[1].pk).update(employer=new)
        ten_days, long_ago = (clock.today() - datetime.timedelta(days) for days in (10, 900))
        for ended, body in ((None, old), (ten_days, cases[0].employer), (long_ago, new)):
            Interest.objects.create(
                user=somebody(Role.REVIEWER),
                organisation=body,
                tie=Tie.WORK,
                ends_on=ended,
                declared_at=clock.now(),
            )
        review.declare(proposal=cases[2], is_conflict=True, by=somebody(Role.REVIEWER))
        review.declare(proposal=cases[2], is_conflict=False, by=somebody(Role.REVIEWER))
        for left in (None, clock.now()):
            who = somebody(Role.REVIEWER)
            Member.objects.create(proposal=cases[3], user=who, role="viewer", left_at=left)
        everybody = {user.pk for user in holders(Role.REVIEWER, clock.today())}
        barred = [
            everybody & readers.barred(case)
            for case in readers.with_those_barred(Proposal.objects.order_by("pk"))
        ]
        # All but one are of one body.
        assert [len(each) for each in barred] == [1, 1, 2, 2]
        for case, keys in zip(cases, barred, strict=True):
            free = readers.free(again(case)[0], Role.REVIEWER)
            assert everybody - keys == {user.pk for user in free}

    def test_its_pages_cost_the_same_with_one_case_and_with_a_page_of_them(self, client, staff):
        client.force_login(staff.decider)
        many = cases_of(staff.decider, count=25)
        costs = []
        for some in (many[:1], many):
            typed = sent(some, staff.decider, to=staff.reviewer.email)
            for ask in (
                lambda some=some: client.get(ASSIGN, {"tick": refs(some)}),
                lambda typed=typed: client.post(ASSIGN, typed),
            ):
                ask()
                with CaptureQueriesContext(connection) as captured:
                    assert ask().status_code == 200
                costs.append(len(captured))
        assert costs[:2] == costs[2:]
        assert max(costs) <= 10


def test_no_page_shows_a_primary_key(client, cases, staff, anna):
    page = client.post(ASSIGN, sent(cases, staff.decider, to=anna.email)).content.decode()
    values = re.findall(r'value="([^"]*)"', page)
    assert not {str(each.pk) for each in (*cases, anna)} & set(values)
