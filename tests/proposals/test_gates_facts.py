"""The facts beside each gate: shown, never an answer; some speak plainly against a yes."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from proposals.draft.models import Status
from proposals.review import triage
from proposals.review.gates.facts import against, facts_of
from proposals.review.gates.known import Known, known
from tests.proposals import builders, officials


def knows(scheme, vote=None, **changed):
    """What is known of a version with the usual answers, but for these. changed: by section."""
    typed = builders.ANSWERED | {
        key: builders.ANSWERED[key] | given for key, given in changed.items()
    }
    version = SimpleNamespace(scheme=scheme)
    return Known(None, version, typed, {}, vote, is_answered=False)


def said(found):
    return {fact.title: fact.words for fact in found}


def test_of_a_mutual_it_tells_whose_votes_there_are(scheme):
    found = facts_of("B", knows(scheme))
    assert said(found)["Members and votes"].startswith("Employees would hold 100 per cent")
    assert said(found)["Seats on the board"] == "Staff elect 3 of 5."
    assert against(found) == []
    row = builders.ANSWERED["model"]["M4"][0] | {"kind": "users"}
    assert against(facts_of("B", knows(scheme, model={"M4": [row]}))) == ["votes"]
    assert against(facts_of("B", knows(scheme, model={"M4": [row | {"votes": "x"}]}))) == []
    invested = facts_of("B", knows(scheme, model={"M6": "yes", "M9_independent": "0"}))
    assert {"Outside owners", "The board"} <= set(said(invested))


VOTE = {"number": 1, "eligible": 40, "least_turnout": 50, "least_share": 50}


@pytest.mark.parametrize(
    ("cast", "votes_for", "votes_against", "words", "keys"),
    [
        (30, 20, 10, "75% voted: 30 of 40. At least 50% must.", []),
        (19, 19, 0, "48% voted: 19 of 40. At least 50% must.", ["turnout"]),
        (20, 10, 10, "50% of valid votes said yes: 10 of 20. More than 50% must.", ["share"]),
        (10, 0, 0, "0% of valid votes said yes: 0 of 0. More than 50% must.", ["share", "turnout"]),
    ],
)
def test_of_a_vote_it_tells_both_measures_beside_their_thresholds(
    scheme, cast, votes_for, votes_against, words, keys
):
    vote = VOTE | {"cast": cast, "votes_for": votes_for, "votes_against": votes_against}
    found = facts_of("C", knows(scheme, vote))
    assert words in said(found).values()
    assert against(found) == keys
    assert [bool(fact.against) for fact in found] == sorted(
        (bool(fact.against) for fact in found), reverse=True
    )


def test_without_a_vote_it_says_so_and_what_follows(scheme):
    found = facts_of("C", knows(scheme, staff={"U6": "survey"}))
    assert said(found)["Vote of staff"] == "Staff have not voted."
    assert "a secret ballot is the better evidence" in said(found)["Evidence of support"]
    assert against(found) == []


def test_of_quality_it_tells_every_indicator_with_its_limit_and_its_reason(scheme):
    worse = builders.INDICATOR | {"year_1": "5.5"}
    rows = [
        builders.INDICATOR,
        worse | {"name": "Falls", "reason": "We count more of them."},
        worse | {"name": "Late letters"},
        builders.INDICATOR | {"name": "Half a row", "year_3": ""},
    ]
    found = facts_of("E", knows(scheme, quality={"Q1": rows}))
    told = said(found)
    assert (
        told["Wait for a first visit"] == "Now 5, then 5, 4, 3, 2.5, 2; never worse than 6 (weeks)."
    )
    assert told["Falls"].endswith("The team's reason: We count more of them.")
    assert told["Indicators that are not whole"] == "1"
    assert "not inspected" in told["Latest inspection"].lower()
    assert against(found) == ["target:late-letters", "unread"]


def test_of_guarantees_it_tells_where_nothing_is_written(scheme):
    assert "Safeguarding and complaints" not in said(facts_of("F", knows(scheme)))
    silent = facts_of("F", knows(scheme, quality={"Q7": ""}))
    assert "wrote nothing" in said(silent)["Safeguarding and complaints"]
    assert against(silent) == []


def test_of_scope_it_tells_the_check_and_what_triage_found(stored, people, staff):
    case = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    found = said(facts_of("A", known(case)))
    assert {"SC-STAFF", "SC-EXEMPT"} <= set(found)
    assert found["Triage: Is it in scope?"] == "Nobody answered it."
    submitted = builders.proposal_at(Status.SUBMITTED, builders.team(), staff)
    for question, is_fine in (("scope", False), ("duplicate", True)):
        told = {"question": question, "is_fine": is_fine, "words": "Look.", "once": None}
        triage.answer(proposal=submitted, **told, by=staff.reviewer)
    facts = {fact.title: fact for fact in facts_of("A", known(builders.again(submitted)))}
    scope = facts["Triage: Is it in scope?"]
    assert scope.words == f"Look. ({staff.reviewer}, on version 1)"
    assert scope.label == "To be settled"
    assert facts["Triage: Is there another of the same service?"].state == "completed"


def test_of_savings_it_tells_the_net_saving_and_what_the_employers_finance_says(
    stored, people, staff
):
    case = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    silent = known(case)
    found = facts_of("D", silent)
    assert said(found)["Net saving over five years"].startswith("£453,915, against £11,298,915")
    assert "It has not answered" in said(found)["The employer's answer"]
    assert against(found) == []
    for changed, words in ((builders.CASE_B, "−£21,085"), ({"F4": {}}, "The figures are not")):
        dear = replace(silent, typed=silent.typed | {"money": builders.MONEY | changed})
        assert said(facts_of("D", dear))["Net saving over five years"].startswith(words)
        assert against(facts_of("D", dear)) == ["saving"]
    officials.asked(case)
    ours = {"cost": "ours", "cost-ours": "2,500,000", "cost-source": "The ledger"}
    officials.answered(case, officials.facts(**ours, managing="unknown"))
    answered = facts_of("D", known(case))
    told = {fact.title: fact for fact in answered}
    cost = told["What the service costs in a year, in all"]
    assert "The employer: £2,500,000. Source: The ledger" in cost.words
    assert against(answered) == ["disputed:cost"]
    assert told["The employer's answer"].words.startswith("About this version:")
    confirmed = told["What it would cost if it stayed with you, years 1 to 5"]
    assert (confirmed.state, confirmed.label) == ("completed", "Confirmed")
    later = replace(known(case), is_answered=False)
    earlier = {fact.title: fact for fact in facts_of("D", later)}["The employer's answer"]
    assert earlier.words.startswith("About version 1, and not about this one:")
