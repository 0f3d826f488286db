"""Who may take which step with an idea: listed here by hand, and nothing read from the steps."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction

import advice.reference
from accounts.models import Role
from activity.actors import System
from activity.models import Event, Notification
from activity.workflow import MovedOn
from advice.intake.models import Enquiry
from proposals.ideas import actions
from proposals.ideas.models import Idea, Status
from tests.at_the_door import goes_through, offered, pressed_by
from tests.factories import somebody
from tests.proposals import ideas

pytestmark = pytest.mark.django_db

# status | step | who may; every cell that is not here is refused.
ALLOWED = """
new       | thank   | coordinator
new       | take_up | coordinator
new       | pass_on | coordinator
answered  |         |
taken-up  |         |
passed-on |         |
"""
STEPS = ["thank", "take_up", "pass_on"]
ROLES = [role for role in Role if role != Role.COORDINATOR]
WHO = ["coordinator", "sender", "unproved", "stranger", "system", *(role.value for role in ROLES)]
LEADS = {"answered": "thank", "taken-up": "take_up", "passed-on": "pass_on"}
CELLS = [tuple(part.strip() for part in line.split("|")) for line in ALLOWED.strip().splitlines()]
TABLE = {(status, step): set(who.split()) for status, step, who in CELLS if step}


@pytest.fixture(autouse=True)
def line(stored):
    stored(advice.reference.load)


def take(step, idea, by):
    return getattr(actions, step)(idea=idea, reply="Because.", seen=idea.revision, by=by)


def idea_at(status):
    idea = ideas.idea()
    return idea if status == "new" else take(LEADS[status], idea, ideas.coordinator())


def actor(who, idea):
    others = {
        "coordinator": ideas.coordinator,
        "sender": lambda: ideas.holder(idea),
        "unproved": lambda: ideas.holder(idea, proved=False),
        "stranger": somebody,
        "system": lambda: System("sweep"),
    }
    return others[who]() if who in others else somebody(Role(who))


@pytest.mark.parametrize("status", Status.values)
def test_each_step_from_each_status_by_each_person(status):
    """Each cell is asked for, and pressed where the step begins; elsewhere one person presses."""
    idea = idea_at(status)
    people = {who: actor(who, idea) for who in WHO}
    before = (Event.objects.count(), Notification.objects.count(), Enquiry.objects.count())
    for who, person in people.items():
        mine = {step for step in STEPS if who in TABLE.get((status, step), ())}
        assert offered(person, idea) == mine, who
    for turn, step in enumerate(STEPS, Status.values.index(status)):
        may = TABLE.get((status, step), set())
        for who in pressed_by(WHO, ["coordinator"], begins=bool(may), turn=turn):
            assert goes_through(partial(press, step, idea, people[who])) == (who in may), who
            assert Idea.objects.get().status == status
    counted = (Event.objects.count(), Notification.objects.count(), Enquiry.objects.count())
    assert counted == before


def press(step, idea, by):
    assert LEADS[take(step, idea, by).status] == step


@pytest.mark.parametrize("step", STEPS)
def test_a_page_that_is_old_moves_nothing(step):
    idea, by = ideas.idea(), ideas.coordinator()
    take("thank", idea, by)
    with pytest.raises(MovedOn):
        take(step, idea, by)
    assert not Enquiry.objects.exists()


def test_the_database_refuses_a_change_of_status_past_the_door():
    ideas.idea()
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.update(status=Status.ANSWERED, reply="x")


@pytest.mark.parametrize(
    "wrong",
    [{"status": Status.ANSWERED}, {"enquiry_reference": "ENQ-1"}, {"status": "nonsense"}],
)
def test_the_database_refuses_an_idea_that_cannot_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.create(reference="IDEA-9", words="x", **wrong)


@pytest.mark.parametrize(("step", "kind"), [("thank", "idea.thank"), ("take_up", "idea.take_up")])
def test_the_sender_alone_is_told(step, kind):
    idea = ideas.idea()
    take(step, idea, ideas.coordinator())
    told = Notification.objects.filter(kind=kind)
    assert [row.address for row in told] == [idea.sender.email]


def test_an_idea_that_is_passed_on_is_a_question_with_all_that_was_left():
    idea = take("pass_on", ideas.idea(), ideas.coordinator())
    enquiry = Enquiry.objects.get(reference=idea.enquiry_reference)
    contact = enquiry.contact
    assert enquiry.messages.get().words == ideas.CANARY_WORDS
    assert enquiry.employer_must_not_know
    assert (contact.name, contact.email, contact.safe_ways, contact.employer_name) == tuple(
        ideas.CANARIES[name] for name in ("name", "email", "reach", "workplace")
    )
    assert Notification.objects.filter(kind="enquiry.receive").count() == 1
