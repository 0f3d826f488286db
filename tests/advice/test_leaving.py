"""An adviser's enquiries back to the queue: by whom, counted first, all at once, told once."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Appointment, Role
from activity import clock
from activity.models import Event, Notification
from activity.workflow import MovedOn
from advice.answers import actions as answers
from advice.intake import actions as intake
from advice.intake.models import Enquiry, Note
from advice.queue import actions as queue
from advice.queue import leaving
from mutuals_portal.people import leaving as people
from tests.advice.factories import (
    CANARIES,
    CANARY_WORDS,
    advice_lead,
    adviser,
    again,
    employer,
    enquiry,
    held,
    holder,
    provider,
    somebody,
)
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
ADVISERS = reverse("advice:advisers")


def role_of(user):
    return Appointment.objects.get(user=user)


def page_of(user):
    return reverse("advice:leave", args=[role_of(user).key])


def back(user, by):
    return leaving.give_back(appointment=role_of(user), by=again(by))


def wait(made, by):
    said = {"words": "Which form?", "once": uuid.uuid4(), "seen": made.revision}
    return answers.wait(enquiry=made, by=again(by), **said)


def reply(made, by):
    said = {"words": "Yes.", "once": uuid.uuid4(), "seen": made.revision}
    return answers.reply(enquiry=made, by=again(by), **said)


class TestWhoMay:
    def test_the_lead_of_their_provider_and_no_other(self, client):
        ours = adviser()
        made, page = held(ours), page_of(ours)
        assert client.get(ADVISERS).status_code == 302
        strangers = (somebody(), somebody(Role.ADMINISTRATOR, employer()), ours, adviser())
        for who in strangers:
            client.force_login(again(who))
            assert client.get(ADVISERS).status_code == 403
            assert client.post(page).status_code == 403
            with pytest.raises(PermissionDenied):
                back(ours, who)
        other = advice_lead(provider("co-operatives-uk"))
        client.force_login(other)
        assert ours.name not in client.get(ADVISERS).content.decode()
        assert client.get(page).status_code == client.post(page).status_code == 404
        with pytest.raises(PermissionDenied):
            back(ours, other)
        made.refresh_from_db()
        assert made.adviser == ours

    def test_what_is_counted_tells_nothing_of_who_asked(self, client):
        ours = adviser()
        made = held(ours, **CANARIES)
        client.force_login(advice_lead())
        for page in (ADVISERS, page_of(ours)):
            text = client.get(page).content.decode()
            for secret in (*CANARIES.values(), CANARY_WORDS, made.reference):
                assert secret not in text


class TestGoingBack:
    def test_counted_by_status_before_and_gone_back_after(self, client):
        ours, lead = adviser(), advice_lead()
        first, second = held(ours, email="jo@home.example"), held(ours)
        waits = wait(held(ours, email="al@home.example"), ours)
        done = reply(held(ours), ours)
        note = answers.note(enquiry=first, words="Careful.", once=uuid.uuid4(), by=again(ours))
        Notification.objects.all().delete()
        client.force_login(lead)
        assert "3 enquiries" in client.get(ADVISERS).content.decode()
        page = client.get(page_of(ours)).content.decode()
        assert "With adviser: 2 enquiries return to the queue." in page
        assert "Waiting for the enquirer: 1 enquiry returns to the queue." in page

        answer = client.post(page_of(ours), follow=True).content.decode()

        assert "3 enquiries are back in the queue." in answer
        for made in (first, second, waits):
            made.refresh_from_db()
            assert (made.status, made.adviser, made.provider) == ("queued", None, provider())
        done.refresh_from_db()
        assert (done.status, done.adviser) == ("answered", ours)
        assert Note.objects.get() == note
        told = Notification.objects.values_list("kind", "address")
        assert sorted(told) == [
            ("enquiry.leave", "al@home.example"),
            ("enquiry.leave", "jo@home.example"),
        ]
        assert Event.objects.filter(kind="enquiry.leave", actor_id=str(lead.pk)).count() == 3
        assert role_of(ours).ends_on is None
        # A colleague takes it, and reads what was said and noted.
        colleague = adviser()
        assert queue.take_next(by=colleague) in (first, second, waits)
        assert "Careful." in _page(client, colleague, first)

    def test_a_clock_that_stood_goes_on_where_it_stood(self, time_machine):
        ours, lead = adviser(), advice_lead()
        time_machine.move_to("2026-03-02T10:00Z", tick=False)
        made = wait(held(ours), ours)
        due = made.due_at
        time_machine.move_to("2026-03-04T10:00Z", tick=False)
        back(ours, lead)
        made.refresh_from_db()
        assert (made.due_at - due).days == 2

    def test_pressed_twice_it_happens_once(self, client):
        ours = adviser()
        held(ours)
        client.force_login(advice_lead())
        for said in ("1 enquiry is back in the queue.", "They held nothing any longer."):
            assert said in client.post(page_of(ours), follow=True).content.decode()
        assert "nothing goes back" in client.get(page_of(ours)).content.decode()
        assert Event.objects.filter(kind="enquiry.leave").count() == 1

    def test_whoever_had_it_open_hears_that_it_moved_on(self):
        ours = adviser()
        made = held(ours)
        back(ours, advice_lead())
        with pytest.raises((MovedOn, PermissionDenied)):
            reply(made, ours)

    def test_another_providers_enquiries_stay(self):
        ours, there = adviser(), provider("co-operatives-uk")
        since = role_of(ours).starts_on
        made = {"user": ours, "role": Role.ADVISER, "organisation": there, "starts_on": since}
        second = Appointment.objects.create(**made)
        here, elsewhere = held(ours), held(ours, topic="LEG-1")
        assert leaving.give_back(appointment=second, by=advice_lead(there)) == 1
        here.refresh_from_db()
        elsewhere.refresh_from_db()
        assert (here.adviser, elsewhere.adviser) == (ours, None)

    def test_the_enquiry_page_of_a_lead_is_drawn_without_it(self, client):
        made = held(adviser())
        assert "Return to the queue" not in _page(client, advice_lead(), made)


class TestWordsAfterwards:
    @pytest.mark.parametrize("step", [reply, wait, lambda made, by: made])
    def test_words_to_somebody_who_has_left_go_to_the_queue(self, step):
        ours = adviser()
        made = step(held(ours), ours)
        Appointment.objects.filter(user=ours).update(ends_on=clock.today())
        Notification.objects.all().delete()
        moved = intake.add(enquiry=made, words="And?", once=uuid.uuid4(), by=holder(made))
        assert (moved.status, moved.adviser, moved.provider) == ("queued", None, provider())
        assert not Notification.objects.exists()
        assert queue.take_next(by=adviser()) == moved


def _page(client, user, made):
    client.force_login(user)
    return client.get(reverse("advice:enquiry", args=[made.reference])).content.decode()


@pytest.mark.slow
class TestAtOnce:
    @pytest.mark.django_db(transaction=True)
    def test_leaving_while_they_claim_leaves_nothing_with_them(self):
        ours, keeper = adviser(), somebody(Role.ADMINISTRATOR, employer())
        held(ours)
        waiting = [enquiry() for _ in range(4)]
        role = role_of(ours)
        results = at_once(
            lambda: people.leave(appointment=role, by=again(keeper)),
            *[lambda: queue.take_next(by=again(ours)) for _ in range(2)],
            lambda: queue.claim(enquiry=waiting[3], seen=0, by=again(ours)),
        )
        assert isinstance(results[0], people.Open), results
        assert all(
            each is None or isinstance(each, Enquiry | PermissionDenied | MovedOn)
            for each in results[1:]
        ), results
        assert not Enquiry.objects.held_by(ours).exists()
        assert Enquiry.objects.filter(status="queued", adviser=None).count() == 5
        assert role_of(ours).ends_on == clock.today()

    @pytest.mark.django_db(transaction=True)
    def test_what_is_handed_to_them_meanwhile_comes_back_or_is_refused(self):
        ours, colleague = adviser(), adviser()
        keeper, made = somebody(Role.ADMINISTRATOR, employer()), held(colleague)
        role = role_of(ours)
        hand = {"to": again(ours), "reason": "Yours.", "once": uuid.uuid4(), "seen": made.revision}
        results = at_once(
            lambda: people.leave(appointment=role, by=again(keeper)),
            lambda: queue.hand_over(enquiry=made, by=again(colleague), **hand),
        )
        assert isinstance(results[0], people.Open), results
        assert not Enquiry.objects.held_by(ours).exists()
        made.refresh_from_db()
        assert (made.status, made.adviser) in (("queued", None), ("with-adviser", colleague))
