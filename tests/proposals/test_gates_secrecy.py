"""What officials find on gates stays among them: on no page, print, search, mail or letter outside."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from activity import delivery
from activity.models import Event, Notification
from proposals.decision.models import Outcome
from proposals.draft import printing
from proposals.draft.models import Status
from proposals.review import actions as review
from proposals.review.gates import actions as gates
from tests.factories import somebody
from tests.proposals import builders, officials
from tests.proposals.test_pages import TEAM_PAGES, addresses, all_addresses

CANARY = "Canaryevidence"
GATES = "ABCDEF"


def answered(case, by):
    """A canary in the evidence of every gate, and in why one is a yes despite the facts."""
    for code in GATES:
        found = "no" if code == "D" else "yes"
        given = gates.Given(found, f"{CANARY}{code}", ("page:quality/indicators",))
        pressed = {"gate": code, "given": given, "seen": 0, "version": 1}
        gates.answer(proposal=case, by=by, **pressed)


def pages_of_gates(case):
    each = [reverse("proposals:gate", args=[case.reference, code.lower()]) for code in GATES]
    return [reverse("proposals:gates", args=[case.reference]), *each]


def read(client, path):
    page = client.get(path)
    return b"".join(page).decode("latin-1") if page.streaming else page.content.decode("latin-1")


def nothing_read(client, reader, case, pages):
    """Of these pages, of the lists and of what is found, none tells a reader of a canary."""
    client.force_login(reader) if reader else client.logout()
    lists = ["/", "/start/", "/proposals/", "/inbox/", "/casework/", "/casework/all/"]
    for path in [*pages, *lists, *addresses(case, ["print", "history"])]:
        assert CANARY not in read(client, path), path
    for path in ("/search/?q=", "/casework/all/?q="):
        assert case.title not in read(client, f"{path}{CANARY}D"), path


@pytest.fixture
def case(stored, people, staff):
    """Being assessed, and its employer is asked."""
    begun = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    return stored(officials.asked, begun)


@pytest.mark.slow
def test_nothing_of_gates_leaves_the_officials_before_or_after_the_letter(
    client, people, staff, case, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    answered(case, staff.reviewer)
    client.force_login(staff.reviewer)
    assert all(CANARY in read(client, path) for path in pages_of_gates(case))
    holder = Client()
    official = officials.opened(holder, officials.live(case))
    barred = somebody(Role.REVIEWER, Role.DECISION_MAKER)
    review.declare(proposal=case, is_conflict=True, by=barred)

    # Every page of the case is closed to the other two (test_visibility): theirs are the lists.
    nothing_read(client, people.lead, case, [*all_addresses(case), *pages_of_gates(case)])
    for reader in (barred, None):
        nothing_read(client, reader, case, pages_of_gates(case))
    for path in (official, f"{official}facts/", f"{official}position/"):
        assert CANARY not in read(holder, path), path
    officials.answered(case)
    assert _reject(builders.again(case), staff).status == Status.REJECTED
    nothing_read(client, people.lead, case, addresses(case, [*TEAM_PAGES, "letter"]))
    assert CANARY not in str(printing.facts_of(case.versions.get()))
    client.force_login(people.lead)
    letter = read(client, reverse("proposals:letter", args=[case.reference]))
    assert "The plan does not save public money" in letter
    assert CANARY not in letter
    mail.outbox.clear()
    delivery.deliver_waiting()
    assert mail.outbox
    for sent in mail.outbox:
        assert CANARY not in f"{sent.subject}{sent.message()}"
    assert CANARY not in str(list(Event.objects.values("kind", "data")))
    assert not Notification.objects.filter(kind__contains="gate").exists()


def _reject(case, staff):
    advised = builders.decision.recommend(
        proposal=case,
        outcome=Outcome.REJECTED,
        good="The rotas.",
        heard="answered",
        grounds=[builders.ground()],
        seen=case.revision,
        by=staff.reviewer,
    ).proposal
    for action, who in (
        (builders.decision.countersign, staff.countersigner),
        (builders.decision.decide, staff.decider),
        (builders.decision.release, staff.decider),
    ):
        action(proposal=advised, seen=advised.revision, by=who)
        advised = builders.again(advised)
    return advised
