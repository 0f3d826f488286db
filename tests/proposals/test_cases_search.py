"""Finding a case by what was submitted: nothing else of it, and nobody's that may not be known."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Interest, Role, Tie
from activity import clock, counting
from activity.searching import query
from proposals import searching as everywhere
from proposals.decision.models import Outcome
from proposals.draft import actions as draft
from proposals.draft import searched, seeking
from proposals.draft.models import (
    ConflictDeclaration,
    Member,
    Proposal,
    Section,
    Status,
    SubmittedWords,
)
from proposals.draft.models.proposal import WITH_OFFICIALS
from proposals.review import actions as review
from proposals.review.cases import narrowing
from tests.factories import somebody
from tests.proposals import builders, documents

CASES = reverse("proposals:cases")
MIGRATION = "proposals.migrations.0026_submitted_words"


@pytest.fixture
def find(client):
    """The references of what an official finds by these words; with them, how many of each shelf."""

    def found(words, reader, **asked):
        client.force_login(reader)
        context = client.get(CASES, {"q": words} | asked).context
        return [case.reference for case in context["page"].rows]

    return found


def answered(proposal, section, **typed):
    row = Section.objects.get(proposal=proposal, key=section)
    row.answers |= typed
    row.save()


def submit(proposal, people):
    signed = builders.sign_all(builders.ask_to_sign(builders.again(proposal), people))
    draft.submit(proposal=signed, seen=signed.revision, by=people.lead)
    return builders.again(proposal)


def canary_draft(people):
    """A draft with a rare word in each place that may be submitted."""
    proposal = builders.draft_of(people)
    answered(proposal, "service", S5=f"We mend lighthouses. {builders.WORDS}")
    answered(proposal, "quality", Q3="A parrotfish votes.")
    answered(proposal, "workforce", W2=[{"group": "Coxswains", "route": "tupe"}])
    documents.add(proposal, people.lead, "breakwater.pdf", title="Harbourmaster letter")
    return builders.again(proposal)


@pytest.fixture
def case(stored, people, staff):
    return submit(stored(canary_draft, people), people)


def test_a_case_is_found_by_all_that_was_submitted(find, case, staff):
    number = case.reference.rpartition("-")[2]
    for words in (
        "wolds nursing",
        case.reference.lower(),
        number,
        case.employer.name,
        "lighthouse",
        '"mend lighthouses"',
        "parrotfish",
        "coxswain",
        "harbourmaster",
        "breakwater",
        # Choices by their words and not by their codes: a sector, a route, a skill.
        "community health",
        "lighthouse -submarine",
        "submarine or lighthouse",
    ):
        assert find(words, staff.reviewer) == [case.reference], words
    assert find("lighthouse submarine", staff.reviewer) == []
    assert find("lighthouse", staff.reviewer, sector="fire") == []
    assert find("lighthouse", staff.reviewer, show="archive") == []


def test_what_was_not_submitted_finds_no_case(find, case, people, staff):
    """Drafts, notes, messages, requests, advice before its letter, and who is in the team."""
    other = canary_draft(builders.team())
    case = builders.again(case)
    builders.declare_none(case, staff.reviewer)
    review.begin(proposal=case, seen=case.revision, by=staff.reviewer)
    review.write_note(proposal=case, **builders.said("Canary"), by=staff.reviewer)
    review.write_to_team(proposal=case, **builders.said("Canary"), by=staff.reviewer)
    builders.draft_request(case, staff.reviewer, wanted="Canary")
    documents.add(other, other_lead(other), "canary.pdf", section="quality", title="Canary")
    builders.recommend(builders.again(case), staff)

    # Ngozi and Reyes are named in answers, and the shared rotas in the advice.
    for words in ("canary", "ngozi", "adeyemi", "reyes", "rotas", other.reference):
        assert find(words, staff.fourth) == [], words
    assert find("lighthouse", staff.fourth) == [case.reference]


def other_lead(proposal):
    return Member.objects.get(proposal=proposal, role="lead").user


def test_words_are_those_of_the_last_version_alone(find, case, people, staff):
    builders.declare_none(case, staff.reviewer)
    review.begin(proposal=case, seen=case.revision, by=staff.reviewer)
    asked = builders.ask_changes(builders.again(case), staff, ("quality", "worse"))
    answered(asked, "quality", Q3="A barnacle votes.")
    assert find("barnacle", staff.reviewer) == []
    assert find("parrotfish", staff.reviewer) == [case.reference]

    builders.resubmit(asked, people)

    assert find("barnacle", staff.reviewer) == [case.reference]
    assert find("parrotfish", staff.reviewer) == []
    assert SubmittedWords.objects.count() == 1


def test_a_case_that_went_back_to_its_team_is_not_found_until_it_is_submitted_again(
    find, case, people, staff
):
    builders.declare_none(case, staff.reviewer)
    review.return_incomplete(proposal=case, missing="More.", seen=case.revision, by=staff.reviewer)
    for shelf in ("open", "archive"):
        assert find("lighthouse", staff.reviewer, show=shelf) == []
    assert not SubmittedWords.objects.get().is_open

    submit(case, people)

    assert find("lighthouse", staff.reviewer) == [case.reference]


CONFLICTS = {
    "declared": lambda case, who: ConflictDeclaration.objects.create(
        proposal=case, user=who, is_conflict=True
    ),
    "an interest": lambda case, who: Interest.objects.create(
        user=who, organisation=case.employer, tie=Tie.WORK, declared_at=clock.now()
    ),
    "in the team": lambda case, who: Member.objects.create(
        proposal=case, user=who, role="viewer", employed=True
    ),
}


def test_a_case_in_conflict_is_neither_found_nor_counted(client, find, case, staff):
    for why, make in CONFLICTS.items():
        official = somebody(Role.REVIEWER, Role.DECISION_MAKER)
        assert find("lighthouse", official) == [case.reference]
        make(case, official)
        for words in ("lighthouse", case.reference, case.employer.name, "breakwater"):
            assert find(words, official) == [], why
            page = client.get(CASES, {"q": words}).content.decode()
            assert "Open (0)" in page, why
            assert case.title not in page, why
            everywhere = client.get(reverse("search"), {"q": words}).content.decode()
            # Whoever is in the team finds it as its own.
            assert f"/casework/{case.reference}/" not in everywhere, why


def test_a_case_is_found_where_it_stands(find, people, staff):
    """From the draft to the letter, as its people take it there, and at another end."""
    reader = somebody(Role.REVIEWER)

    def shelves(words):
        return [bool(find(words, reader, show=show)) for show in ("open", "archive")]

    proposal = builders.draft_of(people)
    for _reached, go_on in builders.PATH:
        submitted = proposal.submitted_at is not None
        assert shelves("wolds") == [submitted, False], proposal.status
        proposal = builders.again(go_on(proposal, people, staff, Outcome.APPROVED))
    assert shelves("wolds") == [False, True]
    stopped = submit(canary_draft(people), people)
    assert shelves("lighthouse") == [True, False]
    builders.withdraw(stopped, people)
    assert shelves("lighthouse") == [False, True]


def with_words(count, words, *, status=Status.ASSESSING):
    """Cases that were submitted with some of these words, the first with the most of them."""
    rows = builders.many(count, status=status)
    for n, row in enumerate(rows):
        row.title = " ".join([words] * (count - n))
        keep(row)
    return rows


def keep(proposal):
    SubmittedWords.objects.create(
        proposal=proposal,
        is_open=proposal.status in WITH_OFFICIALS,
        search_staff=searched.vector(proposal, [], {}),
    )


@pytest.mark.parametrize("status", [Status.ASSESSING, Status.REJECTED])
def test_few_matches_stand_by_how_well_they_match_and_many_in_the_order_of_the_shelf(
    db, client, monkeypatch, status
):
    rows = with_words(30, "plover", status=status)
    show = "open" if status == Status.ASSESSING else "archive"
    reader = somebody(Role.REVIEWER)
    client.force_login(reader)

    page = client.get(CASES, {"q": "plover", "show": show})
    assert "The best match first" in page.content.decode()
    first = [case.pk for case in page.context["page"].rows]
    after = page.context["page"].after
    rest = client.get(CASES, {"q": "plover", "show": show, "after": after}).context["page"].rows
    assert sorted(first + [case.pk for case in rest]) == sorted(row.pk for row in rows)
    assert first[0] == rows[0].pk

    # Of more than the index is asked for, all that the reader may see are found and counted.
    monkeypatch.setattr(seeking, "MOST", 5)
    others = Proposal.objects.exclude(pk=rows[-1].pk)
    ConflictDeclaration.objects.bulk_create(
        ConflictDeclaration(proposal=each, user=reader, is_conflict=True) for each in others
    )
    page = client.get(CASES, {"q": "plover", "show": show})
    assert list(page.context["page"].rows) == [rows[-1]]
    assert page.context["found"] == 1
    ConflictDeclaration.objects.all().delete()
    assert client.get(CASES, {"q": "plover", "show": show}).context["found"] == 30

    monkeypatch.setattr(narrowing, "MOST_RANKED", 5)
    monkeypatch.setattr(counting, "MOST", 5)
    page = client.get(CASES, {"q": "plover", "show": show})
    order = ("due_on", "pk") if show == "open" else ("-submitted_at", "-pk")
    expected = Proposal.objects.filter(status=status).order_by(*order)
    assert list(page.context["page"].rows) == list(expected[:25])
    assert "5+" in page.content.decode()
    after = page.context["page"].after
    rest = client.get(CASES, {"q": "plover", "show": show, "after": after}).context["page"].rows
    assert list(rest) == list(expected[25:])
    monkeypatch.setattr(everywhere, "MOST_RANKED", 5)
    hits = client.get(reverse("search"), {"q": "plover"}).context["groups"][0].hits
    newest = Proposal.objects.order_by("-submitted_at", "-pk")[:10]
    assert [hit.path for hit in hits] == [f"/casework/{each.reference}/" for each in newest]


def test_words_by_which_nothing_can_be_looked_for_are_told_apart_from_those_that_are_in_none(
    client, case, staff
):
    client.force_login(staff.reviewer)
    for typed, sentence in (
        ("the of", "These words are in every text. Type rarer ones"),
        ("&! -", "These words are in every text. Type rarer ones"),
        ("-lighthouse", "Type a word to look for, besides those that must not be there"),
        ("parrotfish or -heron", "Type a word to look for, besides those that must not be there"),
    ):
        assert client.get(reverse("search"), {"q": typed}).context["groups"] == []
        page = client.get(CASES, {"q": typed})
        assert sentence in page.content.decode(), typed
        assert f'value="{escape(typed)}"' in page.content.decode()
        assert page.context["page"].rows == [case]
    rare = client.get(CASES, {"q": "submarine"}).content.decode()
    assert "Nothing matches these filters" in rare
    assert "“submarine”" in rare


def test_texts_of_any_length_and_letters_are_submitted_and_found_by_their_beginnings(people):
    proposal = builders.draft_of(people)
    numbers = " ".join(f"{n:x}z" for n in range(200_000))
    for typed in (numbers, "🦆" * 100_000, "x" * 100_000, "heron\x00 " * 50_000):
        sections = {"service": {"S5": f"First {typed}", "gone": [{"a": "Dodo"}, typed]}}
        keep(proposal)
        found = SubmittedWords.objects.filter(search_staff=query("wolds"))
        assert found.update(search_staff=searched.vector(proposal, [], sections)) == 1
        assert found.exists()
        SubmittedWords.objects.all().delete()


def test_what_is_asked_no_longer_is_found_as_it_was_typed():
    sections = {"service": {"S0": {"a": ["Dodo", {"b": "Moa"}]}, "S6": "several", "S2": "body-1"}}
    words = list(searched.answers_in_words(sections))
    assert words == ["Dodo", "Moa", "Several services"]


def test_the_migration_writes_what_submitting_writes(case, staff, monkeypatch):
    other = builders.team()
    submit(builders.draft_of(other), other)
    builders.draft_of(builders.team())
    migration = importlib.import_module(MIGRATION)
    monkeypatch.setattr(migration, "BATCH", 1)
    written = list(SubmittedWords.objects.order_by("pk").values())
    SubmittedWords.objects.all().delete()

    migration.keep_what_was_submitted(apps, None)

    assert list(SubmittedWords.objects.order_by("pk").values()) == written
    assert len(written) == 2
