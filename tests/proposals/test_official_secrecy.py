"""What an employer's official learns: nothing of who is in the team before they release it.

And what a team learns of the official: nothing at all.
"""

import json

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activity import delivery
from activity.actors import LinkHolder
from activity.models import Event, Notification
from activity.workflow import MovedOn
from proposals.decision import actions as decision
from proposals.draft import actions as draft
from proposals.draft import printing
from proposals.draft.models import Proposal, Status, Version
from proposals.employer import actions, words
from proposals.employer.facts import told_in
from proposals.employer.models import ASKED, EmployerInvitation
from proposals.review import actions as review
from tests.factories import somebody
from tests.proposals import builders, officials
from tests.proposals.test_workflow import force

# Names, figures and jobs of the team, as they stand in its answers and accounts.
CANARIES = ("Canary", "Ngozi", "Adeyemi", "Reyes", "Nurse", "2,400,000", "81.5", "home.example")


@pytest.fixture(autouse=True)
def _mail_in_memory(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def people(stored, scheme):
    return stored(builders.canaries)


@pytest.fixture
def proposal(stored, people, staff):
    return stored(officials.submitted, people, staff)


def release(proposal, people, *who):
    for person in who:
        draft.say_of_oneself(proposal=proposal, employed=True, may_be_named=True, by=person)
    draft.names(proposal=proposal, hidden=False, by=people.lead)


def read(client, path):
    page = client.get(path)
    assert page.status_code == 200
    return page.content.decode()


def all_an_official_reads(proposal):
    """Every page and mail, from the mail's link on: before the code, with it, and handing on."""
    client, asked = Client(), officials.live(proposal)
    mail.outbox.clear()
    Notification.objects.exclude(kind="employer.invite").delete()
    delivery.deliver_waiting()
    unproved = officials.opened(client, asked, proved=False)
    proved = officials.opened(client, asked)
    token = reverse("activity:link_code", args=[unproved.split("/")[2]])
    client.post(token, {"send-code": "yes"})
    delivery.deliver_waiting()
    seen = [read(client, unproved), read(client, proved), read(client, f"{proved}hand-on/")]
    seen += [client.post(f"{proved}hand-on/", {"address": "x"}).content.decode()]
    typed = {"post": "Chief", "address": officials.at(proposal.employer, "chief")}
    done = client.post(f"{proved}hand-on/", typed, follow=True)
    seen += [done.content.decode(), client.get(proved).content.decode()]
    delivery.deliver_waiting()
    sent = [f"{each.subject}\n{each.body}\n{each.from_email}" for each in mail.outbox]
    assert len(sent) == 3
    return seen, sent


def test_an_official_reads_no_name_figure_or_job_while_names_are_hidden(proposal, people):
    for person in vars(people).values():
        draft.say_of_oneself(proposal=proposal, employed=True, may_be_named=True, by=person)

    pages, mails = all_an_official_reads(proposal)

    for text in (*pages, *mails):
        assert [each for each in CANARIES if each in text] == []


def test_an_official_reads_whose_names_were_released_behind_a_code_alone(proposal, people):
    release(proposal, people, people.editor)

    pages, mails = all_an_official_reads(proposal)

    assert ["Canary editor" in page for page in pages] == [False, True] + [False] * 4
    assert not [mail for mail in mails if "Canary" in mail]
    assert not [page for page in pages if "Canary lead" in page or "Canary viewer" in page]


# What an official writes for reviewers alone; and what they write for the team.
INSIDE = {
    "headcount": "ours",
    "headcount-ours": "48,117",
    "headcount-source": "Canary source",
}
OBJECTION = {
    "position": "object",
    "grounds-0-ground": "RC-Q03",
    "grounds-0-evidence": "Canary evidence",
    "to_team": "Parrot for the team",
    "to_reviewers": "Canary for reviewers",
}
SECRET = (
    *("Canary source", "Canary evidence", "Canary for reviewers", "Canary term", "48,117"),
    *("We object", "We accept it", "Joined-up care", "RC-Q03"),
)
TEAM_PAGES = (
    *("proposal", "tasks", "team", "history", "messages"),
    *("receipt", "answers", "print", "requests", "promises"),
)


@pytest.mark.parametrize(
    "position", [OBJECTION, OBJECTION | {"position": "conditions", "conditions": "Canary term"}]
)
def test_a_team_reads_that_its_employer_answered_and_the_box_for_it_and_nothing_else(
    stored, client, people, staff, position
):
    proposal = stored(officials.submitted, people, staff)
    address = officials.live(proposal).address
    officials.answered(proposal, officials.facts(**INSIDE), position)
    for person in vars(people).values():
        client.force_login(person)
        for name in TEAM_PAGES:
            text = read(client, reverse(f"proposals:{name}", args=[proposal.reference]))
            assert [each for each in (*SECRET, address) if each in text] == [], name
            assert ("Parrot" in text) is (name == "proposal")
            assert ("Your employer has answered." in text) is (name in ("proposal", "receipt"))
        for page in ("/search/?q=canary+evidence", "/start/"):
            assert [each for each in SECRET if each in read(client, page)] == []
        inbox = read(client, "/inbox/")
        assert "Your employer has answered" in inbox
        assert [each for each in (*SECRET, "Parrot") if each in inbox] == []


def test_no_page_mail_pdf_or_event_carries_the_words_of_an_answer(stored, client, people, staff):
    proposal = stored(officials.submitted, people, staff)
    officials.answered(proposal, officials.facts(**INSIDE), OBJECTION)
    delivery.deliver_waiting()
    sent = "".join(f"{each.subject}{each.body}" for each in mail.outbox)
    version = proposal.versions.latest()
    frozen = f"{printing.facts_of(version)}{version.text}"
    events = "".join(str(each.data) for each in Event.objects.all())
    public = read(Client(), "/search/?q=canary+evidence") + read(Client(), "/")
    told = "".join(f"{each.ids}{each.kind}" for each in Notification.objects.all())
    for text in (sent, frozen, events, public, told):
        assert [each for each in (*SECRET, "Parrot") if each in text] == []
    assert "The employer's answer is in." in sent
    assert "Your employer has answered" not in sent  # the names of this team are hidden
    for stranger in (None, somebody("coordinator"), somebody("administrator")):
        reader = Client()
        if stranger:
            reader.force_login(stranger)
        page = reverse("proposals:employer_case", args=[proposal.reference])
        assert reader.get(page).status_code in (302, 404)


def test_no_answer_of_the_team_that_is_no_figure_reaches_the_facts():
    def canary(answer):
        if isinstance(answer, dict):
            return {key: canary(each) for key, each in answer.items()}
        return [canary(each) for each in answer] if isinstance(answer, list) else "94, ask Canary"

    sections = canary(builders.ANSWERED)
    version = Version(text=json.dumps({"sections": sections}))
    assert told_in(version) == []


def test_no_page_on_which_an_official_answers_names_anybody(client, proposal, people):
    asked = officials.live(proposal)
    path = officials.opened(client, asked)
    names = ("Canary", "Ngozi", "Adeyemi", "Reyes", "home.example", "Late letters", "Robin")
    officials.typed(client, path, officials.facts(**officials.DISPUTED), officials.CONDITIONS)
    texts = [read(client, path + page) for page in ("", "facts/", "position/", "answers/")]
    officials.send(asked)
    for text in (*texts, read(client, f"{path}sent/"), read(client, path)):
        assert [each for each in names if each in text] == []


def test_a_name_that_was_released_is_hidden_again_at_once(client, proposal, people):
    release(proposal, people, people.editor)
    path = officials.opened(client, officials.live(proposal))
    assert "Canary editor" in read(client, path)
    draft.names(proposal=proposal, hidden=True, by=people.lead)
    assert "Canary" not in read(client, path)


def test_who_gave_no_name_or_has_left_is_not_named_by_their_address(proposal, people):
    User.objects.filter(pk=people.editor.pk).update(name="")
    release(proposal, people, people.editor, people.viewer)
    draft.leave(proposal=proposal, by=people.viewer)
    assert words.names(builders.again(proposal)) == []


def test_the_service_is_named_behind_a_code_alone(client, proposal):
    asked = officials.live(proposal)
    shut, told = (proposal.title, proposal.reference), officials.live(proposal).due_on.year
    before = read(client, officials.opened(client, asked, proved=False))
    assert [each for each in shut if each in before] == []
    assert str(told) in before
    after = read(client, officials.opened(client, asked))
    assert [each for each in shut if each not in after] == []


def test_nothing_but_a_button_is_shown_to_what_follows_links_by_itself(client, proposal):
    path = officials.opened(Client(), officials.live(proposal))
    page = read(client, path)
    assert proposal.employer.name not in page
    assert 'name="open-link"' in page
    assert client.get(f"{path}hand-on/").status_code == 200
    assert "Their e-mail address" not in read(client, f"{path}hand-on/")


def test_a_link_in_a_new_browser_hands_nothing_on(client, proposal):
    path = officials.opened(client, officials.live(proposal), proved=False)
    assert client.get(f"{path}hand-on/").url.startswith("/link/")
    typed = {"post": "Chief", "address": officials.at(proposal.employer, "chief")}
    assert client.post(f"{path}hand-on/", typed).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.hand_on(
            invitation=officials.live(proposal),
            by=officials.holder(officials.live(proposal), proved=False),
            **typed,
        )
    assert EmployerInvitation.objects.count() == 1


def test_the_team_reads_nothing_of_whom_we_ask(client, proposal, people, staff):
    officials.checked(proposal, staff.reviewer)
    asked = officials.live(proposal)
    named = {"post": "Director", "address": officials.at(proposal.employer, "chief")}
    actions.hand_on(invitation=asked, by=officials.holder(asked), **named)
    names = ("proposal", "tasks", "team", "names", "history", "messages", "receipt", "answers")
    for person in vars(people).values():
        client.force_login(person)
        for name in names:
            page = client.get(reverse(f"proposals:{name}", args=[proposal.reference]))
            text = page.content.decode()
            assert not [
                each for each in (officials.POST, "Director", "switchboard") if each in text
            ]
            assert proposal.employer.mail_domains[0] not in text
            assert text.count("An official of your employer was asked.") <= 1
        page = reverse("proposals:employer_case", args=[proposal.reference])
        assert client.get(page).status_code == 404


def test_only_officials_of_the_case_open_its_page_and_only_a_reviewer_asks(client, proposal, staff):
    page = reverse("proposals:employer_case", args=[proposal.reference])
    assert client.get(page).status_code == 302
    for stranger in (somebody(), somebody("coordinator"), somebody("administrator")):
        client.force_login(stranger)
        assert client.get(page).status_code == 404
    client.force_login(somebody("reviewer"))
    assert client.get(page).url.endswith("/declare/")
    client.force_login(staff.countersigner)
    assert "Ask this official" not in read(client, page)
    assert client.post(page, {"post": "x"}).status_code == 403
    client.force_login(staff.reviewer)
    assert "Ask this official instead" in read(client, page)


@pytest.mark.parametrize("address", ["x@evil.example", "x@notbody.example", "x@example"])
def test_nobody_outside_the_employer_is_asked(proposal, staff, address):
    with pytest.raises(PermissionDenied):
        officials.checked(proposal, staff.reviewer, address=address)
    asked = officials.live(proposal)
    with pytest.raises(PermissionDenied):
        actions.hand_on(invitation=asked, post="Chief", address=address, by=officials.holder(asked))
    assert officials.live(proposal) == asked


def held(proposal):
    delivery.deliver_waiting()
    told = Notification.objects.get(kind="employer.invite")
    return told.held_because


def to_the_official():
    domain = Proposal.objects.get().employer.mail_domains[0]
    return [each for each in mail.outbox if domain in str(each.to)]


def test_an_address_that_is_the_employers_no_longer_gets_no_mail(proposal):
    proposal.employer.mail_domains = ["elsewhere.example"]
    proposal.employer.save()
    assert held(proposal) == "outside-employer"
    assert len(mail.outbox) > 0
    assert not [each for each in mail.outbox if "people@" in str(each.to)]


def test_somebody_else_than_who_is_asked_gets_no_mail(proposal):
    Notification.objects.filter(kind="employer.invite").update(address="canary@home.example")
    assert held(proposal) == "not-the-official"


def test_who_is_asked_no_longer_gets_no_mail(proposal, staff):
    officials.checked(proposal, staff.reviewer)
    delivery.deliver_waiting()
    [sent] = to_the_official()
    assert sent.to == [officials.at(proposal.employer, "director")]


def test_after_a_withdrawal_no_mail_leaves_and_the_link_says_so_and_nothing_else(
    client, proposal, people
):
    asked = officials.live(proposal)
    path = officials.opened(client, asked)
    code = reverse("activity:link_code", args=[path.split("/")[2]])
    client.post(code, {"send-code": "yes"})
    current = builders.again(proposal)
    builders.withdraw(current, people)

    assert held(proposal) == "asked-no-longer"
    client.post(code, {"send-code": "yes"})
    delivery.deliver_waiting()
    assert to_the_official() == []
    page = read(client, path)
    assert "The staff who made it have stopped it." in page
    for each in (proposal.title, proposal.reference, proposal.employer.name, "Canary", "hand-on"):
        assert each not in page
    assert client.get(f"{path}hand-on/").url == path
    typed = {"post": "Chief", "address": officials.at(proposal.employer, "chief")}
    assert client.post(f"{path}hand-on/", typed).status_code == 409


@pytest.mark.parametrize("status", [Status.LAPSED, Status.APPROVED])
def test_when_officials_have_it_no_longer_no_mail_leaves(client, proposal, status):
    force(proposal, status)
    assert held(proposal) == "proposal-ended"
    said = {Status.LAPSED: "was set aside", Status.APPROVED: "There is a decision"}[status]
    page = read(client, officials.opened(client, officials.live(proposal)))
    assert said in page
    assert proposal.title not in page


def test_a_link_of_another_purpose_or_record_opens_nothing(proposal, people):
    asked = officials.live(proposal)
    kind = asked._meta.label_lower
    good = officials.holder(asked)
    assert list(EmployerInvitation.objects.visible_to(good)) == [asked]
    for other in (
        people.lead,
        LinkHolder("proposals.idea", kind, asked.pk, asked.address, True),
        LinkHolder(ASKED, "proposals.proposal", asked.pk, asked.address, True),
        LinkHolder(ASKED, kind, asked.pk + 1, asked.address, True),
    ):
        assert not EmployerInvitation.objects.visible_to(other).exists()


def test_events_hold_no_address_and_no_post(proposal, staff):
    officials.checked(proposal, staff.reviewer)
    actions.hand_on(
        invitation=officials.live(proposal),
        post="Chief",
        address=officials.at(proposal.employer, "chief"),
        by=officials.holder(officials.live(proposal)),
    )
    asked = Event.objects.filter(kind__startswith="employer.").order_by("pk")
    assert [event.data["basis"] for event in asked] == ["record", "checked", "named"]
    assert not [event for event in asked if "@" in str(event.data) or "@" in event.actor_id]


def test_a_team_member_who_is_the_contact_of_the_record_is_not_asked(people, staff):
    proposal = builders.sign_all(builders.proposal_at(Status.AWAITING_SIGN_OFF, people, staff))
    officials.keep_contact(proposal.employer, "me")
    User.objects.filter(pk=people.editor.pk).update(
        email=officials.at(proposal.employer, "ME").upper()
    )
    proposal = builders.again(proposal)
    draft.submit(proposal=proposal, seen=proposal.revision, by=people.lead)
    assert not EmployerInvitation.objects.exists()
    assert builders.again(proposal).employer_due_on is None


def test_an_official_learns_of_no_member_by_naming_one(client, proposal, people):
    """The refusal would say that they are in the team; reviewers are warned instead."""
    address = officials.at(proposal.employer, "editor")
    User.objects.filter(pk=people.editor.pk).update(email=address)
    path = officials.opened(client, officials.live(proposal))
    named = client.post(f"{path}hand-on/", {"post": "Chief", "address": address})
    assert named.url == reverse("proposals:employer_handed_on")
    client.force_login(User.objects.get(appointments__role="reviewer"))
    page = reverse("proposals:employer_case", args=[proposal.reference])
    assert "Somebody in the team signs in with this address." in read(client, page)


def test_an_official_learns_of_no_inside_step_by_their_link(stored, client, people, staff):
    proposal = stored(officials.submitted, people, staff)
    asked = officials.live(proposal)
    path = officials.opened(client, asked)
    builders.hear_employer(proposal)
    before = read(client, path)
    review.begin(proposal=proposal, seen=proposal.revision, by=staff.reviewer)
    moved = builders.recommend(builders.again(proposal), staff)
    decision.countersign(proposal=moved, seen=moved.revision, by=staff.countersigner)
    assert read(client, path) == before
    last = MovedOn(builders.again(proposal)).last_event(officials.holder(asked))
    assert last.kind == "proposal.recommend"


def test_what_people_type_is_shown_harmlessly(client, proposal, staff):
    officials.checked(proposal, staff.reviewer, post="<i>Canary</i>", checked_how="<b>rang</b>")
    client.force_login(staff.reviewer)
    page = read(client, reverse("proposals:employer_case", args=[proposal.reference]))
    assert "<i>Canary" not in page
    assert "<b>rang" not in page
