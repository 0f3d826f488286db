"""The people in a team: their parts, who leads, who leaves, who works there, who may be named."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from activity import delivery
from activity.models import Event, Notification
from activity.workflow import MovedOn
from proposals.draft import actions
from proposals.draft.models import Employment, Member, MemberRole, Status
from tests.at_once import at_once
from tests.factories import somebody
from tests.proposals import builders


@pytest.fixture
def draft(stored, people):
    return stored(builders.draft_of, people)


def member(proposal, user):
    return Member.objects.select_related("proposal", "user").get(proposal=proposal, user=user)


def address(name, proposal, user=None):
    key = [member(proposal, user).key] if user else []
    return reverse(f"proposals:{name}", args=[proposal.reference, *key])


def kinds(proposal):
    return list(Event.objects.of(proposal).values_list("kind", flat=True))


VERBS = ("member_change", "member_remove", "hand_over")


@pytest.mark.parametrize("verb", VERBS)
def test_only_the_lead_changes_other_people(client, people, draft, verb):
    for who, status in ((people.editor, 403), (people.viewer, 403), (somebody(), 404)):
        client.force_login(who)
        assert client.get(address(verb, draft, people.editor)).status_code == status
        assert client.post(address(verb, draft, people.editor)).status_code == status
    with pytest.raises(PermissionDenied):
        actions.hand_over(member=member(draft, people.editor), by=people.editor)


@pytest.mark.parametrize("page", ["names", "leave", "oneself"])
def test_a_strangers_team_is_not_there(client, people, draft, page):
    client.force_login(somebody())

    assert client.get(address(page, draft)).status_code == 404
    assert client.post(address(page, draft)).status_code == 404


def test_nobody_but_the_lead_decides_about_names(client, people, draft):
    client.force_login(people.editor)

    assert client.get(address("names", draft)).status_code == 403
    assert client.post(address("names", draft), {"hidden": "no"}).status_code == 403
    assert builders.again(draft).names_hidden


@pytest.mark.parametrize("verb", VERBS)
def test_a_member_of_another_team_is_not_found_in_this_one(client, people, draft, verb):
    other = builders.draft_of(builders.team())
    theirs = Member.objects.get(proposal=other, role=MemberRole.EDITOR)
    client.force_login(people.lead)

    found = reverse(f"proposals:{verb}", args=[draft.reference, theirs.key])

    assert client.post(found).status_code == 404


def test_the_lead_lets_a_reader_write(client, people, draft):
    client.force_login(people.lead)
    page = client.get(address("member_change", draft, people.viewer))
    assert f"What may {people.viewer.name} do?" in page.content.decode()

    client.post(address("member_change", draft, people.viewer), {"role": "editor"})
    client.post(address("member_change", draft, people.viewer), {"role": "editor"})

    assert member(draft, people.viewer).role == MemberRole.EDITOR
    assert kinds(draft).count("proposal.member_change") == 1


def test_a_part_that_is_not_chosen_is_asked_for(client, people, draft):
    client.force_login(people.lead)

    page = client.post(address("member_change", draft, people.viewer), {"role": "lead"})

    assert "There is a problem" in page.content.decode()
    assert member(draft, people.viewer).role == MemberRole.VIEWER


@pytest.mark.parametrize("verb", VERBS)
def test_who_is_asked_to_sign_stays_as_they_are(client, people, draft, verb):
    builders.ask_to_sign(draft, people)
    client.force_login(people.lead)

    page = client.get(address(verb, draft, people.editor)).content.decode()
    answer = client.post(address(verb, draft, people.editor), {"role": "viewer"})

    assert "Open the proposal again first" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert answer.status_code == 403
    assert member(draft, people.editor).role == MemberRole.EDITOR


def test_the_lead_is_handed_over_and_the_new_one_is_told(client, people, draft, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.force_login(people.lead)

    client.post(address("hand_over", draft, people.editor))

    assert member(draft, people.editor).role == MemberRole.LEAD
    assert member(draft, people.lead).role == MemberRole.EDITOR
    assert client.get(address("names", draft)).status_code == 403
    assert Notification.objects.get(kind="proposal.hand_over").user == people.editor
    delivery.deliver_waiting()
    [sent] = mail.outbox
    for secret in (draft.title, draft.reference, draft.employer.name, people.lead.name):
        assert secret not in f"{sent.subject} {sent.body}", secret


def test_a_reader_cannot_lead(client, people, draft):
    client.force_login(people.lead)

    page = client.get(address("hand_over", draft, people.viewer))

    assert "Let them write first" in page.content.decode()
    assert client.post(address("hand_over", draft, people.viewer)).status_code == 403
    assert member(draft, people.lead).role == MemberRole.LEAD


def test_the_lead_is_not_handed_over_to_the_lead(people, draft):
    with pytest.raises(PermissionDenied):
        actions.hand_over(member=member(draft, people.lead), by=people.lead)


def test_whoever_left_meanwhile_does_not_become_the_lead(people, draft):
    editor = member(draft, people.editor)
    actions.leave(proposal=draft, by=people.editor)

    with pytest.raises(MovedOn):
        actions.hand_over(member=editor, by=people.lead)

    assert member(draft, people.lead).role == MemberRole.LEAD


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_hand_overs_at_once_leave_one_lead(stored, people):
    proposal = stored(builders.draft_of, people)
    Member.objects.filter(user=people.viewer).update(role=MemberRole.EDITOR)
    first, second = member(proposal, people.editor), member(proposal, people.viewer)

    results = at_once(
        lambda: actions.hand_over(member=first, by=people.lead),
        lambda: actions.hand_over(member=second, by=people.lead),
    )

    assert sum(isinstance(result, PermissionDenied) for result in results) == 1, results
    leads = Member.objects.filter(proposal=proposal, role=MemberRole.LEAD)
    assert leads.count() == 1
    assert kinds(proposal).count("proposal.hand_over") == 1


def test_a_member_leaves_sees_nothing_more_and_the_lead_is_told(client, people, draft):
    client.force_login(people.viewer)
    assert "You will not see this proposal" in client.get(address("leave", draft)).content.decode()

    gone = client.post(address("leave", draft))

    assert gone.url == reverse("proposals:mine")
    assert client.get(reverse("proposals:tasks", args=[draft.reference])).status_code == 404
    assert Notification.objects.get(kind="proposal.leave").user == people.lead
    assert client.post(address("leave", draft)).status_code == 404
    with pytest.raises(MovedOn):
        actions.leave(proposal=draft, by=people.viewer)


def test_the_lead_cannot_leave_before_somebody_else_leads(client, people, draft):
    client.force_login(people.lead)

    page = client.get(address("leave", draft))

    assert "Let somebody else lead the team first" in page.content.decode()
    assert client.post(address("leave", draft)).status_code == 403
    assert member(draft, people.lead).left_at is None


def test_a_member_says_where_they_work_and_whether_they_may_be_named(client, people, draft):
    Member.objects.filter(user=people.editor).update(employed=None)
    client.force_login(people.editor)
    page = client.get(address("oneself", draft)).content.decode()
    assert f"Do you work for {draft.employer} now?" in page

    refused = client.post(address("oneself", draft), {"may_be_named": "on"}).content.decode()
    assert "Choose yes if you work there now, or no" in refused
    assert "checked" in refused
    client.post(address("oneself", draft), {"employed": "no", "may_be_named": "on"})

    mine = member(draft, people.editor)
    assert (mine.employed, mine.may_be_named) == (False, True)


def test_who_left_says_nothing_more_of_themselves(people, draft):
    actions.leave(proposal=draft, by=people.viewer)

    with pytest.raises(MovedOn):
        actions.say_of_oneself(proposal=draft, employed=True, may_be_named=True, by=people.viewer)


@pytest.mark.parametrize(
    ("employed", "email", "employment"),
    [
        (True, "jo@{domain}", Employment.PROVED),
        (True, "jo@ward.{domain}", Employment.PROVED),
        (True, "jo@home.example", Employment.SAID),
        (False, "jo@{domain}", Employment.ELSEWHERE),
        (None, "jo@{domain}", Employment.NOT_SAID),
    ],
)
def test_a_work_address_shows_who_works_there(people, draft, employed, email, employment):
    people.editor.email = email.format(domain=draft.employer.mail_domains[0])
    people.editor.save()
    Member.objects.filter(user=people.editor).update(employed=employed)

    assert member(draft, people.editor).employment == employment


@pytest.mark.parametrize("employed", [False, None])
def test_signatures_wait_until_two_of_the_team_work_there(client, people, draft, employed):
    Member.objects.exclude(user=people.lead).update(employed=employed)
    client.force_login(people.lead)

    page = client.get(reverse("proposals:ask_sign_off", args=[draft.reference]))

    assert "Two people in the team must work for your employer now" in page.content.decode()
    with pytest.raises(PermissionDenied):
        builders.ask_to_sign(draft, people)


def test_a_version_keeps_who_works_there_beside_its_text(stored, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    version = proposal.versions.get()

    said = dict(version.people.values_list("user", "employment"))

    assert said[people.lead.pk] == Employment.SAID
    assert people.lead.name not in version.text


def test_the_lead_shows_the_names_of_those_who_agreed_and_hides_them_again(client, people, draft):
    Member.objects.filter(user=people.editor).update(may_be_named=True)
    client.force_login(people.lead)
    page = client.get(address("names", draft)).content.decode()
    assert page.count("Nothing: has not agreed") == 2

    client.post(address("names", draft), {"hidden": "no"})
    assert not builders.again(draft).names_hidden
    client.post(address("names", draft), {"hidden": "no"})
    client.post(address("names", draft), {"hidden": "yes"})

    assert builders.again(draft).names_hidden
    assert kinds(draft).count("proposal.names") == 2


def test_a_choice_about_names_must_be_made(client, people, draft):
    client.force_login(people.lead)

    page = client.post(address("names", draft), {"hidden": ""})

    assert "Choose whether your employer may learn your names" in page.content.decode()
    assert builders.again(draft).names_hidden
