"""Time away: who stands in for whom, what they see and are told, and what stays closed to them."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import proposals.reference
from accounts import cover
from accounts.models import Absence, Appointment, Interest, Reply, Role, Tie, User
from activity import clock, delivery, outbox, subjects
from activity.dates import PARTS
from activity.models import Notification
from mutuals_portal.cover import actions
from proposals.draft import several
from proposals.draft.models import Proposal, Status
from proposals.review import actions as review
from proposals.review import assigning, assigning_many, covering, queue
from tests.at_once import at_once
from tests.days import at
from tests.factories import AppointmentFactory, OrganisationFactory, somebody
from tests.proposals import builders

MONDAY = datetime.date(2027, 3, 1)
FIRST, LAST = datetime.date(2027, 3, 3), datetime.date(2027, 3, 12)
LIST, ADD = reverse("accounts:cover"), reverse("accounts:cover_add")


@pytest.fixture
def moved():
    with time_machine.travel(at(MONDAY), tick=False) as traveller:
        yield traveller


@pytest.fixture
def office(db):
    return OrganisationFactory.create(name="Cabinet Office")


@pytest.fixture
def anna(office, moved):
    return somebody(Role.REVIEWER, organisation=office)


@pytest.fixture
def ben(office, moved):
    return somebody(Role.REVIEWER, organisation=office)


@pytest.fixture
def led(stored, anna):
    """A case that Anna answers for."""
    stored(proposals.reference.load)
    people, staff = stored(builders.team), stored(builders.officials)
    case = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    builders.declare_none(case, anna)
    Proposal.objects.filter(pk=case.pk).update(lead_reviewer=anna)
    return builders.again(case)


def away(user, stand_in=None, first=FIRST, last=LAST, *, agrees=True):
    absence = actions.add(starts_on=first, ends_on=last, stand_in=stand_in, by=user)
    if stand_in is not None and agrees:
        actions.answer(absence=absence, agrees=True, by=stand_in)
    return absence


def fresh(user):
    return User.objects.get(pk=user.pk)


def seen_to(user):
    """The open cases of somebody's own queue, on the day that it is."""
    reader = fresh(user)
    return list(queue.cases(Proposal.objects.of_officials(reader), queue.BY_KEY["mine"], reader))


def told(kind):
    return {each.user for each in Notification.objects.filter(kind=kind)}


def days(first, last):
    typed = {f"starts_on-{part}": getattr(first, part) for part in PARTS}
    return typed | {f"ends_on-{part}": getattr(last, part) for part in PARTS}


class TestWhoMay:
    @pytest.mark.parametrize("role", [Role.MENTOR, Role.OBSERVER, Role.ADMINISTRATOR, None])
    def test_other_roles_have_no_such_pages(self, client, moved, db, role):
        client.force_login(somebody(role) if role else somebody())
        assert {client.get(page).status_code for page in (LIST, ADD)} == {403}

    def test_the_absence_of_another_is_not_there(self, client, anna, ben, office):
        absence = away(anna, ben, agrees=False)
        pages = {verb: reverse(f"accounts:cover_{verb}", args=[absence.key]) for verb in VERBS}
        client.force_login(somebody(Role.REVIEWER, organisation=office))
        assert {client.post(page).status_code for page in pages.values()} == {404}
        client.force_login(ben)
        assert client.get(pages["ask"]).status_code == client.get(pages["end"]).status_code == 404
        client.force_login(anna)
        assert client.get(pages["answer"]).status_code == 404
        for act, by in ((actions.end, ben), (actions.answer, anna)):
            words = {"agrees": True} if act is actions.answer else {}
            with pytest.raises(PermissionDenied):
                act(absence=absence, by=by, **words)
        with pytest.raises(PermissionDenied):
            actions.ask(absence=absence, stand_in=anna, by=ben)
        assert Absence.objects.get().reply == Reply.ASKED

    def test_only_a_like_role_in_the_same_body_stands_in(self, anna, ben, office):
        elsewhere = somebody(Role.REVIEWER)
        other_role = somebody(Role.DECISION_MAKER, Role.MENTOR, organisation=office)
        gone = somebody(Role.REVIEWER, organisation=office)
        Appointment.objects.filter(user=gone).update(ends_on=MONDAY)
        closed = somebody(Role.REVIEWER, organisation=office)
        User.objects.filter(pk=closed.pk).update(is_active=False)

        able = cover.may_stand_in(anna, FIRST, LAST, clock.today())

        assert list(able) == [ben]
        for other in (elsewhere, other_role, gone, closed, anna):
            with pytest.raises(ValidationError, match="cannot stand in"):
                actions.add(starts_on=FIRST, ends_on=LAST, stand_in=other, by=anna)
        assert not Absence.objects.exists()

    def test_mentors_cover_nobody_although_they_share_that_role(self, office, moved):
        two = [somebody(Role.MENTOR, organisation=office) for _ in range(2)]
        assert not cover.may_stand_in(two[0], FIRST, LAST, clock.today()).exists()

    def test_nobody_stands_in_who_is_away_then(self, anna, ben):
        away(ben, first=LAST, last=LAST)
        with pytest.raises(ValidationError, match="cannot stand in"):
            away(anna, ben)
        absence = away(anna)
        with pytest.raises(ValidationError, match="cannot stand in"):
            actions.ask(absence=absence, stand_in=ben, by=anna)

    def test_who_goes_away_after_they_were_asked_cannot_agree(self, anna, ben):
        absence = away(anna, ben, agrees=False)
        away(ben, first=LAST, last=LAST)
        with pytest.raises(ValidationError, match="cannot stand in"):
            actions.answer(absence=absence, agrees=True, by=ben)

    def test_who_agreed_goes_away_only_once_they_have_said_that_they_cannot(self, anna, ben):
        absence = away(anna, ben)
        with pytest.raises(ValidationError, match="You stand in for"):
            away(ben, first=LAST, last=LAST)
        actions.answer(absence=absence, agrees=False, by=ben)
        away(ben, first=LAST, last=LAST)
        assert told("cover.answer") == {anna}

    def test_where_nobody_can_the_page_says_why_and_what_to_do(self, client, anna, office):
        alike, here = "Nobody else has your role", "Everybody else with your role"
        client.force_login(anna)
        ask = reverse("accounts:cover_ask", args=[away(anna).key])
        for page in (ADD, ask):
            assert alike in client.get(page).content.decode()
        ben = somebody(Role.REVIEWER, organisation=office)
        away(ben, first=LAST, last=LAST)
        for answer in (client.get(ask), client.post(ask, {"stand_in": ben.email})):
            page = answer.content.decode()
            assert here in page
            assert ben.name not in page
        assert alike not in client.get(ADD).content.decode()
        somebody(Role.REVIEWER, organisation=office)
        assert "Who stands in for you?" in client.get(ask).content.decode()


VERBS = ("ask", "answer", "end")


class TestTheDatabase:
    def test_nobody_is_away_twice_on_a_day(self, anna):
        Absence.objects.create(user=anna, starts_on=FIRST, ends_on=LAST)
        with pytest.raises(IntegrityError, match="absence_one_at_a_time"), transaction.atomic():
            Absence.objects.create(user=anna, starts_on=LAST, ends_on=LAST)
        off = {"called_off_at": clock.now()}
        Absence.objects.create(user=anna, starts_on=FIRST, ends_on=LAST, **off)

    @pytest.mark.parametrize(
        ("wrong", "name"),
        [
            ({"ends_on": MONDAY}, "absence_ends_after_it_starts"),
            ({"reply": "agreed"}, "absence_reply_of_somebody"),
            ({"stand_in": "self", "reply": "agreed"}, "absence_stand_in_is_another"),
        ],
    )
    def test_what_cannot_be_is_refused(self, anna, wrong, name):
        if "stand_in" in wrong:
            wrong = wrong | {"stand_in": anna}
        with pytest.raises(IntegrityError, match=name):
            Absence.objects.create(user=anna, starts_on=FIRST, **{"ends_on": LAST} | wrong)


class TestWhatIsClosed:
    """Conflict rules hold for whoever stands in."""

    @pytest.fixture
    def closed(self, led, ben):
        Interest.objects.create(
            user=ben, organisation=led.employer, tie=Tie.WORK, declared_at=clock.now()
        )
        return led

    def test_a_closed_case_is_not_shown_nor_told_to_whoever_stands_in(
        self, client, closed, anna, ben, moved
    ):
        away(anna, ben)
        moved.move_to(at(FIRST))
        outbox.tell("case.assign", closed, [anna])
        several.tell("case.remind", [closed, closed], anna)

        assert seen_to(ben) == []
        assert (
            not Notification.objects.filter(user=ben, subject_id=closed.pk)
            .exclude(kind="cover.ask")
            .filter(subject_type="proposals.proposal")
            .exists()
        )
        client.force_login(fresh(ben))
        for page in (
            reverse("proposals:work") + "?queue=mine",
            reverse("start"),
            reverse("activity:inbox"),
        ):
            text = client.get(page).content.decode()
            assert closed.title not in text, page
            assert closed.reference not in text, page

    def test_others_are_told_that_nobody_sees_to_it(self, client, closed, anna, ben, moved):
        away(anna, ben)

        deciders = set(User.objects.filter(appointments__role=Role.DECISION_MAKER))
        assert told("case.uncovered") == {anna, *deciders}
        moved.move_to(at(FIRST))
        reader = next(iter(deciders))
        client.force_login(reader)
        page = client.get(reverse("proposals:case", args=[closed.reference])).content.decode()
        assert "They are away until 12 March 2027, and nobody stands in." in page
        assert str(ben) not in page

    def test_an_open_case_is_covered_and_nobody_is_troubled(self, client, led, anna, ben, moved):
        away(anna, ben)
        assert told("case.uncovered") == set()
        moved.move_to(at(FIRST))
        client.force_login(User.objects.filter(appointments__role=Role.DECISION_MAKER).first())
        page = client.get(reverse("proposals:case", args=[led.reference])).content.decode()
        assert f"They are away until 12 March 2027, and {ben} stands in." in page

    def test_a_case_that_closes_meanwhile_leaves_the_queue(self, led, anna, ben, moved):
        away(anna, ben)
        moved.move_to(at(FIRST))
        assert seen_to(ben) == [led]
        review.declare(proposal=led, is_conflict=True, by=fresh(ben))
        assert seen_to(ben) == []


class TestStandingIn:
    def test_on_the_days_alone_and_only_once_they_agreed(self, led, anna, ben, moved):
        absence = away(anna, ben, agrees=False)
        moved.move_to(at(FIRST))
        assert seen_to(ben) == []
        actions.answer(absence=absence, agrees=True, by=ben)
        for day, cases in ((FIRST, [led]), (LAST, [led]), (LAST + datetime.timedelta(1), [])):
            moved.move_to(at(day))
            assert seen_to(ben) == cases, day
        assert seen_to(anna) == [led]

    def test_the_queue_says_for_whom_and_until_when(self, client, led, anna, ben, moved):
        away(anna, ben)
        moved.move_to(at(FIRST))
        client.force_login(ben)
        page = client.get(reverse("proposals:work") + "?queue=mine").content.decode()
        assert f"You see to it for {anna} until 12 March 2027" in page
        assert led.title in client.get(reverse("start")).content.decode()

    def test_it_ends_early_and_with_the_role(self, led, anna, ben, moved):
        absence = away(anna, ben)
        moved.move_to(at(datetime.date(2027, 3, 8)))
        held = Appointment.objects.filter(user=ben)
        held.update(ends_on=datetime.date(2027, 3, 8))
        assert cover.stand_ins([anna], clock.today()) == {}
        held.update(ends_on=None)
        assert seen_to(ben) == [led]
        for _ in range(2):
            actions.end(absence=absence, by=anna)
        assert seen_to(ben) == []
        assert Absence.objects.get().ends_on == datetime.date(2027, 3, 7)
        assert told("cover.spare") == {ben}
        with pytest.raises(ValidationError, match="over"):
            actions.ask(absence=absence, stand_in=ben, by=anna)

    def test_time_away_that_has_not_begun_is_called_off(self, anna, ben):
        actions.end(absence=away(anna, ben), by=anna)
        assert Absence.objects.get().called_off_at
        away(anna, ben)

    def test_another_is_asked_in_their_place(self, led, anna, ben, office, moved):
        cleo = somebody(Role.REVIEWER, organisation=office)
        absence = away(anna, ben)
        for _ in range(2):
            actions.ask(absence=absence, stand_in=cleo, by=anna)
        moved.move_to(at(FIRST))
        assert told("cover.spare") == {ben}
        assert Notification.objects.filter(kind="cover.ask", user=cleo).count() == 1
        assert seen_to(ben) == seen_to(cleo) == []
        with pytest.raises(PermissionDenied):
            actions.answer(absence=absence, agrees=True, by=ben)


class TestBeingTold:
    def test_what_asks_goes_to_both_and_says_why(self, led, anna, ben, moved, mailoutbox):
        away(anna, ben)
        moved.move_to(at(FIRST))
        Notification.objects.all().delete()
        outbox.tell("case.assign", led, [anna])
        outbox.tell("case.refuse_exempt", led, [anna])
        outbox.tell("case.replace", led, [anna, ben])
        several.tell("case.assign", [led, led], anna)

        mine = Notification.objects.filter(user=ben)
        assert sorted(each.kind for each in mine) == ["case.assign"] * 3 + ["case.replace"]
        delivery.deliver_waiting()
        texts = {each.to[0]: each.body for each in mailoutbox if "stand in" in each.body}
        assert set(texts) == {ben.email}

    def test_nobody_is_told_twice_once_it_is_over(self, led, anna, ben, moved):
        away(anna, ben)
        moved.move_to(at(LAST + datetime.timedelta(1)))
        outbox.tell("case.assign", led, [anna])
        assert told("case.assign") == {anna}

    def test_no_mail_asks_whoever_has_no_such_role_any_longer(self, anna, ben, moved, mailoutbox):
        away(anna, ben, agrees=False)
        Appointment.objects.filter(user=ben).update(ends_on=MONDAY)
        moved.move_to(at(FIRST))
        outbox.tell("cover.answer", Absence.objects.get(), [anna])
        delivery.deliver_waiting()
        assert {each.to[0] for each in mailoutbox} == {anna.email}
        [asked] = Notification.objects.filter(kind="cover.ask")
        assert asked.held_because == "role-ended"

    def test_a_record_whose_app_says_nothing_of_it_is_open_to_nobody_else(self, anna, ben):
        nameless = subjects.Subject(model=User, address=lambda *_: "/start/")
        assert not nameless.open_to(ben, anna)


class TestAssigning:
    def test_who_is_away_is_offered_nothing_and_named_with_the_day(
        self, client, led, anna, ben, moved
    ):
        away(ben)
        moved.move_to(at(FIRST))
        assert ben not in [each.person for each in assigning.candidates(led)]
        assert assigning_many.takers([]) == []
        client.force_login(anna)
        page = client.get(reverse("proposals:assign", args=[led.reference])).content.decode()
        assert f"{ben}, away until 12 March 2027" in page
        assert f'value="{ben.email}"' not in page


class TestThePage:
    def test_added_asked_agreed_and_ended_by_hand(self, client, anna, ben):
        client.force_login(anna)
        assert "Nobody is standing in for you" in client.get(LIST).content.decode()
        for _ in range(2):
            assert client.post(ADD, days(FIRST, LAST) | {"stand_in": ben.email}).url == LIST
        absence = Absence.objects.get()
        page = client.get(LIST).content.decode()
        assert "Asked, no answer yet" in page
        client.force_login(ben)
        answer = reverse("accounts:cover_answer", args=[absence.key])
        assert answer in client.get(LIST).content.decode()
        assert "Say whether you stand in" in client.post(answer, {}).content.decode()
        client.post(answer, {"reply": "agrees"})
        assert "You stand in" in client.get(LIST).content.decode()
        client.post(answer, {"reply": "refuses"})
        assert "Nobody asks you to stand in." in client.get(LIST).content.decode()
        client.force_login(anna)
        ask = reverse("accounts:cover_ask", args=[absence.key])
        assert client.post(ask, {"stand_in": ben.email}).url == LIST
        end = reverse("accounts:cover_end", args=[absence.key])
        assert "Call off" in client.get(end).content.decode()
        assert client.post(end).url == LIST
        assert client.post(end).status_code == 404

    @pytest.mark.parametrize(
        ("first", "last", "words"),
        [
            (MONDAY - datetime.timedelta(1), LAST, "Enter a date on or after 1 March 2027"),
            (LAST, FIRST, "must be the first, or a later one"),
            (FIRST, datetime.date(2030, 1, 1), "within the next two years"),
        ],
    )
    def test_days_that_cannot_be_are_said_in_words_and_stay(self, client, anna, first, last, words):
        client.force_login(anna)
        page = client.post(ADD, days(first, last) | {"stand_in": ""}).content.decode()
        assert words in page
        assert f'value="{last.year}"' in page
        assert not Absence.objects.exists()

    def test_days_that_are_taken_are_refused_on_the_page(self, client, anna, ben):
        away(anna)
        client.force_login(anna)
        page = client.post(ADD, days(LAST, LAST) | {"stand_in": ""}).content.decode()
        assert "You are away from 3 March 2027 to 12 March 2027 already." in page

    @pytest.mark.slow
    def test_it_costs_five_queries_for_any_number(self, client, anna, ben, office):
        client.force_login(anna)
        away(anna, ben)

        def cost():
            with CaptureQueriesContext(connection) as queries:
                assert client.get(LIST).status_code == 200
            return len(queries)

        first = cost()
        for n in range(1, 20):
            other = somebody(Role.REVIEWER, organisation=office)
            day = LAST + datetime.timedelta(2 * n)
            away(other, anna, day, day)
        assert cost() == first <= 5


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture
    def two(self):
        body = OrganisationFactory.create()
        return [somebody(Role.REVIEWER, organisation=body) for _ in range(2)]

    @staticmethod
    def soon(n):
        return clock.today() + datetime.timedelta(n)

    def test_who_agrees_while_they_go_away_does_one_of_both(self, two):
        anna, ben = two
        absence = away(anna, ben, self.soon(5), self.soon(9), agrees=False)
        done = at_once(
            lambda: actions.answer(absence=absence, agrees=True, by=fresh(ben)),
            lambda: away(fresh(ben), first=self.soon(9), last=self.soon(10)),
        )
        assert sum(isinstance(each, ValidationError) for each in done) == 1, done
        agreed = Absence.objects.get(pk=absence.pk).reply == Reply.AGREED
        assert agreed != Absence.objects.filter(user=ben).exists()

    def test_agreed_and_taken_back_at_once_leaves_one_answer(self, two):
        anna, ben = two
        absence = away(anna, ben, self.soon(5), self.soon(9), agrees=False)
        done = at_once(
            lambda: actions.answer(absence=absence, agrees=True, by=fresh(ben)),
            lambda: actions.answer(absence=absence, agrees=False, by=fresh(ben)),
        )
        assert not [each for each in done if isinstance(each, Exception)]
        assert Notification.objects.filter(kind="cover.answer").count() == 2

    def test_agreed_while_another_is_asked_or_kept_twice_happens_once(self, two):
        anna, ben = two
        cleo = somebody(organisation=None)
        held = Appointment.objects.filter(user=ben).get()
        AppointmentFactory.create(user=cleo, role=held.role, organisation=held.organisation)
        absence = away(anna, ben, self.soon(5), self.soon(9), agrees=False)
        at_once(
            lambda: actions.answer(absence=absence, agrees=True, by=fresh(ben)),
            lambda: actions.ask(absence=absence, stand_in=cleo, by=fresh(anna)),
        )
        now = Absence.objects.get()
        assert (now.stand_in, now.reply) == (cleo, Reply.ASKED)
        two_presses = at_once(
            *[lambda: away(fresh(ben), first=self.soon(20), last=self.soon(21))] * 2
        )
        assert len({each.pk for each in two_presses}) == 1
        assert covering.covered_until(Proposal(lead_reviewer=anna), fresh(ben)) is None
