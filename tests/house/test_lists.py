"""Every list costs the same number of queries at 1 and at 100 rows, and no more than it may.

A view that shows pages of rows (activity.keyset) and is not in the table below fails.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import advice.reference
import proposals.reference
from accounts.finding import await_body
from accounts.models import Organisation, OrganisationKind, Role, User
from activity import clock, outbox
from activity.models import Event
from advice.answers.canned.models import CannedAnswer
from advice.intake.models import AdvicePolicy, Rating, Topic
from proposals.draft.models import (
    Area,
    Change,
    Member,
    MemberRole,
    Proposal,
    ScopeRule,
    Status,
)
from proposals.ideas.actions import From, receive
from proposals.review.cases.actions import save_view
from tests.advice import factories as line
from tests.factories import OrganisationFactory, UserFactory, somebody
from tests.house import addresses
from tests.pathfinders import factories as pathfinders
from tests.proposals import builders

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class List:
    """One list: who reads it (None: the public), what makes n rows, the most queries it may cost.

    of: the reference of the record that it is a list of, once it is filled.
    """

    reader: Callable[[], User | None]
    fill: Callable[[User | None, int], Any]
    most: int
    of: Callable[[], list[str]] = list


def messages(reader: User | None, n: int) -> None:
    for _ in range(n):
        outbox.tell("account.password_changed", UserFactory(), [reader])


def bodies(reader: User | None, n: int) -> None:
    successor = OrganisationFactory(department=OrganisationFactory())
    OrganisationFactory.create_batch(n, department=successor.department, successor=successor)


def awaited_bodies(reader: User | None, n: int) -> None:
    for _ in range(n):
        await_body(f"Body {Organisation.objects.count()}")


def ideas(reader: User | None, n: int) -> None:
    for _ in range(n):
        receive(words=str(uuid.uuid4()), sender=From(name="Ada"))


def failures(reader: User | None, n: int) -> None:
    for _ in range(n):
        user = UserFactory()
        (message,) = outbox.tell("account.password_changed", user, [user])
        message.failed_at = clock.now()
        message.save()


def public_entries(reader: User | None, n: int) -> None:
    for _ in range(n):
        pathfinders.entry(places=["Leeds"], regions=["yorkshire-and-the-humber"])


def proposals_of(reader: User | None, n: int) -> None:
    builders.many(n, team_of=reader)


def cases(reader: User | None, n: int) -> None:
    builders.many(n)


def saved_views(reader: User | None, n: int) -> None:
    for _ in range(n):
        save_view(name="Late", filters="due=late", is_shared=True, by=somebody(Role.REVIEWER))


def exemptions(reader: User | None, n: int) -> None:
    scheme = proposals.reference.load()
    fens = {"kind": OrganisationKind.DEPARTMENT, "name": "Ministry of Fens"}
    said = {
        "rule": ScopeRule.objects.get(code="SC-EXEMPT"),
        "department": Organisation.objects.get_or_create(slug="fens", defaults=fens)[0],
        "area": Area.DEFENCE,
        "review_on": clock.today(),
        "asked_by": UserFactory(),
        "confirmed_by": UserFactory(),
        "confirmed_at": clock.now(),
        "appeal_by": clock.today(),
    }
    for row in builders.many(n, status=Status.EXEMPT):
        frozen = row.versions.create(number=1, scheme=scheme, text="{}", sha256="0" * 64)
        row.exemptions.create(version=frozen, **said)


def a_reviewer() -> User:
    proposals.reference.load()
    people, officials = builders.team(), builders.officials()
    builders.proposal_at(Status.ASSESSING, people, officials)
    return officials.reviewer


def a_team_lead() -> User:
    a_reviewer()
    return Member.objects.get(role=MemberRole.LEAD).user


def notes(reader: User | None, n: int) -> None:
    for _ in range(n):
        Proposal.objects.get().notes.create(by=UserFactory(), text="A note.")


def results_of_a_gate(reader: User | None, n: int) -> None:
    for _ in range(n):
        builders.answer_gates(Proposal.objects.get(), UserFactory())


def messages_of_a_proposal(reader: User | None, n: int) -> None:
    for _ in range(n):
        by = UserFactory()
        Proposal.objects.get().messages.create(by=by, from_team=False, text="A message.")


def both_voices(reader: User | None, n: int) -> None:
    notes(reader, n)
    messages_of_a_proposal(reader, n)


def steps_of_a_proposal(reader: User | None, n: int) -> None:
    for _ in range(n):
        Event.objects.write("proposal.join", Proposal.objects.get(), by=UserFactory())


def changes_of_a_draft(reader: User | None, n: int) -> None:
    proposal = Proposal.objects.get()
    Change.objects.bulk_create(
        Change(
            proposal=proposal,
            number=proposal.changes.count() + one,
            section="service",
            page="description",
            by=UserFactory(),
            after={"S9_how": "counted"},
        )
        for one in range(1, n + 1)
    )


def the_proposal() -> list[str]:
    return [Proposal.objects.get().reference]


def unpublished_entries(reader: User | None, n: int) -> None:
    for _ in range(n):
        pathfinders.entry(published=False, people=[reader])


def offers_of_mentoring(reader: User | None, n: int) -> None:
    # One coordinator makes them all: each offer of another would be told to all before.
    coordinator = pathfinders.coordinator()
    for _ in range(n):
        pathfinders.offer(by=coordinator, pathfinder=pathfinders.entry(people=[reader]))


def an_adviser() -> User:
    advice.reference.load()
    return line.adviser()


def an_advice_lead() -> User:
    advice.reference.load()
    return line.advice_lead()


def ratings(reader: User | None, n: int) -> None:
    made = line.held(line.adviser())
    for _ in range(n):
        answer = made.messages.create(author=made.adviser, words="Yes", revision=1)
        Rating.objects.create(answer=answer, went="solved")


def advisers(reader: User | None, n: int) -> None:
    for _ in range(n):
        line.adviser()


def enquiries(reader: User | None, n: int) -> None:
    for _ in range(n):
        line.enquiry()


def canned_answers(reader: User | None, n: int) -> None:
    topic = Topic.objects.all()[0]
    CannedAnswer.objects.bulk_create(
        CannedAnswer(
            code=f"X-{uuid.uuid4().hex[:8]}", topic=topic, title="One", review_by=clock.today()
        )
        for _ in range(n)
    )


def enquiries_held(reader: User | None, n: int) -> None:
    AdvicePolicy.objects.update(enquiries_each=1000)
    for _ in range(n):
        line.held(reader)


def roles_held(reader: User | None, n: int) -> None:
    for _ in range(n):
        somebody(Role.REVIEWER)


LISTS: dict[str, List] = {
    "accounts:department": List(lambda: None, exemptions, 5, lambda: ["fens"]),
    "accounts:organisations": List(lambda: somebody(Role.ADMINISTRATOR), bodies, 8),
    "accounts:organisations_awaited": List(lambda: somebody(Role.ADMINISTRATOR), awaited_bodies, 8),
    "accounts:people": List(lambda: somebody(Role.ADMINISTRATOR), roles_held, 8),
    "activity:inbox": List(UserFactory, messages, 5),
    "activity:outbox": List(lambda: somebody(Role.ADMINISTRATOR), failures, 6),
    "advice:canned": List(an_adviser, canned_answers, 8),
    "advice:advisers": List(an_advice_lead, advisers, 8),
    "advice:desk": List(an_adviser, enquiries_held, 8),
    "advice:queue": List(an_adviser, enquiries, 8),
    "advice:ratings": List(an_advice_lead, ratings, 8),
    "pathfinders:register": List(lambda: None, public_entries, 8),
    "pathfinders:programme": List(pathfinders.coordinator, unpublished_entries, 8),
    "pathfinders:mentoring": List(pathfinders.coordinator, unpublished_entries, 8),
    "pathfinders:my_mentoring": List(pathfinders.person, offers_of_mentoring, 8),
    "proposals:ideas": List(pathfinders.coordinator, ideas, 8),
    "proposals:case": List(a_reviewer, both_voices, 10, the_proposal),
    "proposals:cases": List(lambda: somebody(Role.REVIEWER), cases, 8),
    "proposals:case_messages": List(a_reviewer, messages_of_a_proposal, 8, the_proposal),
    "proposals:exemptions": List(lambda: somebody(Role.DECISION_MAKER), exemptions, 8),
    "proposals:gate": List(a_reviewer, results_of_a_gate, 10, lambda: [*the_proposal(), "d"]),
    "proposals:history": List(a_team_lead, changes_of_a_draft, 8, the_proposal),
    "proposals:messages": List(a_team_lead, messages_of_a_proposal, 8, the_proposal),
    "proposals:mine": List(UserFactory, proposals_of, 6),
    "proposals:notes": List(a_reviewer, notes, 8, the_proposal),
    "proposals:proposal": List(a_team_lead, steps_of_a_proposal, 15, the_proposal),
    "proposals:views": List(lambda: somebody(Role.REVIEWER), saved_views, 8),
    "proposals:work": List(lambda: somebody(Role.REVIEWER), cases, 8),
}


def lists_of_the_portal() -> set[str]:
    return {each.name for each in addresses.ours() if "keyset." in each.source}


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_every_list_is_in_the_table():
    assert lists_of_the_portal() == LISTS.keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_costs_the_same_at_1_and_at_100_rows(client, name):
    each = LISTS[name]
    reader = each.reader()
    if reader is not None:
        client.force_login(reader)
    each.fill(reader, 1)
    address = reverse(name, args=each.of())
    assert client.get(address).context["page"].rows
    at_one = queries(client, address)
    each.fill(reader, 99)
    assert queries(client, address) == at_one
    assert at_one <= each.most
