"""Saving a page: anything is kept, nothing is lost, nobody overwrites a colleague unseen."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import Organisation
from activity import clock
from proposals.draft import actions
from proposals.draft.actions.writing import mark_of
from proposals.draft.completeness import Progress, progress_of
from proposals.draft.models import Proposal, Section, Status
from proposals.draft.questions import topic, topics
from proposals.draft.topics.service import EmployerForm
from tests.proposals import builders

SERVICE, PEOPLE, MONEY = topic("service"), topic("staff"), topic("money")


def page_of(proposal, about, key):
    return about.page(key).address(proposal.reference, about.key)


def mark(proposal, about, key):
    row = Section.objects.filter(proposal=proposal, key=about.key).first()
    return mark_of(row.answers if row else {}, about.page(key))


def post(client, proposal, about, key, typed, seen=None):
    seen = mark(proposal, about, key) if seen is None else seen
    return client.post(page_of(proposal, about, key), {**typed, "seen": seen})


def kept(proposal, key):
    return Section.objects.get(proposal=proposal, key=key)


def progress(proposal, about):
    return progress_of(about, kept(proposal, about.key).answers).progress


@pytest.fixture
def draft(stored, people, client):
    client.force_login(people.editor)
    return stored(builders.draft_of, people, complete=False)


def test_a_good_page_is_saved_promoted_and_left(client, draft, people):
    typed = {"S1": "Fenland wheelchairs", "S3": "community-health"}

    page = post(client, draft, SERVICE, "name", typed)

    assert page.url == page_of(draft, SERVICE, "employer")
    section = kept(draft, "service")
    assert section.answers == typed | {"S2": draft.employer.slug}
    assert (section.revision, section.saved_by) == (1, people.editor)
    assert progress(draft, SERVICE) == Progress.IN_PROGRESS
    fresh = builders.again(draft)
    assert (fresh.title, fresh.sector) == ("Fenland wheelchairs", "community-health")


def test_numbers_and_money_are_promoted(client, draft):
    staff = builders.answers(draft.employer)["staff"]
    post(client, draft, PEOPLE, "staff", staff)
    post(client, draft, MONEY, "today", builders.boxes(builders.MONEY))

    fresh = builders.again(draft)
    assert (fresh.headcount, fresh.base_cost_pence) == (94, 240_000_000)


def test_an_empty_page_is_a_gap_and_no_error(client, draft):
    page = post(client, draft, PEOPLE, "staff", {})

    assert page.status_code == 302
    assert kept(draft, "staff").revision == 1
    assert progress(draft, PEOPLE) == Progress.NOT_STARTED


WRONG = {
    "S9": ["about 2000", "2.5", "-1", "99999999999", "१२x"],
    "S9_how": ["x" * 501],
    "S5": ["word " * 251],
}


@pytest.mark.parametrize(("name", "typed"), [(n, t) for n, all_ in WRONG.items() for t in all_])
def test_what_cannot_be_read_is_kept_and_said(client, draft, name, typed):
    page = post(client, draft, SERVICE, "description", {name: typed})

    words = page.content.decode()
    assert page.status_code == 200
    assert "There is a problem" in words
    assert "What you typed is saved" in words
    section = kept(draft, "service")
    assert section.answers[name] == typed
    assert progress(draft, SERVICE) == Progress.NEEDS_ATTENTION
    again = client.get(page_of(draft, SERVICE, "description")).content.decode()
    assert "There is a problem" in again


@pytest.mark.parametrize(
    "typed",
    ["\x00nul\x07bell\x1b[31m", "<script>alert(1)</script>", "‮reversed", "a\r\nb", "🙂" * 40],
)
def test_odd_letters_are_kept_and_shown_harmlessly(client, draft, typed):
    page = post(client, draft, SERVICE, "description", {"S5": typed})

    assert page.status_code in (200, 302)
    shown = client.get(reverse("proposals:answers", args=[draft.reference])).content.decode()
    assert "<script>alert" not in shown
    assert kept(draft, "service").answers["S5"] == typed.replace(
        "\x00", "\N{REPLACEMENT CHARACTER}"
    )


def test_an_employer_that_ended_since_keeps_its_name_in_what_was_frozen(
    stored, client, people, staff
):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    Organisation.objects.filter(pk=proposal.employer_id).update(ends_on=clock.today())
    client.force_login(people.lead)

    for name, more in (("version", [1]), ("answers", [])):
        address = reverse(f"proposals:{name}", args=[proposal.reference, *more])
        words = client.get(address).content.decode()
        assert proposal.employer.name in words
        assert proposal.employer.slug not in words


def test_an_employer_that_is_none_is_shown_as_it_was_typed(db):
    answers = [answer for *_, answer in EmployerForm({"S2": "no-such-trust"}).shown()]
    assert "no-such-trust" in answers


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"U1_fte": "120"}, "Full-time equivalent (120) cannot be more than headcount (94)"),
        ({"U2_stay": "9"}, "The four numbers add up to 98; you said 94 staff"),
        ({"U1_fte": "NaN"}, "Enter the full-time equivalent as a number"),
        ({"U1_headcount": "0"}, "Enter 1 or more"),
    ],
)
def test_staff_numbers_that_disagree_are_said_in_words(client, draft, changes, words):
    typed = builders.answers(draft.employer)["staff"] | changes

    page = post(client, draft, PEOPLE, "staff", typed)

    assert words in page.content.decode()


@pytest.mark.parametrize("typed", ["1.2m", "tbc", "12,50", "-5", "9" * 14, "12.50"])
def test_money_that_cannot_be_read_is_kept_and_said(client, draft, typed):
    figures = builders.boxes(builders.MONEY) | {"F5_2": typed}

    page = post(client, draft, MONEY, "figures", figures)

    words = page.content.decode()
    assert "There is a problem" in words
    assert '<a href="#id_F5-2">Contract price, year 2: ' in words
    assert (
        f'name="F5_2" type="text" inputmode="numeric" autocomplete="off" value="{typed}"' in words
    )
    assert kept(draft, "money").answers["F5"]["2"] == typed
    result = client.get(reverse("proposals:money_result", args=[draft.reference]))
    assert "Enter years 1 to 5 to see a result" in result.content.decode()


def test_a_price_of_nought_and_a_free_contract_ask_for_more(client, draft):
    figures = builders.boxes(builders.MONEY) | {"F5_2": "0", "F6_1": "0"}

    page = post(client, draft, MONEY, "figures", figures)

    assert "The contract price for year 2 must be more than 0" in page.content.decode()
    free = builders.MONEY | {"F6": builders.MONEY["F6"] | {"1": "0"}}
    assert progress_of(MONEY, free).progress == Progress.IN_PROGRESS
    reasoned = free | {"F6_reason": "The trust has a team for it."}
    assert progress_of(MONEY, reasoned).progress == Progress.COMPLETE


def test_an_employer_or_sector_that_is_not_in_the_list_is_refused_and_not_promoted(client, draft):
    before = builders.again(draft)
    post(client, draft, SERVICE, "name", {"S1": "ab", "S3": "magic"})
    post(client, draft, SERVICE, "employer", {"S2": "nowhere"})

    fresh = builders.again(draft)
    assert (fresh.title, fresh.employer, fresh.sector) == (before.title, before.employer, "")
    assert kept(draft, "service").answers["S2"] == "nowhere"


def test_conditional_questions_are_needed_only_when_asked_for():
    for answer, needed in (("yes", "S10_which"), ("not-sure", "S10_doubt"), ("no", None)):
        form = SERVICE.page("limits").form(data={"S10": answer}, complete=True)
        assert form.is_valid() == (needed is None)
        assert set(form.errors) == ({needed} if needed else set())


def test_every_topic_is_complete_with_whole_answers_and_not_started_without(draft):
    whole = builders.answers(draft.employer)

    for about in topics():
        assert progress_of(about, whole[about.key]).progress == Progress.COMPLETE
        assert progress_of(about, {}).progress == Progress.NOT_STARTED


def test_two_pages_of_one_section_do_not_clash(client, draft):
    seen = mark(draft, SERVICE, "description")
    post(client, draft, SERVICE, "limits", {"S10": "no"})

    page = post(client, draft, SERVICE, "description", {"S9": "200"}, seen=seen)

    assert page.status_code == 302
    assert kept(draft, "service").answers["S10"] == "no"


def test_a_clash_shows_both_texts_and_joins_them(client, draft, people):
    seen = mark(draft, SERVICE, "description")
    post(client, draft, SERVICE, "description", {"S5": "Their text", "S9": "200"}, seen=seen)
    client.force_login(people.lead)

    page = post(client, draft, SERVICE, "description", {"S5": "My text", "S9": "200"}, seen=seen)

    words = page.content.decode()
    assert page.status_code == 409
    assert "Their text" in words
    assert "My text" in words
    assert people.editor.name in words
    assert kept(draft, "service").answers["S5"] == "Their text"
    address = page_of(draft, SERVICE, "description")
    assert f'action="{address}"' in words
    joined = client.post(
        address, {"S5": "Both texts", "S9": "200", "seen": mark(draft, SERVICE, "description")}
    )
    assert joined.url == page_of(draft, SERVICE, "breadth")
    assert kept(draft, "service").answers["S5"] == "Both texts"


def test_a_second_clash_while_joining_shows_both_again(client, draft):
    seen = mark(draft, SERVICE, "description")
    post(client, draft, SERVICE, "description", {"S5": "One"}, seen=seen)

    again = post(client, draft, SERVICE, "description", {"S5": "Two"}, seen=seen)

    assert again.status_code == 409
    third = post(client, draft, SERVICE, "description", {"S5": "Three"}, seen=seen)
    assert "One" in third.content.decode()
    assert "Three" in third.content.decode()


def test_figures_joined_from_two_pages_are_read_in_their_grid(client, draft, people):
    typed = builders.boxes(builders.MONEY)
    seen = mark(draft, MONEY, "figures")
    post(client, draft, MONEY, "figures", typed, seen=seen)
    client.force_login(people.lead)
    clash = post(client, draft, MONEY, "figures", typed | {"F7_team": "8"}, seen=seen)
    address = page_of(draft, MONEY, "figures")
    assert f'action="{address}"' in clash.content.decode()

    again = typed | {"F7_team": "lots", "seen": mark(draft, MONEY, "figures")}
    wrong = client.post(address, again).content.decode()

    assert "app-grid-money" in wrong
    saved = client.post(address, again | {"F7_team": "8", "seen": mark(draft, MONEY, "figures")})
    assert saved.url == reverse("proposals:money_result", args=[draft.reference])


@pytest.mark.parametrize("typed", ["9" * 5000, "1066", "x"])
def test_a_year_that_is_not_offered_is_no_year(client, draft, typed):
    for key in ("today", "figures"):
        post(client, draft, MONEY, key, builders.boxes(builders.MONEY) | {"F1": typed})

    page = client.get(reverse("proposals:money_result", args=[draft.reference]))

    assert page.status_code == 200
    assert "1067" not in page.content.decode()


def test_the_same_text_twice_is_no_clash(client, draft):
    seen = mark(draft, SERVICE, "description")
    for _press in range(2):
        page = post(client, draft, SERVICE, "description", {"S5": "Once"}, seen=seen)

    assert page.status_code == 302
    assert kept(draft, "service").revision == 1


def test_nobody_writes_after_people_were_asked_to_sign(client, people):
    client.force_login(people.editor)
    proposal = builders.draft_of(people)
    seen = mark(proposal, SERVICE, "name")
    builders.ask_to_sign(proposal, people)

    page = post(client, proposal, SERVICE, "name", {"S1": "Another name"}, seen=seen)

    assert page.status_code == 409
    assert "Another name" in page.content.decode()
    assert kept(proposal, "service").answers["S1"] == "Wolds community nursing"


def test_a_viewer_may_not_write(stored, client, people):
    proposal = stored(builders.draft_of, people)
    client.force_login(people.viewer)

    assert post(client, proposal, SERVICE, "name", {"S1": "Mine"}).status_code == 403


def test_the_action_refuses_too(stored, people):
    proposal = stored(builders.draft_of, people)
    builders.ask_to_sign(proposal, people)
    page = SERVICE.page("name")

    with pytest.raises(actions.Closed):
        actions.save_page(proposal, SERVICE, page, page.form({"S1": "x"}), seen="", by=people.lead)


@pytest.mark.parametrize(
    "rest", ["nothing/", "service/nothing/", "money/figures/", "service/name/compare/"]
)
def test_a_page_that_is_not_there_is_not_found(client, draft, rest):
    address = f"/proposals/{draft.reference}/sections/{rest}"

    assert client.get(address).status_code == 404


def test_a_draft_begins_with_its_lead(client, people):
    client.force_login(people.lead)
    employer = builders.OrganisationFactory.create()

    typed = {"title": "Tees podiatry", "employer": employer.slug, "once": uuid.uuid4()}
    page = client.post(reverse("proposals:new"), typed)

    proposal = Proposal.objects.get(title="Tees podiatry")
    assert page.url == reverse("proposals:tasks", args=[proposal.reference])
    assert proposal.reference.startswith("RTP-")
    assert proposal.members.get().user == people.lead
    refused = client.post(reverse("proposals:new"), {"title": "", "employer": "nowhere"})
    assert "Enter a working name" in refused.content.decode()
    assert "Choose one of the organisations we found" in refused.content.decode()
