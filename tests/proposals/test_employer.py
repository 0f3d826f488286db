"""The employer of a draft: searched for, chosen, or named though the register does not have it."""

import uuid

import pytest
from django.urls import reverse

from accounts.finding import await_body
from accounts.models import Organisation
from activity import clock
from activity.employers import NOT_LISTED
from proposals.draft.completeness import Progress, progress_of
from proposals.draft.models import Proposal, Section
from proposals.draft.questions import topic
from tests.factories import OrganisationFactory
from tests.proposals import builders
from tests.proposals.test_writing import SERVICE, kept, page_of, post

NEW = reverse("proposals:new")


@pytest.fixture
def trust(db):
    return OrganisationFactory(name="Fenland Community NHS Trust")


@pytest.fixture
def draft(stored, people, client, trust):
    client.force_login(people.editor)
    return stored(builders.draft_of, people, complete=False)


def begin(client, follow=True, **typed):
    page = client.post(NEW, {"title": "Tees podiatry", "once": uuid.uuid4(), **typed})
    return page, Proposal.objects.filter(title="Tees podiatry").first()


def test_what_is_searched_for_is_kept_and_leads_back_with_what_was_found(client, draft, trust):
    typed = {"S2_words": "fenland comunity", "S2": draft.employer.slug, "press": "find"}
    page = post(client, draft, SERVICE, "employer", typed)
    assert page.url == page_of(draft, SERVICE, "employer")
    words = client.get(page.url).content.decode()
    assert f'value="{trust.slug}"' in words
    # What was chosen before stays to be chosen, and nothing is promoted by a search.
    assert f'value="{draft.employer.slug}"' in words
    assert builders.again(draft).employer == draft.employer


def test_words_without_a_choice_lead_back_even_when_nobody_pressed_search(client, draft, trust):
    page = post(client, draft, SERVICE, "employer", {"S2_words": "fenland", "S2": ""})
    assert page.url == page_of(draft, SERVICE, "employer")


def test_what_is_chosen_is_the_employer_and_goes_on(client, draft, trust):
    page = post(client, draft, SERVICE, "employer", {"S2_words": "fen", "S2": trust.slug})
    assert page.url == page_of(draft, SERVICE, "department")
    assert builders.again(draft).employer == trust


def test_a_name_that_is_not_listed_is_kept_and_awaits_an_administrator(client, draft):
    typed = {"S2_words": "wash", "S2": NOT_LISTED, "S2_name": "The Wash Rescue Trust"}
    post(client, draft, SERVICE, "employer", typed)
    employer = builders.again(draft).employer
    assert (employer.name, employer.is_awaited) == ("The Wash Rescue Trust", True)
    assert list(Organisation.objects.awaited()) == [employer]
    shown = client.get(reverse("proposals:answers", args=[draft.reference])).content.decode()
    assert "The Wash Rescue Trust" in shown
    assert "not in our list" in shown


def test_not_listed_without_a_name_is_a_gap_and_changes_no_employer(client, draft):
    post(client, draft, SERVICE, "employer", {"S2": NOT_LISTED, "S2_name": ""})
    assert builders.again(draft).employer == draft.employer
    found = progress_of(SERVICE, kept(draft, "service").answers)
    assert SERVICE.page("employer") in found.open_pages
    assert found.progress == Progress.IN_PROGRESS


def test_the_words_of_a_search_are_no_answer(client, draft, trust):
    post(client, draft, SERVICE, "employer", {"S2_words": "canary-words", "S2": trust.slug})
    shown = client.get(reverse("proposals:answers", args=[draft.reference])).content.decode()
    assert "canary-words" not in shown


def test_once_an_administrator_says_which_body_it_is_that_is_the_employer(client, draft, trust):
    typed = {"S2": NOT_LISTED, "S2_name": "Fenland"}
    post(client, draft, SERVICE, "employer", typed)
    Organisation.objects.filter(is_awaited=True).update(successor=trust, ends_on=clock.today())
    post(client, draft, SERVICE, "employer", typed)
    assert builders.again(draft).employer == trust


def test_nobody_chooses_a_name_that_somebody_else_typed(client, draft):
    theirs = await_body("Canary Isle Rescue")
    page = post(client, draft, SERVICE, "employer", {"S2": theirs.slug})
    assert "Choose one of the organisations we found" in page.content.decode()
    assert "Canary Isle Rescue" not in page.content.decode()


def test_what_a_body_was_called_before_stands_under_its_name(client, draft):
    OrganisationFactory(name="Ouse Trust", other_names=["Ouse PCT"])
    post(client, draft, SERVICE, "employer", {"S2_words": "ouse"})
    words = client.get(page_of(draft, SERVICE, "employer")).content.decode()
    assert "Also or once called Ouse PCT" in words


def test_an_ended_body_is_refused_and_its_end_is_told(client, draft):
    OrganisationFactory(name="Ouse PCT", slug="ouse", ends_on=clock.today())
    page = post(client, draft, SERVICE, "employer", {"S2_words": "ouse", "S2": "ouse"})
    assert "Choose one of the organisations we found" in page.content.decode()
    assert "Ouse PCT ended in" in page.content.decode()


@pytest.mark.parametrize("typed", ["<b>canary</b>", "‮", "x" * 100_000, "a\x00b", "%' OR 1=1"])
def test_whatever_is_searched_for_is_shown_harmlessly(client, draft, typed):
    page = post(client, draft, SERVICE, "employer", {"S2_words": typed, "press": "find"})
    assert page.status_code in (200, 302)
    words = client.get(page_of(draft, SERVICE, "employer")).content.decode()
    assert "<b>canary" not in words


def test_a_proposal_begins_by_a_search_and_a_choice(client, people, trust):
    client.force_login(people.lead)
    page, none = begin(client, employer_words="fenland")
    assert page.status_code == 200
    assert none is None
    assert f'value="{trust.slug}"' in page.content.decode()
    assert "There is a problem" not in page.content.decode()
    _, proposal = begin(client, employer_words="fenland", employer=trust.slug)
    assert proposal.employer == trust


def test_a_proposal_begins_with_an_employer_that_is_not_listed(client, people, db):
    client.force_login(people.lead)
    page, none = begin(client, employer_words="wash", employer=NOT_LISTED)
    assert "Enter the name of your organisation" in page.content.decode()
    assert none is None
    _, proposal = begin(client, employer=NOT_LISTED, employer_name="The Wash Rescue Trust")
    assert proposal.employer == await_body("The Wash Rescue Trust")
    answers = Section.objects.get(proposal=proposal).answers
    assert answers["S2"] == NOT_LISTED
    assert answers["S2_name"] == "The Wash Rescue Trust"
    assert topic("service").page("employer").form(answers, complete=True).is_valid()


def test_a_proposal_without_an_employer_is_refused(client, people, db):
    client.force_login(people.lead)
    page, none = begin(client)
    assert none is None
    assert "Choose the organisation you work for" in page.content.decode()
