"""How officials bring a case from its gates to its letters, each at a browser of their own."""

from __future__ import annotations

from tests.journeys.people import Person


def recommends_a_condition(reviewer: Person) -> None:
    """Recommend to approve with one condition; the page is open already."""
    reviewer.chooses(outcome="approved-with-conditions")
    reviewer.types(good="The plan for shared rotas is clear.")
    reviewer.page.get_by_text("Conditions, for an approval with conditions").click()
    words = {"text": "Appoint a finance lead.", "owner": "The chair", "evidence": "A contract."}
    reviewer.types(**{f"conditions-0-{name}": said for name, said in words.items()})
    day = {"day": "31", "month": "1", "year": "2099"}
    reviewer.types(**{f"conditions-0-due_on-{part}": said for part, said in day.items()})
    reviewer.presses("Recommend")
    reviewer.sees("Recommended")


def two_others_agree(countersigner: Person, decider: Person, case: str, *words: str) -> None:
    """Countersign what these words are read in, decide, and release both letters."""
    countersigner.goes_to(f"{case}/countersign/")
    countersigner.sees(*words)
    countersigner.presses("Countersign")
    decider.goes_to(f"{case}/decide/")
    decider.presses("Decide")
    decider.goes_to(f"{case}/letter/?to=employer")
    decider.sees("A preview of the letter to the employer.")
    decider.goes_to(f"{case}/release/")
    decider.chooses(when="now")
    decider.presses("Confirm")
