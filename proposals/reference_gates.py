"""The gates of the first scheme, as reference data. Source: domain guide 4.1; 4.5 for the codes."""

from __future__ import annotations

from proposals.draft.models import Gate, SchemeVersion

# Code, title, question, fails when, how it is cured, whether by conditions, codes of its reasons.
GATES = (
    (
        "A",
        "In scope",
        "Is the service in no exempt area, can it be told which one it is, and do those who propose "
        "work in it now?",
        "The department has recorded an exemption with its reason.",
        "Describe another part of the service.",
        False,
        ("RC-X01", "RC-X02", "RC-X03"),
    ),
    (
        "B",
        "Staff-led mutual",
        "Did staff begin it or own it, do employees have real control, and do members control it, "
        "not outside shareholders?",
        "Employees hold no votes, or only managers or a supplier are behind the proposal.",
        "Design it anew.",
        False,
        ("RC-M01", "RC-V01"),
    ),
    (
        "C",
        "Staff support",
        "Has the vote of staff, or what takes its place, reached the threshold, and were staff asked "
        "fairly?",
        "It is below the threshold, or the question leaned one way.",
        "Vote again, at least 3 months later.",
        False,
        ("RC-M02", "RC-M03"),
    ),
    (
        "D",
        "Savings",
        "Is the net saving to the public over the contract above nothing, measured against staying "
        "in-house, and does the employer's finance team confirm the figures?",
        "The plan saves nothing against staying in-house, or nobody has verified the starting cost.",
        "One round of clarification.",
        False,
        ("RC-S01", "RC-S02", "RC-S03"),
    ),
    (
        "E",
        "Quality",
        "Is the target of every indicator at least where the service is now, are there minimums, and "
        "is no serious failing of an inspection open without a plan?",
        "A target is below where the service is now, and no reason for it is accepted.",
        "Clarify.",
        False,
        ("RC-Q01", "RC-Q02", "RC-Q03"),
    ),
    (
        "F",
        "Guarantees",
        "Are there plans for continuity, safeguarding, duties in law, liabilities and an end of the "
        "contract?",
        "A plan is missing.",
        "Conditions of an approval.",
        True,
        ("RC-G01", "RC-G02", "RC-G03"),
    ),
)


def load(scheme: SchemeVersion) -> None:
    """Write the gates of a scheme where they are not there yet."""
    for code, title, question, fails_when, cure, by_conditions, reasons in GATES:
        words = {"title": title, "question": question, "fails_when": fails_when, "cure": cure}
        Gate.objects.get_or_create(
            scheme=scheme,
            code=code,
            defaults={**words, "by_conditions": by_conditions, "reasons": list(reasons)},
        )
