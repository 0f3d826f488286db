"""The reference data of proposals: the scheme, with all that is judged by it, as dated rows."""

from __future__ import annotations

import datetime
from decimal import Decimal

from proposals import reference_criteria, reference_gates
from proposals.draft.models import Declaration, ReasonCode, SchemeVersion, ScopeRule

# Code, wording for the letter, evidence to attach. Source: domain guide 4.5.
REASONS = (
    ("RC-X01", "The service is in an area that is exempt", "Exemption record and review date"),
    ("RC-X02", "The people proposing do not work in this service", "Employer check"),
    ("RC-X03", "We cannot tell which service this covers", "Clarification log"),
    (
        "RC-S01",
        "The plan does not save public money compared with keeping the service in-house",
        "Savings calculation",
    ),
    (
        "RC-S02",
        "The starting cost is disputed and could not be agreed",
        "Finance notes of both sides",
    ),
    ("RC-S03", "Savings depend on unconfirmed income or assumptions", "Sensitivity run"),
    ("RC-Q01", "Planned quality is below today's standard", "Indicator table"),
    ("RC-Q02", "An inspection concern is not dealt with", "Report, and the gap"),
    ("RC-Q03", "Joined-up care or services would be broken up", "Impact note"),
    ("RC-G01", "Continuity of an essential service is not assured", "Readiness gaps"),
    ("RC-G02", "A legal duty or safety requirement could not be met", "Statute"),
    ("RC-G03", "Liabilities would be left with the public without agreement", "Schedule"),
    ("RC-M01", "Staff would not control the organisation", "Ownership table"),
    ("RC-M02", "The staff vote did not reach the agreed level", "Scrutineer's certificate"),
    ("RC-M03", "Staff were not asked fairly or completely", "Log of talks"),
    ("RC-F01", "Cash or reserves are too low to trade safely", "Forecast"),
    ("RC-F02", "The source of working capital is not confirmed", "Letter"),
    (
        "RC-L01",
        "A lawful route to award a contract is not available at this time",
        "Legal note; it does not end the proposal",
    ),
    (
        "RC-L02",
        "A tender or negotiation was already under way before notice",
        "Dated documents",
    ),
    ("RC-L03", "A subsidy or state aid limit would be exceeded", "Calculation"),
    ("RC-W01", "Pension or transfer arrangements are not settled", "Correspondence"),
    ("RC-A01", "Public assets are not protected", "Heads of terms"),
    (
        "RC-T01",
        "The team lacks a named lead or a key capability",
        "Skills grid, with an offer of support",
    ),
    (
        "RC-D01",
        "The employer decided to stop the service before the idea was raised",
        "Dated minute",
    ),
    ("RC-I01", "Information is missing after two requests", "Requests"),
    ("RC-V01", "This is not a genuine proposal", "Senior sign-off"),
)

PRESS_RELEASE = (
    "Cabinet Office press release, “Big Society plans for better public services”",
    datetime.date(2010, 11, 17),
)
ONE_STOP_SHOP = (
    "Publicnet, on the one-stop shop of the Co-operative Group",
    datetime.date(2011, 5, 17),
)
FIRST_SCHEME = ("Scheme version 1, grounds RC-D01 and RC-L02", datetime.date(2010, 11, 17))

# Code, rule in our words, source with its date.
SCOPE_RULES = (
    (
        "SC-STAFF",
        "Front-line staff may propose to take over and run the service that they work in as a "
        "mutual. Their employer is expected to accept a suitable proposal.",
        PRESS_RELEASE,
    ),
    (
        "SC-PUBLIC",
        "The right is for public sector workers: every government department puts one in place "
        "for the services that it answers for. Prisons, children's centres, hospitals and the "
        "civil service are examples.",
        PRESS_RELEASE,
    ),
    (
        "SC-EXEMPT",
        "Services in areas such as defence and security may be exempt.",
        PRESS_RELEASE,
    ),
    (
        "SC-CONTROL",
        "A mutual has no outside shareholders and is controlled by its members. These can be "
        "employees, people who use the service, others with a stake in it, or some of each.",
        ONE_STOP_SHOP,
    ),
    (
        "SC-TESTS",
        "A proposal is expected to save the taxpayer money and to keep or improve the quality of "
        "the service. It counts only if suitable guarantees are met.",
        PRESS_RELEASE,
    ),
    (
        "SC-BEGUN",
        "A decision to stop the service, or a tender or negotiation with somebody else, can be a "
        "ground for refusal where it was there before the idea was raised.",
        FIRST_SCHEME,
    ),
    (
        "SC-CONTRACT",
        "Being found suitable is not a contract. Staff are given one without a full tender where "
        "procurement rules allow it and the savings are properly agreed.",
        PRESS_RELEASE,
    ),
)
# Those by which a service can be found exempt.
EXEMPTS = ("SC-EXEMPT",)
# What each signer declares. Source: domain guide 3.11; the employer is told from submission on.
DECLARED = (
    ("accurate", "What the proposal says is accurate as far as I know."),
    ("authority", "I speak for the team named in it."),
    ("staff", "We have told the staff concerned about it, and have said here what they said."),
    ("conflicts", "I have told the team about any conflict of interest that I have."),
    (
        "employer",
        "I agree that the employer may be told of the proposal, without our names, once it is "
        "submitted.",
    ),
    (
        "data",
        "I have read in the privacy notice who will see what I wrote, and for how long it is kept.",
    ),
    (
        "published",
        "I know that, if it is approved, the name of the mutual, its service, its place and its "
        "employer may be published.",
    ),
    ("contract", "I understand that being found suitable is not a contract."),
)


def load() -> SchemeVersion:
    """Write the first scheme, its rules, reasons, criteria and gates, where they are not there yet.

    Nothing else changes.
    """
    scheme, _created = SchemeVersion.objects.get_or_create(
        number=1,
        defaults={
            "starts_on": datetime.date(2010, 11, 17),
            "discount_rate": Decimal("0.0350"),
            "decision_days": 40,
            "appeal_days": 20,
            "employer_days": 20,
            "employer_remind_days": 10,
            "employer_remind_again_days": 18,
            "again_months": 6,
            "warn_after_days": 150,
            "warn_again_after_days": 166,
            "lapse_after_days": 180,
            # Turnout, share, months and small numbers: domain guide 3.3 and 4.1, gate C. Ten days:
            # its row 8; whoever works nights, or is away for a week, is back within them.
            "ballot_turnout": 50,
            "ballot_share": 50,
            "ballot_again_months": 3,
            "ballot_least_roll": 10,
            "ballot_least_group": 10,
            "ballot_least_days": 10,
            # Ours: no source names a time. Three years are the shortest first contract that is
            # usual (domain guide 2.1), so an area is looked at again before the next would be let.
            "exempt_years": 3,
            # Ours: time to tell people first, and over a summer; no source names a time.
            "release_days": 60,
        },
    )
    for code, wording, evidence in REASONS:
        ReasonCode.objects.get_or_create(
            scheme=scheme, code=code, defaults={"wording": wording, "evidence": evidence}
        )
    for code, wording, (source, dated_on) in SCOPE_RULES:
        ScopeRule.objects.get_or_create(
            scheme=scheme,
            code=code,
            defaults={
                "wording": wording,
                "source": source,
                "dated_on": dated_on,
                "exempts": code in EXEMPTS,
            },
        )
    reference_gates.load(scheme)
    for position, (key, wording) in enumerate(DECLARED, 1):
        Declaration.objects.get_or_create(
            scheme=scheme, key=key, defaults={"wording": wording, "position": position}
        )
    reference_criteria.load(scheme)
    return scheme
