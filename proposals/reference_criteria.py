"""The twelve criteria of the first scheme. Source: domain guide 4.2 and 4.3."""

from __future__ import annotations

from dataclasses import dataclass

from proposals.draft.models import Criterion, CriterionWords, SchemeVersion


@dataclass(frozen=True)
class Described:
    """A criterion as it is loaded. levels: from 0 to 4. places: as `Criterion.places`."""

    key: str
    name: str
    about: str
    weight: int
    threshold: int
    levels: tuple[str, str, str, str, str]
    places: tuple[str, ...]


CRITERIA = (
    Described(
        "savings",
        "Savings",
        "How large they are, how certain, and how they are tracked",
        15,
        2,
        (
            "None, or the cost rises",
            "Headline only, no comparison with staying in-house",
            "Compared with staying in-house, a small saving, starting cost agreed in principle",
            "A saving in every year from year 2, assumptions tested, employer's finance confirms",
            "Independently checked, with a draft schedule that shares and makes good the savings",
        ),
        ("money/today", "money/figures", "employer/payer", "award/agreed"),
    ),
    Described(
        "quality",
        "Quality",
        "What the service is like for the people who use it, and what comes of it for them",
        15,
        2,
        (
            "Likely to get worse",
            "Said to get better, and no more than that",
            "Indicators with figures for today, and targets no worse than these",
            "Clear gains that follow from the changes, and the people who use it were asked",
            "Shown by pilots or by like services, with minimum standards and what is done below them",
        ),
        (
            *("service/description", "quality/indicators", "quality/inspection"),
            *("quality/better", "quality/worse", "quality/equality", "quality/safety"),
            "service/regulators",
        ),
    ),
    Described(
        "staff",
        "Staff support",
        "Whether staff support it, and how they were asked and heard",
        12,
        2,
        (
            "Most are against it",
            "Not asked",
            "The vote reached its threshold, or a survey is strongly for it; unions were met",
            "More than 60% of those voting for it, more than 60% voted, and worries were answered",
            "More than 75% for it, more than 70% voted, and elected staff shaped the plan",
        ),
        (
            *("staff/staff", "staff/talks", "staff/support", "staff/unions"),
            *("staff/evidence", "staff/worries", "staff/staying"),
        ),
    ),
    Described(
        "viability",
        "Financial viability",
        "Five years, the cash, and what happens when things go worse",
        14,
        2,
        (
            "Insolvent as planned",
            "The cash flow is missing",
            "Breaks even by year 2, cash never below nothing, reserves under 30 days",
            "Survives a tenth less income; 30 to 60 days of reserves; under 90% from one contract "
            "by year 3",
            "Survives two shocks; more than one source of income; a lender or auditor looked at it",
        ),
        ("money/income", "money/costs", "money/cash", "money/finance", "support/money"),
    ),
    Described(
        "leadership",
        "Leadership",
        "Who leads, and what the team is able to do",
        9,
        1,
        (
            "Nobody leads",
            "Somebody leads, but key skills are absent",
            "A named lead, and the gaps are listed",
            "The gaps are filled or being recruited for; a mentor is at work",
            "They have run a business and this service before",
        ),
        ("team", "support/help", "support/mentor"),
    ),
    Described(
        "governance",
        "Governance and ownership",
        "Who owns and controls it, and how it stays a mutual",
        9,
        2,
        (
            "Staff have no control",
            "A token part for staff",
            "Staff elect at least one director, and rules are drafted",
            "Staff have most of the votes, there are independents, and assets are protected",
            "Rules for several kinds of members, a lock on dilution, openness that was tested",
        ),
        ("model",),
    ),
    Described(
        "workforce",
        "Workforce",
        "Transfer, pensions and secondment",
        8,
        1,
        (
            "The law is ignored",
            "Issues are named and no more",
            "The way of transfer and of pensions is known",
            "Costed, a letter on measures is drafted, unions take part",
            "Pensions confirmed in writing, terms for new people agreed",
        ),
        ("workforce", "staff/staff"),
    ),
    Described(
        "continuity",
        "Continuity",
        "How the service goes on while it changes hands",
        6,
        2,
        (
            "No plan",
            "An outline",
            "A plan with dates, and a name to each task",
            "Both run side by side for a time, with a list of what must be ready",
            "Rehearsed, and who steps in is agreed",
        ),
        (
            *("quality/worse", "workforce/dates", "service/links", "service/under-way"),
            *("service/duty", "employer/length", "employer/data"),
        ),
    ),
    Described(
        "voice",
        "Users' voice",
        "How the people who use it, and the place it serves, are heard",
        4,
        1,
        (
            "None",
            "A single event",
            "A standing forum",
            "Seats or votes for the people who use it",
            "Designed together with them, results published",
        ),
        ("quality/users", "quality/equality", "employer/account"),
    ),
    Described(
        "assets",
        "Assets and information",
        "Premises, equipment, IT, records",
        3,
        1,
        (
            "Not known",
            "A list and no more",
            "Rights agreed in principle",
            "Main terms agreed in writing",
            "Signed, and protected",
        ),
        ("assets", "service/places"),
    ),
    Described(
        "award",
        "Way to a contract",
        "Whether the way is realistic, and who else could provide it",
        3,
        1,
        (
            "Against the law",
            "Not known",
            "A plausible basis",
            "A lawyer's note",
            "Notices ready, and the market was tested",
        ),
        (
            *("award/value", "award/route", "award/market", "award/subsidy", "award/notices"),
            *("employer/same", "service/under-way"),
        ),
    ),
    Described(
        "risk",
        "Risk",
        "How risks are handled, and the way out",
        2,
        1,
        (
            "None named",
            "General ones",
            "A list of five or more",
            "Each scored, and somebody answers for it",
            "Tested, and the way out has a price",
        ),
        ("support/risks", "support/barriers", "assets/liabilities", "workforce/deficit"),
    ),
)
# Pages that belong to no criterion: what the service is, and what gates and people settle.
BESIDE = (
    *("service/name", "service/employer", "service/department"),
    *("service/breadth", "service/limits"),
    *("employer/told", "support/declaration"),
)


def load(scheme: SchemeVersion) -> None:
    """Write the criteria of a scheme with their words, where they are not there yet."""
    for position, each in enumerate(CRITERIA, 1):
        criterion, _created = Criterion.objects.get_or_create(
            scheme=scheme,
            key=each.key,
            defaults={
                "position": position,
                "weight": each.weight,
                "threshold": each.threshold,
                "places": list(each.places),
            },
        )
        CriterionWords.objects.get_or_create(
            criterion=criterion,
            language="en-gb",
            defaults={"name": each.name, "about": each.about, "levels": list(each.levels)},
        )
