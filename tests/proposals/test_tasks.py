"""The list of tasks: how far each section is, what would help most, and when people may sign."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.draft import steps
from proposals.draft.completeness import Progress, overview, progress_of
from proposals.draft.helping import helps
from proposals.draft.models import Section, Status, Version
from proposals.draft.questions import topic, topics
from proposals.draft.shown import groups_of
from tests.factories import somebody
from tests.proposals import builders

TOO_DEAR = {"F5": builders.years(*[2_400_000] * 5)}

DEAR = "The plan costs £916,085 more than staying in-house"


def address(name, proposal):
    return reverse(f"proposals:{name}", args=[proposal.reference])


def read(client, proposal, name="tasks"):
    return client.get(address(name, proposal)).content.decode()


def change(proposal, key, **answers):
    section = Section.objects.get(proposal=proposal, key=key)
    section.answers |= answers
    section.save()


def sections(**changes):
    """Every section as it is when all is answered, but for some."""
    whole = {key: dict(typed) for key, typed in builders.ANSWERED.items()}
    employer = builders.OrganisationFactory.create()
    whole["service"]["S2"] = employer.slug
    whole |= changes
    return [progress_of(about, whole.get(about.key, {}), whole) for about in topics()]


def offered(**changes):
    return [(each.topic.key, each.words, each.why) for each in helps(sections(**changes))]


@pytest.fixture
def draft(stored, people, client):
    client.force_login(people.lead)
    return stored(builders.draft_of, people)


def test_each_section_says_what_is_done_and_what_comes_next(client, draft):
    change(draft, "employer", C3="")
    Section.objects.filter(proposal=draft, key="assets").delete()

    words = read(client, draft)

    assert "10 of 11" not in words
    assert "9 of 11 sections are complete" in words
    assert "5 of 6 questions answered" in words
    assert "Next: Who has to agree to a contract" in words
    assert "Not started. About 30 minutes" in words


def test_a_section_that_needs_attention_says_why(client, draft):
    change(draft, "employer", C6="eleven")
    words = read(client, draft)

    assert "Needs attention" in words
    assert "5 of 6 questions answered. Enter a whole number, like 42" in words


def test_money_that_costs_more_says_how_much_and_blocks_nothing(client, draft):
    change(draft, "money", **TOO_DEAR)
    assert DEAR in read(client, draft)
    assert DEAR in read(client, draft, "answers")
    money = next(each for each in overview(draft) if each.topic.key == "money")
    assert (money.progress, money.shown) == (Progress.COMPLETE, Progress.NEEDS_ATTENTION)
    assert address("ask_sign_off", draft) in read(client, draft)


def test_what_helps_most_is_what_is_wrong_then_what_is_begun_then_what_is_not(scheme):
    wrong = builders.ANSWERED["employer"] | {"C6": "eleven"}
    begun = builders.ANSWERED["staff"] | {"U4": ""}
    dear = builders.MONEY | TOO_DEAR

    assert offered(employer=wrong, staff=begun, award={}, money=dear) == [
        (
            "employer",
            "Put “How long the contract should run” right",
            "Enter a whole number, like 42",
        ),
        ("staff", "Go on with “Staff support”", "next is “Whether staff support it”"),
        ("money", "Look again at “The money, five years”", DEAR),
    ]
    assert offered(award={}, money=dear) == [
        ("money", "Look again at “The money, five years”", DEAR),
        ("award", "Start “How a contract could be awarded”", "about 25 minutes"),
    ]


def test_nothing_is_said_to_help_where_all_is_answered(client, draft):
    assert helps(overview(draft)) == []
    assert "What would help most now" not in read(client, draft)


def test_at_most_three_things_help_and_no_section_twice(client, people):
    client.force_login(people.lead)
    draft = builders.draft_of(people, complete=False)
    found = helps(overview(draft))

    assert len(found) == 3
    assert len({each.topic.key for each in found}) == 3
    assert found[0].topic.key == "service"
    words = read(client, draft)
    for each in found:
        assert each.page.address(draft.reference, each.topic.key) in words


def test_who_only_reads_is_not_told_to_write(client, draft, people):
    Section.objects.filter(proposal=draft, key="assets").delete()
    client.force_login(people.viewer)
    words = read(client, draft)

    assert "What would help most now" not in words
    assert "/sections/assets/buildings/" not in words


def test_people_may_sign_with_late_gaps_and_it_may_not_be_submitted(client, draft, people):
    change(draft, "employer", C7="")
    page = read(client, draft, "ask_sign_off")
    assert "It cannot be submitted yet: 1 page still lacks something" in page

    signed = builders.sign_all(builders.ask_to_sign(draft, people))

    assert not steps.can_submit(people.lead, signed)
    said = steps.can_submit(people.lead, signed).reason
    assert said == "Not complete yet: Who holds the mutual to account."
    assert said in read(client, signed, "submit")
    client.post(address("submit", signed), {"seen": signed.revision})
    assert builders.again(signed).status == Status.AWAITING_SIGN_OFF


@pytest.mark.parametrize(
    ("key", "changes"), [("staff", {"U4": ""}), ("employer", {"C6": "eleven"})]
)
def test_people_may_not_sign_with_early_gaps_or_with_anything_wrong(draft, people, key, changes):
    change(draft, key, **changes)
    assert not steps.can_ask_for_signatures(people.lead, builders.again(draft))


def test_a_refusal_names_some_pages_and_counts_the_rest(stored, people, scheme):
    draft = stored(builders.draft_of, people, complete=False)
    said = steps.can_ask_for_signatures(people.lead, draft).reason
    assert said.count(";") == 5
    assert "more pages" in said


def test_gaps_come_first_and_those_before_signing_before_those_after(client, draft):
    change(draft, "employer", C7="", C2="")
    words = read(client, draft, "answers")

    early = words.index("Still missing before people can sign")
    late = words.index("Still missing before you can submit")
    assert (
        early < words.index("Who pays now") < late < words.index("Who holds the mutual to account")
    )
    assert late < words.index("What is the working name of your proposal?")
    assert "Still missing" not in read(client, draft, "print")


def test_a_print_says_what_it_is_and_when(client, draft):
    words = read(client, draft, "print")

    assert "Draft" in words
    assert "Printed on" in words
    assert words.count('class="app-sheet"') == 12
    assert ">Change<" not in words
    client.force_login(somebody())
    assert client.get(address("print", draft)).status_code == 404


# Status -> the most queries of a page, session and user included.
MOST = {Status.DRAFT: 8, Status.AWAITING_SIGN_OFF: 9}
# The list of tasks also tells when it would lapse, when there would be a decision (by the scheme,
# and by past ones), and who is like it: a query each.
TOLD_BESIDE = {"tasks": 4}


@pytest.mark.parametrize("status", MOST)
@pytest.mark.parametrize("name", ["tasks", "answers", "print"])
def test_a_long_draft_costs_few_queries(stored, client, people, status, name):
    draft = stored(builders.proposal_at, status, people)
    client.force_login(people.lead)
    read(client, draft, name)
    with CaptureQueriesContext(connection) as captured:
        read(client, draft, name)
    asked = [query["sql"] for query in captured]
    assert len(asked) <= MOST[status] + TOLD_BESIDE.get(name, 0), asked
    assert len(asked) == len(set(asked)), sorted(asked)


def test_two_hundred_thousand_letters_are_saved_and_read_within_a_second(client, draft, people):
    page = topic("service").page("description")
    where = page.address(draft.reference, "service")
    seen = client.get(where).context["mark"]
    typed = {"S5": "word " * 40_000, "S9": "2000", "S9_how": "2025", "seen": seen}

    # Time of the processor: how long others keep it busy is no property of ours.
    began = time.process_time()
    with CaptureQueriesContext(connection) as captured:
        assert client.post(where, typed).status_code == 200
    # Two of them note what was changed.
    assert len(captured) <= 16
    assert Section.objects.get(proposal=draft, key="service").answers["S5"] == typed["S5"]
    read(client, draft)
    with CaptureQueriesContext(connection) as captured:
        client.get(where)
    assert len(captured) <= 12
    # Saving, the list and the page again: each well under a second.
    assert time.process_time() - began < 3


def test_a_version_frozen_before_shows_what_it_held(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    older = {"service": {"S1": "Wolds"}, "people": {"U1_headcount": "94"}}

    shown = {about.key: blocks for about, blocks in groups_of(older)}

    assert list(shown) == ["service", "staff"]
    rows = [row for block in shown["staff"] for row in block["rows"]]
    assert ("How many staff would be affected?", "94") in [(r["key"], r["value"]) for r in rows]
    assert Version.objects.get(proposal=proposal).is_intact()


def test_answers_that_name_people_stand_beside_the_frozen_text(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    version = Version.objects.get(proposal=proposal)

    for personal in ("Ngozi Adeyemi", "ngozi@home.example", "Tom Reyes", "0116 496 0000"):
        assert personal not in version.text
    assert "T8" in version.content["sections"]["team"]
    client.force_login(people.viewer)
    frozen = reverse("proposals:version", args=[proposal.reference, 1])
    assert "Tom Reyes" in client.get(frozen).content.decode()
    version.named.all().delete()
    assert "Tom Reyes" not in client.get(frozen).content.decode()
    assert version.is_intact()
