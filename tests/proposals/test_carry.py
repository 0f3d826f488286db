"""Beginning with the answers of an earlier proposal: one's own, and never its people."""

import uuid

import pytest
from django.urls import reverse

from proposals.draft.models import Member, Proposal, Section, Signature
from tests.factories import OrganisationFactory, somebody
from tests.proposals import builders

NEW = reverse("proposals:new")


@pytest.fixture
def earlier(stored, people, scheme):
    return stored(builders.draft_of, people)


@pytest.fixture
def begin(client, people):
    def begin(earlier, *chosen, who=people.lead, **more):
        client.force_login(who)
        employer = OrganisationFactory.create()
        typed = {"title": "Tees podiatry", "employer": employer.slug, "once": uuid.uuid4()}
        typed |= {"start_from": "earlier", "earlier": earlier, "sections": chosen}
        return client.post(NEW, typed | more)

    return begin


def begun():
    return Proposal.objects.get(title="Tees podiatry")


def test_chosen_sections_come_along_and_the_name_and_employer_do_not(begin, earlier, people):
    page = begin(earlier.reference, "service", "staff")

    new = begun()
    assert page.url == reverse("proposals:tasks", args=[new.reference])
    kept = dict(Section.objects.filter(proposal=new).values_list("key", "answers"))
    assert set(kept) == {"service", "staff"}
    assert kept["staff"] == builders.ANSWERED["staff"]
    assert (kept["service"]["S1"], kept["service"]["S2"]) == ("Tees podiatry", new.employer.slug)
    assert kept["service"]["S5"] == builders.WORDS
    assert (new.sector, new.headcount, new.title) == ("community-health", 94, "Tees podiatry")
    assert new.base_cost_pence is None


def test_neither_people_nor_signatures_come_along(begin, people, earlier):
    builders.ask_to_sign(earlier, people)
    begin(earlier.reference, "service", "employer", "award")

    assert [member.user for member in Member.objects.filter(proposal=begun())] == [people.lead]
    assert not Signature.objects.filter(proposal=begun()).exists()
    employer = Section.objects.get(proposal=begun(), key="employer").answers
    assert "C1_who" not in employer
    assert begin(earlier.reference, "team", title="Another").status_code == 200
    assert not Proposal.objects.filter(title="Another").exists()


def test_nobody_takes_answers_of_a_team_that_they_are_not_in(begin, client, earlier):
    stranger = somebody()
    builders.many(1, team_of=stranger)

    page = begin(earlier.reference, "service", who=stranger)

    assert page.status_code == 200
    assert "Choose one of your own proposals" in page.content.decode()
    assert earlier.title not in client.get(NEW).content.decode()


def test_who_has_no_earlier_proposal_is_not_asked(client, begin, scheme):
    client.force_login(somebody())
    assert 'name="earlier"' not in client.get(NEW).content.decode()


def test_with_nothing_chosen_it_begins_empty(begin, earlier):
    assert "Choose one of your own proposals" in begin("", "service").content.decode()
    begin(earlier.reference, "service", "staff", start_from="nothing")
    [section] = Section.objects.filter(proposal=begun())
    assert set(section.answers) == {"S1", "S2"}


def test_begun_twice_it_is_one_draft(begin, earlier):
    once = {"once": uuid.uuid4(), "employer": earlier.employer.slug}
    pages = {begin(earlier.reference, "staff", **once).url for _press in range(2)}
    assert len(pages) == 1
    assert Section.objects.filter(proposal=begun()).count() == 2
