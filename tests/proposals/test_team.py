"""The people of a team: inviting quietly, joining once, leaving; and the mail that they get."""

import re
import uuid

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from activity import delivery
from activity.models import Event, Link, Notification
from activity.workflow import MovedOn
from proposals.draft import actions
from proposals.draft.models import Invitation, Member, Status
from tests.factories import somebody
from tests.proposals import builders

ASKED = {"name": "Ngozi Adeyemi", "email": "Ngozi@home.example", "role": "editor"}


@pytest.fixture(autouse=True)
def _mail_in_memory(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def draft(stored, people):
    return stored(builders.draft_of, people)


def invite(client, proposal, lead, **changes):
    client.force_login(lead)
    typed = ASKED | {"once": uuid.uuid4()} | changes
    return client.post(reverse("proposals:invite", args=[proposal.reference]), typed)


def link_in_mail():
    delivery.deliver_waiting()
    return re.search(r"http://[^/]+(/join/\S+)", mail.outbox[-1].body)[1]


def test_a_colleague_is_invited_joins_by_the_link_and_the_link_ends(client, people, draft):
    assert invite(client, draft, people.lead).status_code == 302
    address = link_in_mail()
    colleague = somebody()
    client.logout()

    opened = client.post(address, {"open-link": ""}, follow=True)
    assert "Sign in to join" in opened.content.decode()
    client.force_login(colleague)
    client.post(address, {"open-link": ""})
    page = client.get(address)
    assert people.lead.name in page.content.decode()
    unsaid = client.post(address, {"join": "yes"}).content.decode()
    assert "Choose yes if you work there now, or no" in unsaid
    assert not Member.objects.filter(user=colleague).exists()
    assert client.post(address, {"join": "yes", "employed": "yes"}).url == reverse(
        "proposals:tasks", args=[draft.reference]
    )

    member = Member.objects.get(proposal=draft, user=colleague)
    assert (member.role, member.employed) == ("editor", True)
    assert Event.objects.of(draft).filter(kind="proposal.join").count() == 1
    client.force_login(somebody())
    assert client.get(address).status_code == 404


def test_the_invitation_gives_nothing_away(client, people, draft):
    invite(client, draft, people.lead)
    delivery.deliver_waiting()

    [sent] = mail.outbox
    said = f"{sent.subject} {sent.body} {sent.from_email}"
    for secret in (people.lead.name, draft.title, draft.reference, draft.employer.name, "Mutuals"):
        assert secret not in said, secret
    assert sent.to == ["ngozi@home.example"]


def test_work_mail_is_refused_while_names_are_hidden(client, people, draft):
    domain = draft.employer.mail_domains[0]

    page = invite(client, draft, people.lead, email=f"n@ward.{domain}")

    assert "looks like your employer" in page.content.decode()
    assert not Invitation.objects.exists()


def test_mail_to_the_employers_domain_is_held_whoever_asks_for_it(people, draft):
    people.editor.email = f"jo@{draft.employer.mail_domains[0]}"
    people.editor.save()
    builders.ask_to_sign(draft, people)
    delivery.deliver_waiting()

    held = Notification.objects.get(user=people.editor)
    assert held.held_because == "employer-domain"
    assert [sent.to for sent in mail.outbox] == [[people.lead.email]]
    assert mail.outbox[0].subject == "A message is waiting for you"


def test_mail_to_a_hidden_team_names_no_proposal_not_even_in_its_link(people, draft):
    builders.ask_to_sign(draft, people)
    delivery.deliver_waiting()

    assert {sent.to[0] for sent in mail.outbox} == {people.lead.email, people.editor.email}
    for sent in mail.outbox:
        said = f"{sent.subject} {sent.body} {sent.from_email}"
        for secret in (draft.reference, draft.title, draft.employer.name, "proposal"):
            assert secret not in said, secret
        assert reverse("activity:inbox") in sent.body


def test_mail_to_who_left_or_is_in_conflict_is_held(stored, people, staff, draft):
    proposal = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    builders.recommend(proposal, staff)
    Notification.objects.exclude(kind="proposal.recommend").delete()
    proposal.declarations.filter(user=staff.fourth).update(is_conflict=True)
    delivery.deliver_waiting()

    held = Notification.objects.get(user=staff.fourth)
    assert held.held_because == "conflict"
    assert all("RTP" not in sent.subject for sent in mail.outbox)


def test_mail_to_who_left_the_team_before_it_went_is_held(people, draft):
    builders.ask_to_sign(draft, people)
    Member.objects.filter(user=people.editor).update(left_at=draft.created_at)
    delivery.deliver_waiting()

    assert Notification.objects.get(user=people.editor).held_because == "left-team"
    assert [sent.to for sent in mail.outbox] == [[people.lead.email]]


def test_mail_for_an_invitation_taken_back_before_it_went_is_held(client, people, draft):
    invite(client, draft, people.lead)
    actions.revoke(invitation=Invitation.objects.get(), by=people.lead)
    delivery.deliver_waiting()

    assert Notification.objects.get().held_because == "invitation-ended"
    assert mail.outbox == []


def test_an_invitation_taken_back_while_its_page_was_open_lets_nobody_in(client, people, draft):
    invite(client, draft, people.lead)
    address = link_in_mail()
    colleague = somebody()
    client.force_login(colleague)
    client.post(address, {"open-link": ""})
    invitation = Invitation.objects.get()
    link = Link.objects.get()
    actions.revoke(invitation=invitation, by=people.lead)

    assert client.post(address, {"join": "yes", "employed": "yes"}).status_code == 404
    with pytest.raises(MovedOn):
        actions.accept(invitation=invitation, link=link, employed=True, by=colleague)
    assert not Member.objects.filter(user=colleague).exists()


def test_who_is_in_the_team_already_stays_what_they_are(people, client, draft):
    invite(client, draft, people.lead)
    link_in_mail()
    joins = Event.objects.filter(kind="proposal.join").count()

    member = actions.accept(
        invitation=Invitation.objects.get(),
        link=Link.objects.get(),
        employed=True,
        by=people.viewer,
    )

    assert member.role == "viewer"
    assert Event.objects.filter(kind="proposal.join").count() == joins


@pytest.mark.parametrize("who", ["editor", "viewer"])
def test_only_the_lead_invites(client, people, draft, who):
    assert invite(client, draft, getattr(people, who)).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.invite(proposal=draft, **ASKED, once=uuid.uuid4(), by=getattr(people, who))


def test_somebody_in_the_team_is_not_invited_again(client, people, draft):
    page = invite(client, draft, people.lead, email=people.editor.email.upper())

    assert "in the team already" in page.content.decode()


def test_a_second_invitation_ends_the_first_and_revoking_ends_both(client, people, draft):
    invite(client, draft, people.lead)
    first = link_in_mail()
    invite(client, draft, people.lead)
    second = link_in_mail()

    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    invitation = Invitation.objects.open().get()
    revoke = reverse("proposals:revoke", args=[draft.reference, invitation.key])
    assert client.get(revoke).status_code == 200
    client.post(revoke)
    assert client.get(second).status_code == 404
    assert client.post(revoke).status_code == 404


def test_somebody_taken_out_sees_nothing_more(client, people, draft):
    member = Member.objects.get(proposal=draft, user=people.editor)
    client.force_login(people.lead)
    remove = reverse("proposals:member_remove", args=[draft.reference, member.key])
    assert client.get(remove).status_code == 200
    client.post(remove)

    client.force_login(people.editor)
    assert client.get(reverse("proposals:tasks", args=[draft.reference])).status_code == 404


def test_neither_the_lead_nor_a_signer_is_taken_out(client, people, draft):
    client.force_login(people.lead)
    lead = Member.objects.get(proposal=draft, user=people.lead)
    editor = Member.objects.get(proposal=draft, user=people.editor)
    builders.ask_to_sign(draft, people)

    for member, status in ((lead, 404), (editor, 403)):
        address = reverse("proposals:member_remove", args=[draft.reference, member.key])
        assert client.post(address).status_code == status
    with pytest.raises(PermissionDenied):
        actions.member_remove(member=lead, by=people.lead)


def test_an_address_longer_than_the_column_is_said_in_words(client, people, draft):
    page = invite(client, draft, people.lead, email="a@" + ".".join(["b" * 60] * 5))

    assert page.status_code == 200
    assert "Enter an e-mail address of 254 letters or fewer" in page.content.decode()
    assert not Invitation.objects.exists()


def test_an_invitation_taken_back_twice_is_told_and_noted_once(client, people, draft):
    invite(client, draft, people.lead)
    invitation = Invitation.objects.get()
    actions.revoke(invitation=invitation, by=people.lead)
    ended_at = Invitation.objects.get().revoked_at

    with pytest.raises(MovedOn):
        actions.revoke(invitation=invitation, by=people.lead)

    assert Invitation.objects.get().revoked_at == ended_at
    assert Event.objects.of(draft).filter(kind="proposal.revoke").count() == 1


def test_an_invitation_that_was_answered_is_not_taken_back(client, people, draft):
    invite(client, draft, people.lead)
    invitation = Invitation.objects.select_related("proposal").get()
    Invitation.objects.update(answered_at=draft.created_at, accepted=True)

    with pytest.raises(MovedOn):
        actions.revoke(invitation=invitation, by=people.lead)

    assert not Event.objects.of(draft).filter(kind="proposal.revoke").exists()


def test_somebody_taken_out_twice_is_noted_once(people, draft):
    member = Member.objects.get(proposal=draft, user=people.editor)
    actions.member_remove(member=member, by=people.lead)

    with pytest.raises(MovedOn):
        actions.member_remove(member=member, by=people.lead)

    assert Event.objects.of(draft).filter(kind="proposal.member_remove").count() == 1
