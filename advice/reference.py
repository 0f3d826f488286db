"""What the advice line starts with: topics, providers, what it promises, first answers."""

from __future__ import annotations

import datetime

from django.utils.text import slugify

from accounts.models import Organisation, OrganisationKind
from accounts.reference import read
from advice.answers.canned import loading
from advice.intake.models import AdvicePolicy, Topic

# The day of the announcement from which the line answers.
BEGINS_ON = datetime.date(2010, 11, 17)

LOCAL_PARTNERSHIPS = "local-partnerships"
EMPLOYEE_OWNERSHIP = "employee-ownership-association"
CO_OPERATIVES = "co-operatives-uk"
ANY = ""

# code -> (title, provider that leads). Source: domain guide 5.2; "ANY" where it names departments.
TOPICS = {
    "GEN-1": ("What a public service mutual is", CO_OPERATIVES),
    "GEN-2": ("What the Right to Provide is", ANY),
    "GEN-3": ("Whether my service is covered", ANY),
    "GEN-4": ("How long it takes", LOCAL_PARTNERSHIPS),
    "GEN-5": ("Where to start", CO_OPERATIVES),
    "EMP-1": ("My manager says no", ANY),
    "EMP-2": ("Using work time and e-mail", EMPLOYEE_OWNERSHIP),
    "EMP-3": ("Whether I could lose my job", EMPLOYEE_OWNERSHIP),
    "STF-1": ("Whether we need a ballot", EMPLOYEE_OWNERSHIP),
    "STF-2": ("Colleagues who object", EMPLOYEE_OWNERSHIP),
    "STF-3": ("Working with unions", EMPLOYEE_OWNERSHIP),
    "WRK-1": ("Keeping our terms (TUPE)", EMPLOYEE_OWNERSHIP),
    "WRK-2": ("Pensions", LOCAL_PARTNERSHIPS),
    "WRK-3": ("Secondment instead of transfer", EMPLOYEE_OWNERSHIP),
    "WRK-4": ("Terms of new starters", ANY),
    "LEG-1": ("Which legal form", CO_OPERATIVES),
    "LEG-2": ("Asset locks", CO_OPERATIVES),
    "LEG-3": ("Registering", CO_OPERATIVES),
    "LEG-4": ("Who the members should be", CO_OPERATIVES),
    "GOV-1": ("A good board", CO_OPERATIVES),
    "FIN-1": ("The five-year plan", LOCAL_PARTNERSHIPS),
    "FIN-2": ("Proving savings", LOCAL_PARTNERSHIPS),
    "FIN-3": ("Paying for the set-up", EMPLOYEE_OWNERSHIP),
    "FIN-4": ("VAT and tax", LOCAL_PARTNERSHIPS),
    "PRO-1": ("Whether we must tender", LOCAL_PARTNERSHIPS),
    "PRO-2": ("Contracts reserved for mutuals", LOCAL_PARTNERSHIPS),
    "AST-1": ("Buildings, IT and data", LOCAL_PARTNERSHIPS),
    "EXI-1": ("If it fails", LOCAL_PARTNERSHIPS),
}


def load() -> None:
    """Load providers, topics, the first policy and answers; a second time changes nothing.

    What an administrator changed since stays: only what is not there is added.
    """
    providers = _providers()
    topics = [
        Topic(code=code, title=title, lead=providers.get(slug), position=position)
        for position, (code, (title, slug)) in enumerate(TOPICS.items(), 1)
    ]
    Topic.objects.bulk_create(topics, ignore_conflicts=True)
    AdvicePolicy.objects.bulk_create([AdvicePolicy(starts_on=BEGINS_ON)], ignore_conflicts=True)
    loading.load()


def _providers() -> dict[str, Organisation]:
    """The bodies that answer the line, by slug. Source: the programme's announcement."""
    names = read("programme.json")["advice_line_providers"]
    bodies = [
        Organisation(slug=slugify(name), name=name, kind=OrganisationKind.ADVICE_PROVIDER)
        for name in names
    ]
    Organisation.objects.bulk_create(bodies, ignore_conflicts=True)
    return Organisation.objects.in_bulk([body.slug for body in bodies], field_name="slug")
