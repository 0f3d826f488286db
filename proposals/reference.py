"""The reference data of proposals: the scheme, its reason codes and its declaration, as dated rows."""

from __future__ import annotations

import datetime
from decimal import Decimal

from proposals.draft.models import Declaration, ReasonCode, SchemeVersion

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

# What each signer declares. Source: domain guide 3.11; the employer is told from submission on.
DECLARED = (
    ("accurate", "What the proposal says is accurate as far as I know."),
    ("authority", "I speak for the team named in it, and it has agreed that I sign."),
    ("staff", "The staff affected were told of it and could say what they think."),
    ("conflicts", "I have told the team about any conflict of interest that I have."),
    (
        "sharing",
        "I have read who sees what we typed: our team, and officials who declared no conflict of "
        "interest.",
    ),
    (
        "employer",
        "I agree that the employer may be told of the proposal once it is submitted, and of our "
        "names only if our lead shows them.",
    ),
    (
        "publication",
        "I understand that if it is approved, its name, employer, sector and what becomes of it may "
        "be published, and our names only if we agree.",
    ),
    ("contract", "I understand that being found suitable is not a contract."),
)


def load() -> SchemeVersion:
    """Write the first scheme with its reasons and declaration, where they are not there yet; change nothing else."""
    scheme, _created = SchemeVersion.objects.get_or_create(
        number=1,
        defaults={
            "starts_on": datetime.date(2010, 11, 17),
            "discount_rate": Decimal("0.0350"),
            "decision_days": 40,
            "appeal_days": 20,
            "again_months": 6,
        },
    )
    for code, wording, evidence in REASONS:
        ReasonCode.objects.get_or_create(
            scheme=scheme, code=code, defaults={"wording": wording, "evidence": evidence}
        )
    for position, (key, wording) in enumerate(DECLARED, 1):
        Declaration.objects.get_or_create(
            scheme=scheme, key=key, defaults={"wording": wording, "position": position}
        )
    return scheme
