"""The check: no account, nothing kept, every outcome with its rule, and on into a draft."""

import datetime
import re

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import advice.reference
import proposals.reference
from accounts.models import Organisation
from activity.employers import NOT_LISTED
from proposals.draft.models import Proposal, SchemeVersion, ScopeRule, Section
from tests.factories import OrganisationFactory, somebody

pytestmark = pytest.mark.django_db

OUTCOME = "/check/outcome/"
CANARY = "Canary Isle Rescue"
GOOD = [
    ("who", {"who": "staff"}),
    ("service", {"service": "youth"}),
    ("employer", {"employer": "fenland"}),
    ("limits", {"limits": "no"}),
    ("control", {"control": "members"}),
    ("tests", {"tests": "yes"}),
    ("begun", {"begun": "nothing"}),
]


@pytest.fixture(autouse=True)
def scheme(stored):
    stored(advice.reference.load)
    stored(proposals.reference.load)
    department = OrganisationFactory(name="Department of Fens", kind="department", slug="fens")
    OrganisationFactory(name="Fenland Trust", slug="fenland", department=department)


def answer(client, question, **typed):
    return client.post(f"/check/{question}/", typed)


def go(client, *changes):
    """Answer every question on the way; the last page's address."""
    for question, typed in [(name, dict(changes).get(name, typed)) for name, typed in GOOD]:
        page = answer(client, question, **typed)
    return page.url


def text(client, address=OUTCOME):
    return client.get(address).content.decode()


def rows():
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_a_whole_check_by_somebody_who_goes_no_further_writes_nothing(client):
    before = rows()
    client.get("/check/")
    answer(client, "who", who="staff")
    client.get("/check/employer/")
    assert go(client, ("employer", {"employer_words": "fen", "press": "find"}))
    assert go(client) == OUTCOME
    client.get(OUTCOME)
    client.post(OUTCOME, {"press": "start"})
    client.post(OUTCOME, {"press": "forget"})
    assert rows() == before


@pytest.mark.parametrize(
    ("changes", "title", "code"),
    [
        ([], "Your service is likely to be covered", "SC-STAFF"),
        ([("limits", {"limits": "yes"})], "Your service may be exempt", "SC-EXEMPT"),
        ([("control", {"control": "outside"})], "The right does not cover this", "SC-CONTROL"),
        ([("begun", {"begun": "tender"})], "Ask the advice line first", "SC-BEGUN"),
    ],
)
def test_each_outcome_quotes_its_rule_with_source_and_date(client, changes, title, code):
    for question, typed in [(name, dict(changes).get(name, typed)) for name, typed in GOOD]:
        answer(client, question, **typed)
    words = text(client)
    rule = ScopeRule.objects.get(code=code)
    assert f'<h1 class="govuk-heading-l">{title}</h1>' in words
    assert rule.wording.replace("'", "&#x27;") in words
    assert rule.source in words
    assert f'<time datetime="{rule.dated_on:%Y-%m-%d}">' in words


def test_the_rules_are_those_of_the_scheme_in_force(client):
    later = SchemeVersion.objects.create(number=2, starts_on=datetime.date(2020, 1, 1))
    ScopeRule.objects.create(
        scheme=later,
        code="SC-STAFF",
        wording="A newer rule.",
        source="A newer source",
        dated_on=datetime.date(2019, 12, 1),
    )
    go(client)
    assert "A newer rule." in text(client)
    assert "A newer source" in text(client)


def test_who_decides_on_an_exemption_is_said_with_the_department(client):
    go(client, ("limits", {"limits": "yes"}))
    words = text(client)
    assert "The Cabinet Office decides" in words
    assert "The department that answers for your employer is Department of Fens" in words


def test_the_first_unanswered_question_is_where_every_early_address_leads(client):
    assert client.get(OUTCOME).url == "/check/who/"
    assert client.get("/check/tests/").url == "/check/who/"
    answer(client, "who", who="staff")
    assert client.get(OUTCOME).url == "/check/service/"
    assert client.post(OUTCOME, {"press": "start"}).url == "/check/service/"
    assert client.get("/check/nonsense/").status_code == 404


def test_an_answer_that_changes_takes_away_those_that_no_longer_apply(client):
    unlisted = {"employer": NOT_LISTED, "employer_name": CANARY}
    go(client, ("employer", unlisted))
    assert client.get(OUTCOME).url == "/check/public/"
    answer(client, "public", public="yes")
    assert answer(client, "employer", employer="fenland").url == "/check/limits/"
    assert client.get("/check/public/").status_code == 302
    go(client)
    answer(client, "who", who="other")
    assert CANARY not in text(client)
    assert "Fenland Trust" not in text(client)
    answer(client, "who", who="staff")
    assert client.get(OUTCOME).url == "/check/service/"


def test_back_leads_to_the_question_before(client):
    go(client)
    for before, question in [("who", "service"), ("employer", "limits")]:
        assert f'href="/check/{before}/" class="govuk-back-link"' in text(
            client, f"/check/{question}/"
        )
    assert 'href="/check/" class="govuk-back-link"' in text(client, "/check/who/")
    assert 'href="/check/begun/" class="govuk-back-link"' in text(client)


def test_an_answer_that_is_missing_says_what_to_do_and_keeps_the_others(client):
    answer(client, "who", who="staff")
    page = answer(client, "service", service="magic")
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert client.get(OUTCOME).url == "/check/service/"


def test_what_is_asked_before_comes_back_chosen(client):
    go(client)
    assert re.search(r'value="staff"[^>]* checked', text(client, "/check/who/"))
    assert re.search(r'value="fenland"[^>]* checked', text(client, "/check/employer/"))


@pytest.mark.parametrize("question", [name for name, _ in GOOD])
def test_a_page_costs_a_visitor_at_most_one_query(client, question):
    go(client, ("employer", {"employer": "fenland", "employer_words": "fen"}))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/check/{question}/").status_code == 200
    assert len(captured) <= 1
    with CaptureQueriesContext(connection) as captured:
        assert answer(client, question, **dict(GOOD)[question]).status_code == 302
    assert len(captured) <= 1


def test_the_start_costs_no_query_and_the_outcome_two(client):
    with CaptureQueriesContext(connection) as captured:
        client.get("/check/")
    assert len(captured) == 0
    go(client, ("limits", {"limits": "yes"}))
    with CaptureQueriesContext(connection) as captured:
        client.get(OUTCOME)
    assert len(captured) == 2


def test_a_cookie_that_is_not_ours_is_no_answer(client):
    client.cookies["check"] = '{"who": "staff"}:forged'
    assert client.get(OUTCOME).url == "/check/who/"


def test_the_cookie_ends_with_the_browser_and_no_script_reads_it(client):
    cookie = answer(client, "who", who="staff").cookies["check"]
    assert (cookie["max-age"], cookie["expires"], cookie["path"]) == ("", "", "/check/")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_answers_can_be_forgotten(client):
    go(client)
    client.post(OUTCOME, {"press": "forget"})
    assert client.get(OUTCOME).url == "/check/who/"


def test_the_way_to_the_advice_line_never_names_the_employer(client):
    go(client, ("begun", {"begun": "tender"}))
    (link,) = set(re.findall(r'href="(/advice/ask/[^"]*)"', text(client)))
    assert link == "/advice/ask/?topic=GEN-3&amp;sector=nhs"
    form = text(client, link.replace("&amp;", "&"))
    assert re.search(r'<option value="GEN-3"[^>]* selected', form)
    assert re.search(r'<option value="nhs"[^>]* selected', form)
    assert "fenland" not in form.lower()


def test_an_employer_that_is_not_listed_is_named_nowhere_else_than_here(client):
    go(client, ("employer", {"employer": NOT_LISTED, "employer_name": CANARY}))
    answer(client, "public", public="not-sure")
    go(client, ("employer", {"employer": NOT_LISTED, "employer_name": CANARY}))
    words = text(client)
    assert CANARY in words
    assert not any(CANARY.split()[0] in link for link in re.findall(r'href="([^"]*)"', words))
    assert not Organisation.objects.filter(name=CANARY).exists()


@pytest.mark.parametrize("typed", ["<i>canary</i>", "a\x00b", "‮", "x" * 100_000])
def test_whatever_is_typed_as_an_employer_does_no_harm(client, typed):
    answer(client, "who", who="staff")
    answer(client, "service", service="youth")
    page = answer(client, "employer", employer_words=typed, press="find")
    assert page.status_code in (200, 302)
    assert "<i>canary" not in text(client, "/check/employer/")
    named = answer(client, "employer", employer=NOT_LISTED, employer_name=typed)
    assert named.status_code in (200, 302)


def start(client):
    client.post(OUTCOME, {"press": "start"})
    return text(client, reverse("proposals:new"))


def begin(client, **typed):
    page = text(client, reverse("proposals:new"))
    once = re.search(r'name="once" value="([^"]+)"', page)[1]
    client.post(reverse("proposals:new"), {"once": once, "title": "Fen youth", **typed})
    return Section.objects.get(proposal__title="Fen youth", key="service").answers


def test_the_answers_come_along_into_a_draft_after_they_were_shown(client):
    go(client)
    page = client.post(OUTCOME, {"press": "start"})
    assert page.url == reverse("proposals:new")
    assert "/accounts/sign-in/" in client.get(page.url).url
    client.force_login(somebody())
    words = text(client, page.url)
    assert "What you have answered already" in words
    assert "Youth services" in words
    assert re.search(r'value="fenland"[^>]* checked', words)
    assert not Proposal.objects.exists()

    answers = begin(client, employer="fenland", bring="on")

    assert answers == {"S1": "Fen youth", "S2": "fenland", "S3": "youth", "S10": "no"}
    proposal = Proposal.objects.get()
    assert (proposal.sector, proposal.employer.slug) == ("youth", "fenland")
    assert "What you have answered already" not in text(client, reverse("proposals:new"))


def test_answers_that_are_not_wanted_stay_behind(client):
    go(client)
    client.force_login(somebody())
    start(client)
    assert begin(client, employer="fenland") == {"S1": "Fen youth", "S2": "fenland"}


def test_an_employer_that_is_not_listed_comes_along_by_its_name(client):
    go(client, ("employer", {"employer": NOT_LISTED, "employer_name": CANARY}))
    answer(client, "public", public="yes")
    go(client, ("employer", {"employer": NOT_LISTED, "employer_name": CANARY}))
    client.force_login(somebody())
    assert CANARY in start(client)
    begin(client, employer=NOT_LISTED, employer_name=CANARY, bring="on")
    employer = Proposal.objects.get().employer
    assert (employer.name, employer.is_awaited) == (CANARY, True)


def test_somebody_elses_cookie_brings_nothing_along(client):
    client.cookies["brought"] = '{"S3": "youth"}:forged'
    client.force_login(somebody())
    assert "What you have answered already" not in text(client, reverse("proposals:new"))


def test_the_first_question_stands_on_the_first_page(client):
    words = text(client, "/")
    assert 'action="/check/who/"' in words
    assert "Which of these are you?" in words
    page = client.post("/check/who/", {"who": "staff"})
    assert page.url == "/check/service/"
