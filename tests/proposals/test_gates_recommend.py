"""What gates leave to recommend: no form, and no way round it, gets past one that is not passed."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from activity.workflow import MovedOn
from proposals.decision import actions as decision
from proposals.decision import gated
from proposals.decision.models import Condition, Outcome, Recommendation
from proposals.draft.models import GateCode, Status
from proposals.reference_gates import GATES
from proposals.review.gates.models import Finding
from proposals.review.gates.standing import Stands
from tests.proposals import builders
from tests.proposals.test_casework import advice

APPROVE, CONDITIONS, REJECT = Outcome


@pytest.fixture
def case(stored, people, staff):
    begun = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    return stored(builders.hear_employer, begun)


def address(name, case, *more):
    return reverse(f"proposals:{name}", args=[case.reference, *more])


class _Result(SimpleNamespace):
    def get_found_display(self):
        return self.found


def gates(**found):
    """Six gates with a yes on version 2, but where `found` says otherwise; "old" is of version 1."""
    kept = []
    for code, title, *_words, by_conditions, reasons in GATES:
        said = found.get(code, Finding.YES)
        last = said and _Result(
            found=Finding.YES if said == "old" else said,
            version=SimpleNamespace(number=1 if said == "old" else 2),
        )
        gate = SimpleNamespace(
            code=code, name=title, by_conditions=by_conditions, reasons=list(reasons)
        )
        kept.append(Stands(gate, last, 2))
    return kept


# outcome, what is found otherwise than yes, codes of reasons, gates that conditions name: what lacks
TABLE = [
    (APPROVE, {}, (), (), ""),
    (APPROVE, {"A": None}, (), (), "A"),
    (APPROVE, {"A": "old", "F": "no"}, (), (), "AF"),
    (APPROVE, {"F": "not-yet"}, (), ("F",), "F"),
    (CONDITIONS, {}, (), (), ""),
    (CONDITIONS, {"F": "not-yet"}, (), ("F",), ""),
    (CONDITIONS, {"F": "not-yet"}, (), ("",), "F"),
    (CONDITIONS, {"F": "old"}, (), ("F",), "F"),
    (CONDITIONS, {"F": None}, (), ("F",), "F"),
    (CONDITIONS, {"F": "no"}, (), ("F",), "F"),
    (CONDITIONS, {"D": "not-yet"}, (), ("D",), "D"),
    (REJECT, {}, ("RC-F01",), (), ""),
    (REJECT, dict.fromkeys("ABCDEF"), ("RC-F01",), (), ""),
    (REJECT, {"D": "no"}, ("RC-F01",), (), "D"),
    (REJECT, {"D": "no"}, ("RC-F01", "RC-S02"), (), ""),
    (REJECT, {"D": "no", "B": "no"}, ("RC-S01",), (), "B"),
    (REJECT, {"E": "not-yet", "D": "old"}, ("RC-F01",), (), ""),
]


@pytest.mark.parametrize(("outcome", "found", "reasons", "cured", "lacks"), TABLE)
def test_which_ways_gates_leave_open(outcome, found, reasons, cured, lacks):
    lacking = gated.lacking(gates(**found), outcome, reasons=reasons, cured=cured)
    assert "".join(each.stands.gate.code for each in lacking) == lacks
    assert all(each.words for each in lacking)


def test_every_gate_has_reasons_of_its_own_that_the_scheme_knows(scheme):
    known = set(scheme.reasons.values_list("code", flat=True))
    kinds = [set(gate.reasons) for gate in scheme.gates.all()]
    assert len(kinds) == len(GateCode)
    assert all(kind and kind <= known for kind in kinds)
    assert sum(map(len, kinds)) == len(set.union(*kinds))
    assert list(scheme.gates.filter(by_conditions=True).values_list("code", flat=True)) == ["F"]


def condition(**more):
    typed = {
        "text": "Name who answers for the exit plan.",
        "owner": "The lead",
        "evidence": "The plan.",
        "due_on-day": "1",
        "due_on-month": "4",
        "due_on-year": "2099",
    }
    return {f"conditions-0-{name}": words for name, words in (typed | more).items()}


def reason(code):
    typed = {"code": code, "evidence": "The sums.", "remedy": "A lower price."}
    return {f"reasons-0-{name}": words for name, words in typed.items()}


def test_the_page_lists_what_is_missing_with_links_and_refuses_each_way(client, staff, case):
    client.force_login(staff.reviewer)
    page = client.get(address("recommend", case)).content.decode()
    assert page.count("is not answered") == 12
    for code in "abcdef":
        assert f'href="{address("gate", case, code)}"' in page
    case = builders.answer_gates(case, staff.reviewer, C="not-yet", D="no")
    for typed, words in (
        ({}, "Gate C: Staff support has a “not yet”, which no condition can cure"),
        ({"outcome": "approved-with-conditions"} | condition(), "Gate D: Savings has a no"),
        (
            {"outcome": "rejected"} | reason("RC-F01"),
            "give at least one of its reasons, RC-S01, RC-S02, RC-S03",
        ),
    ):
        page = client.post(address("recommend", case), advice(case, **typed))
        assert page.status_code == 200
        assert words in page.content.decode()
        assert "There is a problem" in page.content.decode()
    assert not Recommendation.objects.exists()
    sent = client.post(
        address("recommend", case), advice(case, outcome="rejected", **reason("RC-S02"))
    )
    assert sent.url == address("case", case)


def test_conditions_cure_a_not_yet_that_they_name(client, people, staff, case):
    case = builders.answer_gates(case, staff.reviewer, F="not-yet")
    client.force_login(staff.reviewer)
    typed = {"outcome": "approved-with-conditions"}
    page = client.post(address("recommend", case), advice(case, **typed, **condition()))
    assert "Gate F: Guarantees has a “not yet”: name it in a condition" in page.content.decode()
    page = client.post(address("recommend", case), advice(case, **typed, **condition(gate="D")))
    assert "Choose a gate from the list" in page.content.decode()

    client.post(address("recommend", case), advice(case, **typed, **condition(gate="F")))

    assert Condition.objects.get().gate == "F"
    assert builders.again(case).status == Status.RECOMMENDED
    client.force_login(staff.countersigner)
    page = client.get(address("countersign", case)).content.decode()
    assert "It is to cure Gate F." in page
    for title in ("A. In scope", "F. Guarantees", "Not yet", "The pages of the proposal."):
        assert title in page


def way_round(case, staff, outcome=APPROVE, grounds=(), terms=()):
    """The step as any code could take it, past the form."""
    return decision.recommend(
        proposal=case,
        outcome=outcome,
        good="The rotas.",
        heard="answered",
        grounds=grounds,
        terms=terms,
        seen=case.revision,
        by=staff.reviewer,
    )


def test_the_step_itself_refuses_what_the_form_would(people, staff, case):
    cured = builders.term()
    ways = [
        ({}, APPROVE, (), ()),
        ({}, CONDITIONS, (), [cured]),
        ({"F": "not-yet"}, CONDITIONS, (), [cured]),
        ({"D": "no"}, REJECT, [builders.ground("RC-F01")], ()),
        ({"D": "no"}, APPROVE, (), ()),
    ]
    for found, *way in ways:
        if found:
            case = builders.answer_gates(case, staff.reviewer, **found)
        with pytest.raises(MovedOn):
            way_round(case, staff, *way)
    assert builders.again(case).status == Status.ASSESSING
    case = builders.answer_gates(case, staff.reviewer)
    # What was found on version 1 does not carry version 2.
    case = builders.resubmit(builders.ask_changes(case, staff), people)
    with pytest.raises(MovedOn):
        decision.recommend(
            proposal=case,
            outcome=APPROVE,
            good="x",
            heard="earlier",
            seen=case.revision,
            by=staff.reviewer,
        )
    assert not Recommendation.objects.exists()


def test_whoever_decides_sees_the_gates_of_the_version_that_was_recommended(
    stored, client, people, staff
):
    case = stored(builders.proposal_at, Status.COUNTERSIGNED, people, staff)
    client.force_login(staff.decider)
    page = client.get(address("decide", case)).content.decode()
    assert page.count("The pages of the proposal.") == 6
    assert f'href="{address("gate", case, "f")}"' in page
