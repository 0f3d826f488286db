"""Pressed twice, kept once; and no page of somebody else's leads anywhere."""

import uuid

import pytest
from django.urls import reverse

from activity.models import Event, Notification
from proposals.draft.models import Invitation, Proposal, Status
from tests.factories import OrganisationFactory, somebody
from tests.proposals import builders

# Who writes where: the address, the rows that it makes, who is told.
VOICES = [
    ("notes", "reviewer", "notes", None),
    ("case_messages", "reviewer", "messages", "proposal.message"),
    ("messages", "lead", "messages", "case.message"),
]


@pytest.fixture
def case(stored, people, staff):
    return stored(builders.proposal_at, Status.ASSESSING, people, staff)


def address(name, proposal):
    return reverse(f"proposals:{name}", args=[proposal.reference])


def begin(client, who, once, title="Tees podiatry", employer=None):
    client.force_login(who)
    employer = employer or OrganisationFactory.create()
    typed = {"title": title, "employer": employer.slug, "once": once}
    return client.post(reverse("proposals:new"), typed)


@pytest.mark.parametrize(("page", "who", "rows", "kind"), VOICES)
def test_words_of_somebody_elses_page_are_neither_shown_nor_changed(
    client, people, staff, case, page, who, rows, kind
):
    once = uuid.uuid4()
    other = {"reviewer": staff.fourth, "lead": people.editor}[who]
    client.force_login(other)
    client.post(address(page, case), {"text": "Canary", "once": once})
    second = builders.proposal_at(Status.ASSESSING, people, staff)
    client.force_login(vars(people).get(who) or vars(staff)[who])

    for proposal in (case, second):
        sent = client.post(address(page, proposal), {"text": "Mine", "once": once}, follow=True)
        assert sent.status_code == 200
        assert [row.text for row in getattr(proposal, rows).order_by("pk")][-1] == "Mine"
        assert ("Canary" in sent.content.decode()) == (proposal == case)

    assert [row.text for row in getattr(case, rows).order_by("pk")] == ["Canary", "Mine"]


@pytest.mark.parametrize(("page", "who", "rows", "kind"), VOICES)
def test_words_pressed_twice_are_kept_and_told_once(
    client, people, staff, case, page, who, rows, kind
):
    client.force_login(vars(people).get(who) or vars(staff)[who])
    Notification.objects.all().delete()
    events = Event.objects.count()
    said = builders.said("Which bases close?")

    pressed = [client.post(address(page, case), said) for _press in range(2)]

    assert {each.url for each in pressed} == {address(page, case)}
    assert getattr(case, rows).count() == 1
    assert Event.objects.count() == events + 1
    told = Notification.objects.filter(kind=kind)
    assert told.count() == len(set(told.values_list("user", flat=True)))
    # Back, put right, and sent: both are kept.
    client.post(address(page, case), said | {"text": "Which bases would close?"})
    assert getattr(case, rows).count() == 2


def test_a_draft_is_begun_once_by_each_person_from_a_page(client, people):
    once, employer = uuid.uuid4(), OrganisationFactory.create()

    first, second = (begin(client, people.lead, once, employer=employer) for _press in range(2))
    other = begin(client, somebody(), once, employer=employer)

    assert first.url == second.url != other.url
    assert client.get(first.url).status_code == 404
    assert Proposal.objects.count() == 2
    assert Event.objects.filter(kind="proposal.create").count() == 2
    renamed = begin(client, people.lead, once, title="Tees podiatry service", employer=employer)
    assert renamed.url != first.url


def test_a_colleague_is_asked_once_by_a_page_and_an_address_put_right_is_asked_too(
    stored, client, people
):
    draft = stored(builders.draft_of, people)
    client.force_login(people.lead)
    typed = {"name": "Ngozi", "email": "ngozi@home.example", "role": "editor", "once": uuid.uuid4()}

    for _press in range(2):
        assert client.post(address("invite", draft), typed).url == address("team", draft)
    assert Invitation.objects.count() == 1
    assert Notification.objects.filter(kind="member.invite").count() == 1
    client.post(address("invite", draft), typed | {"email": "ngozi@house.example"})
    assert Notification.objects.filter(kind="member.invite").count() == 2


@pytest.mark.parametrize("put_right", [{"role": "viewer"}, {"name": "Ngozi Adeyemi"}])
def test_an_invitation_put_right_replaces_the_first(stored, client, people, put_right):
    draft = stored(builders.draft_of, people)
    client.force_login(people.lead)
    typed = {"name": "Ngozi", "email": "ngozi@home.example", "role": "editor", "once": uuid.uuid4()}
    client.post(address("invite", draft), typed)

    client.post(address("invite", draft), typed | put_right)

    stands = Invitation.objects.open().get()
    said = {"name": stands.name, "role": stands.role}
    assert said == {"name": "Ngozi", "role": "editor"} | put_right
    assert Notification.objects.filter(kind="member.invite").count() == 2
    # What was pressed first was replaced: pressed once more, it is not quietly forgotten.
    assert client.post(address("invite", draft), typed).status_code == 409


def test_a_page_whose_invitation_was_taken_back_asks_nobody(stored, client, people):
    draft = stored(builders.draft_of, people)
    client.force_login(people.lead)
    typed = {"name": "Ngozi", "email": "ngozi@home.example", "role": "editor", "once": uuid.uuid4()}
    client.post(address("invite", draft), typed)
    key = Invitation.objects.get().key
    client.post(reverse("proposals:revoke", args=[draft.reference, key]))

    assert client.post(address("invite", draft), typed).status_code == 409
    assert not Invitation.objects.open().exists()


@pytest.mark.parametrize("once", ["", "x", "1" * 40])
def test_a_page_without_its_key_says_to_open_it_again(client, people, staff, case, once):
    client.force_login(staff.reviewer)

    page = client.post(address("notes", case), {"text": "Year 3?", "once": once})

    words = page.content.decode()
    assert "This page did not load whole" in words
    assert "Year 3?" in words
    assert not case.notes.exists()
