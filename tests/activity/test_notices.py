"""The page on which somebody chooses how each kind of message is mailed."""

import datetime

import html5lib
import pytest
from django.urls import reverse

from accounts.models import Role
from activity import clock, kinds, notices, outbox
from activity.kinds import How
from activity.models import NoticeChoice, Notification
from tests.factories import UserFactory, somebody
from tests.pathfinders import factories as mutuals
from tests.proposals import builders

pytestmark = pytest.mark.django_db

ADDRESS = "/accounts/me/notices/"
TEAM = {
    "proposal.document_infected",
    "ballot.call_off",
    "ballot.replace",
    "proposal.hand_over",
    "proposal.leave",
    "proposal.employer_answer",
    "proposal.message",
    "proposal.begin",
    "proposal.reopen",
    "proposal.revive",
    "proposal.withdraw",
}
CASES = {
    "case.ask_exempt",
    "case.assign",
    "case.uncovered",
    "case.concern",
    "case.defer",
    "case.department_reply",
    "case.employer_silent",
    "case.mention",
    "case.remind",
    "employer.answer",
    "proposal.resubmit",
}
COVER = {"cover.answer", "cover.ask", "cover.spare"}
ADVICE = {
    "enquiry.ask_check",
    "enquiry.attachment_infected",
    "enquiry.breach",
    "enquiry.check",
    "enquiry.go_on",
    "enquiry.hand_over",
}
MUTUAL = {
    "pathfinder.open",
    "pathfinder.add_person",
    "pathfinder.remove_person",
    "mentorship.answer",
}


@pytest.fixture
def person(client):
    user = UserFactory()
    client.force_login(user)
    return user


def open_to(user) -> set[str]:
    return {kind.name for kind in kinds.for_reader(user) if kind.is_open}


def page(client) -> dict[str, str]:
    """What a browser would send back of the page as it is now."""
    tree = html5lib.parse(client.get(ADDRESS).content.decode(), namespaceHTMLElements=False)
    inputs = [each.attrib for each in tree.iterfind(".//main//input")]
    return {
        each["name"]: each["value"]
        for each in inputs
        if each["type"] == "hidden" or "checked" in each
    }


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(ADDRESS)["Location"] == f"{reverse('account_login')}?next={ADDRESS}"
    assert client.post(ADDRESS, {"proposal.begin": "day"}).status_code == 403
    assert not NoticeChoice.objects.exists()


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (None, TEAM | MUTUAL),
        (Role.REVIEWER, CASES | COVER),
        (Role.DECISION_MAKER, CASES | COVER | {"case.refuse_exempt", "case.refuse_recall"}),
        (Role.COORDINATOR, COVER | {"pathfinder.open", "mentorship.answer"}),
        (Role.MENTOR, {"mentorship.answer"}),
        (Role.ADVISER, COVER | ADVICE),
        (Role.ADVICE_LEAD, COVER | ADVICE),
        (Role.ADMINISTRATOR, set()),
        (Role.OBSERVER, set()),
        (Role.CHALLENGE_GROUP, set()),
    ],
)
def test_a_person_is_shown_what_somebody_in_their_role_can_get(role, expected):
    assert open_to(somebody(role) if role else UserFactory()) == expected


def test_an_official_who_is_in_a_team_chooses_for_both():
    reviewer = somebody(Role.REVIEWER)
    builders.draft_of(builders.team(lead=reviewer), complete=False)
    assert open_to(reviewer) == TEAM | CASES | COVER


def test_a_mentor_who_answers_for_a_mutual_chooses_for_both():
    mentor = somebody(Role.MENTOR)
    mutuals.join(mutuals.entry(), mentor)
    assert open_to(mentor) == MUTUAL


@pytest.mark.parametrize("role", [None, *Role])
def test_everything_that_is_fixed_says_why(client, role):
    client.force_login(somebody(role) if role else UserFactory())
    shown = client.get(ADDRESS).content.decode()
    assert "By mail alone" in shown
    assert "Every message about your work is in your inbox" in shown
    if role in (Role.REVIEWER, Role.DECISION_MAKER):
        assert "We send no mail for it." in shown
        assert "The case stands still until you have acted." in shown


def test_what_is_chosen_is_kept_and_shown(client, person):
    assert page(client)["proposal.begin"] == "now"
    done = client.post(ADDRESS, page(client) | {"proposal.begin": "day"}, follow=True)
    assert done.redirect_chain == [(ADDRESS, 302)]
    assert "Saved." in done.content.decode()
    assert notices.chosen_by(person) == {"proposal.begin": How.DAY}
    assert page(client)["proposal.begin"] == "day"
    client.post(ADDRESS, page(client) | {"proposal.begin": "now"})
    assert notices.chosen_by(person) == {}


def test_pressed_twice_it_is_kept_once(client, person):
    sent = page(client) | {"proposal.begin": "day", "proposal.withdraw": "off"}
    for _press in range(2):
        assert client.post(ADDRESS, sent).status_code == 302
    assert notices.chosen_by(person) == {"proposal.begin": How.DAY, "proposal.withdraw": How.OFF}


def test_of_two_pages_neither_takes_back_what_the_other_saved(client, person):
    first, second = page(client), page(client)
    client.post(ADDRESS, first | {"proposal.begin": "day"})
    client.post(ADDRESS, second | {"proposal.withdraw": "off"})
    assert notices.chosen_by(person) == {"proposal.begin": How.DAY, "proposal.withdraw": How.OFF}


@pytest.mark.parametrize(
    ("kind", "how"),
    [("proposal.begin", "off"), ("proposal.begin", "never"), ("proposal.withdraw", "\x00")],
)
def test_a_way_that_is_not_offered_is_refused_and_changes_nothing(client, person, kind, how):
    sent = page(client) | {"proposal.reopen": "day", kind: how}
    refused = client.post(ADDRESS, sent)
    assert refused.status_code == 200
    assert "There is a problem" in refused.content.decode()
    assert notices.chosen_by(person) == {}


@pytest.mark.parametrize("kind", ["proposal.decided", "case.refuse_recall", "no.such"])
def test_a_kind_that_is_not_mine_to_choose_is_not_kept(client, person, kind):
    client.post(ADDRESS, page(client) | {kind: "off"})
    assert notices.chosen_by(person) == {}


def test_a_form_that_lost_its_fields_changes_nothing(client, person):
    notices.choose(person, {"proposal.begin": How.DAY})
    assert client.post(ADDRESS, {"initial-proposal.begin": "day"}).status_code == 302
    assert notices.chosen_by(person) == {"proposal.begin": How.DAY}


def test_who_was_signed_out_meanwhile_is_shown_what_they_chose_and_not_what_was_there(client):
    sent = {"initial-proposal.begin": "now", "proposal.begin": "day"}
    assert client.post(ADDRESS, sent).context["typed"] == ["day"]


def test_nobody_chooses_for_somebody_else(client, person):
    other = UserFactory()
    client.post(ADDRESS, page(client) | {"proposal.begin": "day", "user": str(other.pk)})
    assert notices.chosen_by(other) == {}


def test_a_message_that_waits_is_woken_and_nobody_elses(
    client, person, django_capture_on_commit_callbacks
):
    other = UserFactory()
    for user in (person, other):
        notices.choose(user, {"proposal.begin": How.DAY})
        tomorrow = clock.now() + datetime.timedelta(days=1)
        Notification.objects.create(kind="proposal.begin", user=user, put_off_to=tomorrow)
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(ADDRESS, page(client) | {"proposal.begin": "now"})
    assert callbacks == [outbox.nudge]
    assert list(Notification.objects.filter(put_off_to=None)) == list(
        Notification.objects.filter(user=person)
    )


def test_the_page_is_linked_from_the_account(client, person):
    assert ADDRESS in client.get(reverse("accounts:me")).content.decode()


@pytest.mark.parametrize("make", [UserFactory, lambda: somebody(Role.MENTOR, Role.ADVISER)])
def test_it_costs_few_queries(client, make, django_assert_max_num_queries):
    client.force_login(make())
    with django_assert_max_num_queries(8):
        client.get(ADDRESS)


def test_a_choice_says_what_it_is_about():
    assert str(NoticeChoice(kind="proposal.begin", how="day")) == "proposal.begin: day"
