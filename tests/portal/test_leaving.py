"""A leaver's work goes back to the queue: who may do it, what is counted, and that it is all or nothing."""

import datetime
import time

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

import advice.reference
import proposals.reference
from accounts.models import Absence, Appointment, Interest, Reply, Role, Tie, User
from activity import clock
from activity.models import Event, Notification
from mutuals_portal.cover import actions as cover
from mutuals_portal.people import leaving
from proposals import waiting
from proposals.draft.models import Proposal, Status
from proposals.review import queue
from tests.advice import factories as line
from tests.at_once import at_once
from tests.factories import AppointmentFactory, OrganisationFactory, somebody
from tests.proposals import builders

PEOPLE = reverse("accounts:people")


@pytest.fixture
def office(db):
    return OrganisationFactory.create()


@pytest.fixture
def keeper(office):
    return somebody(Role.ADMINISTRATOR, organisation=office)


@pytest.fixture
def anna(office):
    return somebody(Role.REVIEWER, organisation=office)


@pytest.fixture
def led(stored, anna):
    """One open case that Anna answers for and drafted a request in, and one that has ended."""
    stored(proposals.reference.load)
    people, staff = stored(builders.team), stored(builders.officials)
    case = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    builders.declare_none(case, anna)
    builders.draft_request(case, anna)
    (ended,) = builders.many(1, status=Status.WITHDRAWN)
    Proposal.objects.filter(pk__in=[case.pk, ended.pk]).update(lead_reviewer=anna)
    return builders.again(case)


def held(user):
    return Appointment.objects.filter(user=user).first()


def leave(user, by):
    return leaving.leave(appointment=held(user), by=by)


def page_of(user):
    return reverse("accounts:leave", args=[held(user).key])


def nobodys(reader):
    reader = User.objects.get(pk=reader.pk)
    visible = Proposal.objects.of_officials(reader)
    return list(queue.cases(visible, queue.BY_KEY["nobody"], reader))


class TestWhoMay:
    @pytest.mark.parametrize("role", [*sorted(set(Role) - {Role.ADMINISTRATOR}), None])
    def test_only_administrators(self, client, anna, role):
        other = somebody(role) if role else somebody()
        client.force_login(other)
        assert client.get(PEOPLE).status_code == 403
        assert client.post(page_of(anna)).status_code == 403
        with pytest.raises(PermissionDenied):
            leave(anna, other)
        assert held(anna).ends_on is None

    def test_nobody_ends_a_role_of_their_own_nor_one_that_is_not_there(self, client, keeper, anna):
        client.force_login(keeper)
        assert client.get(page_of(keeper)).status_code == 403
        assert client.post(page_of(keeper)).status_code == 403
        gone = page_of(anna)
        Appointment.objects.filter(user=anna).delete()
        assert client.get(gone).status_code == 404

    def test_what_is_counted_tells_nothing_of_the_cases(self, client, keeper, led, anna):
        client.force_login(keeper)
        for page in (PEOPLE, page_of(anna)):
            text = client.get(page).content.decode()
            assert led.title not in text
            assert led.reference not in text


class TestLeaving:
    def test_counted_before_and_gone_back_after(self, client, keeper, led, anna, office):
        ben = somebody(Role.REVIEWER, organisation=office)
        soon = clock.today() + datetime.timedelta(5)
        days = {"starts_on": soon, "ends_on": soon}
        mine = cover.add(**days, stand_in=ben, by=anna)
        later = soon + datetime.timedelta(1)
        days = {"starts_on": later, "ends_on": later}
        theirs = cover.add(**days, stand_in=anna, by=somebody(Role.REVIEWER, organisation=office))
        cover.answer(absence=mine, agrees=True, by=ben)
        Notification.objects.all().delete()
        client.force_login(keeper)

        page = client.get(page_of(anna)).content.decode()
        assert "1 case returns to the queue" in page
        assert "1 request that they drafted stays" in page
        assert "2 absences are called off" in page
        assert "1 open case" in client.get(PEOPLE).content.decode()
        answer = client.post(page_of(anna), follow=True).content.decode()

        assert "1 case is back in the queue" in answer
        assert anna.email not in answer
        assert held(anna).ends_on == clock.today()
        led.refresh_from_db()
        assert led.lead_reviewer is None
        assert led.request_drafts.get().by == anna
        assert Proposal.objects.get(status=Status.WITHDRAWN).lead_reviewer == anna
        assert [each.actor_id for each in Event.objects.filter(kind="case.leave")] == [
            str(keeper.pk)
        ]
        assert Absence.objects.get(pk=mine.pk).called_off_at
        assert Absence.objects.get(pk=theirs.pk).reply == Reply.REFUSED
        told = Notification.objects.values_list("kind", "user")
        assert set(told) == {("cover.spare", ben.pk), ("cover.answer", theirs.user_id)}

    def test_officials_read_why_and_whose_draft_it_was(self, client, keeper, led, anna):
        leave(anna, keeper)
        reader = User.objects.filter(appointments__role=Role.REVIEWER).exclude(pk=anna.pk).first()
        client.force_login(reader)
        case = client.get(reverse("proposals:case", args=[led.reference])).content.decode()
        assert "Whoever answered for it has left; the case is back in the queue." in case
        asked = client.get(reverse("proposals:ask", args=[led.reference])).content.decode()
        assert f"{anna} (no reviewer any longer)" in " ".join(asked.split())

    def test_pressed_twice_it_happens_once(self, client, keeper, led, anna):
        client.force_login(keeper)
        page = page_of(anna)
        for _ in range(2):
            assert client.post(page).url == PEOPLE
        assert client.get(page).url == PEOPLE
        assert leave(anna, keeper) == leaving.Open()
        for kind in ("case.leave", "role.end"):
            assert Event.objects.filter(kind=kind).count() == 1

    def test_all_or_nothing(self, keeper, led, anna, monkeypatch):
        def breaks(*_args, **_named):
            raise RuntimeError("away")

        monkeypatch.setattr(leaving, "_end", breaks)
        with pytest.raises(RuntimeError):
            leave(anna, keeper)
        led.refresh_from_db()
        assert led.lead_reviewer == anna
        assert not Event.objects.filter(kind="case.leave").exists()

    def test_who_is_a_reviewer_elsewhere_keeps_their_cases(self, keeper, led, anna):
        AppointmentFactory.create(user=anna, role=Role.REVIEWER)
        assert leaving.counted(held(anna)) == leaving.Open()
        leave(anna, keeper)
        led.refresh_from_db()
        assert led.lead_reviewer == anna

    def test_a_role_that_began_today_was_never_held(self, keeper, anna):
        Appointment.objects.filter(user=anna).update(starts_on=clock.today())
        leave(anna, keeper)
        assert held(anna) is None

    def test_an_administrator_who_leaves_opens_the_admin_no_longer(self, keeper, office):
        other = somebody(Role.ADMINISTRATOR, organisation=office)
        User.objects.filter(pk=other.pk).update(is_staff=True, is_superuser=True)
        leave(other, keeper)
        other.refresh_from_db()
        assert (other.is_staff, other.is_superuser) == (False, False)

    def test_an_advisers_enquiries_go_back_counted_first(self, client, keeper, stored):
        stored(advice.reference.load)
        adviser = line.adviser()
        made = line.held(adviser, **line.CANARIES)
        client.force_login(keeper)
        assert "1 enquiry" in client.get(PEOPLE).content.decode()
        page = client.get(page_of(adviser)).content.decode()
        assert "With adviser: 1 enquiry returns to the queue." in page
        assert "Return 1 enquiry and end this role" in page
        for secret in (*line.CANARIES.values(), line.CANARY_WORDS, made.reference):
            assert secret not in page
        answer = client.post(page_of(adviser), follow=True).content.decode()
        assert "1 enquiry is back in the queue" in answer
        made.refresh_from_db()
        assert (made.status, made.adviser, made.provider) == ("queued", None, line.provider())
        assert held(adviser).ends_on == clock.today()

    def test_who_still_advises_there_keeps_their_enquiries(self, keeper, stored):
        stored(advice.reference.load)
        adviser = line.adviser()
        made = line.held(adviser)
        lead = AppointmentFactory.create(
            user=adviser, role=Role.ADVICE_LEAD, organisation=line.provider()
        )
        assert leaving.leave(appointment=lead, by=keeper) == leaving.Open()
        made.refresh_from_db()
        assert made.adviser == adviser

    @pytest.mark.slow
    def test_a_thousand_cases_within_seconds(self, keeper, anna, scheme_loaded):
        builders.many(1000, also=lambda n: {"lead_reviewer": anna})
        began = time.monotonic()
        assert leave(anna, keeper).cases == 1000
        assert time.monotonic() - began < 5
        assert not Proposal.objects.led_by(anna).exists()
        assert Event.objects.filter(kind="case.leave").count() == 1000


@pytest.fixture
def scheme_loaded(stored):
    stored(proposals.reference.load)


class TestEndedOtherwise:
    """A role that ends by its date, or an account that is closed, hides no case."""

    @pytest.mark.parametrize(
        "end",
        [
            lambda user: Appointment.objects.filter(user=user).update(ends_on=clock.today()),
            lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
        ],
    )
    def test_its_cases_are_nobodys(self, client, led, anna, end):
        other = somebody(Role.REVIEWER)
        builders.declare_none(led, other)
        assert nobodys(other) == []
        end(anna)
        assert nobodys(other) == [led]
        client.force_login(other)
        said = f"Nobody: {anna} is no reviewer any longer"
        for where in (
            reverse("proposals:work") + "?queue=nobody",
            reverse("proposals:cases") + "?lead=nobody",
        ):
            assert said in client.get(where).content.decode(), where
        page = client.get(reverse("proposals:case", args=[led.reference])).content.decode()
        assert f"Nobody answers for it: {anna} is no reviewer any longer." in page
        assert led.title in [getattr(each, "title", "") for each in waiting.for_anybody(other)]

    def test_a_closed_case_stays_closed_to_others_in_that_queue(self, led, anna):
        tied = somebody(Role.REVIEWER)
        Interest.objects.create(
            user=tied, organisation=led.employer, tie=Tie.WORK, declared_at=clock.now()
        )
        Appointment.objects.filter(user=anna).update(ends_on=clock.today())
        assert nobodys(tied) == []

    def test_on_the_day_before_it_ends_it_is_theirs(self, led, anna):
        other = somebody(Role.REVIEWER)
        ends = clock.today() + datetime.timedelta(3)
        Appointment.objects.filter(user=anna).update(ends_on=ends)
        with time_machine.travel(clock.now() + datetime.timedelta(2)):
            assert nobodys(other) == []
        with time_machine.travel(clock.now() + datetime.timedelta(3)):
            assert nobodys(other) == [led]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_administrators_end_a_role_at_once_and_it_ends_once():
    anna, *keepers = [somebody(role) for role in (Role.REVIEWER, *[Role.ADMINISTRATOR] * 2)]
    builders.many(3, also=lambda n: {"lead_reviewer": anna})
    done = at_once(*[lambda by=by: leave(anna, User.objects.get(pk=by.pk)) for by in keepers])
    assert sorted(each.cases for each in done) == [0, 3]
    assert Event.objects.filter(kind="case.leave").count() == 3
