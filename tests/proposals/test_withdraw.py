"""A team stops its proposal and says why: once, to officials alone, and the employer is left be."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from activity import delivery
from activity.models import Event, Notification
from activity.workflow import MovedOn
from proposals import reference
from proposals.decision import actions as decision
from proposals.draft import actions as draft
from proposals.draft.models import Status, Withdrawal
from proposals.employer.models import EmployerInvitation, Ended
from tests.at_once import at_once
from tests.factories import somebody
from tests.proposals import builders, officials

CANARY = "Canary left <b>us</b>."
TYPED = {"reason": "staff", "words": CANARY}


def page_of(name, proposal):
    return reverse(f"proposals:{name}", args=[proposal.reference])


def press(client, proposal, **typed):
    page = page_of("withdraw", proposal)
    return client.post(page, {"seen": client.get(page).context["form"]["seen"].value()} | typed)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.AWAITING_SIGN_OFF])
def test_before_it_is_submitted_the_reason_is_kept_and_no_official_reads_it(
    stored, client, people, staff, status
):
    proposal = stored(builders.proposal_at, status, people, staff)
    client.force_login(people.lead)
    asked = client.get(page_of("withdraw", proposal)).content.decode()
    assert "Officials do not read what you say here" in asked

    stopped = press(client, proposal, **TYPED)

    assert stopped.url == page_of("proposal", proposal)
    where = client.get(stopped.url).content.decode()
    assert "Your team stopped this. Nothing is held against you." in where
    kept = Withdrawal.objects.get(proposal=proposal)
    assert (kept.reason, kept.words, kept.by) == ("staff", CANARY, people.lead)
    client.force_login(staff.reviewer)
    assert client.get(page_of("case", proposal)).status_code == 404


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.ASSESSING, Status.DECIDED])
def test_after_it_was_submitted_officials_of_the_case_read_why(
    stored, client, people, staff, status
):
    proposal = stored(builders.proposal_at, status, people, staff)
    client.force_login(people.lead)
    asked = client.get(page_of("withdraw", proposal)).content.decode()
    assert "Officials who read your proposal read what you say here." in asked
    # Before a recommendation somebody of the employer was asked.
    assert ("Whoever was asked at your employer" in asked) is (status == Status.DECIDED)
    press(client, proposal, **TYPED)

    stopped = builders.again(proposal)
    assert (stopped.status, stopped.promised_on) == (Status.WITHDRAWN, None)
    client.force_login(staff.reviewer)
    case = client.get(page_of("case", proposal)).content.decode()
    assert "Why the team stopped it" in case
    assert "Too few colleagues want it" in case
    assert "Canary left &lt;b&gt;us&lt;/b&gt;." in case
    assert "Decision due" not in case
    client.force_login(somebody("reviewer"))
    assert client.get(page_of("case", proposal)).status_code == 302
    assert "Canary" not in client.get(page_of("declare", proposal)).content.decode()


def test_the_words_are_in_no_event_no_mail_and_no_page_of_those_outside(
    client, settings, people, staff
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    proposal = officials.submitted(people, staff)
    client.force_login(people.lead)
    told = "Whoever was asked at your employer reads that it was stopped, not why."
    assert told in client.get(page_of("withdraw", proposal)).content.decode()
    client.logout()
    path = officials.opened(client, officials.live(proposal))
    draft.withdraw(proposal=proposal, seen=proposal.revision, by=people.lead, **TYPED)
    delivery.deliver_waiting()

    assert len(mail.outbox) > 0
    assert not [sent for sent in mail.outbox if "Canary" in sent.subject + sent.body]
    assert not [event for event in Event.objects.all() if "staff" in str(event.data)]
    assert "Canary" not in client.get(path).content.decode()
    client.force_login(people.viewer)
    assert "Canary" not in client.get(page_of("proposal", proposal)).content.decode()
    kept = EmployerInvitation.objects.get(proposal=proposal)
    assert kept.ended_because == Ended.WITHDRAWN
    assert kept.ended_at is not None


def test_what_is_left_out_is_asked_for_and_what_was_typed_stays(stored, client, people):
    proposal = stored(builders.draft_of, people)
    client.force_login(people.lead)
    page = press(client, proposal, words="Because of year 3.")
    text = page.content.decode()
    assert "Choose why you stop it, or that you would rather not say" in text
    assert "Because of year 3." in text
    assert builders.again(proposal).status == Status.DRAFT


def test_nobody_but_the_lead_stops_it_or_is_asked_why(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    page = page_of("withdraw", proposal)
    client.force_login(people.editor)
    text = client.get(page).content.decode()
    assert "Your team lead can do this." in text
    assert "Why do you stop it?" not in text
    assert "Officials who read your proposal" not in text
    sent = {"seen": proposal.revision, **TYPED}
    assert client.post(page, sent).status_code == 403
    client.force_login(staff.reviewer)
    assert client.post(page, sent).status_code == 404
    assert not Withdrawal.objects.exists()


def test_pressed_twice_it_is_stopped_once(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    client.force_login(people.lead)
    sent = {"seen": proposal.revision, **TYPED}
    assert client.post(page_of("withdraw", proposal), sent).status_code == 302
    assert client.post(page_of("withdraw", proposal), sent).status_code == 409
    assert Withdrawal.objects.count() == 1
    told = Notification.objects.filter(kind="proposal.withdraw")
    assert told.count() == 3


def test_who_is_a_moment_too_late_reads_so_and_finds_the_letter(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.DECIDED, people, staff)
    client.force_login(people.lead)
    page = page_of("withdraw", proposal)
    seen = client.get(page).context["form"]["seen"].value()
    decision.release(proposal=proposal, seen=proposal.revision, by=staff.decider)

    late = client.post(page, {"seen": seen, **TYPED})

    text = late.content.decode()
    assert late.status_code == 409
    assert "Nothing that you did was applied." in text
    assert "Canary left &lt;b&gt;us&lt;/b&gt;." in text
    assert f'href="{page_of("proposal", proposal)}"' in text
    assert "There is a decision" in client.get(page_of("proposal", proposal)).content.decode()
    assert not Withdrawal.objects.exists()


def test_the_database_refuses_a_reason_that_is_none(stored, people):
    proposal = stored(builders.draft_of, people)
    with pytest.raises(IntegrityError, match="reason_is_known"), transaction.atomic():
        Withdrawal.objects.create(proposal=proposal, reason="x", by=people.lead)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_letter_and_a_withdrawal_at_once_leave_one_of_them(client):
    reference.load()
    people, staff = builders.team(), builders.officials()
    proposal = builders.proposal_at(Status.DECIDED, people, staff)
    seen = draft_seen(client, proposal, people)

    results = at_once(
        lambda: draft.withdraw(proposal=proposal, seen=seen, by=people.lead, **TYPED),
        lambda: decision.release(proposal=proposal, seen=proposal.revision, by=staff.decider),
    )

    [lost] = [each for each in results if isinstance(each, Exception)]
    assert isinstance(lost, MovedOn)
    stopped = builders.again(proposal).status == Status.WITHDRAWN
    assert stopped is (lost is results[1])
    assert Withdrawal.objects.exists() is stopped
    assert proposal.decisions.released().exists() is not stopped
    assert EmployerInvitation.objects.live().exists() is not stopped
    told = {"proposal.withdraw", "proposal.decided"}
    kinds = set(Notification.objects.filter(kind__in=told).values_list("kind", flat=True))
    assert kinds == {"proposal.withdraw" if stopped else "proposal.decided"}


def draft_seen(client, proposal, people):
    """The revision that the lead's page of the verb was drawn from."""
    client.force_login(people.lead)
    return int(client.get(page_of("withdraw", proposal)).context["form"]["seen"].value())
