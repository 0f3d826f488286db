"""Team and officials look at the same proposal, and neither ever learns of the other."""

import pytest
from django.urls import reverse

from activity import clock, presence
from activity.models import Presence
from proposals.draft.models import ConflictDeclaration, Member, Status
from proposals.draft.presence import TASKS, TEAM
from proposals.review import actions as review
from proposals.review.presence import CASE
from tests.factories import somebody
from tests.proposals import builders
from tests.proposals.test_writing import SERVICE, page_of


@pytest.fixture
def case(stored, people, staff):
    return stored(builders.proposal_at, Status.ASSESSING, people, staff)


def at(name, record, spot, person, *, is_writing=False):
    presence.come(presence.place_of(name), record, spot=spot, is_writing=is_writing, by=person)


def here(name, record, spot, reader):
    return presence.here(name, record, spot, reader).lines


def beat(client, name, record, spot):
    said = {"place": name, "reference": record.reference, "spot": spot}
    return client.post("/here/", said, headers={"Accept": "application/json"})


def test_a_team_never_learns_that_officials_look(client, people, staff, case):
    at(CASE, case, "case", staff.reviewer)
    at(CASE, case, "notes", staff.decider, is_writing=True)
    client.force_login(people.lead)
    for name in ("tasks", "proposal", "answers", "messages"):
        words = client.get(reverse(f"proposals:{name}", args=[case.reference])).content.decode()
        assert staff.reviewer.name not in words
        assert "is looking at this case" not in words
        assert "is writing a note" not in words
    assert here(TEAM, case, TASKS, people.lead) == []
    assert here(CASE, case, "case", people.lead) == []
    assert beat(client, CASE, case, "case").status_code == 404
    assert beat(client, TEAM, case, TASKS).json() == {"lines": []}
    assert not Presence.objects.filter(place=CASE, user=people.lead).exists()


def test_officials_never_learn_that_the_team_looks(client, people, staff, case):
    at(TEAM, case, TASKS, people.lead)
    client.force_login(staff.reviewer)
    for name in ("case", "notes", "case_messages"):
        words = client.get(reverse(f"proposals:{name}", args=[case.reference])).content.decode()
        assert people.lead.name not in words.split("<h1")[0]
        assert "this page open" not in words
    assert here(CASE, case, "case", staff.reviewer) == []
    assert here(TEAM, case, TASKS, staff.reviewer) == []
    assert beat(client, TEAM, case, TASKS).status_code == 404
    assert not Presence.objects.filter(place=TEAM, user=staff.reviewer).exists()


def test_a_forged_row_of_the_other_audience_is_not_shown(people, staff, case):
    at(TEAM, case, TASKS, staff.reviewer)
    at(CASE, case, "case", people.lead)
    assert here(TEAM, case, TASKS, people.editor) == []
    assert here(CASE, case, "case", staff.decider) == []


LEFT = {
    "a conflict declared": lambda case, who: review.declare(
        proposal=case, is_conflict=True, by=who
    ),
    "the role ended": lambda case, who: who.appointments.update(ends_on=clock.today()),
    "the declaration gone": lambda case, who: ConflictDeclaration.objects.filter(
        proposal=case, user=who
    ).delete(),
    "joined the team": lambda case, who: Member.objects.create(
        proposal=case, user=who, role="viewer"
    ),
}


@pytest.mark.parametrize("change", LEFT)
def test_who_may_not_be_at_a_case_any_more_is_gone_at_once(client, people, staff, case, change):
    at(CASE, case, "case", staff.reviewer)
    at(CASE, case, "case", staff.decider)
    assert here(CASE, case, "case", staff.decider) == [
        f"{staff.reviewer.name} is looking at this case"
    ]
    LEFT[change](case, staff.reviewer)
    again = type(staff.reviewer).objects.get(pk=staff.reviewer.pk)
    assert here(CASE, case, "case", staff.decider) == []
    # And sees nobody: neither on a page nor by the script that was still open.
    assert here(CASE, case, "case", again) == []
    client.force_login(again)
    assert beat(client, CASE, case, "case").status_code == 404


def test_an_official_who_has_not_declared_sees_nobody(client, staff, case):
    at(CASE, case, "case", staff.reviewer)
    new = somebody("reviewer")
    assert here(CASE, case, "case", new) == []
    client.force_login(new)
    assert beat(client, CASE, case, "case").status_code == 404


def test_nobody_is_at_a_case_that_went_back_to_its_team(stored, people, staff):
    case = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    at(CASE, case, "case", staff.reviewer)
    review.return_incomplete(
        proposal=case, missing="The vote.", seen=case.revision, by=staff.reviewer
    )
    assert here(CASE, builders.again(case), "case", staff.decider) == []


def test_who_left_the_team_is_gone_at_once_and_sees_nobody(stored, people, scheme):
    draft = stored(builders.draft_of, people)
    at(TEAM, draft, TASKS, people.editor)
    at(TEAM, draft, TASKS, people.lead)
    people.editor.memberships.update(left_at=clock.now())
    assert here(TEAM, draft, TASKS, people.lead) == []
    assert here(TEAM, draft, TASKS, people.editor) == []


def test_another_draft_is_another_place(people, scheme):
    draft, other = builders.draft_of(people), builders.draft_of(people)
    at(TEAM, other, TASKS, people.editor)
    assert here(TEAM, draft, TASKS, people.lead) == []


@pytest.mark.parametrize(
    ("spot", "is_writing", "words"),
    [
        ("service/description", True, "is writing here"),
        ("service/description", False, "has this page open"),
        ("service/name", True, "is in “Service and scope”"),
        ("money/figures", False, "is in “The money, five years”"),
        (TASKS, False, "is at the list of sections"),
    ],
)
def test_a_page_of_questions_says_where_a_colleague_is(
    stored, client, people, scheme, spot, is_writing, words
):
    draft = stored(builders.draft_of, people)
    at(TEAM, draft, spot, people.editor, is_writing=is_writing)
    client.force_login(people.lead)
    page = client.get(page_of(draft, SERVICE, "description")).content.decode()
    assert f'<span class="app-here">{people.editor.name} {words}</span>' in page


def test_the_list_of_sections_says_on_which_one_a_colleague_is(stored, client, people, scheme):
    draft = stored(builders.draft_of, people)
    at(TEAM, draft, "staff/staff", people.editor)
    client.force_login(people.viewer)
    page = client.get(reverse("proposals:tasks", args=[draft.reference])).content.decode()
    assert f"{people.editor.name} is in “Staff support”" in page.split('id="team"')[1]


@pytest.mark.parametrize(
    ("spot", "is_writing", "words"),
    [
        ("case", False, "is looking at this case"),
        ("notes", True, "is writing a note"),
        ("messages", True, "is writing to the team"),
    ],
)
@pytest.mark.parametrize("name", ["case", "notes", "case_messages"])
def test_every_page_of_a_case_says_who_else_looks_at_it(
    client, staff, case, spot, is_writing, words, name
):
    at(CASE, case, spot, staff.decider, is_writing=is_writing)
    client.force_login(staff.reviewer)
    page = client.get(reverse(f"proposals:{name}", args=[case.reference])).content.decode()
    assert f'<span class="app-here">{staff.decider.name} {words}</span>' in page


@pytest.mark.parametrize(
    ("name", "args", "most"),
    [("tasks", [], 15), ("page", ["service", "description"], 12), ("money", [], 12)],
)
def test_pages_of_a_draft_stay_within_their_queries(
    stored, client, people, scheme, name, args, most, django_assert_max_num_queries
):
    draft = stored(builders.draft_of, people)
    at(TEAM, draft, TASKS, people.editor)
    client.force_login(people.lead)
    address = reverse(f"proposals:{name}", args=[draft.reference, *args])
    client.get(address)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200
