"""What each way through the check comes to: by hand, and nothing read from the rules."""

import re
from itertools import product

import pytest

from proposals.check import scope

# who / employer / public / limits / control / tests / begun -> outcome: rules. "*" stands for any
# answer; the first line that fits counts. The service that is chosen decides nothing.
TABLE = """
other   * * * * * *                                      -> not-covered: SC-STAFF
manager * * * * * *                                      -> ask: SC-STAFF
staff   not-listed no * * * *                            -> not-covered: SC-PUBLIC
staff   * * * outside * *                                -> not-covered: SC-CONTROL
staff   * * yes * * *                                    -> may-be-exempt: SC-EXEMPT
staff   police * * * * *                                 -> may-be-exempt: SC-EXEMPT
staff   defence * * * * *                                -> may-be-exempt: SC-EXEMPT
staff   ministry * * * * *                               -> may-be-exempt: SC-EXEMPT
staff   not-listed not-sure not-sure * no stopped|tender -> ask: SC-EXEMPT SC-PUBLIC SC-TESTS SC-BEGUN
staff   not-listed not-sure not-sure * no *              -> ask: SC-EXEMPT SC-PUBLIC SC-TESTS
staff   not-listed not-sure not-sure * * stopped|tender  -> ask: SC-EXEMPT SC-PUBLIC SC-BEGUN
staff   not-listed not-sure not-sure * * *               -> ask: SC-EXEMPT SC-PUBLIC
staff   not-listed not-sure no * no stopped|tender       -> ask: SC-PUBLIC SC-TESTS SC-BEGUN
staff   not-listed not-sure no * no *                    -> ask: SC-PUBLIC SC-TESTS
staff   not-listed not-sure no * * stopped|tender        -> ask: SC-PUBLIC SC-BEGUN
staff   not-listed not-sure no * * *                     -> ask: SC-PUBLIC
staff   * * not-sure * no stopped|tender                 -> ask: SC-EXEMPT SC-TESTS SC-BEGUN
staff   * * not-sure * no *                              -> ask: SC-EXEMPT SC-TESTS
staff   * * not-sure * * stopped|tender                  -> ask: SC-EXEMPT SC-BEGUN
staff   * * not-sure * * *                               -> ask: SC-EXEMPT
staff   * * no * no stopped|tender                       -> ask: SC-TESTS SC-BEGUN
staff   * * no * no *                                    -> ask: SC-TESTS
staff   * * no * * stopped|tender                        -> ask: SC-BEGUN
staff   * * no * yes|not-sure nothing|not-sure           -> covered: SC-STAFF
"""
LINES = [line.split("->") for line in TABLE.strip().splitlines()]
WAYS = [(cells.split(), *ends.strip().split(": ")) for cells, ends in LINES]

EMPLOYERS = {
    "trust": {"employer": "a-trust", "employer_kind": "nhs-trust", "employer_of": "dhsc"},
    "police": {"employer": "a-force", "employer_kind": "police", "employer_of": "home-office"},
    "defence": {"employer": "x", "employer_kind": "agency", "employer_of": "ministry-of-defence"},
    "ministry": {"employer": "ministry-of-defence", "employer_kind": "department"},
    "not-listed": {"employer": "not-listed", "employer_name": "Fenland"},
}
ASKED = ("who", "employer", "public", "limits", "control", "tests", "begun")
ANSWERS = {
    "who": ("staff", "manager", "other"),
    "employer": tuple(EMPLOYERS),
    "public": ("yes", "no", "not-sure"),
    "limits": ("yes", "no", "not-sure"),
    "control": ("members", "outside", "undecided"),
    "tests": ("yes", "no", "not-sure"),
    "begun": ("nothing", "stopped", "tender", "not-sure"),
}


def every_path():
    """Each way that somebody can answer, cut where the check asks no more."""
    found = {}
    for chosen in product(*(ANSWERS[question] for question in ASKED)):
        said = dict(zip(ASKED, chosen, strict=True))
        typed = said | {"service": "youth"} | EMPLOYERS[said["employer"]]
        answers = scope.pruned(typed)
        key = tuple(said[name] if name in answers else "-" for name in ASKED)
        found[key] = answers
    return found


PATHS = every_path()


def fits(cells, key):
    return all(
        cell == "*" or answer in cell.split("|") for cell, answer in zip(cells, key, strict=True)
    )


def line_for(key):
    return next(number for number, (cells, *_) in enumerate(WAYS) if fits(cells, key))


@pytest.mark.parametrize("key", PATHS, ids=" ".join)
def test_a_path_comes_to_what_the_table_says(key):
    verdict = scope.outcome_of(PATHS[key])
    _cells, outcome, rules = WAYS[line_for(key)]
    assert (verdict.outcome.value, " ".join(verdict.rules)) == (outcome, rules)


def test_every_line_of_the_table_is_some_path():
    assert {line_for(key) for key in PATHS} == set(range(len(WAYS)))


def test_there_are_as_many_paths_as_by_hand():
    # Two end at once. An employer in the register: 3 x (1 + 2 x 3 x 4) = 75 each, of 4 kinds; one
    # that is not: public or not sure 75 each, not public 1.
    assert len(PATHS) == 2 + 4 * 75 + 2 * 75 + 1


def test_nobody_is_asked_more_than_eight_questions():
    assert max(len(scope.way(answers)) for answers in PATHS.values()) == 8


def test_no_path_asks_on_when_it_has_an_outcome():
    assert {scope.unanswered(answers) for answers in PATHS.values()} == {None}


def test_without_answers_the_first_question_comes_first():
    assert scope.way({}) == ["who"]
    assert scope.unanswered({}) == "who"


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"who": "other"}, {"who"}),
        ({"public": "no"}, {"who", "service", "employer", "employer_name", "public"}),
        (
            {"employer": "a-trust", "employer_name": ""},
            {"who", "service", "employer", "limits", "control", "tests", "begun"},
        ),
    ],
)
def test_a_changed_answer_takes_away_those_that_no_longer_apply(change, kept):
    whole = PATHS[("staff", "not-listed", "yes", "no", "members", "yes", "nothing")]
    assert scope.pruned(whole | change).keys() == kept


def test_what_is_open_is_to_be_borne_in_mind():
    answers = PATHS[("staff", "trust", "-", "no", "undecided", "not-sure", "not-sure")]
    assert scope.outcome_of(answers).also == ("SC-TESTS", "SC-CONTROL", "SC-BEGUN", "SC-CONTRACT")


def test_the_table_is_written_as_it_is_read():
    assert all(re.fullmatch(r"[a-z|*-]+", cell) for cells, *_ in WAYS for cell in cells)
    assert {len(cells) for cells, *_ in WAYS} == {len(ASKED)}
