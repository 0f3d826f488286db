"""What the advice line starts with: topics, providers, what it promises, first answers."""

from __future__ import annotations

import datetime

from django.utils.text import slugify

from accounts.models import Organisation, OrganisationKind
from accounts.reference import read
from advice.answers.canned import loading
from advice.intake.models import (
    AdvicePolicy,
    GoesTo,
    Level,
    RoutingRule,
    Sector,
    Topic,
    TopicGroup,
)

# The day of the announcement from which the line answers.
BEGINS_ON = datetime.date(2010, 11, 17)

LOCAL_PARTNERSHIPS = "local-partnerships"
EMPLOYEE_OWNERSHIP = "employee-ownership-association"
CO_OPERATIVES = "co-operatives-uk"
ANY = ""

# The code of a group begins the codes of its topics.
GROUPS = {
    "GEN": "Starting out",
    "EMP": "My employer",
    "STF": "Colleagues and unions",
    "WRK": "Terms and pensions",
    "LEG": "Legal form",
    "GOV": "Running it",
    "FIN": "Money",
    "PRO": "Contracts and tenders",
    "AST": "Buildings, IT and data",
    "EXI": "If it fails",
    "SAF": "Safety and wrongdoing",
    "PRS": "Press, members of Parliament and freedom of information",
}
# Whom a topic goes to before any provider's turn. Source: domain guide 5.3, steps 1 to 3.
GOES_TO = {
    "SAF-1": GoesTo.LEADS,
    "PRS-1": GoesTo.PROGRAMME,
    "GEN-3": GoesTo.DEPARTMENT,
}
# Group, topic, sector, provider: each wins over who leads. Source: domain guide 5.3, step 5.
RULES = [
    ("PRO", "", Sector.COUNCIL, LOCAL_PARTNERSHIPS),
    ("", "LEG-5", "", EMPLOYEE_OWNERSHIP),
    ("", "LEG-3", "", CO_OPERATIVES),
]

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
    "LEG-5": ("Owning it by shares or through a trust", CO_OPERATIVES),
    "GOV-1": ("A good board", CO_OPERATIVES),
    "FIN-1": ("The five-year plan", LOCAL_PARTNERSHIPS),
    "FIN-2": ("Proving savings", LOCAL_PARTNERSHIPS),
    "FIN-3": ("Paying for the set-up", EMPLOYEE_OWNERSHIP),
    "FIN-4": ("VAT and tax", LOCAL_PARTNERSHIPS),
    "PRO-1": ("Whether we must tender", LOCAL_PARTNERSHIPS),
    "PRO-2": ("Contracts reserved for mutuals", LOCAL_PARTNERSHIPS),
    "AST-1": ("Buildings, IT and data", LOCAL_PARTNERSHIPS),
    "EXI-1": ("If it fails", LOCAL_PARTNERSHIPS),
    "SAF-1": ("Somebody may come to harm, or something wrong is kept quiet", ANY),
    "PRS-1": ("I ask for the press, for a member of Parliament or for information", ANY),
}


# Topics whose answers take a specialist, or much work; the others are simple. Domain guide 5.3.
LEVELS = {
    **dict.fromkeys(("WRK-1", "WRK-2", "WRK-3", "WRK-4", "LEG-1", "LEG-3"), Level.SPECIALIST),
    **dict.fromkeys(("FIN-3", "FIN-4", "PRO-1", "PRO-2", "AST-1"), Level.SPECIALIST),
    **dict.fromkeys(("FIN-1", "FIN-2", "EXI-1"), Level.COMPLEX),
}


def load() -> None:
    """Load providers, topics, the first policy and answers; a second time changes nothing.

    What an administrator changed since stays: only what is not there is added.
    """
    providers = _providers()
    groups = _groups()
    topics = [
        Topic(
            code=code,
            title=title,
            group=groups[code[:3]],
            goes_to=GOES_TO.get(code, ""),
            lead=providers.get(slug),
            level=LEVELS.get(code, Level.SIMPLE),
            position=position,
        )
        for position, (code, (title, slug)) in enumerate(TOPICS.items(), 1)
    ]
    Topic.objects.bulk_create(topics, ignore_conflicts=True)
    _load_rules(groups, providers)
    AdvicePolicy.objects.bulk_create([AdvicePolicy(starts_on=BEGINS_ON)], ignore_conflicts=True)
    loading.load()


def _groups() -> dict[str, TopicGroup]:
    """The groups of topics, by code."""
    rows = [
        TopicGroup(code=code, title=title, position=position)
        for position, (code, title) in enumerate(GROUPS.items(), 1)
    ]
    TopicGroup.objects.bulk_create(rows, ignore_conflicts=True)
    return TopicGroup.objects.in_bulk(list(GROUPS), field_name="code")


def _load_rules(groups: dict[str, TopicGroup], providers: dict[str, Organisation]) -> None:
    """The first rules, where there were none ever: those that an administrator ended stay ended."""
    if RoutingRule.objects.exists():
        return
    topics = Topic.objects.in_bulk([code for _g, code, _s, _p in RULES if code], field_name="code")
    RoutingRule.objects.bulk_create(
        RoutingRule(
            position=position,
            group=groups.get(group),
            topic=topics.get(topic),
            sector=sector,
            provider=providers[slug],
            starts_on=BEGINS_ON,
        )
        for position, (group, topic, sector, slug) in enumerate(RULES, 1)
    )


def _providers() -> dict[str, Organisation]:
    """The bodies that answer the line, by slug. Source: the programme's announcement."""
    names = read("programme.json")["advice_line_providers"]
    bodies = [
        Organisation(slug=slugify(name), name=name, kind=OrganisationKind.ADVICE_PROVIDER)
        for name in names
    ]
    Organisation.objects.bulk_create(bodies, ignore_conflicts=True)
    return Organisation.objects.in_bulk([body.slug for body in bodies], field_name="slug")
