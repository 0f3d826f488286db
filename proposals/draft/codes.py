"""What the scheme lets people choose from, and the bounds of numbers: in one place.

Source: domain guide 3 and 8.2. An id, once used, stays: answers hold it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.reference import read
from activity import clock

YES, NO, NOT_SURE = "yes", "no", "not-sure"
OTHER = "other"

MOST_USERS = 10_000_000
MOST_STAFF = 100_000
MOST_POUNDS = 100_000_000_000
MOST_HOURS = 40
CONTRACT_YEARS = (1, 10)
FEWEST_RISKS = 5
# Likelihood times impact, from which on a risk needs an action.
HIGH_RISK = 15
FEWEST_SEATS = 3
# Above so many staff, a secret ballot is the better evidence.
BALLOT_ABOVE = 50
# Days from the employer's information on staff to a transfer, at least: since 1 May 2014.
DAYS_BEFORE_TRANSFER = 28
GRADES = (1, 5)


@cache
def _all_departments() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read("organisations.json")["departments"]
    return found


def departments() -> list[tuple[str, str]]:
    """The departments as they stand on the day, by name."""
    today = clock.today().isoformat()
    return sorted(
        (
            (body["slug"], body["name"])
            for body in _all_departments()
            if body.get("starts_on", "") <= today < body.get("ends_on", "9")
        ),
        key=lambda pair: pair[1],
    )


BREADTH = (
    ("one", _("One service")),
    ("several", _("Several services")),
    ("pathway", _("A care or service pathway, through several services")),
)
UNDER_WAY = (
    ("no", _("No")),
    ("tendered", _("It is being tendered")),
    ("closed", _("It is being closed")),
    ("moved", _("It is being moved to another body")),
)
REGULATORS = (
    ("cqc", _("Care Quality Commission")),
    ("ofsted", _("Ofsted")),
    ("hmi-prisons", _("HM Inspectorate of Prisons")),
    ("hmi-probation", _("HM Inspectorate of Probation")),
    ("ofqual", _("Ofqual")),
    (OTHER, _("Another one")),
    ("none", _("None")),
)
DIRECTIONS = (
    ("on-it", _("We depend on it")),
    ("on-us", _("It depends on us")),
    ("both", _("Both")),
)
SKILLS = (
    ("finance", _("Finance")),
    ("law", _("Law")),
    ("hr", _("Employment and staff matters")),
    ("bidding", _("Marketing and bidding")),
    ("it", _("IT")),
    ("property", _("Property")),
    ("professional", _("Clinical or professional leadership")),
    ("governance", _("Governance")),
)
LEVELS = (
    ("0", _("Nobody yet")),
    ("1", _("A little")),
    ("2", _("Enough")),
    ("3", _("Strong")),
)
WAYS_TO_TALK = (
    ("meeting", _("Meeting")),
    ("small-group", _("Small group")),
    ("one-to-one", _("One to one")),
    ("survey", _("Survey")),
    ("letter", _("Letter or e-mail")),
    (OTHER, _("Another way")),
)
SUPPORT = (
    ("most", _("Most do")),
    ("half", _("About half do")),
    ("few", _("Few do")),
    ("not-asked", _("We have not asked")),
)
POSITIONS = (
    ("supports", _("Supports it")),
    ("neutral", _("Neutral")),
    ("opposes", _("Opposes it")),
    ("no-reply", _("No reply")),
)
EVIDENCE = (
    ("ballot", _("Secret ballot")),
    ("survey", _("Survey")),
    ("statements", _("Signed statements")),
    ("meetings", _("Meetings")),
)
EMPLOYER_SAYS = (
    ("supportive", _("Supportive")),
    ("open", _("Open to it")),
    ("unsure", _("Unsure")),
    ("opposed", _("Opposed")),
    ("no-answer", _("No answer yet")),
)
DATA_ASKED = (
    ("budgets", _("Budgets")),
    ("staff-list", _("List of staff, without names")),
    ("leases", _("Leases")),
    ("contracts", _("Contracts")),
    ("performance", _("Performance figures")),
    (OTHER, _("Something else")),
)
LEGAL_FORMS = (
    ("undecided", _("Not decided")),
    ("unincorporated", _("Unincorporated, for the time being")),
    ("company-guarantee", _("Company limited by guarantee")),
    ("company-shares", _("Company limited by shares")),
    ("cic-guarantee", _("Community interest company, by guarantee")),
    ("cic-shares", _("Community interest company, by shares")),
    ("cooperative", _("Co-operative society")),
    ("community-benefit", _("Community benefit society")),
    ("cio", _("Charitable incorporated organisation")),
    ("charitable-company", _("Charitable company")),
    ("charitable-trust", _("Charitable trust")),
    ("llp", _("Limited liability partnership")),
    ("employee-trust", _("Company owned by an employee trust")),
    ("joint-venture", _("Joint venture company")),
    ("council-company", _("Arm's-length council company")),
    ("joining", _("Joining an existing mutual")),
)
EMPLOYEES = "employees"
MEMBERS = (
    (EMPLOYEES, _("Employees")),
    ("users", _("People who use the service")),
    ("carers", _("Carers and families")),
    ("community", _("The wider community")),
    ("partners", _("Partner bodies")),
    (OTHER, _("Others")),
)
JOINING = (
    ("automatic", _("Automatic")),
    ("application", _("When they ask to join")),
)
ASSET_LOCKS = (
    ("statutory", _("Yes, by law: it comes with the legal form")),
    ("rules", _("Yes, written into our rules")),
    ("none", _("No")),
)
REGISTERS = (
    ("company", _("Companies House")),
    ("society", _("Mutuals Register (societies)")),
    ("charity", _("Charity register")),
)
ROUTES = (
    ("tupe", _("Transfer (TUPE)")),
    ("secondment", _("Secondment")),
    ("new-contract", _("New contract")),
    ("remains", _("Stays with the employer")),
)
PENSION_SCHEMES = (
    ("nhs", _("NHS Pension Scheme")),
    ("lgps", _("Local Government Pension Scheme")),
    ("teachers", _("Teachers' Pension Scheme")),
    ("civil-service", _("Civil Service pension")),
    (OTHER, _("Another scheme")),
)
PENSION_WAYS = (
    ("direction", _("A direction or determination, so that staff stay in their scheme")),
    ("admission", _("An admission agreement with the scheme")),
    ("deemed", _("The employer counts as employer for pensions")),
    ("comparable", _("A broadly comparable scheme of the mutual")),
    ("stays", _("Staff stay with the employer")),
    ("not-known", _("Not known yet")),
)
WHO_CARRIES = (
    ("employer", _("The employer")),
    ("mutual", _("The mutual")),
    ("shared", _("Shared, in a way that we describe")),
    ("not-known", _("Not known yet")),
)
TENURES = (
    ("lease", _("Lease")),
    ("licence", _("Licence")),
    ("transfer", _("Transfer of ownership")),
    ("none", _("Would not use it")),
)
CONDITIONS = (
    ("good", _("Good")),
    ("fair", _("Fair")),
    ("poor", _("Poor")),
    ("not-known", _("Not known")),
)
CONTROLLERS = (
    ("mutual", _("The mutual")),
    ("employer", _("The employer")),
    ("joint", _("Both together")),
    ("not-known", _("Not known yet")),
)
AWARD_ROUTES = (
    ("continue", _("Go on without a full tender")),
    ("reserved", _("A competition reserved for mutuals and social enterprises")),
    ("open", _("An open competition")),
    ("grant", _("A grant")),
    ("in-house", _("A company of the employer's own")),
    ("nhs", _("The NHS provider selection rules")),
    ("not-known", _("Not known yet")),
)
SAVINGS_AGREED = (
    ("no", _("No")),
    ("in-principle", _("In principle")),
    ("signed", _("Yes, and it is signed")),
)
NOTICES = (
    ("prior", _("Early notice to the market")),
    ("transparency", _("Notice of a direct award")),
    ("tender", _("Tender notice")),
    ("award", _("Award notice")),
    (OTHER, _("Another notice")),
)
RISKS = (
    ("financial", _("Money")),
    ("quality", _("Quality")),
    ("people", _("People")),
    ("legal", _("Law")),
    ("assets", _("Premises and equipment")),
    ("it", _("IT")),
    ("reputation", _("Reputation")),
    ("political", _("Politics")),
)
HELP = (
    ("business-planning", _("Business planning")),
    ("finance", _("Finance")),
    ("law", _("Law")),
    ("hr", _("Employment and transfers")),
    ("pensions", _("Pensions")),
    ("governance", _("Governance")),
    ("tendering", _("Tendering")),
    ("marketing", _("Marketing")),
    ("it", _("IT")),
    ("leadership", _("Leadership")),
    ("staff", _("Talking with staff")),
    ("mentoring", _("Mentoring")),
    ("money", _("Money")),
    ("none", _("None")),
)
MENTOR_SIZES = (
    ("small", _("A small organisation, up to 50 people")),
    ("middle", _("A middle-sized one, up to 500 people")),
    ("large", _("A large one")),
    ("any", _("It does not matter")),
)
REGIONS = (
    ("E12000001", _("North East")),
    ("E12000002", _("North West")),
    ("E12000003", _("Yorkshire and The Humber")),
    ("E12000004", _("East Midlands")),
    ("E12000005", _("West Midlands")),
    ("E12000006", _("East of England")),
    ("E12000007", _("London")),
    ("E12000008", _("South East")),
    ("E12000009", _("South West")),
    ("W92000004", _("Wales")),
    ("S92000003", _("Scotland")),
    ("N92000002", _("Northern Ireland")),
    ("any", _("It does not matter")),
)
# Those whose users are met or looked after, so that keeping them safe is asked for.
FOR_PEOPLE = frozenset(
    {
        *("community-health", "acute-health", "mental-health", "learning-disability"),
        *("adult-social-care", "childrens-social-care", "youth", "early-years"),
        *("housing-support", "homelessness-health", "further-education", "schools-support"),
        *("libraries", "culture", "leisure", "probation", "prisons"),
    }
)
HIGHER, LOWER = "higher", "lower"
BETTER = ((HIGHER, _("More is better")), (LOWER, _("Less is better")))
INDICATORS = (3, 12)
INSPECTED = (
    ("not-inspected", _("Not inspected or accredited so far")),
    ("outstanding", _("Outstanding")),
    ("good", _("Good")),
    ("requires-improvement", _("Requires improvement")),
    ("inadequate", _("Inadequate")),
    ("met", _("Met the standard, or accredited")),
    ("not-met", _("Did not meet the standard, or lost its accreditation")),
)
CHARACTERISTICS = (
    ("age", _("Age")),
    ("disability", _("Disability")),
    ("gender-reassignment", _("Gender reassignment")),
    ("marriage", _("Marriage and civil partnership")),
    ("pregnancy", _("Pregnancy and maternity")),
    ("race", _("Race")),
    ("religion", _("Religion or belief")),
    ("sex", _("Sex")),
    ("sexual-orientation", _("Sexual orientation")),
)
# One row for all characteristics that have none of their own.
ALL_OTHERS = "all-others"
WORSE = "worse"
EFFECTS = (
    ("better", _("Better")),
    ("same", _("No difference")),
    (WORSE, _("Could be worse")),
    ("not-known", _("Not known yet")),
)
