"""What is like a draft: public pathfinders alone, each with what both have in common."""

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activity import clock
from pathfinders.models import Pathfinder
from proposals.draft import similar
from proposals.draft.models import Proposal, Section
from tests.factories import somebody
from tests.pathfinders import factories as mutuals
from tests.proposals import builders

DESCRIBED = "We find beds and doctors for homeless people, and visit hostels at night."
CANARY = "Xanthoria lichen nursing"


@pytest.fixture
def draft(stored, people):
    """A draft about homeless people, of an employer in England of which no entry knows."""
    proposal = stored(builders.draft_of, people)
    section = Section.objects.get(proposal=proposal, key="service")
    section.answers |= {"S5": DESCRIBED}
    section.save()
    Proposal.objects.filter(pk=proposal.pk).update(
        sector="housing-support", title="Soar night shelters"
    )
    return builders.again(proposal)


def entry(name="Trent lodgings", summary="Nurses.", **facts):
    return mutuals.entry(name=name, summary=summary, **facts)


def found(draft):
    return {like.title: like.why for like in similar.to(draft, 10)}


def page(client, draft, name, reader):
    client.force_login(reader)
    answer = client.get(reverse(f"proposals:{name}", args=[draft.reference]))
    return " ".join(answer.content.decode().split())


def test_a_private_entry_is_never_found_whatever_it_says(client, draft, people):
    entry(CANARY, DESCRIBED, sector="housing-support", published=False)
    entry(f"{CANARY} of ours", DESCRIBED, published=False, people=[people.lead])
    assert found(draft) == {}
    for name in ("tasks", "similar"):
        assert "Xanthoria" not in page(client, draft, name, people.lead)


def test_the_draft_of_another_team_is_never_found(client, draft, people):
    theirs = builders.draft_of(builders.team())
    Proposal.objects.filter(pk=theirs.pk).update(title=CANARY, sector="housing-support")
    Section.objects.filter(proposal=theirs, key="service").update(
        answers={"S1": CANARY, "S5": DESCRIBED}
    )
    assert "Xanthoria" not in page(client, draft, "similar", people.lead)


def test_what_another_team_typed_finds_nothing_for_this_one(draft):
    entry(summary="A lighthouse for trawler crews.")
    theirs = builders.draft_of(builders.team())
    Section.objects.filter(proposal=theirs, key="service").update(
        answers={"S5": "A lighthouse for trawler crews."}
    )
    assert found(draft) == {}
    assert "Trent lodgings" in found(builders.again(theirs))


def test_strangers_and_officials_find_no_such_page(client, draft, staff):
    for reader in (somebody(), staff.reviewer):
        client.force_login(reader)
        address = reverse("proposals:similar", args=[draft.reference])
        assert client.get(address).status_code == 404


def test_words_that_both_have_are_named(draft):
    entry(summary="Doctors who visit homeless people in hostels.")
    assert found(draft) == {"Trent lodgings": "Also speaks of “doctors”, “visit” and “homeless”"}


def test_one_word_in_common_is_too_little(draft):
    entry(summary="Doctors.")
    assert found(draft) == {}


def test_words_of_every_service_are_no_likeness(draft):
    section = Section.objects.get(proposal=draft, key="service")
    section.answers |= {"S5": "Our team provides services with people from the area."}
    section.save()
    entry(summary="A team that provides services with people from the area.")
    assert found(draft) == {}


def test_the_same_kind_of_service(draft):
    entry(sector="housing-support")
    assert found(draft) == {"Trent lodgings": "Same kind of service (housing support)"}


def test_the_same_region_is_known_from_an_entry_of_the_same_employer(draft):
    entry("Soar advice", parents={"The city": draft.employer}, regions=["east-midlands"])
    entry("Trent lodgings", sector="housing-support", regions=["east-midlands"])
    entry("Thames lodgings", sector="housing-support", regions=["london"])
    assert found(draft) == {
        "Trent lodgings": "Same region, same kind of service (housing support)",
        "Thames lodgings": "Same kind of service (housing support)",
        "Soar advice": "Came from your employer, also speaks of “soar”",
    }
    assert next(iter(found(draft))) == "Trent lodgings"


def test_an_employer_in_wales_is_near_entries_in_wales(draft):
    draft.employer.nation = "wales"
    draft.employer.save()
    entry(sector="housing-support", regions=["wales"])
    assert found(draft)["Trent lodgings"].startswith("Same region")


def test_a_name_that_is_almost_the_same(draft):
    entry("Soar night sheltering")

    assert "Soar night sheltering" in found(draft)


def test_its_own_entry_is_not_like_it(draft):
    own = entry(sector="housing-support")
    Pathfinder.objects.filter(pk=own.pk).update(proposal_reference=draft.reference)
    assert found(draft) == {}


@pytest.mark.parametrize(
    "typed", ["", "'", "& | ! ( ) :*", "a" * 100_000, "<b>beds</b> 'or' 1=1", "\u202etxet"]
)
def test_whatever_was_typed_it_finds_or_finds_nothing(draft, typed):
    section = Section.objects.get(proposal=draft, key="service")
    section.answers |= {"S5": typed}
    section.save()
    entry(sector="housing-support")
    assert list(found(draft)) == ["Trent lodgings"]


def test_what_it_shows_is_escaped(client, draft, people):
    entry("<i>Trent</i>", sector="housing-support")
    for name in ("tasks", "similar"):
        assert "&lt;i&gt;Trent&lt;/i&gt;" in page(client, draft, name, people.lead)


def test_nothing_close_says_so(client, draft, people):
    for name in ("tasks", "similar"):
        assert "We found nothing close. You may be the first." in page(
            client, draft, name, people.viewer
        )


def test_a_page_of_eight_queries_at_1_and_at_31_entries(client, draft, people):
    client.force_login(people.lead)
    address = reverse("proposals:similar", args=[draft.reference])
    entry(sector="housing-support")
    client.get(address)
    with CaptureQueriesContext(connection) as at_one:
        client.get(address)
    for _ in range(30):
        entry(summary=DESCRIBED, sector="housing-support")
    with CaptureQueriesContext(connection) as at_many:
        shown = client.get(address).content.decode()
    assert len(at_many) == len(at_one) <= 8
    assert shown.count("Trent lodgings") == similar.ON_ITS_PAGE


def test_the_tasks_show_the_three_closest_and_cost_the_same(client, draft, people):
    client.force_login(people.lead)
    address = reverse("proposals:tasks", args=[draft.reference])
    entry(sector="housing-support")
    client.get(address)
    with CaptureQueriesContext(connection) as at_one:
        client.get(address)
    for _ in range(10):
        entry(summary=DESCRIBED, sector="housing-support")
    with CaptureQueriesContext(connection) as at_many:
        shown = client.get(address).content.decode()
    assert len(at_many) == len(at_one) <= 15
    assert shown.count("Trent lodgings") == similar.ON_THE_TASKS


def test_no_way_needs_to_read_every_entry(draft):
    with pgtrigger.ignore("pathfinders.Pathfinder:status_by_step"):
        Pathfinder.objects.bulk_create(
            Pathfinder(
                reference=f"PF-9{n:04}",
                name=f"Hedge and ditch {n}",
                status="implementation",
                sector="environment",
                published_at=clock.now(),
            )
            for n in range(2_000)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE pathfinders_pathfinder")
    with CaptureQueriesContext(connection) as asked:
        assert found(draft) == {}
    [rows] = [each["sql"] for each in asked if "word_similarity" in each["sql"].lower()]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # the table is small
        cursor.execute("EXPLAIN " + rows)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Seq Scan on pathfinders_pathfinder" not in plan, plan
    assert "pathfinder_words" in plan
