"""Searching the whole portal: nobody finds what they may not see, by any word or reference."""

import re

import pytest
from django.contrib.postgres.search import SearchVector
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

import advice.reference
import proposals.reference
from activity import searching
from advice.intake.models import AdvicePolicy
from pathfinders import reference as pathfinders_reference
from proposals.draft import searched
from proposals.draft.models import Status, SubmittedWords
from tests.advice import factories as line
from tests.factories import UserFactory
from tests.pathfinders import factories as pathfinders
from tests.proposals import builders

pytestmark = pytest.mark.django_db
SEARCH = "/search/"


@pytest.fixture
def find(client):
    """The titles that somebody finds by these words."""

    def titles(words, reader=None):
        client.logout()
        if reader is not None:
            client.force_login(reader)
        groups = client.get(SEARCH, {"q": words}).context["groups"]
        return [hit.title for group in groups for hit in group.hits]

    return titles


@pytest.fixture
def teams(stored):
    stored(proposals.reference.load)
    return stored(builders.team), stored(builders.officials)


def named(proposal, title="Zebra nursing"):
    """Under another name, and submitted under it if it was."""
    type(proposal).objects.filter(pk=proposal.pk).update(title=title)
    found = builders.again(proposal)
    if found.submitted_at:
        searched.keep(found, found.versions.latest())
    return found


def test_the_public_finds_published_entries_and_nothing_else(find, teams):
    named(builders.proposal_at(Status.SUBMITTED, *teams))
    advice.reference.load()
    line.enquiry(words="May zebras leave?")
    pathfinders.entry(name="Zebra care", published=False)
    pathfinders.entry(name="Zebra homes", places=["Leeds"])

    assert find("zebra") == ["Zebra homes"]
    assert find("leeds") == ["Zebra homes"]
    assert find("zebra", UserFactory()) == ["Zebra homes"]


def test_a_draft_is_found_by_its_team_alone(stored, find, teams):
    people, staff = teams
    draft = named(stored(builders.draft_of, people))

    for member in (people.lead, people.editor, people.viewer):
        assert find("zebras", member) == ["Zebra nursing"]
        assert find(draft.reference.lower(), member) == ["Zebra nursing"]
    for other in (builders.team().lead, staff.reviewer, pathfinders.coordinator()):
        assert find("zebra", other) == find(draft.reference, other) == []


def test_an_official_finds_what_was_submitted_by_service_and_employer(stored, find, teams):
    people, staff = teams
    case = named(stored(builders.proposal_at, Status.SUBMITTED, people, staff))

    assert find("zebra", staff.reviewer) == find(case.employer.name, staff.reviewer)
    assert find("zebra", staff.reviewer) == ["Zebra nursing"]
    # As in the list of all cases: by its answers and by the number of its reference alone.
    assert find("appointment system", staff.reviewer) == ["Zebra nursing"]
    assert find(case.reference.rpartition("-")[2], staff.reviewer) == ["Zebra nursing"]
    assert find("appointment", people.lead) == []
    # Names of people are no way to find it, nor what its team writes while it is changed.
    assert find("adeyemi", staff.reviewer) == []
    type(case).objects.filter(pk=case.pk).update(title="Okapi nursing")
    assert find("okapi", staff.reviewer) == []
    # Its team knows what it proposes; to find by employer is for those who read many cases.
    assert find(case.employer.name, people.lead) == []


def test_a_declared_conflict_closes_the_search_too(stored, find, teams):
    people, staff = teams
    case = named(stored(builders.proposal_at, Status.SUBMITTED, people, staff))
    case.declarations.filter(user=staff.fourth).update(is_conflict=True)

    assert find("zebra", staff.decider) == ["Zebra nursing"]
    for words in ("zebra", case.reference, "appointment"):
        assert find(words, staff.fourth) == []


@pytest.mark.parametrize(
    ("who", "label"), [("lead", "Being decided"), ("decider", "Countersigned")]
)
def test_where_it_stands_is_told_in_the_words_of_the_reader(stored, client, teams, who, label):
    people, staff = teams
    case = named(stored(builders.proposal_at, Status.COUNTERSIGNED, people, staff))
    client.force_login(getattr(people, who, None) or getattr(staff, who))

    page = client.get(SEARCH, {"q": "zebra"}).content.decode()

    assert label in page
    assert ("Countersigned" in page) == (who == "decider")
    room = "casework" if who == "decider" else "proposals"
    assert f'href="/{room}/{case.reference}/"' in page


def test_an_adviser_finds_words_in_what_their_provider_holds_alone(find):
    advice.reference.load()
    user, other = line.adviser(), line.adviser(line.provider("co-operatives-uk"))
    line.held(user, words="May zebras leave?")
    theirs = line.held(other, words="Zebras of others.", topic="LEG-1")
    free = line.enquiry(words="Zebras of nobody yet.", topic=None)

    assert find("zebra", user) == ["May zebras leave?"]
    assert find("zebra", other) == ["Zebras of others."]
    # That there is one, and its topic, all who answer may know; its words they may not.
    assert find(theirs.reference, user) == [str(theirs.topic)]
    assert find(free.reference, user) == ["No topic chosen"]
    assert find(free.reference, UserFactory()) == []


def test_enquiries_are_found_once_the_newest_words_first(find):
    advice.reference.load()
    user = line.adviser()
    old, new = line.held(user, words="Zebra one."), line.held(user, words="Zebra two.")
    old.messages.create(author=user, words="More of the zebra.", revision=old.revision)
    new.notes.create(author=user, words="A giraffe.")

    assert find("zebra", user) == ["Zebra one.", "Zebra two."]
    assert find("giraffe", user) == []


def test_a_private_entry_is_found_by_coordinators_and_its_own_people(find):
    own = UserFactory()
    pathfinders.entry(name="Zebra care", published=False, people=[own])

    assert find("zebra", pathfinders.coordinator()) == find("zebra", own) == ["Zebra care"]
    assert find("zebra", UserFactory()) == []


def test_what_we_read_into_a_source_is_said_to_be_our_reading(client):
    pathfinders_reference.load()

    page = client.get(SEARCH, {"q": "swindon"}).content.decode()

    assert "Swindon, Health and social care. Service and stage are our reading." in page


def test_what_only_looks_like_a_reference_is_searched_for_too(find):
    entry = pathfinders.entry(name="NHS-24 nurses")

    assert find("nhs-24") == find(entry.reference) == ["NHS-24 nurses"]


def test_the_best_match_comes_first(find):
    pathfinders.entry(name="Homes", summary="They work with Zebra.")
    pathfinders.entry(name="Zebra")

    assert find("zebra") == ["Zebra", "Homes"]


def test_many_matches_say_that_there_are_more(client):
    for _ in range(searching.MOST + 1):
        pathfinders.entry(sector="youth", places=["Leeds & York"])

    page = client.get(SEARCH, {"q": "leeds & york"}).content.decode()

    assert page.count("app-hits__one") == searching.MOST
    assert 'href="/pathfinders/?q=leeds+%26+york"' in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", None),
        ("   ", None),
        ("the", "Nothing that you may see matches “the”."),
        ('"unbalanced (quote & -', "Nothing that you may see matches"),
        ("<b>bold</b>", "Nothing that you may see matches “&lt;b&gt;bold&lt;/b&gt;”."),
        ("RTP-2026-9999", "Nothing that you may see matches “RTP-2026-9999”."),
        ("x" * 101, "Your answer is 1 letter too long. The most is 100."),
    ],
)
def test_whatever_is_typed_gets_a_page_that_says_what_to_do(client, typed, told):
    answer = client.get(SEARCH, {"q": typed})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert told is None or told in page
    assert ("Nothing that" in page) == (told is not None and told.startswith("Nothing"))
    assert re.search(r'name="q"', page)


def fill_pathfinders(reader, n):
    for _ in range(n):
        pathfinders.entry(name="Zebra", places=["Leeds"])


def fill_cases(reader, n):
    fill_pathfinders(reader, n)
    words = SearchVector(Value("Zebra nursing"), config=searching.LANGUAGE)
    for row in builders.many(n):
        SubmittedWords.objects.create(proposal=row, is_open=True, search_staff=words)


def fill_enquiries(reader, n):
    fill_pathfinders(reader, n)
    for _ in range(n):
        line.held(reader, words="Zebra nursing")


@pytest.mark.slow
@pytest.mark.parametrize(("who", "most"), [("public", 1), ("reviewer", 8), ("adviser", 8)])
def test_it_costs_the_same_with_1_and_with_30_matches(client, teams, who, most):
    advice.reference.load()
    AdvicePolicy.objects.update(enquiries_each=100)
    readers = {"public": None, "reviewer": teams[1].reviewer, "adviser": line.adviser()}
    fills = {"public": fill_pathfinders, "reviewer": fill_cases, "adviser": fill_enquiries}
    reader = readers[who]
    if reader:
        client.force_login(reader)
    costs = []
    for n in (1, 29):
        fills[who](reader, n)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(SEARCH, {"q": "zebra or proposal"}).context["groups"]
        costs.append(len(asked))
    assert costs[0] == costs[1] <= most
    page = client.get(SEARCH, {"q": "zebra"}).content.decode()
    assert ('href="/casework/all/?q=zebra"' in page) == (who == "reviewer")


def test_the_header_of_every_other_page_has_the_search(client):
    assert 'role="search" action="/search/"' in client.get("/").content.decode()
    assert client.get(SEARCH).content.decode().count('role="search"') == 1
